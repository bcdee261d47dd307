"""Titles of an operator's own catalogue on the wire."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator
from pydantic.config import JsonDict

from api.catalogue.own_titles.own_title import Outcome, OwnTitle, Stored
from api.catalogue.own_titles.own_titles import own_key
from api.catalogue.writing.title import Credit, Person, Role, Title
from api.domain.genres import genre_id
from api.platform.errors import InvalidInput
from api.platform.largest_integer import LARGEST_INTEGER
from api.platform.wire.inputs import CountryCode, Strict, Text
from api.platform.wire.wrong_field import Shaped, WrongField

MOST_AT_ONCE = 500
_LANGUAGE = "a code of ISO 639-1 in small letters, such as en"
_IMDB = "an id of IMDb, such as tt0133093"
_Name = Annotated[Text, Field(min_length=1, max_length=500)]
_Names = Annotated[list[_Name], Field(max_length=100)]
_Prose = Annotated[Text, Field(max_length=10_000)]


_EXAMPLE: JsonDict = {
    "media_type": "movie",
    "title": "A Reel",
    "year": 1974,
    "overview": "What the town filmed of itself in one summer.",
    "genres": ["Documentary"],
}


class OwnTitleBody(Strict):
    """What there is to know of a title; it replaces what was known before."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    media_type: Literal["movie", "tv"] = Field(description="Whether it is a film or a show.")
    title: _Name = Field(description="As it is shown.")
    original_title: _Name | None = Field(default=None, description="In its own language.")
    alternative_titles: _Names = Field(default=[], description="Other names to find it by.")
    overview: _Prose = Field(default="", description="What it is about.")
    tagline: Annotated[Text, Field(max_length=500)] | None = Field(
        default=None, description="One line to it."
    )
    year: int | None = Field(default=None, ge=1870, le=2200, description="When it came out.")
    release_date: date | None = Field(default=None, description="The day that it came out.")
    runtime: int | None = Field(default=None, ge=1, le=1000, description="Minutes; of an episode.")
    original_language: Annotated[str, Shaped("^[a-z]{2}$", _LANGUAGE)] | None = Field(
        default=None, description="ISO 639-1.", examples=["en"]
    )
    countries: Annotated[list[CountryCode], Field(max_length=20)] = Field(
        default=[], description="Where it was made, of ISO 3166-1."
    )
    genres: Annotated[list[_Name], Field(max_length=23)] = Field(
        default=[], description="Names of genres.", examples=[["Documentary"]]
    )
    keywords: _Names = Field(default=[], description="What it is about, word by word.")
    directors: _Names = Field(default=[], description="By name.")
    creators: _Names = Field(default=[], description="Of a show, by name.")
    cast: _Names = Field(default=[], description="In the order of the bill.")
    certificates: dict[CountryCode, Annotated[Text, Field(min_length=1, max_length=20)]] = Field(
        default={}, description="By country; without one a title is hidden from children."
    )
    imdb_id: Annotated[str, Shaped(r"^tt\d{5,10}$", _IMDB)] | None = Field(
        default=None,
        description="If TMDB has the title of this id, both are one, as TMDB describes it.",
    )
    vote_average: float = Field(
        default=0.0, ge=0, le=10, allow_inf_nan=False, description="Of those who voted, of 10."
    )
    vote_count: int = Field(default=0, ge=0, le=LARGEST_INTEGER, description="How many have voted.")

    @field_validator("genres")
    @classmethod
    def _genres_exist(cls, names: list[str]) -> list[str]:
        if unknown := [name for name in names if genre_id(name) is None]:
            raise ValueError(f"unknown: {', '.join(unknown)}")
        return names

    @model_validator(mode="after")
    def _year_is_the_days(self) -> Self:
        if self.year is not None and self.release_date and self.year != self.release_date.year:
            raise WrongField(f"is not that of release_date, {self.release_date}", "year")
        return self

    def own_title(self, reference: str) -> OwnTitle:
        """The title under its reference; raises InvalidInput for none of an own catalogue."""
        key = own_key(reference)
        genres = (genre_id(name) for name in self.genres)
        title = Title(
            media_type=self.media_type,
            tmdb_id=None,
            title=self.title,
            imdb_id=self.imdb_id,
            external_ids=dict([key]),
            original_title=self.original_title,
            alternative_titles=tuple(dict.fromkeys(self.alternative_titles)),
            overview=self.overview,
            tagline=self.tagline,
            runtime=self.runtime,
            original_language=self.original_language,
            countries=tuple(dict.fromkeys(self.countries)),
            release_date=self.release_date,
            release_year=self.release_date.year if self.release_date else self.year,
            genre_ids=tuple(dict.fromkeys(one for one in genres if one is not None)),
            vote_average=self.vote_average,
            vote_count=self.vote_count,
            certificates=self.certificates,
            credits=(
                *_credits("director", self.directors),
                *_credits("creator", self.creators),
                *_credits("cast", self.cast),
            ),
            keywords=tuple(self.keywords),
        )
        return OwnTitle(key, title)


class OwnTitleInBulk(OwnTitleBody):
    """A title with the id that it has in its catalogue."""

    item: Annotated[
        Text,
        Field(
            max_length=100, description="Its catalogue and id there.", examples=["archive:reel-7"]
        ),
    ]


class OwnTitlesBody(Strict):
    """Titles of one catalogue."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"items": [{"item": "archive:reel-7", **_EXAMPLE}]}}
    )

    items: Annotated[
        list[OwnTitleInBulk],
        Field(min_length=1, max_length=MOST_AT_ONCE, description=f"Up to {MOST_AT_ONCE}, or none."),
    ]

    def own_titles(self) -> list[OwnTitle]:
        """The titles; raises InvalidInput that names the place of the first that is none."""
        titles = []
        for place, one in enumerate(self.items):
            try:
                titles.append(one.own_title(one.item))
            except InvalidInput as error:
                raise InvalidInput(error.message, field=f"items[{place}]") from error
        return titles


class StoredTitle(Strict):
    """What became of a title."""

    item: str
    id: int
    outcome: Annotated[
        Outcome,
        Field(description="`same_as`: TMDB has the title, which stays as TMDB describes it."),
    ]

    @classmethod
    def of(cls, stored: Stored) -> "StoredTitle":
        """On the wire."""
        return cls(item=":".join(stored.key), id=stored.item_id, outcome=stored.outcome)


class StoredTitles(Strict):
    """In the order given."""

    items: list[StoredTitle]


def _credits(role: Role, names: list[str]) -> list[Credit]:
    distinct = dict.fromkeys(names)
    return [Credit(role, Person(name), position) for position, name in enumerate(distinct)]
