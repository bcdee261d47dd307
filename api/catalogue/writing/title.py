"""A title as a source describes it, before it has an id of ours."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from api.domain.items import CompanyKind, MediaType, OfferType

TitleKey = tuple[MediaType, int]  # with its id at TMDB

TMDB_GIVES_IDS_OF = ("tvdb", "wikidata")

Role = Literal["cast", "director", "writer", "creator", "composer", "producer"]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who worked on a title; without a TMDB id known by name alone."""

    name: str
    tmdb_id: int | None = None
    popularity: float = 0.0


@dataclass(frozen=True, slots=True)
class Credit:
    """One person's part in a title."""

    role: Role
    person: Person
    position: int  # billing order within the role, from 0
    character: str | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """Who made a title, or the network that showed it first."""

    kind: CompanyKind
    tmdb_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Where a title can be seen in one country."""

    country: str  # ISO 3166-1
    service: str  # a provider's short name
    offer_type: OfferType
    url: str | None = None
    deep_link: str | None = None  # opens the title in the service's app


@dataclass(frozen=True, slots=True)
class Provider:
    """A streaming service."""

    short_name: str
    name: str
    tmdb_id: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """A film or show with all that its source says about it."""

    media_type: MediaType
    tmdb_id: int | None  # None: of an operator's own catalogue
    title: str
    imdb_id: str | None = None
    external_ids: Mapping[str, str] = field(default_factory=dict)  # by source; see tables.py
    original_title: str | None = None
    alternative_titles: tuple[str, ...] = ()  # distinct when folded, none of the two above
    overview: str = ""
    tagline: str | None = None
    poster_path: str | None = None
    runtime: int | None = None  # minutes; of an episode for shows
    original_language: str | None = None
    countries: tuple[str, ...] = ()
    release_date: datetime.date | None = None
    release_year: int | None = None
    status: str | None = None
    genre_ids: tuple[int, ...] = ()  # of the one vocabulary in api/domain/genres.py
    collection_id: int | None = None
    collection_name: str | None = None
    popularity: float = 0.0
    vote_average: float = 0.0
    vote_count: int = 0
    certificates: Mapping[str, str] = field(default_factory=dict)  # by country
    credits: tuple[Credit, ...] = ()
    keywords: tuple[str, ...] = ()
    companies: tuple[Company, ...] = ()
    offers: tuple[Offer, ...] = ()
    # TMDB ids of the same media type, the best first.
    similar_ids: tuple[int, ...] = ()
    recommended_ids: tuple[int, ...] = ()

    @property
    def tmdb_key(self) -> tuple[MediaType, int]:
        """What TMDB knows the title by; raises ValueError for one that TMDB does not have."""
        if self.tmdb_id is None:
            raise ValueError(f"{self.title!r} has no TMDB id")
        return (self.media_type, self.tmdb_id)
