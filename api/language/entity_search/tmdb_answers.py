"""TMDB's answers to a search and to a question about one hit, as far as they are read."""

from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field

from api.domain.items import MediaType
from api.language.entities import PersonAtTmdb, TitleAtTmdb

_LARGEST_ID = 2**31 - 1
_LONGEST_OVERVIEW = 2000  # characters; the encoder reads about half of that

Id = Annotated[int, Field(ge=1, le=_LARGEST_ID)]
# TMDB writes null and "" for what it does not know.
Text = Annotated[str, BeforeValidator(lambda value: value or "")]
Number = Annotated[float, BeforeValidator(lambda value: value or 0)]


def _named(*fields: str) -> Text:
    """A text that films and shows have under different names."""
    text: Text = Field(default="", validation_alias=AliasChoices(*fields))
    return text


class TitleHit(BaseModel):
    """A film or show of a search."""

    id: Id
    title: Text = _named("title", "name")
    original_title: Text = _named("original_title", "original_name")
    date: Text = _named("release_date", "first_air_date")
    overview: Text = ""
    popularity: Number = 0
    vote_count: Number = 0
    adult: bool = False
    media_type: MediaType = "movie"  # not of the answer, but of the search

    @property
    def year(self) -> int | None:
        """The year of its release."""
        return int(self.date[:4]) if self.date[:4].isdecimal() else None

    @property
    def names(self) -> tuple[str, ...]:
        """What the hit itself says it is called."""
        return self.title, self.original_title

    def entity(self) -> TitleAtTmdb:
        """The hit, in our words."""
        overview = self.overview[:_LONGEST_OVERVIEW]
        return TitleAtTmdb(self.media_type, self.id, self.title, self.year, overview)


class PersonHit(BaseModel):
    """A person of a search."""

    id: Id
    name: Text = ""
    original_name: Text = ""
    known_for_department: Text = ""
    known_for: list[object] = []
    popularity: Number = 0
    adult: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What the hit itself says they are called."""
        return self.name, self.original_name

    def entity(self) -> PersonAtTmdb:
        """The hit, in our words."""
        return PersonAtTmdb(self.id, self.name)


class TitleHits(BaseModel):
    """The first page of a search for titles, TMDB's best first."""

    results: list[TitleHit]


class PersonHits(BaseModel):
    """The first page of a search for people."""

    results: list[PersonHit]


class _Name(BaseModel):
    title: Text = _named("title", "name")


class _Translation(BaseModel):
    data: _Name = _Name()


class _AlternativeTitles(BaseModel):
    titles: list[_Name] = Field(
        default_factory=list, validation_alias=AliasChoices("titles", "results")
    )


class _Translations(BaseModel):
    translations: list[_Translation] = []


class OtherTitles(BaseModel):
    """What a title is called elsewhere."""

    alternative_titles: _AlternativeTitles = _AlternativeTitles()
    translations: _Translations = _Translations()

    @property
    def names(self) -> tuple[str, ...]:
        """Alternative titles and those of translations."""
        alternatives = [name.title for name in self.alternative_titles.titles]
        return (*alternatives, *(one.data.title for one in self.translations.translations))


class OtherNames(BaseModel):
    """What a person is also called."""

    also_known_as: list[str] = []

    @property
    def names(self) -> tuple[str, ...]:
        """Every one of these names."""
        return tuple(self.also_known_as)
