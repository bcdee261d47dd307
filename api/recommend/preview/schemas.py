"""POST /recommend/preview on the wire."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.platform.wire.inputs import Reference
from api.recommend.preview.placement import Placement
from api.recommend.schemas import ListParameters


class PreviewRequest(ListParameters):
    """The parameters of GET /recommend that shape a list, and a title; what is a list with commas
    there is one here too."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user_id": "dana",
                "item": "movie:603",
                "query": "thriller without horror, under two hours",
                "services": "netflix",
                "country": "DE",
            }
        }
    )

    item: Reference


class PreviewedItem(BaseModel):
    """The title that was asked about."""

    id: int
    title: str


class PreviewReason(BaseModel):
    """One reason: a code for programs, a sentence for people, the facts behind both."""

    code: str
    detail: str
    evidence: dict[str, Any]


_EXAMPLE: dict[str, JsonValue] = {
    "item": {"id": 17, "title": "The Matrix"},
    "listed": False,
    "rank": None,
    "of": 41,
    "score": None,
    "page": None,
    "reasons": [
        {
            "code": "seen",
            "detail": "Seen on 3 May 2024.",
            "evidence": {
                "event_type": "watched",
                "occurred_at": "2024-05-03T20:15:00+00:00",
                "watched_at": "2024-05-03T20:15:00+00:00",
            },
        },
        {
            "code": "too_long",
            "detail": "Runs 136 minutes; the request allows 120.",
            "evidence": {"by": "request", "minutes": 136, "allowed": 120},
        },
    ],
    "degraded": [],
    "relaxed": [],
}


class PreviewAnswer(BaseModel):
    """Where the title stands, and why; the deciding reason comes first."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    item: PreviewedItem
    listed: bool = Field(description="Whether one of the list's pages has it.")
    rank: int | None = Field(description="Its place over all pages, from 1.")
    of: int = Field(description="Titles that were ranked; a list may end before the last of them.")
    score: float | None = Field(description="As the list shows it.")
    page: int | None = Field(description="The page that it stands on, for this `limit`.")
    reasons: list[PreviewReason]
    degraded: list[str] = Field(description="Optional parts that failed.")
    relaxed: list[str] = Field(description="Constraints that were relaxed to fill the page.")

    @classmethod
    def of_placement(cls, placement: Placement) -> "PreviewAnswer":
        """The same on the wire."""
        return cls(
            item=PreviewedItem(id=placement.item_id, title=placement.title),
            listed=placement.rank is not None,
            rank=placement.rank,
            of=placement.ranked,
            score=placement.score,
            page=placement.page,
            reasons=[
                PreviewReason(code=why.code, detail=why.detail, evidence=dict(why.evidence))
                for why in placement.reasons
            ],
            degraded=list(placement.degraded),
            relaxed=list(placement.relaxed),
        )
