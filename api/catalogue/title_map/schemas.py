"""/map on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.domain.items import MediaType

_Axis = Annotated[int, Field(ge=0, le=65535)]


class _Shown(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class KnownTitle(_Shown):
    """A title that a region is known by."""

    id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str


class RegionOut(_Shown):
    """A part of the map where titles have something in common."""

    region: int = Field(description="Its number on this map.")
    name: str = Field(examples=["Crime and Thriller: heist, undercover"])
    genres: list[str]
    keywords: list[str] = Field(description="None for a profile with an age limit.")
    titles: int = Field(description="That the profile may be shown.")
    x: _Axis
    y: _Axis
    known: list[KnownTitle] = Field(description="Up to twelve, those with the most votes first.")


class RegionsOut(BaseModel):
    """The regions of the newest map, the largest first."""

    map_id: int
    built_at: datetime
    regions: list[RegionOut]
