"""/items/{item} on the wire."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from api.domain.items import CompanyKind, MediaType, OfferType
from api.platform.wire.inputs import CountryCode, MaybeProfileQuery


class ItemQuery(MaybeProfileQuery):
    """Parameters of an item."""

    country: CountryCode | None = None


class Genre(BaseModel):
    """A genre of the one vocabulary for films and shows."""

    id: int
    name: str


class Credit(BaseModel):
    """Someone's part in a title; the most important first."""

    id: int
    tmdb_id: int | None
    name: str
    role: str
    character: str | None


class Company(BaseModel):
    """Who made the title, or the network that showed it first."""

    id: int
    tmdb_id: int
    kind: CompanyKind
    name: str


class Offer(BaseModel):
    """Where the title can be watched."""

    service: Annotated[str, Field(description="JustWatch's short name.", examples=["nfx"])]
    name: Annotated[str, Field(examples=["Netflix"])]
    offer_type: OfferType
    url: str | None


class Certificate(BaseModel):
    """How old viewers should be, by one country's board."""

    country: Annotated[str, Field(description="ISO 3166-1; the country asked for comes first.")]
    certificate: Annotated[str, Field(examples=["PG-13"])]
    age: Annotated[int | None, Field(description="The same in years; null for an unrated title.")]


class ListedTitle(BaseModel):
    """Another title of the catalogue."""

    id: int
    tmdb_id: int | None
    media_type: MediaType
    title: str
    release_year: int | None


class ItemRecord(BaseModel):
    """Everything known of one title."""

    id: int
    tmdb_id: int | None
    media_type: MediaType
    imdb_id: str | None
    external_ids: Annotated[
        dict[str, str],
        Field(description="What other sources call it.", examples=[{"tvdb": "81189"}]),
    ]
    title: str
    original_title: str | None
    alternative_titles: Annotated[list[str], Field(description="Its names elsewhere.")]
    overview: str
    tagline: str | None
    poster_url: str | None
    runtime: Annotated[int | None, Field(description="Minutes; of an episode for shows.")]
    original_language: str | None
    countries: list[str]
    release_date: date | None
    release_year: int | None
    status: str | None
    genres: list[Genre]
    collection_id: int | None
    collection_name: str | None
    maturity_rating: Annotated[
        str | None,
        Field(description="The certificate that lists show too, whatever the country."),
    ]
    certificates: list[Certificate]
    popularity: float
    vote_average: float
    vote_count: int
    popular_rank: int | None
    trending_rank: int | None
    top_rated_rank: int | None
    retired: Annotated[bool, Field(description="Gone at the source; never recommended.")]
    cast: list[Credit]
    crew: list[Credit]
    keywords: list[str]
    companies: list[Company]
    country: Annotated[str, Field(description="Whose offers these are.")]
    offers: list[Offer]
    similar: Annotated[
        list[ListedTitle],
        Field(description="What TMDB calls similar, as far as the catalogue has it."),
    ]
    recommended: Annotated[
        list[ListedTitle], Field(description="What TMDB recommends beside it, likewise.")
    ]
