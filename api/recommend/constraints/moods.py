"""Moods that the words ask for, or refuse: by the genres that go with them and against them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.genres import GENRES, genre_bits, genre_id, genres_of
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed

# A drama with one of these is not one that a refusal of the sad or the dark means.
_LIGHTEN = frozenset(
    found for name in ("Comedy", "Family", "Animation") if (found := genre_id(name)) is not None
)
# A mood that all of these go against is a gentle one.
_HARSH = frozenset(found for name in ("Crime", "War", "Horror") if (found := genre_id(name)))
_DRAWN = frozenset(found for name in ("Animation",) if (found := genre_id(name)))


@dataclass(frozen=True, slots=True)
class Moods(Constraint):
    """A genre of each of these moods, and none that goes against them."""

    code = "mood"
    intent_field = "mood"

    wanted: tuple[frozenset[int], ...]
    unwanted: frozenset[int]
    oldest: int | None = None

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Moods"]:
        if moods := asked.intent.moods:
            # "A light horror film" is one of horror all the same.
            own = frozenset().union(*asked.intent.genres, *(mood.wanted for mood in moods))
            against = frozenset().union(*(mood.unwanted for mood in moods)) - own
            ages = [mood.oldest for mood in moods if mood.oldest is not None]
            oldest = min(ages, default=None) if asked.intent.age_min is None else None
            yield cls("words", tuple(mood.wanted for mood in moods), against, oldest)

    def go_against(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        """Which of the titles have a genre, or are for an age, that goes against the moods."""
        against: Mask = (facts.genres[rows] & np.uint32(genre_bits(self.unwanted))) != 0
        if self.oldest is not None:
            against |= facts.likely_age[rows] > self.oldest
        return against

    def suits(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        """Which of the titles one may call by these moods.

        They keep them, and where a mood is a gentle one, it is nothing that is only drawn, as any
        story may be.
        """
        kept = ~self.broken(facts, rows)
        if self.unwanted >= _HARSH:
            for wanted in self.wanted:
                kept &= (facts.genres[rows] & np.uint32(genre_bits(wanted - _DRAWN))) != 0
        return np.asarray(kept)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        genres, broken = facts.genres[rows], self.go_against(facts, rows)
        for wanted in self.wanted:
            broken = broken | ((genres & np.uint32(genre_bits(wanted))) == 0)
        return broken

    def explain(self, title: PreviewedTitle) -> Explained:
        return _explained(title, "Its genres do not go with the mood")


@dataclass(frozen=True, slots=True)
class ExcludedMoods(Constraint):
    """No genre of these moods, unless one that lightens it stands beside."""

    code = "excluded_mood"
    intent_field = "exclude_mood"

    refused: frozenset[int]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedMoods"]:
        if moods := asked.intent.excluded_moods:
            asked_for = frozenset().union(*asked.intent.genres)
            yield cls("words", frozenset().union(*(mood.wanted for mood in moods)) - asked_for)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        genres = facts.genres[rows]
        has: Mask = (genres & np.uint32(genre_bits(self.refused - _LIGHTEN))) != 0
        return np.asarray(has & ((genres & np.uint32(genre_bits(_LIGHTEN))) == 0))

    def explain(self, title: PreviewedTitle) -> Explained:
        return _explained(title, "Its genres go with the mood that is refused")


def _explained(title: PreviewedTitle, sentence: str) -> Explained:
    names = _names(genres_of(int(title.facts.genres[title.row])))
    return f"{sentence}: {listed(names, 'and') or 'none is known'}.", {"genres": names}


def _names(genres: Iterable[int]) -> list[str]:
    return sorted(GENRES[genre] for genre in genres)
