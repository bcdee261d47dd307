"""The numbers beside titles that predictions go by: fitted by the learning job, kept as JSON."""

from dataclasses import asdict, dataclass
from typing import Any, Self

LIKED_POINTS = 8.0  # of 10, four stars of five: what "liking" a title means


@dataclass(frozen=True, slots=True)
class Calibration:
    """What errors on ratings that were held back say of an expected rating and its error."""

    # The logit of liking: base + slope * (expected - LIKED_POINTS) / error.
    base: float
    slope: float
    # The 80 % interval: expected + low * error to expected + high * error.
    low: float
    high: float
    cases: int  # ratings that were held back


@dataclass(frozen=True, slots=True)
class RatingNumbers:
    """Points are of 0 to 10, variances of points squared."""

    mean: float  # of all ratings
    # The level of a title that nobody rated, beside the mean: a number, and what a point of TMDB's
    # average above the usual one and a doubling of its votes add.
    votes: tuple[float, float, float]
    noise: float  # variance of one rating about everything that is known
    leniency: float  # variance of what viewers add to all titles alike
    kinship: float  # variance that titles have in common which are alike in everything
    calibration: Calibration

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def of_json(cls, stored: dict[str, Any]) -> Self:
        """What `to_json` made."""
        of_errors = Calibration(**stored["calibration"])
        return cls(**{**stored, "votes": tuple(stored["votes"]), "calibration": of_errors})
