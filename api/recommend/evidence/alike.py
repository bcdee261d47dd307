"""Titles made of the same as the viewer's own: genres, keywords, people, words, language, years.

It reaches what nobody here has rated.
"""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import fame_of
from api.catalogue.similarity.item_similarity import Compared, FieldShares, ItemSimilarity, Summed
from api.domain.arrays import Floats, Mask
from api.recommend.evidence.kept_by_taste import KeptByTaste
from api.recommend.evidence.kind import (
    Column,
    FindsTitles,
    GivesReason,
    Kind,
    Needs,
    ScoresTitles,
    Subject,
    Weights,
)
from api.recommend.evidence.likeness import MUCH_ALIKE, much_alike
from api.recommend.evidence.of_its_kind import OfItsKindSignal, of_its_kind
from api.recommend.evidence.reason_facts import AlikeTitle
from api.recommend.evidence.shapes import best_places, names_title
from api.recommend.evidence.votes import vote
from api.recommend.pipeline.protocols import Scorer, Source
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm

# Weighs the fields of a whole taste; with those of a single title (EVERY_FIELD) NDCG@10 on
# validation histories was the same, and among strangers .1325 in place of .1353.
_OF_TASTE = FieldShares(
    genres=2.0, keywords=4.0, people=3.0, words=3.0, language=0.5, period=0.3, kind=0.0
)
# The places whose nearest own title is told, and how many own titles are asked first.
_EXPLAINED_PLACES, _EXPLAINING_TITLES = 100, 50
# Two titles that share less are no reason for each other; the same genres alone are 3 of 13. What
# is much alike is a matter of evidence/likeness.py.
_OF_TWO = FieldShares(language=0.0, period=0.0, kind=0.0, keywords=4.0, people=3.0, words=3.0)
_ALIKE = 0.3
# At most so many are compared, of a million titles those with the most votes, in half the time that
# all of them take: what few know hardly comes first.
_BEST_KNOWN = 20_000
# Of what is most alike, so many are compared by kind.
_OF_ANY_KIND = 2000
# And of those again by story.
_OF_ANY_STORY = 300


class SummedTastes:
    """The sum of the viewer's titles by what those are made of, worked out once for each taste."""

    def __init__(self) -> None:
        self._kept = KeptByTaste[Summed]()

    def of(self, query: Query, similarity: ItemSimilarity) -> Summed:
        """The sum that belongs to this query."""
        taste = query.viewer.taste
        return self._kept.of(
            query, lambda: similarity.summed(taste.known_ids, taste.known_weights, _OF_TASTE)
        )


class AlikeSignal(Scorer):
    """How like the sum of the viewer's titles each is, 1 for the most alike of the candidates."""

    name = "alike"

    def __init__(self, summed: SummedTastes) -> None:
        self._summed = summed

    def applies_to(self, query: Query) -> bool:
        return query.similarity is not None

    def prepare(self, query: Query) -> None:
        if query.similarity is not None:
            self._summed.of(query, query.similarity)

    def score(self, query: Query, pool: Pool) -> Floats:
        similarity = query.similarity
        if similarity is None:
            return np.zeros(len(pool), dtype=np.float32)
        found = similarity.sum_to(self._summed.of(query, similarity), pool.ids)
        most = max(float(found.max(initial=0.0)), 1e-6)
        return np.asarray(found.clip(0) / most, dtype=np.float32)


class MostAlike(Source):
    """For a narrow taste the titles most like the sum of the viewer's own, and of their kind.

    Other sources propose what many like beside each of them, which is mostly what many like beside
    everything. A wide taste is spared the look at all titles.
    """

    name = "alike"

    def __init__(
        self,
        of_its_kind: OfItsKindSignal,
        summed: SummedTastes,
        *,
        k: int,
        fewest_votes: int,
    ) -> None:
        """At most `k` titles, of which so many have voted; 0 turns the source off."""
        self._of_its_kind = of_its_kind
        self._summed = summed
        self._k = k
        self._fewest_votes = fewest_votes

    def applies_to(self, query: Query) -> bool:
        is_taste = self._of_its_kind.applies_to(query) and query.likeness is None
        is_known = len(query.viewer.taste.known_ids) > 0
        return self._k > 0 and is_taste and is_known and query.similarity is not None

    def retrieve(self, query: Query) -> Retrieved:
        if query.similarity is None:
            raise ValueError("without what titles are made of none is like another")
        if not self._of_its_kind.is_narrow(query):
            return Retrieved(np.empty(0, np.int32), np.empty(0, np.float32))
        facts = query.facts
        rows = facts.rows_of(query.similarity.ids)
        may_come = query.allowed & (facts.vote_count >= self._fewest_votes)
        places = np.flatnonzero((rows >= 0) & may_come[rows]).astype(np.int32)
        known = facts.vote_count[rows[places]].astype(np.float32)
        places = places[best_places(known, _BEST_KNOWN)]
        found = query.similarity.sum_to_rows(self._summed.of(query, query.similarity), places)
        kept = best_places(found, _OF_ANY_KIND)
        rows = rows[places[kept]]
        found = found[kept] * fame_of(facts, rows) * vote(facts, rows)
        left = self._of_its_kind.left_of(query, rows, by_vectors=False)
        kept = best_places(found * left, _OF_ANY_STORY)
        rows = rows[kept]
        found = found[kept] * self._of_its_kind.left_of(query, rows, by_vectors=True)
        kept = best_places(found, self._k)
        kept = kept[np.lexsort((rows[kept], -found[kept]))]
        return Retrieved(facts.ids[rows[kept]], found[kept].astype(np.float32))


def summed_tastes(_: Needs) -> SummedTastes:
    """Those that signal and source share."""
    return SummedTastes()


class NoteMuchAlike:
    """Of the first places the title of the viewer's that says most and that each is much like."""

    def __init__(self) -> None:
        self._strongest = KeptByTaste[Compared]()

    def __call__(self, query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
        """Notes it in the records of these places."""
        taste, similarity = query.viewer.taste, query.similarity
        if similarity is None or len(records) == 0:
            return
        own = np.argsort(-taste.known_weights, kind="stable")
        own = own[taste.known_named[own]]
        if len(own) == 0:
            return
        ids = ranking.pool.ids[ranking.order[:_EXPLAINED_PLACES]]
        first, others = own[:_EXPLAINING_TITLES], own[_EXPLAINING_TITLES:]
        compared = self._strongest.of(
            query, lambda: similarity.compared(taste.known_ids[first], _OF_TWO)
        )
        places = np.arange(len(ids))
        found = _told(query, first, similarity.between_compared(compared, ids), places, records)
        # What none of the strongest is much like may be much like one of the others.
        places = places[~found]
        if len(others) and len(places):
            likeness = similarity.between(taste.known_ids[others], ids[places], _OF_TWO)
            _told(query, others, likeness, places, records)
        first_places = records["alike_id"][: len(ids)]
        named = np.flatnonzero(first_places)
        records["alike_much"][named] = much_alike(similarity, first_places[named], ids[named])


_names_alike = names_title("alike_id", likeness="alike")


def _alike(subject: Subject, *, much: bool) -> dict[str, Any] | None:
    found = _names_alike(subject)
    is_much = found is not None and found["likeness"] >= MUCH_ALIKE and subject.record["alike_much"]
    return found if bool(is_much) == much else None


def _told(
    query: Query,
    own: NDArray[np.intp],
    likeness: Floats,
    places: NDArray[np.intp],
    records: NDArray[np.void],
) -> Mask:
    """(places): for which of them one of the viewer's own titles was noted.

    `likeness` is (own, places), `own` are places in the taste.
    """
    taste = query.viewer.taste
    contribution = likeness * taste.known_weights[own][:, None]
    contribution[likeness < _ALIKE] = 0
    best = contribution.argmax(axis=0)
    found: Mask = contribution.max(axis=0) > 0
    records["alike_id"][places[found]] = taste.known_ids[own][best[found]]
    records["alike"][places[found]] = likeness[best, np.arange(len(places))][found]
    return found


ALIKE = Kind(
    sources=(
        FindsTitles(
            "alike",
            "titles most like the sum of the viewer's own, and of their kind",
            lambda needs: MostAlike(
                needs.once(of_its_kind),
                needs.once(summed_tastes),
                k=needs.numbers.retrieval.alike_k,
                fewest_votes=needs.numbers.damping.min_vote_count,
            ),
        ),
    ),
    signal=ScoresTitles(
        "alike",
        "genres, keywords, people, words, language and years shared with the sum of the viewer's "
        "titles",
        lambda needs: AlikeSignal(needs.once(summed_tastes)),
        # NDCG@10 on validation histories of ml-latest-small .166 without it, .127 among strangers;
        # with it, and less for what it holds already (related, genre_affinity), .172 and .131.
        Weights(few=0.3, warm=0.3, lone=1.0),
    ),
    columns=(
        Column("alike_id", "<i4", is_title=True),  # the viewer's own title that says most for it
        Column("alike", "<f4"),
        Column("alike_much", "?"),  # whether the two are much alike
    ),
    note=NoteMuchAlike(),
    reasons=(
        GivesReason(
            code="alike",
            form=ReasonForm("Much like {title}, which you chose.", {"title": "Heat"}),
            facts=AlikeTitle,
            signals=("alike",),
            is_personal=True,
            evidence=partial(_alike, much=True),
        ),
        GivesReason(
            code="something_of_chosen",
            form=ReasonForm(
                "It has something in common with {title}, which you chose.", {"title": "Heat"}
            ),
            facts=AlikeTitle,
            signals=("alike",),
            is_personal=True,
            evidence=partial(_alike, much=False),
        ),
    ),
)
