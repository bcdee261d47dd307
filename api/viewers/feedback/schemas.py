"""/feedback on the wire."""

import re
from typing import Annotated, Any, Self

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, model_validator

from api.platform.cursors import LONGEST_CURSOR
from api.platform.sizes import in_words
from api.platform.wire.inputs import ProfileName, Reference, Strict, UserId
from api.platform.wire.wrong_field import WrongField
from api.viewers.events import HISTORY_OF_FEEDBACK, MEANING_OF_FEEDBACK, FeedbackType, told

_MOST_META_BYTES = 4096
# NUL as orjson writes it, after an even number of backslashes: Postgres cannot keep it in jsonb.
_EVENT_TYPE = told(MEANING_OF_FEEDBACK)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def _small(meta: dict[str, Any]) -> dict[str, Any]:
    try:
        written = orjson.dumps(meta)
    except orjson.JSONEncodeError as error:
        raise ValueError("cannot be kept as JSON") from error
    if len(written) > _MOST_META_BYTES:
        raise ValueError(f"must not be longer than {in_words(_MOST_META_BYTES)} of JSON")
    if _NUL.search(written):
        raise ValueError("must not contain NUL characters")
    kept: dict[str, Any] = orjson.loads(written)
    return kept


class Feedback(Strict):
    """One thing that a viewer did with a list or a title."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user_id": "dana",
                "item_id": "movie:603",
                "event_type": "like",
            }
        }
    )

    user_id: Annotated[
        UserId | None,
        Field(description="Who did it; what the caller speaks for, or nobody, unless given."),
    ] = None
    profile: ProfileName | None = None
    item_id: Annotated[
        Reference | None,
        Field(
            description="The title it is about; needed by what tells taste.", examples=["movie:603"]
        ),
    ] = None
    event_type: Annotated[FeedbackType, Field(description=_EVENT_TYPE)]
    snooze_days: Annotated[
        int | None,
        Field(ge=1, le=365, description="How long `not_now` hides the title; 30 unless given."),
    ] = None
    meta: Annotated[
        Annotated[dict[str, JsonValue], AfterValidator(_small)] | None,
        Field(description="Whatever the client wants kept with it, up to 4096 bytes of JSON."),
    ] = None
    recommendation_id: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=LONGEST_CURSOR,
            description="The recommendation_id of the list, or a cursor of it.",
        ),
    ] = None

    @model_validator(mode="after")
    def _taste_is_about_an_item(self) -> Self:
        if self.event_type in HISTORY_OF_FEEDBACK and self.item_id is None:
            raise WrongField(f"feedback of type {self.event_type} needs one", "item_id")
        if self.event_type != "not_now" and self.snooze_days is not None:
            raise WrongField(
                f"only feedback of type not_now has it, not {self.event_type}", "snooze_days"
            )
        return self


class FeedbackTaken(BaseModel):
    """All of it was stored."""

    ok: bool = True


FeedbackBatch = Annotated[list[Feedback], Field(min_length=1, max_length=1000)]
