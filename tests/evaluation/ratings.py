"""Ratings as columns, their titles named by rows of the catalogue."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats, Ints, Mask

LIKED_STARS = 4.0  # of 5: what counts as relevant
Times = NDArray[np.int64]  # epoch seconds


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Columns of one length, by viewer, then time."""

    viewer: Ints
    title: Ints  # row in the evaluation's catalogue
    stars: Floats  # 0.5 to 5
    at: Times

    def __len__(self) -> int:
        return len(self.viewer)

    @property
    def liked(self) -> Mask:
        """Which ratings say that the title is liked."""
        return np.asarray(self.stars >= LIKED_STARS)

    def keep(self, which: Mask | NDArray[np.intp]) -> "Ratings":
        """Those ratings alone, or in that order."""
        return Ratings(self.viewer[which], self.title[which], self.stars[which], self.at[which])

    def by_viewer(self) -> dict[int, "Ratings"]:
        """The ratings of each viewer who has any."""
        borders = np.flatnonzero(np.diff(self.viewer)) + 1
        places = np.split(np.arange(len(self)), borders) if len(self) else []
        return {int(self.viewer[own[0]]): self.keep(own) for own in places}


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """What a recommender may learn from."""

    ratings: Ratings
    viewers: int  # numbered from 0, with or without a rating
    vectors: Floats  # the stored vector of every title, unit length; zeros where there is none

    @property
    def titles(self) -> int:
        """How many titles the catalogue has, rated or not."""
        return len(self.vectors)

    @property
    def rated(self) -> Ints:
        """The titles that anybody rated, ascending."""
        return np.flatnonzero(self.popularity()).astype(np.int32)

    def popularity(self) -> Floats:
        """How many ratings each title has."""
        return np.bincount(self.ratings.title, minlength=self.titles).astype(np.float32)
