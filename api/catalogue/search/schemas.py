"""/search on the wire."""

from typing import Annotated

from pydantic import BaseModel, Field

from api.catalogue.search.search import Guessed
from api.domain.items import CompanyKind, MediaType
from api.platform.wire.card_fields import WRITTEN, Fields, among
from api.platform.wire.inputs import Cursor, MaybeProfileQuery, Text


class TitleFound(BaseModel):
    """A title."""

    id: int
    tmdb_id: int | None
    media_type: MediaType
    title: str
    release_year: int | None
    poster_url: str | None
    popularity: float


class SearchQuery(MaybeProfileQuery):
    """Parameters of a search."""

    q: Annotated[
        Text,
        Field(
            min_length=1,
            max_length=200,
            description="A name, or how it begins.",
            examples=["incep"],
        ),
    ]
    media_type: Annotated[MediaType | None, Field(description="Only films or only shows.")] = None
    limit: Annotated[int, Field(ge=1, le=50, description="Titles on a page.")] = 20
    cursor: Cursor | None = None
    fields: Annotated[Fields, among(TitleFound), WRITTEN] | None = None


class PersonFound(BaseModel):
    """A person."""

    id: int
    tmdb_id: int | None
    name: str


class CompanyFound(BaseModel):
    """A company that makes titles, or a network that shows them first."""

    id: int
    tmdb_id: int
    kind: CompanyKind
    name: str


class SearchPage(BaseModel):
    """The best matches first; people and companies on the first page only."""

    items: list[TitleFound]
    people: list[PersonFound]
    companies: list[CompanyFound]
    guessed: Annotated[
        list[Guessed],
        Field(
            description="Of these no name has every word: they are what may have been meant, "
            "but for a slip or a word."
        ),
    ] = []
    next_cursor: str | None = None
