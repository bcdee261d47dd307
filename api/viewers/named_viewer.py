"""Who is named on the command line: held to what a user or a profile may be called."""

from api.platform.errors import InvalidInput
from api.platform.wire.storable import is_user_id
from api.viewers.events import ProfileKey


def named_viewer(user: str, profile: str | None = None) -> ProfileKey:
    """The profile; raises InvalidInput for a name that no route would take."""
    for name in filter(None, (user, profile)):
        if not is_user_id(name):
            raise InvalidInput(f"No user or profile can be called {name!r}.")
    return ProfileKey(user, profile)
