"""/user/history on the wire."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from api.domain.items import MediaType
from api.platform.wire.inputs import (
    Cursor,
    Instant,
    ProfileName,
    ProfileQuery,
    Reference,
    Strict,
    UserId,
)
from api.viewers.events import SNOOZE_DAYS, EventType

_MOST_ITEMS = 1000

Rating = Annotated[
    float,
    Field(ge=0, le=10, multiple_of=0.5, allow_inf_nan=False, description="0 to 10 in halves."),
]


class ItemEvent(Strict):
    """One event of a POST; what is left out is taken from the body."""

    item: Reference
    event_type: EventType | None = None
    rating: Rating | None = None
    watched_at: Instant | None = None


def _as_event(value: Any) -> Any:
    return {"item": value} if isinstance(value, int | str) else value


class HistoryWrite(Strict):
    """What was watched, liked, rated, or is not wanted."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user_id": "dana",
                "profile": None,
                "items": [
                    "movie:603",
                    {"item": "tv:1399", "event_type": "rated", "rating": 8.5},
                ],
                "event_type": "watched",
            }
        }
    )

    user_id: UserId
    profile: ProfileName | None = None
    items: Annotated[
        list[
            Annotated[
                ItemEvent,
                BeforeValidator(_as_event, json_schema_input_type=int | str | ItemEvent),
            ]
        ],
        Field(max_length=_MOST_ITEMS, description="Up to 1,000. None: the profile is created."),
    ]
    event_type: EventType = "watched"
    weight: Annotated[
        float, Field(ge=0, le=10, allow_inf_nan=False, description="Of these events in the taste.")
    ] = 1.0
    watched_at: Instant | None = None
    snooze_days: Annotated[
        int, Field(ge=1, le=365, description="How long `not_now` hides a title.")
    ] = SNOOZE_DAYS

    @model_validator(mode="after")
    def _ratings_belong_to_rated(self) -> Self:
        for position, item in enumerate(self.items):
            event_type = self.event_type_of(item)
            if event_type == "rated" and item.rating is None:
                raise ValueError(f"items[{position}]: an event of type rated needs a rating")
            if event_type != "rated" and item.rating is not None:
                raise ValueError(f"items[{position}]: only an event of type rated has a rating")
        return self

    def event_type_of(self, item: ItemEvent) -> EventType:
        """The item's own type, else the body's; a rating without any stated type is `rated`."""
        if item.event_type is not None:
            return item.event_type
        if item.rating is not None and "event_type" not in self.model_fields_set:
            return "rated"
        return self.event_type


class HistoryWritten(BaseModel):
    """What became of a POST."""

    ok: bool = True
    user_id: str
    profile: str | None
    recorded: Annotated[int, Field(description="Events that were new or changed.")]
    duplicates: Annotated[int, Field(description="Events that were known already.")]


class HistoryQuery(ProfileQuery):
    """Parameters of a page."""

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class EventItem(BaseModel):
    """What names an item in a history."""

    id: int
    tmdb_id: int
    media_type: MediaType
    title: str


class HistoryEvent(BaseModel):
    """One event."""

    item: EventItem
    event_type: EventType
    rating: float | None
    weight: float
    watched_at: Annotated[datetime | None, Field(description="As the client stated it.")]
    occurred_at: Annotated[datetime, Field(description="watched_at, else when it arrived.")]
    snoozed_until: datetime | None


class HistoryPage(BaseModel):
    """Events, the newest first."""

    items: list[HistoryEvent]
    next_cursor: str | None = None


class TakeBackQuery(ProfileQuery):
    """Parameters of DELETE /user/history."""

    item: Annotated[str, Field(min_length=1, max_length=40, examples=["movie:603"])]


class TakenBack(BaseModel):
    """What became of a DELETE."""

    ok: bool = True
    removed: Annotated[int, Field(description="Events of the item that were taken back.")]
