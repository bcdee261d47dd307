"""The operator's business rules: the shape of config/business_rules.json."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from api.platform.largest_integer import LARGEST_INTEGER
from api.platform.wire.wrong_field import Shaped, WrongField
from config.hot_file import HotFile

log = logging.getLogger(__name__)

Names = Annotated[list[str], Field(max_length=200)]
ItemId = Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]
Ids = Annotated[list[ItemId], Field(max_length=100_000)]
Factor = Annotated[float, Field(ge=0, le=100)]
_Reference = Annotated[
    str, Shaped(r"^((movie|tv):)?[1-9][0-9]{0,9}$", "an id of TMDB, such as movie:603")
]
TmdbReference = Annotated[
    _Reference,
    BeforeValidator(str, json_schema_input_type=_Reference | Annotated[int, Field(gt=0)]),
]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Filters(_Section):
    """What is never recommended, whoever asks."""

    exclude_genres: Names = Field(default=[], description="No title of any of these genres.")
    include_genres: Names = Field(default=[], description="Only titles of one of these genres.")
    min_vote_count: int | None = Field(default=None, ge=0, description="Fewer votes: left out.")
    min_release_year: int | None = Field(
        default=None, ge=1870, le=2200, description="Older: left out."
    )
    max_release_year: int | None = Field(
        default=None, ge=1870, le=2200, description="Newer: left out."
    )
    exclude_media_types: list[Literal["movie", "tv"]] = Field(
        default=[], max_length=1, description="No films, or no shows."
    )
    exclude_ids: Ids = Field(default=[], description="Item ids of this instance.")
    exclude_tmdb_ids: list[TmdbReference] = Field(
        default=[],
        max_length=100_000,
        description='TMDB ids with their kind, as "movie:603"; a bare number means both kinds.',
    )
    require_intent_genres: bool = Field(
        default=False,
        description="Genres that a request asks for are never relaxed, even for an empty page.",
    )

    @model_validator(mode="after")
    def _leaves_titles(self) -> "Filters":
        """What contradicts itself would empty every list."""
        first, last = self.min_release_year, self.max_release_year
        if first is not None and last is not None and first > last:
            raise WrongField(f"must not be later than max_release_year, {last}", "min_release_year")
        included, excluded = (
            {name.casefold() for name in names}
            for names in (self.include_genres, self.exclude_genres)
        )
        if included and included <= excluded:
            raise WrongField("each of them is in exclude_genres as well", "include_genres")
        return self


class RecentRelease(_Section):
    """A bonus for titles of this year or later."""

    year: int = Field(ge=1870, le=2200, description="The first that counts as recent.")
    bonus: float = Field(ge=0, le=1, description="Added to the score, which lies in [0, 1].")


class PopularityMultiplier(_Section):
    """A factor for titles at least this popular."""

    threshold: float = Field(ge=0, description="From which popularity on, as TMDB counts it.")
    factor: Factor = Field(description="What the score is multiplied by.")


class Boosts(_Section):
    """What moves titles up (factor above 1) or down (below 1)."""

    genre_multipliers: dict[str, Factor] = Field(default={}, description="By genre name.")
    id_multipliers: dict[ItemId, Factor] = Field(default={}, description="By item id.")
    tmdb_id_multipliers: dict[TmdbReference, Factor] = Field(
        default={}, description='By TMDB id: "movie:603", or "603" for both kinds.'
    )
    recent_release: RecentRelease | None = None
    popularity_multiplier: PopularityMultiplier | None = None


class BusinessRules(_Section):
    """The whole file."""

    schema_: str | None = Field(
        default=None, alias="$schema", description="For editors: where the schema of it is."
    )
    filters: Filters = Filters()
    boosts: Boosts = Boosts()


GenreProblem = Callable[[str], str | None]  # what is wrong with the name of a genre, or None


def wrong_genre(rules: BusinessRules, problem_of: GenreProblem) -> WrongField | None:
    """The first name of a genre that is none, and where it stands: it would have no effect."""
    named = {
        ("filters", "exclude_genres"): rules.filters.exclude_genres,
        ("filters", "include_genres"): rules.filters.include_genres,
        ("boosts", "genre_multipliers"): rules.boosts.genre_multipliers,
    }
    for place, names in named.items():
        for problem in filter(None, map(problem_of, names)):
            return WrongField(problem, *place)
    return None


class BusinessRulesFile(HotFile[BusinessRules]):
    """The rules in force; reloaded when the file changes, the last good ones kept otherwise."""

    def __init__(self, path: Path, problem_of: GenreProblem | None = None) -> None:
        """`problem_of` tells genres from other names; None lets every name pass.

        Raises ConfigurationError when the file cannot be used at start-up.
        """
        self._problem_of = problem_of
        # What in the rules in force has no effect, in a sentence. They hold all the same: a service
        # that had such a name before goes on.
        self.slip: str | None = None
        super().__init__(path)

    def _content_of(self, text: str) -> BusinessRules:
        rules = BusinessRules.model_validate_json(text)
        self.slip = None if self._problem_of is None else self.slip_in(rules, self._problem_of)
        if self.slip:
            log.warning("a rule has no effect", extra={"fields": {"problem": self.slip}})
        return rules

    def slip_in(self, rules: BusinessRules, problem_of: GenreProblem) -> str | None:
        """The first name of a genre in the rules that is none, in a sentence."""
        wrong = wrong_genre(rules, problem_of)
        if wrong is None:
            return None
        return f"{self.name}: {'.'.join(map(str, wrong.path))}: {wrong}."
