"""A stored list as the profile may be shown it now: it may be older than the limits.

Places of the list are what cursors count, so a title that is left out leaves its place behind, and
the page is filled from the places after it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.arrays import Ints
from api.domain.limits import Limits
from api.language.named_titles import told_within
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.explainer import titles_named
from api.recommend.lists.slate import Slate

_PAGES_LOOKED_AT = 4

# Ids of a list -> those of them that may not be shown any more.
WhichAreLeftOut = Callable[[Ints], frozenset[int]]


@dataclass(frozen=True, slots=True)
class PageWindow:
    """A page: some places of the list before `stop`; only the `shown` ids may be named on it."""

    slate: Slate
    places: tuple[int, ...]  # ascending
    stop: int  # where the next page begins
    shown: frozenset[int] | None = None  # items of the page and those that reasons name; None: all

    def shows(self, item_id: int) -> bool:
        """Whether the title may be shown."""
        return self.shown is None or item_id in self.shown


def page_window(
    slate: Slate,
    start: int,
    size: int,
    *,
    limits: Limits,
    shown: ShownTitles,
    left_out: WhichAreLeftOut | None = None,
    kinds: Kinds = EVIDENCE,
) -> PageWindow:
    """The page from a place on, with `size` titles if there are as many that may be shown.

    Looks at a few pages of titles, and at more where those do not fill the page and find the place
    at which the next one begins.
    """
    looked_at = _PAGES_LOOKED_AT * size
    while True:
        ids = slate.item_ids[start : start + looked_at]
        among = None
        if limits.hide_titles:
            evidence_of_all = [slate.evidence, *(one.evidence for one in slate.members)]
            named = {
                item_id
                for records in evidence_of_all
                for item_id in titles_named(records[start : start + looked_at], kinds)
            }
            among = shown.among({*ids.tolist(), *named}, limits)
        places = _places(ids, start, among, left_out(ids) if left_out else frozenset())
        if len(places) > size or start + looked_at >= len(slate):
            break
        looked_at *= _PAGES_LOOKED_AT
    if among is not None:
        interpreted = told_within(slate.interpreted, limits, shown)
        slate = replace(slate, interpreted=interpreted)
    stop = places[size] if len(places) > size else len(slate)
    return PageWindow(slate, tuple(places[:size]), stop, among)


def _places(
    ids: Ints, start: int, among: frozenset[int] | None, left_out: frozenset[int]
) -> list[int]:
    return [
        place
        for place, one in enumerate(ids.tolist(), start)
        if one not in left_out and (among is None or one in among)
    ]
