"""How much of their stories the viewer's own titles share: heists, courtrooms, boxing.

By keywords, people and words of the overview, and by ranks: what two titles share depends on how
many keywords a catalogue has of each, and on how many have the same. How few of usual titles share
as much with the viewer's own tells whether those are of one sort, and what else is. Of 605 viewers
of MovieLens one in fifty has such a taste.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.similarity.item_similarity import Common, FieldShares, ItemSimilarity
from api.domain.arrays import Ints
from api.recommend.evidence.kept_by_state import KeptByState
from api.recommend.evidence.kept_by_taste import KeptByTaste
from api.recommend.evidence.own_titles import OwnTitles
from api.recommend.evidence.usual_titles import usual_titles
from api.recommend.query import Query

_STORY = FieldShares(
    genres=0.0, keywords=4.0, people=2.0, words=3.0, language=0.0, period=0.0, kind=0.0
)
_FEWEST, _MOST = 4, 50  # of the viewer's own, the newest
_EQUAL = 1e-5  # sums of floats that differ by less are the same
_APART = 0.5  # standard deviations of the viewer's own that a title may share less

Logs = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """How few of usual titles share as much with the viewer's own as those do with each other."""

    by_chance: Logs  # what usual titles share with them, ascending
    narrowness: float  # the mean of the logs of how few those are, 0 for titles of any story
    least: float  # the log that the odder ones of the viewer's own have


class SharedStory:
    """Works it out, once for each taste, and compares titles with it."""

    def __init__(self) -> None:
        self._usual = KeptByState[Ints]()
        self._kept = KeptByTaste[Shared | None]()

    def of(self, query: Query) -> Shared | None:
        """None where too few titles are known, or nothing of what they are made of."""
        similarity = query.similarity
        if similarity is None:
            return None
        return self._kept.of(query, lambda: self._work_out(query, similarity))

    def less(self, query: Query, own: OwnTitles, item_ids: Ints) -> Logs:
        """How much less each shares with the viewer's own than the odder ones of those do, at least
        0: logs of how few usual titles share as much. 1,300 titles take 0.5 ms.
        """
        shared, similarity = self.of(query), query.similarity
        if shared is None or similarity is None:
            return np.zeros(len(item_ids))
        found = similarity.shared_with(_common(query.facts, similarity, own), item_ids)
        return (shared.least - _rarity(shared.by_chance, found.astype(np.float64))).clip(0)

    def _work_out(self, query: Query, similarity: ItemSimilarity) -> Shared | None:
        facts, own = query.facts, OwnTitles.of(query)
        usual = self._usual.of(
            shows=own.shows_alone,
            state=(facts.version, facts.read_at),
            work_out=lambda: usual_titles(facts, shows=own.shows_alone),
        )
        # That a title is as much like itself as like nothing else is no chance.
        usual = usual[~np.isin(usual, facts.ids[own.liked])]
        if len(own.liked) < _FEWEST or len(usual) < _FEWEST:
            return None
        common = _common(facts, similarity, own)
        by_chance = np.sort(similarity.shared_with(common, usual).astype(np.float64))
        of_own = _rarity(by_chance, common.among.astype(np.float64))
        return Shared(
            by_chance=by_chance,
            narrowness=float(of_own.mean()) - 1,  # the mean of chance is 1
            least=float(of_own.mean() - _APART * of_own.std()),
        )


def _common(facts: CatalogueFacts, similarity: ItemSimilarity, own: OwnTitles) -> Common:
    return similarity.common_to(facts.ids[own.liked[:_MOST]], _STORY)


def _rarity(by_chance: Logs, shared: Logs) -> Logs:
    """Logs of how few share as much; what nearly all share, as those that share nothing, is 0."""
    as_much = len(by_chance) - np.searchsorted(by_chance, shared - _EQUAL)
    return np.asarray(-np.log((as_much + 1) / (len(by_chance) + 1)))
