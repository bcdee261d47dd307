"""Titles like those that the request names: by what they are, and by who likes them."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.domain.arrays import Floats, Ints, Mask
from api.recommend.evidence.kind import (
    Column,
    FindsTitles,
    GivesReason,
    Kind,
    ScoresTitles,
    Subject,
    Weights,
)
from api.recommend.evidence.reason_facts import AlikeTitle, BothTitles, LikedBesideTitle
from api.recommend.evidence.shapes import best_allowed, best_places, names_title
from api.recommend.pipeline.protocols import Scorer, Source
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm

# Below this a title has little more in common than its kind, its language and its decade.
_ALIKE = 0.15
# From this on, and with so many keywords, people and words of the overview in common, it is much
# like it. Of the judged pairs of `python -m tests.quality.similar` there are 38, all similar; of
# those from .19 to .25 less than half are. What two titles share is held against all that either
# could have: by genres alone every drama without keywords is like every other.
MUCH_ALIKE, _FEWEST_PARTICULARS = 0.34, 5


def much_alike(similarity: ItemSimilarity, item_ids: Ints, others: Ints) -> Mask:
    """(pairs): whether the two of each are much alike, and not only of one genre."""
    likeness, particulars = similarity.between_pairs(item_ids, others)
    return (likeness >= MUCH_ALIKE) & (particulars >= _FEWEST_PARTICULARS)


class MostAlike(Source):
    """The titles that are most like all that the request names."""

    name = "likeness"

    def __init__(self, k: int) -> None:
        self._k = k

    def applies_to(self, query: Query) -> bool:
        return query.likeness is not None

    def retrieve(self, query: Query) -> Retrieved:
        if query.likeness is None:
            raise ValueError("a query that names no title has nothing to be like")
        scores = np.where(query.allowed, query.likeness.scores, -1)
        best = best_places(scores, self._k)
        return best_allowed(query, query.facts.ids[best], query.likeness.scores[best], self._k)


class LikenessSignal(Scorer):
    """How like the named titles a candidate is, whoever proposed it."""

    name = "likeness"

    def applies_to(self, query: Query) -> bool:
        return query.likeness is not None

    def score(self, query: Query, pool: Pool) -> Floats:
        if query.likeness is None:
            return np.zeros(len(pool), dtype=np.float32)
        return query.likeness.scores[pool.rows]


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    """The named title that each is most like, and how much, where that is more than chance; and
    the one whose viewers like it most, where those were asked for."""
    likeness = query.likeness
    if likeness is None:
        return
    rows = ranking.pool.rows[ranking.order]
    ids = np.array(likeness.ids, dtype=np.int32)
    # What is liked beside a title need not be like it.
    to_each = likeness.to_each if likeness.beside is None else likeness.by_metadata
    nearest, most = _nearest(to_each[:, rows])
    alike = most >= _ALIKE
    records["like_id"] = np.where(alike, ids[nearest], 0)
    if len(ids) > 1 and likeness.beside is None:
        others = to_each[:, rows].copy()
        others[nearest, np.arange(len(rows))] = -1
        second, less = _nearest(others)
        records["like_other_id"] = np.where(alike & (less >= _ALIKE), ids[second], 0)
    records["likeness"] = np.where(alike, most, 0)
    if likeness.beside is not None:
        nearest, most = _nearest(likeness.beside[:, rows])
        records["liked_beside_id"] = np.where(most > 0, ids[nearest], 0)
    if likeness.similarity is not None:
        named = records["like_id"] > 0
        records["like_much"][named] = much_alike(
            likeness.similarity, records["like_id"][named], ranking.pool.ids[ranking.order][named]
        )


def _nearest(to_each: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Of each column the row with the most, and how much."""
    nearest = to_each.argmax(axis=0)
    return nearest, to_each[nearest, np.arange(to_each.shape[1])]


_names_like = names_title("like_id", likeness="likeness")


def _like_both(subject: Subject) -> dict[str, Any] | None:
    """The two of several named titles that it is most like, where it is like two."""
    one, other = subject.title_in("like_id"), subject.title_in("like_other_id")
    if one is None or other is None:
        return None
    return one | {"other_id": other["item_id"], "other": other["title"]}


def _like_named(subject: Subject, *, much: bool) -> dict[str, Any] | None:
    found = _names_like(subject)
    is_much = found is not None and found["likeness"] >= MUCH_ALIKE and subject.record["like_much"]
    return found if bool(is_much) == much else None


LIKENESS = Kind(
    sources=(
        FindsTitles(
            "likeness",
            "titles most like those that the request names",
            lambda needs: MostAlike(needs.numbers.retrieval.slate_size),
        ),
    ),
    signal=ScoresTitles(
        "likeness",
        "genres, keywords, people, words and co-liking shared with the titles that are named",
        lambda _: LikenessSignal(),
        Weights(query=1.0, narrative=1.34, like=1.0),
    ),
    columns=(
        Column("like_id", "<i4", is_title=True),  # the named title that this one is most like
        Column("like_other_id", "<i4", is_title=True),  # another one that it is like
        Column("likeness", "<f4"),
        Column("like_much", "?"),  # whether the two are much alike
        Column("liked_beside_id", "<i4", is_title=True),  # the named title whose viewers like it
    ),
    note=_note,
    reasons=(
        GivesReason(
            code="liked_beside_named",
            form=ReasonForm("Viewers who like {title} like this, too.", {"title": "Heat"}),
            facts=LikedBesideTitle,
            signals=("likeness",),
            is_personal=False,
            evidence=names_title("liked_beside_id"),
        ),
        GivesReason(
            code="like_both",
            form=ReasonForm(
                "It has something of {title} and of {other}.", {"title": "Heat", "other": "Ronin"}
            ),
            facts=BothTitles,
            signals=("likeness",),
            is_personal=False,
            evidence=_like_both,
        ),
        GivesReason(
            code="like_named",
            form=ReasonForm("Much like {title}.", {"title": "Heat"}),
            facts=AlikeTitle,
            signals=("likeness",),
            is_personal=False,
            evidence=partial(_like_named, much=True),
        ),
        GivesReason(
            code="something_of_named",
            form=ReasonForm("It has something in common with {title}.", {"title": "Heat"}),
            facts=AlikeTitle,
            signals=("likeness",),
            is_personal=False,
            evidence=partial(_like_named, much=False),
        ),
    ),
)
