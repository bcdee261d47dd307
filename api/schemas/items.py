"""/items/{item} on the wire."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from api.domain.items import MediaType, OfferType
from api.schemas.inputs import CountryCode, Strict


class ItemQuery(Strict):
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


class Offer(BaseModel):
    """Where the title can be watched."""

    service: Annotated[str, Field(description="JustWatch's short name.", examples=["nfx"])]
    name: Annotated[str, Field(examples=["Netflix"])]
    offer_type: OfferType
    url: str | None


class ItemRecord(BaseModel):
    """Everything known of one title."""

    id: int
    tmdb_id: int
    media_type: MediaType
    imdb_id: str | None
    title: str
    original_title: str | None
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
    maturity_rating: str | None
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
    country: Annotated[str, Field(description="The country of the offers.")]
    offers: list[Offer]
