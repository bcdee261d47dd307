"""Where each page of a list begins and ends, and the cursors that point at the next one."""

from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

import orjson

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import Limits
from api.platform.cursors import Cursors
from api.platform.errors import InvalidCursor
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.differing_parameters import differing_parameters
from api.recommend.lists.page_window import PageWindow, WhichAreLeftOut, page_window
from api.recommend.lists.pages import Pages
from api.recommend.lists.slate import Slate
from api.recommend.pipeline.trace import Trace
from api.recommend.request import RecommendRequest
from api.viewers.feedback.feedback_intake import RECOMMEND_CURSOR, SLATE_KEY
from api.viewers.versions import Versions


@dataclass(frozen=True, slots=True)
class Paging:
    """One per process."""

    pages: Pages
    cursors: Cursors
    shown: ShownTitles
    kinds: Kinds = EVIDENCE

    def page(
        self,
        slate: Slate,
        offset: int,
        *,
        request: RecommendRequest,
        facts: CatalogueFacts,
        catalogue_version: int,
        limits: Limits,
        left_out: WhichAreLeftOut | None = None,
        trace: Trace | None = None,
    ) -> bytes:
        """The JSON of the page that begins at this place, and the cursor of the next.

        `limits` are the profile's of now, `left_out` tells what may not be shown any more: the
        list may be older.
        """
        page = page_window(
            slate,
            offset,
            _most_on_a_page(slate, request),
            limits=limits,
            shown=self.shown,
            left_out=left_out,
            kinds=self.kinds,
        )
        cursor = None
        if page.stop < len(slate):
            payload = {SLATE_KEY: slate.id.hex, "offset": page.stop}
            cursor = self.cursors.sign(payload, kind=RECOMMEND_CURSOR)
        return self.pages.render(
            page,
            facts=facts,
            country=request.country,
            catalogue_version=catalogue_version,
            cursor=cursor,
            trace=trace,
        )

    def is_at_hand(
        self, slate: Slate, offset: int, request: RecommendRequest, versions: Versions
    ) -> bool:
        """Whether the page is made without asking the database for anything.

        For a profile with limits that is never said: whether a title is within them is asked.
        """
        if versions.limits.hide_titles:
            return False
        size = _most_on_a_page(slate, request)
        places = range(offset, min(offset + size, len(slate)))
        return self.pages.has_cards(
            PageWindow(slate, tuple(places), places.stop),
            country=request.country,
            catalogue_version=versions.catalogue_version,
        )

    def place(self, cursor: str) -> tuple[UUID, int]:
        """The list that a cursor points into, and where; raises InvalidCursor for a forged one."""
        payload = self.cursors.read(cursor, kind=RECOMMEND_CURSOR)
        try:
            return UUID(payload[SLATE_KEY]), int(payload["offset"])
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidCursor from error


def _most_on_a_page(slate: Slate, request: RecommendRequest) -> int:
    return min(request.limit, slate.most_per_page or request.limit)


def request_hash(request: RecommendRequest) -> bytes:
    """What a cursor is bound to: every parameter but the page's size."""
    fields = {name: value for name, value in request.fields().items() if name != "limit"}
    return sha256(orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)).digest()


def require_same_request(
    answered: bytes, request: RecommendRequest, *, of: RecommendRequest
) -> None:
    """Raises InvalidCursor where a list, by the hash of its request `of`, is of other parameters.

    A list goes on where its viewer has moved to another country meanwhile.
    """
    if not request.names_country:
        request = replace(request, country=of.country)
    if answered != request_hash(request):
        raise InvalidCursor(differing_parameters(request, of=of))
