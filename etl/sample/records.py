"""The sample's files in etl/sample/data: JSON Lines with a closed vocabulary."""

from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from api.domain.genres import genre_id
from api.domain.items import ItemRef, MediaType, OfferType
from api.platform.errors import ConfigurationError
from etl.sample.sample_viewers import EventType

DATA = Path(__file__).resolve().parent / "data"

Record = TypeVar("Record", bound="_Record")
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
ItemName = Annotated[str, Field(pattern=r"^(movie|tv):[1-9]\d*$")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Collection(_Record):
    """The franchise a film belongs to."""

    id: int
    name: Name


class TitleRecord(_Record):
    """A film or show; `fame` and `acclaim` are editors' estimates."""

    media_type: MediaType
    tmdb_id: Annotated[int, Field(ge=1)]
    imdb_id: Annotated[str, Field(pattern=r"^tt\d{7,8}$")]
    title: Name
    original_title: Name | None = None
    year: Annotated[int, Field(ge=1880, le=2100)]
    runtime: Annotated[int, Field(ge=1, le=1440)]
    genres: Annotated[list[str], Field(min_length=1)]
    original_language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    countries: Annotated[list[Country], Field(min_length=1)]
    directors: list[Name] = []
    creators: list[Name] = []
    cast: list[Name] = []
    certificates: dict[Country, Name]
    collection: Collection | None = None
    status: Literal["Ended", "Returning Series", "Canceled"] | None = None
    seasons: Annotated[int, Field(ge=1)] | None = None
    keywords: list[Name]
    synopsis: Annotated[str, Field(min_length=40)]
    fame: Annotated[int, Field(ge=1, le=5)]
    acclaim: Annotated[float, Field(ge=5, le=9.5, multiple_of=0.5)]

    @model_validator(mode="after")
    def _genres_are_known(self) -> Self:
        unknown = [name for name in self.genres if genre_id(name) is None]
        if unknown:
            raise ValueError(f"unknown genres: {', '.join(unknown)}")
        return self


class OfferRecord(_Record):
    """An invented offer."""

    item: ItemName
    country: Country
    service: Name
    offer_type: OfferType
    url: Annotated[str, Field(pattern=r"^https://")]


class EventRecord(_Record):
    """Something an invented viewer did."""

    item: ItemName
    event_type: EventType
    rating: Annotated[float, Field(ge=0, le=10, multiple_of=0.5)] | None = None
    watched_at: AwareDatetime


class ViewerRecord(_Record):
    """An invented viewer; `taste` puts into words what the events show."""

    user_id: Annotated[str, Field(pattern=r"^sample-")]
    profile: Name | None
    taste: Name
    events: Annotated[list[EventRecord], Field(min_length=1)]


class ProviderRecord(_Record):
    """A streaming service under JustWatch's short name and TMDB's id."""

    short_name: Annotated[str, Field(pattern=r"^[a-z0-9]{2,12}$")]
    name: Name
    aliases: list[Name]
    tmdb_id: int


def read_titles(folder: Path = DATA) -> list[TitleRecord]:
    """Films, then shows."""
    films = _lines(folder / "films.jsonl", TitleRecord)
    return [*films, *_lines(folder / "shows.jsonl", TitleRecord)]


def read_offers(folder: Path = DATA) -> list[OfferRecord]:
    """Every offer."""
    return _lines(folder / "offers.jsonl", OfferRecord)


def read_viewers(folder: Path = DATA) -> list[ViewerRecord]:
    """Every viewer."""
    return _lines(folder / "viewers.jsonl", ViewerRecord)


def read_providers(folder: Path = DATA) -> list[ProviderRecord]:
    """Every service."""
    path = folder / "providers.json"
    try:
        return TypeAdapter(list[ProviderRecord]).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise _unreadable(path, error) from error


def tmdb_key(item: str) -> tuple[MediaType, int]:
    """The media type and TMDB id of an item's name."""
    reference = ItemRef.parse(item)
    if reference is None or reference.tmdb is None:
        raise ConfigurationError(f"{item!r} is not an item of the sample.")
    return reference.tmdb


def _lines(path: Path, kind: type[Record]) -> list[Record]:
    try:
        return [kind.model_validate_json(line) for line in path.read_bytes().splitlines()]
    except (OSError, ValidationError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError | ValidationError) -> ConfigurationError:
    if isinstance(error, OSError):
        return ConfigurationError(f"The sample lacks {path}: {error.strerror}.")
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"]))
    return ConfigurationError(f"{path.name} is damaged at {where or 'a line'}: {first['msg']}.")
