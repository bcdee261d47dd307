"""GET /users/{user_id}/predictions on the wire."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.domain.items import MediaType
from api.platform.wire.inputs import ProfileOnly, Text
from api.viewers.predictions.reasons import Code

_MOST_ITEMS = 50

Word = Literal["very likely", "likely", "open", "unlikely", "very unlikely"]
Missing = Literal["ratings_of_others", "opinions", "title"]
Support = Literal["few", "some", "many"]


def references_of(written: str) -> list[str]:
    """The references of a list with commas, each once."""
    return list(dict.fromkeys(part for one in written.split(",") if (part := one.strip())))


def _are_some(written: str) -> str:
    if not 1 <= (count := len(references_of(written))) <= _MOST_ITEMS:
        raise ValueError(f"must name 1 to {_MOST_ITEMS} titles, not {count}")
    return written


class PredictionsQuery(ProfileOnly):
    """Which titles, for which profile."""

    items: Annotated[
        Text,
        Field(
            max_length=5000,
            description=f"Up to {_MOST_ITEMS} titles, with commas between them.",
            examples=["movie:603,tv:1399"],
        ),
        AfterValidator(_are_some),
    ]


class _FromPrediction(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class PredictedItem(_FromPrediction):
    """The title asked about."""

    id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str


class PredictionReason(_FromPrediction):
    """A part of the expected rating."""

    code: Code = Field(
        description="`rated_alike`: what the viewer thought of a title like it; `others_rate`: "
        "what others think of it; `viewer_rates`: how high the viewer rates in general, by five "
        "ratings at least."
    )
    points: float = Field(description="What it adds to the rating; below 0 it speaks against.")
    evidence: dict[str, Any]


class Interval(_FromPrediction):
    """Four of five ratings lie in it."""

    low: float
    high: float


class NotEnoughData(_FromPrediction):
    """What is missing for a prediction."""

    missing: Missing = Field(
        description="`ratings_of_others`: nothing was learned from ratings yet; `opinions`: the "
        "viewer has said too little; `title`: nobody has rated it."
    )
    detail: str


class PredictionOut(_FromPrediction):
    """Whether the viewer will like a title; or what is missing to tell."""

    item: PredictedItem
    probability: float | None = Field(
        description="Of a rating of 8 and more, in [0, 1]: of so many predictions that say .7, "
        "seven of ten come true."
    )
    rating: float | None = Field(description="Expected, 0 to 10.")
    interval: Interval | None
    word: Word | None
    reasons_for: list[PredictionReason] = Field(serialization_alias="for")
    reasons_against: list[PredictionReason] = Field(serialization_alias="against")
    rated: float | None = Field(description="What the viewer has rated it already, 0 to 10.")
    not_enough_data: NotEnoughData | None


class PredictionsOut(_FromPrediction):
    """One for each title, in the order in which they were named."""

    support: Support = Field(
        description="Opinions of the viewer that predictions rest on: `few` below 20, `many` "
        "from 100."
    )
    opinions: int
    predictions: list[PredictionOut]
