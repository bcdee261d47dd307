"""Genres that a title must have, and genres that it must not have."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.genres import GENRES, genre_bits, genre_id, genres_of
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import (
    Constraint,
    Explained,
    PreviewedTitle,
    excluded_by_rules,
    listed,
)

_ANY_TURN, _NONE_TURN = 30, 50


@dataclass(frozen=True, slots=True)
class Genres(Constraint):
    """Of every set any genre. First one of all of them is enough, then none is needed."""

    code = "genre"
    intent_field = "genre"
    relaxed_as = "genres"
    turns = (_ANY_TURN, _NONE_TURN)
    goes_along_with_vectors = True

    sets: tuple[frozenset[int], ...]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Genres"]:
        wanted = (frozenset(asked.request.genres),) if asked.request.genres else ()
        if sets := (*wanted, *asked.intent.genres):
            yield cls("words", sets)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        genres = facts.genres[rows]
        missing: Mask = np.zeros(len(genres), dtype=np.bool_)
        for wanted in self.sets:
            missing |= (genres & _bits(wanted)) == 0
        return missing

    def looser(self, turn: int) -> "Genres | None":
        if turn == _NONE_TURN:
            return None
        if turn == _ANY_TURN and len(self.sets) > 1:
            return replace(self, sets=(frozenset().union(*self.sets),), is_relaxed=True)
        return self

    def explain(self, title: PreviewedTitle) -> Explained:
        own = _own(title)
        missing = [_names(wanted) for wanted in self.sets if not wanted & own]
        told = listed([listed(names, "or") for names in missing], "and")
        return f"Not {told}, as the request asks for.", {"genres": _names(own), "wanted": missing}


@dataclass(frozen=True, slots=True)
class RuleGenres(Constraint):
    """Any of the genres that the operator recommends at all."""

    code = "rule_genre"
    goes_along_with_vectors = True

    genres: frozenset[int]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["RuleGenres"]:
        if genres := _known(asked.rules.include_genres):
            yield cls("rules", genres)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return np.asarray((facts.genres[rows] & _bits(self.genres)) == 0)

    def explain(self, title: PreviewedTitle) -> Explained:
        names = _names(self.genres)
        evidence = {"genres": _names(_own(title)), "wanted": names}
        return excluded_by_rules(f"only {listed(names, 'or')}"), evidence


@dataclass(frozen=True, slots=True)
class ExcludedGenres(Constraint):
    """None of these genres."""

    code = "excluded_genre"
    intent_field = "exclude_genre"

    genres: frozenset[int]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedGenres"]:
        if asked.intent.excluded_genres:
            yield cls("words", asked.intent.excluded_genres)
        if genres := _known(asked.never("genre")):
            yield cls("preferences", genres)
        if genres := _known(asked.rules.exclude_genres):
            yield cls("rules", genres)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return np.asarray((facts.genres[rows] & _bits(self.genres)) != 0)

    def explain(self, title: PreviewedTitle) -> Explained:
        own = _own(title)
        names = _names(self.genres & own)
        evidence = {"genres": _names(own), "excluded": names}
        return f"Excluded by {self.asker}: {listed(names, 'and')}.", evidence


def _known(names: Iterable[str]) -> frozenset[int]:
    return frozenset(found for name in names if (found := genre_id(name)) is not None)


def _bits(genres: Iterable[int]) -> np.uint32:
    return np.uint32(genre_bits(genres))


def _own(title: PreviewedTitle) -> frozenset[int]:
    return frozenset(genres_of(int(title.facts.genres[title.row])))


def _names(genres: Iterable[int]) -> list[str]:
    return sorted(GENRES[genre] for genre in genres)
