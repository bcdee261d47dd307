"""/users/{user_id}/track-record on the wire."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from api.domain.items import MediaType
from api.platform.wire.inputs import Instant, ProfileName, Strict
from api.platform.wire.wrong_field import WrongField
from api.recommend.track_record.track_record import FEWEST, HIT_DAYS, Tally
from api.recommend.track_record.track_records import TrackRecord

_NOT_ENOUGH = "not enough data"


class TrackRecordQuery(Strict):
    """Which profile, and how far back; everything that is held unless said."""

    profile: ProfileName | None = None
    days: Annotated[int | None, Field(ge=1, le=365, description="Lists of so many days.")] = None
    since: Instant | None = None

    @model_validator(mode="after")
    def _one_beginning(self) -> Self:
        if self.days is not None and self.since is not None:
            raise WrongField("give days or since, not both", "since")
        return self


class TallyOut(BaseModel):
    """Distinct titles; a rate comes with the counts that it is made of, or not at all."""

    recommended: int = Field(description="On a first page, or shown on a later one.")
    shown: int = Field(description="With a reported impression.")
    clicked: int
    completed: int
    liked: int
    seen_later: int = Field(description="In the history afterwards, without a word to /feedback.")
    snoozed: int
    dismissed: int
    turned_down: int = Field(description="Disliked, or never to be recommended again.")
    hits: int = Field(description="Clicked, completed, liked or seen later.")
    hit_rate: float | None = Field(description="Hits per title recommended.")
    click_rate: float | None = Field(description="Clicked titles per title shown.")
    note: str | None = Field(description=f'"{_NOT_ENOUGH}" where hit_rate is left out for it.')

    @classmethod
    def of(cls, tally: Tally) -> Self:
        """The same as the client sees it."""
        return cls(
            recommended=tally.recommended,
            shown=tally.shown,
            hits=tally.hits,
            hit_rate=_rounded(tally.hit_rate),
            click_rate=_rounded(tally.click_rate),
            note=_NOT_ENOUGH if tally.hit_rate is None else None,
            **tally.outcomes,
        )


class HitOut(BaseModel):
    """A title that was recommended and taken up."""

    item_id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    outcomes: list[str]
    recommendation_id: UUID
    recommended_at: datetime
    hit_at: datetime
    place: int = Field(description="In that list, over all its pages, from 1.")
    strategy: str
    sources: list[str]
    explored: bool


class TrackRecordOut(BaseModel):
    """What became of what was recommended to one profile."""

    user_id: str
    profile: str | None
    since: datetime = Field(description="Older lists were not asked for, or are not held any more.")
    until: datetime
    lists_kept_days: int = Field(description="Served lists are deleted after so many days.")
    hit_days: int = Field(description="What happens later is not put down to a list.")
    fewest: int = Field(description="Titles that a rate is told from.")
    lists: int
    total: TallyOut
    by_strategy: dict[str, TallyOut]
    by_source: dict[str, TallyOut] = Field(
        description="A title counts for every source that proposed it."
    )
    explored: TallyOut = Field(description="Titles in places that were drawn at random.")
    ranked: TallyOut = Field(description="All others.")
    newest_hits: list[HitOut]

    @classmethod
    def of(cls, record: TrackRecord, *, user_id: str, profile: str | None) -> Self:
        """The same as the client sees it."""
        return cls(
            user_id=user_id,
            profile=profile,
            since=record.since,
            until=record.until,
            lists_kept_days=record.kept_days,
            hit_days=HIT_DAYS,
            fewest=FEWEST,
            lists=record.lists,
            total=TallyOut.of(record.total),
            by_strategy={name: TallyOut.of(one) for name, one in record.by_strategy.items()},
            by_source={name: TallyOut.of(one) for name, one in record.by_source.items()},
            explored=TallyOut.of(record.explored),
            ranked=TallyOut.of(record.ranked),
            newest_hits=[
                HitOut(
                    item_id=hit.recommendation.item_id,
                    media_type=hit.media_type,
                    tmdb_id=hit.tmdb_id,
                    title=hit.title,
                    outcomes=sorted(hit.recommendation.outcomes),
                    recommendation_id=hit.recommendation.slate_id,
                    recommended_at=hit.recommendation.recommended_at,
                    hit_at=hit.hit_at,
                    place=hit.recommendation.place,
                    strategy=hit.recommendation.strategy,
                    sources=list(hit.sources),
                    explored=hit.recommendation.explored,
                )
                for hit in record.hits
            ],
        )


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)
