"""POST /recommend/batch and /recommend/batches on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.platform.wire.inputs import ProfileQuery
from api.recommend.schemas import ListShape
from api.viewers.events import ProfileKey

_MOST = 1000

BatchState = Literal["waiting", "working", "done"]


class BatchViewer(ProfileQuery):
    """One of those who get a list."""


def _are_different(viewers: list[BatchViewer]) -> list[BatchViewer]:
    if len({(one.user_id, one.profile) for one in viewers}) < len(viewers):
        raise ValueError("nobody can get two lists of one batch")
    return viewers


class BatchRequest(ListShape):
    """For whom, and the filters of any list, which hold for all of them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "viewers": [{"user_id": "dana"}, {"user_id": "eve"}],
                "media_type": "movie",
                "limit": 5,
            }
        },
    )

    viewers: Annotated[
        list[BatchViewer],
        Field(min_length=1, max_length=_MOST, description=f"Up to {_MOST}, each once."),
        AfterValidator(_are_different),
    ]

    @property
    def keys(self) -> list[ProfileKey]:
        """The viewers, as they were named."""
        return [ProfileKey(one.user_id, one.profile) for one in self.viewers]


class BatchAnswer(BaseModel):
    """An order, and how far it is."""

    id: UUID
    state: BatchState
    viewers: Annotated[int, Field(description="Who gets a list.")]
    made: Annotated[int, Field(description="Lists so far.")]
    created_at: datetime
    expires_at: Annotated[datetime, Field(description="The order and its lists go then.")]
    waits_for: Annotated[
        str | None, Field(description="What keeps lists from being made; null for nothing.")
    ]
