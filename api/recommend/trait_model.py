"""What kinds of title people answer a request with: genres, medium, years, quality and fame.

"Something to cry to" names no genre, and its words in a story are chance; the titles that people
answer such words with are dramas all the same. A linear discriminant says of the vector of a
request how much each trait of a title speaks for it. It is learned from judged requests by
`python -m tests.quality.strangers.fit`, for one model: vectors of other models say nothing here.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts, fame_of
from api.domain.arrays import Floats, Ints
from api.domain.genres import GENRES, genre_flags, genre_place
from api.recommend.learned_arrays import read_learned, write_learned

_FOLDER = Path(__file__).parent / "hydrate" / "trait_models"
_GENRES = [genre_place(genre) for genre in GENRES]
_YEARS = (1960, 1980, 1990, 2000, 2010, 2020)  # where a period ends; the last one has no column
# An average of so few votes counts as if it were that of this many more that gave the usual one.
_USUAL_AVERAGE, _STEADY_VOTES = np.float32(6.1), 50
_OF_FAME = np.float32(3)  # so that it spreads about as much as the others
# The most that traits multiply relevance with, and one over it the least: they are a hint.
_MOST = np.float32(4)


@dataclass(frozen=True, slots=True, eq=False)
class TraitModel:
    """Of d components of a vector and k traits of titles."""

    usual: Floats  # (d): the mean of requests
    turn: Floats  # (d, k): from what a request has of its own to what each trait says for a title
    titles: Floats  # (k): what known titles have on the whole

    def wanted(self, vector: Floats) -> "WantedTraits":
        """What is wanted by a request with this vector."""
        weights = np.asarray((vector - self.usual) @ self.turn, dtype=np.float32)
        return WantedTraits(weights, self.titles)


@dataclass(frozen=True, slots=True, eq=False)
class WantedTraits:
    """How much each trait of a title speaks for it, beside what known titles have on the whole."""

    weights: Floats  # (k)
    titles: Floats  # (k)

    def share(self, facts: CatalogueFacts, rows: Ints, power: float) -> Floats:
        """What each title's relevance is multiplied with; 1 for a title that is as most are."""
        fits = (traits_of(facts, rows) - self.titles) @ self.weights
        least = np.log(_MOST)
        return np.asarray(np.exp((np.float32(power) * fits).clip(-least, least)), dtype=np.float32)


def traits_of(facts: CatalogueFacts, rows: Ints) -> Floats:
    """(rows, k) traits of titles."""
    has_genre = genre_flags(facts.genres[rows])[:, _GENRES]
    years = facts.year[rows]
    period = np.searchsorted(_YEARS, years, side="right")[:, None] == np.arange(len(_YEARS))
    votes = facts.vote_count[rows].astype(np.float32)
    average = votes * (facts.vote_average[rows] - _USUAL_AVERAGE) / (votes + _STEADY_VOTES)
    others = (facts.is_show[rows], average, _OF_FAME * fame_of(facts, rows))
    return np.column_stack([has_genre, period & (years > 0)[:, None], *others]).astype(np.float32)


def read_trait_models(folder: Path = _FOLDER) -> dict[str, TraitModel]:
    """Those that were learned, by the name of their model."""
    return read_learned(folder, TraitModel)


def write_trait_model(model: str, learned: TraitModel, folder: Path = _FOLDER) -> Path:
    """The file of the model."""
    parts = {"usual": learned.usual, "turn": learned.turn, "titles": learned.titles}
    return write_learned(folder, model, parts)
