"""TMDB's documents as they may arrive, and the titles they become.

The models are tolerant: TMDB leaves fields out, sends null for lists and "" for dates, and fields
that we do not need may hold anything. What they do not take is left out: see pruned.py.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, Field

from api.platform.errors import UpstreamUnavailable
from api.platform.largest_integer import LARGEST_INTEGER
from etl.tmdb.pruned import Pruned, Unreadable, read_pruned

T = TypeVar("T")

# An index of Postgres takes 2,704 bytes; a character has four at most. TMDB's longest names that
# were seen have 250 characters.
LONGEST_NAME = 500
_LONGEST_TEXT = 20_000  # full-text search takes a megabyte
_LONGEST_CERTIFICATE = 40
_LONGEST_RUNTIME_MINUTES = 1440  # beyond a day it is a typing error
_IMDB = re.compile(r"tt\d{5,10}")


def _empty(value: Any) -> Any:
    return [] if value is None else value


def _zero(value: Any) -> Any:
    return 0 if value is None else value


def _cleaned(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # a film called 1917
    if not isinstance(value, str):
        return None
    # Postgres refuses NUL in a text, and half of a surrogate pair is no character.
    return value.replace("\x00", "").encode(errors="ignore").decode().strip() or None


def _cut_name(value: Any) -> str | None:
    text = _cleaned(value)
    return text[:LONGEST_NAME].rstrip() if text else None


def _cut_text(value: Any) -> str | None:
    text = _cleaned(value)
    return text[:_LONGEST_TEXT].rstrip() if text else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _minutes(value: Any) -> int | None:
    known = isinstance(value, int) and 0 < value <= _LONGEST_RUNTIME_MINUTES
    return value if known else None


def _imdb_id(value: Any) -> str | None:
    return value if isinstance(value, str) and _IMDB.fullmatch(value) else None


def _adult(value: Any) -> bool:
    # What cannot be read is no word that everybody may see it.
    return value not in (None, False, "", "false", "0")


List = Annotated[list[T], BeforeValidator(_empty)]
Cleaned = Annotated[str | None, BeforeValidator(_cut_text)]
Name = Annotated[Annotated[str, Field(max_length=LONGEST_NAME)] | None, BeforeValidator(_cleaned)]
OwnName = Annotated[str | None, BeforeValidator(_cut_name)]  # a title must have one: cut, not lost
Certificate = Annotated[
    Annotated[str, Field(max_length=_LONGEST_CERTIFICATE)] | None, BeforeValidator(_cleaned)
]
CountryCode = Annotated[str, BeforeValidator(_cleaned), Field(pattern=r"^[A-Z]{2}$")]
Day = Annotated[date | None, BeforeValidator(_day)]
Minutes = Annotated[int | None, BeforeValidator(_minutes)]
ImdbId = Annotated[str | None, BeforeValidator(_imdb_id)]
WikidataId = Annotated[
    Annotated[str, Field(pattern=r"^Q[1-9]\d{0,12}$")] | None, BeforeValidator(_cleaned)
]
Adult = Annotated[bool | None, BeforeValidator(_adult)]
Id = Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]
Number = Annotated[float, BeforeValidator(_zero), Field(ge=0, le=1e9, allow_inf_nan=False)]
Count = Annotated[int, BeforeValidator(_zero), Field(ge=0, le=LARGEST_INTEGER)]


class Page(BaseModel):
    """One page of a list."""

    class Entry(BaseModel):
        """A title on it."""

        id: Id
        popularity: Number = 0.0

    results: list[Entry]
    total_pages: Annotated[int, Field(ge=0)]


class Named(BaseModel):
    """A genre, keyword, collection, company or network."""

    id: Id
    name: Name = None


class Country(BaseModel):
    """A production country."""

    iso_3166_1: CountryCode


class Member(BaseModel):
    """Someone of the cast or crew."""

    id: Id
    name: Name = None
    character: Name = None
    job: Cleaned = None
    order: Count = 0
    popularity: Number = 0.0


class Credits(BaseModel):
    """Cast and crew."""

    cast: List[Member] = []
    crew: List[Member] = []


class Keywords(BaseModel):
    """Keywords: under one name for films, under another for shows."""

    keywords: List[Named] = []
    results: List[Named] = []


class Release(BaseModel):
    """One release of a film in a country."""

    certification: Certificate = None
    type: int | None = None


class CountryReleases(BaseModel):
    """A film's releases in one country."""

    iso_3166_1: CountryCode
    release_dates: List[Release] = []


class ReleaseDates(BaseModel):
    """A film's releases everywhere."""

    results: List[CountryReleases] = []


class ContentRating(BaseModel):
    """A show's certificate in one country."""

    iso_3166_1: CountryCode
    rating: Certificate = None


class ContentRatings(BaseModel):
    """A show's certificates everywhere."""

    results: List[ContentRating] = []


class AlternativeTitle(BaseModel):
    """A name that a title has in some country."""

    title: Name = None


class AlternativeTitles(BaseModel):
    """Other names: under one name for films, under another for shows."""

    titles: List[AlternativeTitle] = []
    results: List[AlternativeTitle] = []


class RelatedTitle(BaseModel):
    """A title that TMDB puts beside another."""

    id: Id
    media_type: Cleaned = None  # none in older answers, which are all of one kind


class RelatedTitles(BaseModel):
    """The first page of similar or recommended titles, the best first."""

    results: List[RelatedTitle] = []


class ExternalIds(BaseModel):
    """The ids of others."""

    imdb_id: ImdbId = None
    tvdb_id: Id | None = None
    wikidata_id: WikidataId = None


class ServiceOffer(BaseModel):
    """One service that has the title."""

    provider_id: Id
    provider_name: Name = None


class CountryOffers(BaseModel):
    """Who has the title in one country, by the kind of offer."""

    link: Cleaned = None
    flatrate: List[ServiceOffer] = []
    free: List[ServiceOffer] = []
    ads: List[ServiceOffer] = []
    rent: List[ServiceOffer] = []
    buy: List[ServiceOffer] = []


class WatchProviders(BaseModel):
    """Offers by country."""

    results: Annotated[Mapping[CountryCode, CountryOffers], BeforeValidator(lambda v: v or {})] = {}


class Episode(BaseModel):
    """An episode of a show."""

    runtime: Minutes = None


class Season(BaseModel):
    """A season of a show as its details list it; number 0 are the specials."""

    season_number: Count = 0
    episode_count: Count = 0
    air_date: Day = None


class SeasonDetails(BaseModel):
    """`/tv/{id}/season/{number}`."""

    episodes: List[Episode] = []


class Details(BaseModel):
    """What films and shows have in common."""

    id: Id
    adult: Adult = None
    original_language: Cleaned = None
    origin_country: List[CountryCode] = []
    production_countries: List[Country] = []
    production_companies: List[Named] = []
    overview: Cleaned = None
    tagline: Cleaned = None
    poster_path: Cleaned = None
    status: Cleaned = None
    genres: List[Named] = []
    popularity: Number = 0.0
    vote_average: Number = 0.0
    vote_count: Count = 0
    credits: Credits | None = None
    keywords: Keywords | None = None
    external_ids: ExternalIds | None = None
    alternative_titles: AlternativeTitles | None = None
    similar: RelatedTitles | None = None
    recommendations: RelatedTitles | None = None
    watch_providers: WatchProviders | None = Field(default=None, alias="watch/providers")


class FilmDetails(Details):
    """`/movie/{id}` with release dates."""

    title: OwnName = None
    original_title: OwnName = None
    imdb_id: ImdbId = None
    release_date: Day = None
    runtime: Minutes = None
    belongs_to_collection: Named | None = None
    release_dates: ReleaseDates | None = None


class ShowDetails(Details):
    """`/tv/{id}` with content ratings."""

    type: Cleaned = None  # "Scripted", "Miniseries" and others
    name: OwnName = None
    original_name: OwnName = None
    first_air_date: Day = None
    episode_run_time: List[Minutes] = []
    last_episode_to_air: Episode | None = None
    seasons: List[Season] = []
    created_by: List[Member] = []
    networks: List[Named] = []
    content_ratings: ContentRatings | None = None


def parse_page(document: object, path: str) -> Pruned[Page]:
    """Reads a page of the list at `path`, without entries that name no title.

    Raises UpstreamUnavailable for one of another shape, or none of whose entries can be read.
    """
    try:
        page = read_pruned(Page, document)
    except Unreadable as error:
        raise UpstreamUnavailable(
            f"TMDB's list {path} has a shape this version does not know."
        ) from error
    if page.dropped and not page.content.results:
        raise UpstreamUnavailable(
            f"TMDB's list {path} has a shape this version does not know: {min(page.dropped)}."
        )
    return page


def first_certificate(releases: Iterable[Release]) -> str | None:
    """The certificate of a country: the cinema's before television's, disc's or download's."""
    certified = [release for release in releases if release.certification]
    # TMDB's types: 1 premiere, 2 limited, 3 cinema, 4 digital, 5 physical, 6 television.
    order = {3: 0, 2: 1, 1: 2}
    best = min(certified, key=lambda release: order.get(release.type or 0, 3), default=None)
    return best.certification if best else None
