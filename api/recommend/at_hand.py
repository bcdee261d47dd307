"""First pages that the event loop answers by itself: those in memory, of a query as it was written.

A thread for the page and what FastAPI does for each parameter cost more than everything else that a
page in memory is to be asked: who may see it, and whether anything has moved.
"""

from dataclasses import dataclass, field

from cachetools import LRUCache
from fastapi import Request

from api.access.caller import Caller
from api.platform.at_once import AtOnce
from api.recommend.recommender import Page, Recommender
from api.recommend.request import RecommendRequest
from api.viewers.versions import Versions, reading_versions

_MOST = 2048  # as many as there are pages in memory


@dataclass(frozen=True, slots=True)
class Written:
    """What a query string asks for, of a viewer with limits of this country."""

    request: RecommendRequest
    country: str | None


@dataclass(frozen=True, slots=True)
class AtHand:
    """One per process, for its event loop alone."""

    at_once: AtOnce
    recommender: Recommender
    written: LRUCache[bytes, Written] = field(default_factory=lambda: LRUCache(_MOST))

    def remember(self, query: bytes, written: Written) -> None:
        """What a whole query string was read as; reading it again asks nobody and is the same."""
        self.written[query] = written

    async def versions(self, user_id: str, profile: str | None) -> Versions:
        """What an answer to this viewer depends on now."""
        return await self.at_once.answered(reading_versions(user_id, profile))

    async def page(self, request: Request) -> Page | None:
        """The page that the request is answered by; None where it is to be made, or was not asked
        for before. Raises as the route does whatever it finds first."""
        known = self.written.get(request.scope["query_string"])
        caller: Caller | None = getattr(request.state, "caller", None)
        if known is None or caller is None:
            return None
        user_id, profile = known.request.user_id, known.request.profile
        caller.require_profile(user_id, profile)
        versions = request.state.versions = await self.versions(user_id, profile)
        limits = versions.household.limits_of(profile)
        if limits.country != known.country:
            return None
        return self.recommender.page_at_hand(known.request, versions)
