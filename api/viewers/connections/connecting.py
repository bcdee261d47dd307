"""The use cases of a user's connections: made, listed, ended.

A server's address is its operator's setting, and so is who may be asked for there: whoever names an
account of a server at home must keep the household. An account at Trakt proves itself, by the code
that its holder types in.
"""

from dataclasses import dataclass

from api.platform.errors import InvalidInput, NotFound
from api.viewers.connections import trakt_device
from api.viewers.connections.connections import Connection, Connections
from api.viewers.connections.sealing import seal, seal_begun, unseal_begun
from api.viewers.connections.sources import NAMED_ACCOUNTS, SyncSource, lacking
from api.viewers.connections.trakt_device import Code
from api.viewers.events import ProfileKey
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class Begun:
    """A code that waits for its holder; `pending` is what it is asked for with."""

    code: Code
    pending: str


class Connecting:
    """Connects profiles with the sources that the operator has set up."""

    def __init__(self, connections: Connections, settings: Settings) -> None:
        self._connections = connections
        self._settings = settings

    def of(self, user_id: str) -> list[Connection]:
        """The user's connections, the oldest first."""
        return self._connections.all(user_id=user_id)

    def add(self, viewer: ProfileKey, source: SyncSource, account: str | None) -> int:
        """Connects with a server at home; its id.

        Raises InvalidInput where the operator has not set the source up, for Trakt, and for a
        server with accounts where none is named.
        """
        if source == "trakt":
            raise InvalidInput(
                "trakt is connected by a code: POST connections/trakt/code", field="source"
            )
        self._require_set_up(source)
        if source in NAMED_ACCOUNTS and not account:
            raise InvalidInput(f"must be the account there, as {source} shows it", field="account")
        return self._connections.add(viewer, source, account=account, sealed_tokens=None)

    def begin_trakt(self, viewer: ProfileKey) -> Begun:
        """A code for the account's holder; raises UpstreamUnavailable where Trakt gives none."""
        self._require_set_up("trakt")
        code = trakt_device.begin(self._settings)
        begun = (viewer.user_id, viewer.profile, code.device)
        return Begun(code, seal_begun(begun, self._secret()))

    def finish_trakt(self, user_id: str, pending: str) -> int | None:
        """The connection's id once the holder has typed the code in; None before.

        Raises InvalidInput when they refuse, when the code has ended, or for what was not begun for
        this user.
        """
        self._require_set_up("trakt")
        begun = unseal_begun(pending, self._secret(), seconds=trakt_device.LONGEST)
        owner, profile, device = begun
        if owner != user_id:
            raise InvalidInput("was begun for somebody else", field="pending")
        tokens, _ = trakt_device.ask(self._settings, device or "")
        if tokens is None:
            return None
        viewer, sealed = ProfileKey(user_id, profile), seal(tokens, self._secret())
        return self._connections.add(viewer, "trakt", account=None, sealed_tokens=sealed)

    def remove(self, user_id: str, connection_id: int) -> None:
        """Ends one; what it brought stays. Raises NotFound where the user has none."""
        if not self._connections.remove(connection_id, user_id=user_id):
            raise NotFound("No such connection.")

    def _secret(self) -> str:
        return trakt_device.client_of(self._settings)["client_secret"]

    def _require_set_up(self, source: SyncSource) -> None:
        if missing := lacking(self._settings, source):
            needs = " and ".join(missing)
            raise InvalidInput(
                f"{source.capitalize()} is not set up here: its operator sets {needs}."
            )
