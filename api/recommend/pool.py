"""Candidates, and which sources proposed them with which score."""

from dataclasses import dataclass, field

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Bits, Floats, Ints, Mask


@dataclass(frozen=True, slots=True, eq=False)
class Retrieved:
    """What one source proposes: distinct ids, the best first, with the source's own scores."""

    ids: Ints
    scores: Floats
    words: Bits | None = None  # that each has of the request, see evidence/spoken_words.py


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Candidates as columns; `rows` point into the facts, `retrieved` keeps provenance."""

    facts: CatalogueFacts
    rows: Ints  # ascending
    retrieved: dict[str, Floats] = field(default_factory=dict)  # source -> score, NaN if not found
    words: Bits | None = None  # of the request, that any source found in each

    @property
    def ids(self) -> Ints:
        """Item ids, in the pool's order."""
        return self.facts.ids[self.rows]

    def __len__(self) -> int:
        return len(self.rows)

    def found_by(self, source: str) -> Mask:
        """Which candidates a source proposed."""
        scores = self.retrieved.get(source)
        return np.zeros(len(self), dtype=np.bool_) if scores is None else ~np.isnan(scores)

    def widened(self, rows: Ints) -> "Pool":
        """The pool with all of these rows as candidates; ascending, and its own are among them."""
        at = np.searchsorted(rows, self.rows)
        retrieved = {name: np.full(len(rows), np.nan, dtype=np.float32) for name in self.retrieved}
        for name, scores in self.retrieved.items():
            retrieved[name][at] = scores
        words = None if self.words is None else np.zeros(len(rows), dtype=np.uint64)
        if words is not None and self.words is not None:
            words[at] = self.words
        return Pool(self.facts, rows, retrieved, words)

    def keep(self, mask: Mask) -> "Pool":
        """The pool with only the candidates where `mask` is true."""
        kept = {name: scores[mask] for name, scores in self.retrieved.items()}
        words = None if self.words is None else self.words[mask]
        return Pool(self.facts, self.rows[mask], kept, words)
