"""/map on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from api.catalogue.title_map.title_map import WHOLE_MAP, Tile
from api.domain.items import MediaType
from api.platform.wire.inputs import MaybeProfileQuery
from api.platform.wire.wrong_field import Shaped

_Axis = Annotated[int, Field(ge=0, le=65535)]


_Tile = Annotated[
    str,
    Shaped(
        r"^[0-8]/[0-9]{1,3}/[0-9]{1,3}$", "zoom/column/row with a zoom of 0 to 8, such as 2/1/3"
    ),
]


class MapQuery(MaybeProfileQuery):
    """What of the map to send; all of it unless told."""

    tile: _Tile | None = Field(
        default=None,
        description="`zoom/column/row`: one of 2^zoom x 2^zoom squares, zoom 0 to 8.",
        examples=["2/1/3"],
    )
    most: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        description="At most so many titles, those with the most votes.",
    )

    @field_validator("tile")
    @classmethod
    def _is_on_the_map(cls, written: str | None) -> str | None:
        if written is not None:
            zoom, *places = map(int, written.split("/"))
            if max(places) >= 2**zoom:
                raise ValueError(f"at zoom {zoom} columns and rows go from 0 to {2**zoom - 1}")
        return written

    @property
    def square(self) -> Tile:
        """The tile as the domain says it."""
        return Tile(*map(int, self.tile.split("/"))) if self.tile else WHOLE_MAP


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
