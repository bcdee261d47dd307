"""Shapes that several kinds of evidence have: a source and a scorer of each once, not per kind."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints
from api.recommend.evidence.kind import Note, Subject
from api.recommend.pipeline.protocols import Scorer, Source
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.rounding import as_likeness
from api.viewers.taste.taste import Proposed, Taste

_NEUTRAL = np.float32(0.5)
OfTaste = Callable[[Taste], Proposed]


class ProposedByTaste(Source):
    """Titles that one kind of evidence in the viewer's taste proposes, the strongest first."""

    def __init__(self, name: str, proposed: OfTaste, k: int) -> None:
        """At most `k` titles; 0 turns the source off."""
        self.name = name
        self._proposed = proposed
        self._k = k

    def applies_to(self, query: Query) -> bool:
        return self._k > 0 and len(self._proposed(query.viewer.taste)) > 0

    def retrieve(self, query: Query) -> Retrieved:
        proposed = self._proposed(query.viewer.taste)
        return best_allowed(query, proposed.items, proposed.scores, self._k)


class RetrievedScore(Scorer):
    """A source's own score as a signal; 0 for what it did not find."""

    def __init__(
        self, name: str, source: str, *, full: float | None, applies: Callable[[Query], bool]
    ) -> None:
        """`full` is the score that counts as 1; None: the best candidate's."""
        self.name = name
        self._source = source
        self._full = full
        self._applies = applies

    def applies_to(self, query: Query) -> bool:
        return self._applies(query)

    def score(self, query: Query, pool: Pool) -> Floats:  # noqa: ARG002 - a protocol's signature
        scores = pool.retrieved.get(self._source)
        if scores is None:
            return np.zeros(len(pool), dtype=np.float32)
        known = np.nan_to_num(scores, nan=0.0)
        full = max(float(known.max(initial=0.0)), 1e-6) if self._full is None else self._full
        return (known / full).clip(0, 1).astype(np.float32)


class CatalogueScore(Scorer):
    """What the catalogue says of a title, whoever asks."""

    def __init__(self, name: str, of: Callable[[CatalogueFacts, Ints], Floats]) -> None:
        """`of` gives a value in [0, 1] for each of the rows."""
        self.name = name
        self._of = of

    def score(self, query: Query, pool: Pool) -> Floats:
        return self._of(query.facts, pool.rows)


class GroupAffinity(Scorer):
    """How much more the viewer likes a title's group than it is common; 0.5 says nothing."""

    def __init__(
        self,
        name: str,
        groups: Callable[[CatalogueFacts, Ints], NDArray[np.int16]],
        liked: Callable[[Taste], Mapping[int, float]],
    ) -> None:
        """`groups` gives the group of each row, `liked` the affinity to each in (0, 1)."""
        self.name = name
        self._groups = groups
        self._liked = liked

    def applies_to(self, query: Query) -> bool:
        return bool(query.viewer.taste.genre_prefs)

    def score(self, query: Query, pool: Pool) -> Floats:
        groups = self._groups(query.facts, pool.rows).astype(np.int32)
        liked = sorted(self._liked(query.viewer.taste).items())
        if not liked:
            return np.full(len(groups), _NEUTRAL, dtype=np.float32)
        known = np.array([group for group, _ in liked], dtype=np.int32)
        affinities = np.array([affinity for _, affinity in liked], dtype=np.float32)
        found = np.minimum(np.searchsorted(known, groups), len(known) - 1)
        return np.where(known[found] == groups, affinities[found], np.float32(_NEUTRAL))


def has(proposed: OfTaste) -> Callable[[Query], bool]:
    """Whether the taste of a query has any of this evidence."""
    return lambda query: len(proposed(query.viewer.taste)) > 0


def has_words(query: Query) -> bool:
    """Whether the request has words to search with."""
    return query.text_vector is not None or bool(query.request.text)


def notes_why(column: str, proposed: OfTaste) -> Note:
    """Writes down what each title is proposed because of, 0 where nothing proposes it."""

    def note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
        ids = ranking.pool.ids[ranking.order]
        records[column] = because_of(ids, proposed(query.viewer.taste))

    return note


def because_of(ids: Ints, proposed: Proposed) -> NDArray[np.int32]:
    """What each id is proposed because of, 0 where nothing proposes it."""
    if len(proposed) == 0:
        return np.zeros(len(ids), dtype=np.int32)
    places = np.minimum(np.searchsorted(proposed.items, ids), len(proposed) - 1)
    found = proposed.items[places] == ids
    return np.where(found, proposed.because[places], 0).astype(np.int32)


def names_title(column: str, **likeness_by_name: str) -> Callable[[Subject], dict[str, Any] | None]:
    """Evidence for a reason: the title of a column, and how alike it is by other columns."""

    def evidence(subject: Subject) -> dict[str, Any] | None:
        if (named := subject.title_in(column)) is None:
            return None
        return named | {
            name: as_likeness(subject.record[of]) for name, of in likeness_by_name.items()
        }

    return evidence


def best_places(scores: Floats, k: int) -> NDArray[np.intp]:
    """The places of the k largest, in no order: a tenth of the time of sorting all of them."""
    k = min(k, len(scores))
    return np.argpartition(-scores, k - 1)[:k] if k else np.empty(0, np.intp)


def best_allowed(query: Query, ids: Ints, scores: Floats, k: int) -> Retrieved:
    """The k best of these that the constraints allow, ties by id."""
    allowed, scores, _ = allowed_of(query, Retrieved(ids, scores))
    best_first = np.lexsort((allowed, -scores))[:k]
    return Retrieved(allowed[best_first], scores[best_first])


def first_allowed(query: Query, rows: Ints, most: int | None = None) -> Ints:
    """The first of these rows that the constraints allow, in their order, at most so many.

    Looks at a stretch after the other, each twice as long: of a million titles the first few are
    mostly enough.
    """
    if most is None:
        return rows[query.allowed[rows]]
    found: list[Ints] = []
    count, start, stop = 0, 0, 2 * most
    while start < len(rows) and count < most:
        stretch = rows[start:stop]
        found.append(stretch[query.allowed[stretch]])
        count += len(found[-1])
        start, stop = stop, 3 * stop - 2 * start
    return np.concatenate([np.empty(0, rows.dtype), *found])[:most]


def allowed_of(query: Query, found: Retrieved) -> tuple[Ints, Floats, Ints]:
    """(ids, scores, rows) of what a search found that the constraints allow, in its order."""
    places, rows = allowed_places(query, found.ids)
    return found.ids[places], found.scores[places], rows


def allowed_places(query: Query, ids: Ints) -> tuple[Ints, Ints]:
    """(places, rows) of those ids that the constraints allow, in their order."""
    rows = query.facts.rows_of(ids)
    keep = rows >= 0
    keep[keep] = query.allowed[rows[keep]]
    return np.flatnonzero(keep).astype(np.int32), rows[keep]
