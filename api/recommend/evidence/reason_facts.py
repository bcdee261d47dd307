"""The facts that reasons carry: what OpenAPI says of `evidence`, by the reason's code."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class ReasonFacts(BaseModel):
    """The evidence of one reason."""

    model_config = ConfigDict(extra="forbid")


class NoFacts(ReasonFacts):
    """It has none beside its code."""


class NamedTitle(ReasonFacts):
    """One of the viewer's own titles, which this one is there because of."""

    item_id: int
    title: str


class NearTitle(NamedTitle):
    """A title that this one is near to."""

    cosine: float = Field(description="Of the two stories, to three digits.")


class AlikeTitle(NamedTitle):
    """A title that this one is like."""

    likeness: float = Field(description="0 to 1: what the two share, to three digits.")


class BothTitles(NamedTitle):
    """Two titles that the request names, both of which this one is like, the more alike first."""

    other_id: int
    other: str


class LikedBesideTitle(NamedTitle):
    """A title that the request names, and whose viewers like this one as well."""


class MembersCount(ReasonFacts):
    """Of how many of a group it is among the first hundred titles."""

    count: int
    members: int


class Cosine(ReasonFacts):
    """How near the title is to the words."""

    cosine: float = Field(description="Of the story and the words, to three digits.")


class Person(ReasonFacts):
    """Who is behind the title and `count` others that the viewer liked."""

    person_id: int
    person: str
    count: int


class OftenChosenGenre(ReasonFacts):
    """A genre of the title, and how many titles of it the viewer liked."""

    genre_id: int
    genre: str
    count: int


class OftenChosenLanguage(ReasonFacts):
    """The original language of the title and of `count` of the `titles` that the viewer liked, of
    which it is a far larger part than of the catalogue."""

    language_code: str = Field(description="ISO 639-1.")
    language: str = Field(description="In English.")
    count: int
    titles: int
    share: str = Field(description='The two as a sentence has them: "all 7 of your titles".')


class OftenChosenCountry(ReasonFacts):
    """The country of the show and of `count` of the `titles` that the viewer liked, which are shows
    alone, and of it far more often than is usual."""

    country_code: str = Field(description="ISO 3166-1 alpha-2.")
    country: str = Field(description='In English, as it stands behind "from".')
    count: int
    titles: int
    share: str = Field(description='The two as a sentence has them: "all 7 of your titles".')


class Place(ReasonFacts):
    """A place on one of TMDB's lists, from 1."""

    rank: int
    kind: Literal["movies", "shows"]


class Votes(ReasonFacts):
    """What TMDB's voters say: their average of 10 to one digit, and how many they are."""

    average: float
    votes: int


class VoteCount(ReasonFacts):
    """How many have voted at TMDB."""

    votes: int


class Minutes(ReasonFacts):
    """How long a title runs, of a show an episode."""

    minutes: int


class WordsFound(ReasonFacts):
    """Which words of the request are in the title's name or among those of its story, five at most,
    with commas between."""

    words: str


class Asked(ReasonFacts):
    """What of the words' filters the title is, with commas between."""

    asked: str
