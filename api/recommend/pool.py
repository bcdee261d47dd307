"""Candidates, and which sources proposed them with which score."""

from dataclasses import dataclass, field
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints, Mask


class SourceBit(IntFlag):
    """Which candidate sources proposed a title; the names are the ones clients see."""

    profile_ann = 1
    query_ann = 2
    lexical = 4
    collaborative = 8
    people = 16
    trending = 32
    popular = 64
    related = 128
    story = 256
    followed = 512
    audience = 1024
    fan_liked = 2048
    neighbours = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Retrieved:
    """What one source proposes: distinct ids, the best first, with the source's own scores."""

    ids: Ints
    scores: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Candidates as columns; `rows` point into the facts, `retrieved` keeps provenance."""

    facts: CatalogueFacts
    rows: Ints  # ascending
    sources: NDArray[np.uint16]  # SourceBit
    retrieved: dict[str, Floats] = field(default_factory=dict)  # source -> score, NaN if not found

    @property
    def ids(self) -> Ints:
        """Item ids, in the pool's order."""
        return self.facts.ids[self.rows]

    def __len__(self) -> int:
        return len(self.rows)

    def keep(self, mask: Mask) -> "Pool":
        """The pool with only the candidates where `mask` is true."""
        kept = {name: scores[mask] for name, scores in self.retrieved.items()}
        return Pool(self.facts, self.rows[mask], self.sources[mask], kept)
