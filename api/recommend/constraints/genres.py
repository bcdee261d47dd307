"""Genres that a title must have, and genres that it must not have."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

import numpy as np
from pydantic import AfterValidator, Field

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.names.near_words import is_a_slip
from api.domain.arrays import Floats, Ints, Mask
from api.domain.folding import fold
from api.domain.genres import GENRES, genre_bits, genre_id, genre_written, genres_of
from api.language.intent import Value
from api.platform.database import Database
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import (
    Constraint,
    Explained,
    PreviewedTitle,
    excluded_by_rules,
    listed,
)
from api.recommend.constraints.parameters import Csv, FilterGroup, split

_ANY_TURN, _NONE_TURN = 30, 50


def genres_of_names(written: str | None) -> frozenset[int]:
    """The genres of a list of names or ids with commas."""
    found = (genre_written(one) for one in split(written))
    return frozenset(one for one in found if one is not None)


def genres_exist(written: str | None) -> str | None:
    """The list as it is; raises ValueError naming the first genre that there is not."""
    for name in split(written):
        if genre_written(name) is None:
            raise ValueError(_unknown(name))
    return written


def genre_problem(name: str) -> str | None:
    """What is wrong with a genre's name in the rules, which have no ids; None: nothing."""
    return _unknown(name) if genre_id(name) is None else None


def _unknown(name: str) -> str:
    near = [one for one in sorted(GENRES.values()) if is_a_slip(fold(name), fold(one))]
    guess = f"did you mean {' or '.join(near)}? " if near else ""
    return f"there is no genre {name!r}; {guess}GET /genres lists them"


GenreNames = Annotated[Csv, AfterValidator(genres_exist)]


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
        if genres := frozenset(asked.request.genres):
            written = f"genre_override={','.join(_names(genres))}"
            yield cls("parameter", (genres,), written=written)
        if asked.intent.genres:
            yield cls("words", asked.intent.genres)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        genres = facts.genres[rows]
        missing: Mask = np.zeros(len(genres), dtype=np.bool_)
        for wanted in self.sets:
            missing |= (genres & _bits(wanted)) == 0
        return missing

    def share_lacked(self, facts: CatalogueFacts, rows: Ints) -> Floats:
        """The share of the sets that each title has no genre of, (rows,) from 0 to 1."""
        genres = facts.genres[rows]
        missing = [(genres & _bits(wanted)) == 0 for wanted in self.sets]
        lacked: Floats = np.mean(missing, axis=0, dtype=np.float32)
        return lacked

    def looser(self, turn: int) -> "Genres | None":
        if turn == _NONE_TURN:
            return None
        if turn == _ANY_TURN and len(self.sets) > 1:
            return replace(self, sets=(frozenset().union(*self.sets),), is_relaxed=True)
        return self

    def explain(self, title: PreviewedTitle) -> Explained:
        own = _own(title)
        missing = [_names(wanted) for wanted in self.sets if not wanted & own]
        missing_names = listed([listed(names, "or") for names in missing], "and")
        return f"Not {missing_names}, as the request asks for.", {
            "genres": _names(own),
            "wanted": missing,
        }

    def shown(self) -> tuple[Value, str]:
        genres = frozenset().union(*self.sets)
        return sorted(genres), listed(_names(genres), "or")


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
    """None of these genres, of two that TMDB joins neither: a refusal takes no chance."""

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
        return np.asarray((facts.listed_genres[rows] & _bits(self.genres)) != 0)

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return np.asarray(facts.listed_genres[rows] == 0)

    def explain(self, title: PreviewedTitle) -> Explained:
        own = frozenset(genres_of(int(title.facts.listed_genres[title.row])))
        names = _names(self.genres & own)
        evidence = {"genres": _names(own), "excluded": names}
        return f"Excluded by {self.asker}: {listed(names, 'and')}.", evidence

    def contradicts(self, other: Constraint) -> bool:
        return isinstance(other, Genres) and any(wanted <= self.genres for wanted in other.sets)

    def shown(self) -> tuple[Value, str]:
        return sorted(self.genres), f"Not {listed(_names(self.genres), 'or')}"


@dataclass(frozen=True, slots=True)
class ExcludedKinds(Constraint):
    """Of none of these sets all genres at once: true crime is crime, and a documentary."""

    code = "excluded_kind"
    intent_field = "exclude_content"

    kinds: frozenset[frozenset[int]]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedKinds"]:
        if asked.intent.excluded_kinds:
            yield cls("words", asked.intent.excluded_kinds)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        genres = facts.listed_genres[rows]
        found: Mask = np.zeros(len(genres), dtype=np.bool_)
        for kind in self.kinds:
            found |= (genres & _bits(kind)) == _bits(kind)
        return found

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return np.asarray(facts.listed_genres[rows] == 0)

    def explain(self, title: PreviewedTitle) -> Explained:
        own = frozenset(genres_of(int(title.facts.listed_genres[title.row])))
        names = _names(next(kind for kind in sorted(self.kinds, key=sorted) if kind <= own))
        evidence = {"genres": _names(own), "excluded": names}
        return f"Excluded by the request: {listed(names, 'and')} at once.", evidence


class GenreParameters(FilterGroup):
    """Genres by their names, in any case, or by their ids."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (Genres, ExcludedGenres)

    genres: GenreNames | None = Field(
        default=None, description="Only titles of one of these genres.", examples=["crime,thriller"]
    )
    exclude_genres: GenreNames | None = Field(
        default=None, description="No titles of any of these genres.", examples=["horror"]
    )

    def constraints(self, database: Database) -> Iterator[Constraint]:  # noqa: ARG002
        if genres := genres_of_names(self.genres):
            yield Genres("parameter", (genres,), written=f"genres={self.genres}")
        if genres := genres_of_names(self.exclude_genres):
            written = f"exclude_genres={self.exclude_genres}"
            yield ExcludedGenres("parameter", genres, written=written)


def _known(names: Iterable[str]) -> frozenset[int]:
    return frozenset(found for name in names if (found := genre_id(name)) is not None)


def _bits(genres: Iterable[int]) -> np.uint32:
    return np.uint32(genre_bits(genres))


def _own(title: PreviewedTitle) -> frozenset[int]:
    return frozenset(genres_of(int(title.facts.genres[title.row])))


def _names(genres: Iterable[int]) -> list[str]:
    return sorted(GENRES[genre] for genre in genres)
