"""The seed of what is drawn for a list: whichever process makes it, the same is drawn."""

from datetime import timedelta
from hashlib import blake2b

from api.recommend.lists.paging import request_hash
from api.recommend.query import Query


def draw_seed(query: Query, *, strategy: str, lasts: timedelta) -> int:
    """The same for a request, a strategy and a state of the profile until a span of `lasts` ends.

    The versions of the catalogue, of rules and templates are left out: a process may follow them a
    moment later than another one, and keeps pages over some of them.
    """
    versions = query.versions
    span = int(query.now.timestamp() // lasts.total_seconds())
    asked = request_hash(query.request)
    drawn_for = (asked, strategy, versions.profile_id, versions.profile_version, span)
    return int.from_bytes(blake2b(repr(drawn_for).encode(), digest_size=16).digest())
