"""A stored list as the profile may be shown it now: it may be older than the limits.

Places of the list are what cursors count, so a title that is left out leaves its place behind, and
the page is filled from the places after it.
"""

from dataclasses import dataclass, replace

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import Limits
from api.language.named_titles import without_hidden_titles
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.explainer import titles_named
from api.recommend.lists.slate import Slate


@dataclass(frozen=True, slots=True)
class Cut:
    """A page: some places of the list before `stop`; only the `shown` ids may be named on it."""

    slate: Slate
    places: tuple[int, ...]  # ascending
    stop: int  # where the next page begins
    shown: frozenset[int] | None = None  # items of the page and those that reasons name; None: all

    def shows(self, item_id: int) -> bool:
        """Whether the title may be shown."""
        return self.shown is None or item_id in self.shown


def cut(
    slate: Slate,
    start: int,
    size: int,
    *,
    limits: Limits,
    shown: ShownTitles,
    left_out: frozenset[int] = frozenset(),
    kinds: Kinds = EVIDENCE,
) -> Cut:
    """The page from a place on, with `size` titles if there are as many that are not `left_out`."""
    ids = slate.item_ids[start:].tolist()
    if not limits.hide_titles:
        places = [place for place, one in enumerate(ids, start) if one not in left_out]
        return Cut(slate, tuple(places[:size]), _stop(places, size, slate))
    among = shown.among({*ids, *titles_named(slate.evidence[start:], kinds)}, limits)
    kept = among - left_out
    places = [place for place, item_id in enumerate(ids, start) if item_id in kept]
    interpreted = without_hidden_titles(slate.interpreted, limits, shown.among)
    return Cut(
        replace(slate, interpreted=interpreted),
        tuple(places[:size]),
        _stop(places, size, slate),
        among,
    )


def _stop(places: list[int], size: int, slate: Slate) -> int:
    return places[size] if len(places) > size else len(slate)
