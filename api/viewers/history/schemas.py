"""/user/history on the wire."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from api.domain.items import ItemRef, MediaType
from api.platform.wire.inputs import (
    Cursor,
    ProfileName,
    ProfileQuery,
    Reference,
    ReferenceInPath,
    StatedTime,
    Strict,
    Text,
    UserId,
)
from api.platform.wire.validation_problem import message_of
from api.platform.wire.wrong_field import WrongField, place_of
from api.viewers.events import MEANING_OF_EVENT, SNOOZE_DAYS, EventType, told

_MOST_ITEMS = 1000
_MOST_NAMED = 100
_LARGEST_SCALE = 100
_LONGEST_REFERENCE = 40
_NO_EVENT = "must be an id, a reference such as movie:603, or an object that names its `item`"
_UNRATED = (
    "an event of type rated needs a rating, beside its item: "
    '{"item": "movie:603", "event_type": "rated", "rating": 8}'
)
_REFERENCE: TypeAdapter[int | str] = TypeAdapter(Reference)

_HALVES = 2
_EVENT_TYPE = told(MEANING_OF_EVENT)

Rating = Annotated[
    float,
    Field(
        ge=0,
        le=_LARGEST_SCALE,
        allow_inf_nan=False,
        description="0 to `rating_scale`; kept as 0 to 10, rounded to halves.",
    ),
]


class Skipped(BaseModel):
    """An event that was not recorded."""

    position: Annotated[int, Field(description="In `items`, from 0.")]
    item: str
    reason: str


class ItemEvent(Strict):
    """One event of a POST; what is left out is taken from the body."""

    item: Reference
    event_type: Annotated[EventType | None, Field(description=_EVENT_TYPE)] = None
    rating: Rating | None = None
    watched_at: StatedTime | None = None


def _as_event(value: Any) -> Any:
    """An item alone is an event; its own errors name it as it was written, without `item`."""
    if isinstance(value, dict | ItemEvent):
        return value
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(_NO_EVENT)
    try:
        return {"item": _REFERENCE.validate_python(value)}
    except ValidationError as error:
        raise ValueError(message_of(error.errors()[-1])) from error


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
    event_type: Annotated[
        EventType, Field(description=f"Of every item that has none of its own. {_EVENT_TYPE}")
    ] = "watched"
    weight: Annotated[
        float, Field(ge=0, le=10, allow_inf_nan=False, description="Of these events in the taste.")
    ] = 1.0
    watched_at: StatedTime | None = None
    snooze_days: Annotated[
        int, Field(ge=1, le=365, description="How long `not_now` hides a title.")
    ] = SNOOZE_DAYS
    rating_scale: Annotated[
        float,
        Field(
            ge=1,
            le=_LARGEST_SCALE,
            allow_inf_nan=False,
            description="The top of the scale that ratings are on: 5 for stars, 100 for percent.",
        ),
    ] = 10.0
    zero_means: Annotated[
        Literal["rating", "unrated"],
        Field(description="What a rating of 0 is: the worst, or watched and not rated."),
    ] = "rating"
    on_error: Annotated[
        Literal["stop", "skip"],
        Field(description="`skip` records the rest and names what was skipped; `stop` nothing."),
    ] = "stop"
    _positions: tuple[int, ...] | None = PrivateAttr(default=None)
    _skipped: tuple[Skipped, ...] = PrivateAttr(default=())

    @model_validator(mode="wrap")
    @classmethod
    def _row_by_row(cls, body: Any, read: ModelWrapValidatorHandler["HistoryWrite"]) -> Any:
        """With `skip` an event that cannot be read is left out, as the others are read alone."""
        rows = body.get("items") if isinstance(body, dict) else None
        if not isinstance(rows, list) or body.get("on_error") != "skip":
            return read(body)
        if len(rows) > _MOST_ITEMS:
            return read(body)
        read(body | {"items": []})  # what is wrong with the whole is refused as such
        fit, skipped = [], []
        for position, row in enumerate(rows):
            try:
                read(body | {"items": [row]}).check_ratings()
                fit.append(position)
            except ValueError as error:
                reason = _reason(error)
                skipped.append(Skipped(position=position, item=_named(row), reason=reason))
        written = read(body | {"items": [rows[position] for position in fit]})
        written._positions, written._skipped = tuple(fit), tuple(skipped)
        return written

    @model_validator(mode="after")
    def _ratings_belong_to_rated(self) -> Self:
        self.check_ratings()
        return self

    def check_ratings(self) -> None:
        """Raises ValueError for a rating that is missing, misplaced or beyond the scale."""
        for position, item in enumerate(self.items):
            event_type = self.event_type_of(item)
            if event_type == "rated" and item.rating is None:
                raise WrongField(_UNRATED, "items", position)
            if event_type != "rated" and item.rating is not None:
                raise WrongField(
                    *("only an event of type rated has one", "items", position, "rating")
                )
            if item.rating is not None and item.rating > self.rating_scale:
                top = f"{self.rating_scale:g}"
                raise WrongField(
                    *(f"must be at most rating_scale, {top}", "items", position, "rating")
                )

    @property
    def positions(self) -> tuple[int, ...]:
        """Where each of `items` stood in the request, from 0."""
        return tuple(range(len(self.items))) if self._positions is None else self._positions

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What could not be read, with `on_error=skip`."""
        return self._skipped

    def rating_of(self, item: ItemEvent) -> float | None:
        """The rating from 0 to 10 in halves; None without one, or where 0 means that."""
        if item.rating is None or (item.rating == 0 and self.zero_means == "unrated"):
            return None
        return math.floor(item.rating * 10 / self.rating_scale * _HALVES + 0.5) / _HALVES

    def event_type_of(self, item: ItemEvent) -> EventType:
        """The item's own type, else the body's; a rating without any stated type is `rated`."""
        if item.event_type is not None:
            return item.event_type
        if item.rating is not None and "event_type" not in self.model_fields_set:
            return "rated"
        return self.event_type


def _reason(error: ValueError) -> str:
    """What is wrong with one event, without the value itself."""
    if isinstance(error, WrongField):
        return _said(error.path[2:], str(error))
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False, include_input=False)[0]
    return _said(place_of(first)[2:], message_of(first))


def _said(path: Sequence[int | str], message: str) -> str:
    place = ".".join(step for step in path if isinstance(step, str))
    return f"{place}: {message}" if place else message


def _named(row: Any) -> str:
    """What the client called the item, as far as it did."""
    item = row.get("item") if isinstance(row, dict) else row
    return str(item)[:_LONGEST_REFERENCE] if isinstance(item, int | str) else ""


class HistoryWritten(BaseModel):
    """What became of a POST."""

    ok: bool = True
    user_id: str
    profile: str | None
    recorded: Annotated[int, Field(description="Events that were new or changed.")]
    duplicates: Annotated[int, Field(description="Events that were known already.")]
    skipped: Annotated[
        list[Skipped], Field(description="With `on_error=skip`: what was not recorded, and why.")
    ] = []


def _read_named(written: str) -> list[ItemRef]:
    """The titles of a list with commas, each once; raises ValueError."""
    named = [part for one in written.split(",") if (part := one.strip())]
    references = {one: ItemRef.parse(one) for one in named}
    if not 1 <= len(references) <= _MOST_NAMED:
        raise ValueError(f"must name 1 to {_MOST_NAMED} titles, not {len(references)}")
    if unread := [one for one, reference in references.items() if reference is None]:
        raise ValueError(f"must be references such as movie:603, not {unread[0]}")
    return [reference for reference in references.values() if reference is not None]


def _are_named(written: str) -> str:
    _read_named(written)
    return written


class HistoryQuery(ProfileQuery):
    """Parameters of a page."""

    items: Annotated[
        Annotated[Text, AfterValidator(_are_named)] | None,
        Field(
            max_length=5000,
            description=f"Only what is said of these, up to {_MOST_NAMED} titles with commas "
            "between them. One that the catalogue has not is passed over.",
            examples=["movie:603,tv:1399"],
        ),
    ] = None
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=100, description="Events on a page.")] = 50

    def named(self) -> list[ItemRef] | None:
        """The titles of `items`, if any are named."""
        return None if self.items is None else _read_named(self.items)


class EventItem(BaseModel):
    """What names an item in a history."""

    id: int
    tmdb_id: int | None
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
    import_id: Annotated[int | None, Field(description="The import that it came with.")]
    source: Annotated[str | None, Field(description="Where that was from.")]
    scale: Annotated[
        float | None, Field(description="The top of the scale that the rating came on.")
    ]
    episodes: Annotated[
        int | None, Field(description="How many episodes of a show the import told of.")
    ]


class HistoryPage(BaseModel):
    """Events, the newest first."""

    items: list[HistoryEvent]
    next_cursor: str | None = None


class TakeBackQuery(ProfileQuery):
    """Parameters of DELETE /user/history."""

    item: Annotated[ReferenceInPath, Field(min_length=1)]
    event_type: Annotated[
        EventType | None, Field(description="Only events of this type; left out: every event.")
    ] = None


class TakenBack(BaseModel):
    """What became of a DELETE."""

    ok: bool = True
    removed: Annotated[int, Field(description="Events of the item that were taken back.")]
    events: Annotated[
        list[HistoryEvent], Field(description="What they were, the newest first, for an undo.")
    ]
