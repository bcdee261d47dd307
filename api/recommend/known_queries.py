"""Queries that were read before: they need not be read again, nor always a thread.

What FastAPI does for each parameter and a thread for the page cost more than everything else that a
page in memory is to be asked: who may see it, and whether anything has moved.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

from cachetools import LRUCache
from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.access.caller import Caller
from api.platform.at_once import AtOnce
from api.platform.cursors import LONGEST_CURSOR
from api.platform.errors import NotAuthorised, NotFound
from api.platform.questions import Asking
from api.platform.wire.card_fields import Fields
from api.recommend.recommender import Page, Recommender
from api.recommend.request import RecommendRequest
from api.viewers.versions import Versions, reading_versions

PATH = "/recommend"
_MOST = 2048  # as many as there are pages in memory
# A longer one is read each time: a query may be 32 kB of nothing but "&".
_LONGEST_QUERY = 2048  # bytes
_CURSOR = b"&cursor="
_PLAIN = re.compile(rb"[A-Za-z0-9._~-]{1,%d}" % LONGEST_CURSOR)  # as cursors are made
# What was asked ahead is not used after so long: the request may have waited for its turn.
_FRESH_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Written:
    """What a query string asks for, of a viewer with limits of this country."""

    request: RecommendRequest
    country: str | None
    fields: Fields | None = None  # of the page's titles


@dataclass(frozen=True, slots=True)
class KnownQueries:
    """One per process, for its event loop alone."""

    at_once: AtOnce
    recommender: Recommender
    written: LRUCache[bytes, Written] = field(default_factory=lambda: LRUCache(_MOST))

    def remember(self, query: bytes, written: Written) -> None:
        """What a whole query string without a cursor was read as, where reading it again would ask
        nobody and find the same."""
        if len(query) <= _LONGEST_QUERY:
            self.written[query] = written

    async def versions(self, request: Request, user_id: str, profile: str | None) -> Versions:
        """What an answer to this viewer depends on now."""
        ahead: tuple[float, Versions] | None = getattr(request.state, "ahead", None)
        if ahead is not None and monotonic() - ahead[0] < _FRESH_SECONDS:
            return ahead[1]
        return await self.at_once.answered(reading_versions(user_id, profile))

    def ahead(self, request: Request, acted_for: Callable[[str], bool]) -> Asking[None] | None:
        """Asks for the versions behind a known query together with who sends it.

        `acted_for` tells whether that one acted for a user lately.
        """
        if request.scope["path"] != PATH:
            return None
        known, _ = self._known(request.scope["query_string"])
        if known is None or not acted_for(known.request.user_id):
            return None
        return _noting(request, known.request)

    async def page(self, request: Request) -> tuple[Page, Fields | None] | None:
        """The page of a known query, and the fields of its titles that were asked for.

        None where it is to be read, as for whoever may not have it: a refusal that came sooner
        would tell of whom others ask. Raises as the route does.
        """
        known, cursor = self._known(request.scope["query_string"])
        caller: Caller | None = getattr(request.state, "caller", None)
        if known is None or caller is None:
            return None
        asked = known.request
        if not _may_have(caller, asked):
            return None
        versions = await self.versions(request, asked.user_id, asked.profile)
        if caller.limits_in(versions.household, asked.profile).country != known.country:
            return None
        if cursor is None:
            page = self.recommender.page_at_hand(asked, versions)
            make = partial(self.recommender.first_page, asked, versions=versions)
        else:
            page = self.recommender.next_page_at_hand(asked, cursor, versions)
            make = partial(self.recommender.next_page, asked, cursor, versions=versions)
        return (await run_in_threadpool(make) if page is None else page), known.fields

    def _known(self, query: bytes) -> tuple[Written | None, str | None]:
        """What was read before, and the cursor that is written behind it."""
        first, mark, cursor = query.partition(_CURSOR)
        if not mark:
            return self.written.get(query), None
        if not _PLAIN.fullmatch(cursor):  # other parameters follow, or it is none of ours
            return None, None
        return self.written.get(first), cursor.decode()


def _may_have(caller: Caller, asked: RecommendRequest) -> bool:
    try:
        caller.require_profile(asked.user_id, asked.profile)
    except (NotFound, NotAuthorised):
        return False
    return True


def _noting(request: Request, asked: RecommendRequest) -> Asking[None]:
    versions = yield from reading_versions(asked.user_id, asked.profile)
    request.state.ahead = (monotonic(), versions)
