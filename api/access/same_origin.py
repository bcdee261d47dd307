"""Whether a page of another origin writes: a cookie goes along whoever asks for it."""

from urllib.parse import urlsplit

from api.access.presented import Presented
from api.platform.errors import NotAuthorised


def refuse_foreign_write(presented: Presented) -> None:
    """Raises NotAuthorised for a write that a page of another origin makes.

    The scheme is not compared: TLS may end before this service. Browsers name the origin of every
    write, or at least the relation to it; other clients name neither.
    """
    if presented.is_safe:
        return
    if presented.origin is not None:
        own = {host.casefold() for host in presented.hosts}
        is_own = urlsplit(presented.origin).netloc.casefold() in own
    else:
        is_own = presented.site in (None, "same-origin", "none")
    if not is_own:
        raise NotAuthorised("A page of another origin may not write with this session.")
