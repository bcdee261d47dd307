"""/people/{person} on the wire."""

from typing import Annotated

from pydantic import BaseModel, Field

from api.domain.items import MediaType
from api.platform.wire.inputs import MaybeProfileQuery


class PersonQuery(MaybeProfileQuery):
    """Parameters of a person."""

    limit: Annotated[int, Field(ge=1, le=500, description="Titles at most.")] = 100


class Part(BaseModel):
    """What the person did in a title."""

    role: str
    character: str | None


class TitleOfPerson(BaseModel):
    """A title with the parts that the person has in it."""

    id: int
    tmdb_id: int | None
    media_type: MediaType
    title: str
    release_year: int | None
    poster_url: str | None
    vote_average: float
    popularity: float
    parts: list[Part]


class PersonRecord(BaseModel):
    """A person, the most popular of their titles first."""

    id: int
    tmdb_id: int | None
    name: str
    aliases: Annotated[list[str], Field(description="Names that the source had before.")]
    titles: list[TitleOfPerson]
