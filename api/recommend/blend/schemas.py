"""POST /blend on the wire."""

from typing import Annotated

from pydantic import ConfigDict, Field, StrictInt, StringConstraints

from api.platform.wire.inputs import Cursor, MaybeProfileQuery, Text
from api.recommend.schemas import CardFields, ListShape

_MOST = 5
Named = Annotated[
    StrictInt
    | Annotated[
        Text, StringConstraints(strip_whitespace=True), Field(min_length=1, max_length=200)
    ],
    Field(
        description='A title ("movie:603", an id) or words that stand for one.',
        examples=["movie:603", "slow burning space opera"],
    ),
]


class BlendRequest(MaybeProfileQuery, ListShape):
    """What to be between and away from; beside it the filters of any list."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "like": ["movie:603", "movie:27205"],
                "unlike": ["movie:862"],
                "media_type": "movie",
                "limit": 10,
            }
        }
    )

    like: list[Named] = Field(min_length=1, max_length=_MOST, description="Each counts.")
    unlike: list[Named] = Field(
        default=[],
        max_length=_MOST,
        description="What is nearer to one of these than to a liked one steps back.",
    )
    temperature: float = Field(
        default=0.0,
        ge=0,
        le=5,
        allow_inf_nan=False,
        description="Above 0 the places are drawn, the higher the more freely, and the odds kept.",
    )
    cursor: Cursor | None = None
    fields: CardFields | None = None
