"""/genres and /services on the wire."""

from typing import Annotated

from pydantic import BaseModel, Field

from api.platform.wire.inputs import CountryCode, MaybeProfileQuery


class ServicesQuery(MaybeProfileQuery):
    """Parameters of services."""

    country: CountryCode | None = None


class GenreCounted(BaseModel):
    """A genre, as the parameter `genres` takes it by name."""

    id: int
    name: str
    movies: int
    shows: int


class GenreList(BaseModel):
    """The whole vocabulary by name, genres without a title included."""

    genres: list[GenreCounted]


class ServiceCounted(BaseModel):
    """A service, as the parameter `services` takes it by either name."""

    service: Annotated[str, Field(description="JustWatch's short name.", examples=["nfx"])]
    name: Annotated[str, Field(examples=["Netflix"])]
    titles: Annotated[int, Field(description="By subscription, free or with ads.")]
    for_sale: Annotated[int, Field(description="To rent or to buy.")]


class ServiceList(BaseModel):
    """The services with offers in a country, those with the most titles first."""

    country: str
    services: list[ServiceCounted]
