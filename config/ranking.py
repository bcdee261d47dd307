"""The numbers of config/ranking.toml as typed, bounded values; unknown keys stop the boot."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.platform.errors import ConfigurationError
from config.told import first_wrong, with_value

# What a text does: it asks, it tells of titles that it names, it tells at length.
TextKind = Literal["query", "named", "plot"]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, le=100)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Retrieval(_Section):
    ann_k: int = Field(ge=20, le=1000)
    ann_k_co_liked: int = Field(ge=20, le=1000)
    # Of strategies that were recorded before these had numbers of their own: as it was then.
    ann_k_lone: int = Field(default=200, ge=20, le=1000)
    ann_k_words: int = Field(default=200, ge=20, le=1000)
    source_k: int = Field(ge=20, le=1000)
    trending_k: int = Field(ge=0, le=500)
    slate_size: int = Field(ge=100, le=2000)
    exact_below_rows: int = Field(ge=0)
    ef_search: int = Field(ge=40, le=1000)
    related_k: int = Field(ge=0, le=500)
    related_seeds: int = Field(ge=1, le=200)
    similar_share: Share
    # Of strategies that were recorded before there was this source.
    alike_k: int = Field(default=0, ge=0, le=500)


class Profile(_Section):
    events: int = Field(ge=1, le=1000)
    decay_half_life: float = Field(gt=0)
    long_half_life_days: float = Field(gt=0)
    short_share: Share
    negative_share: Share
    interests_from: int = Field(ge=2, le=1000)
    interests_max: int = Field(ge=1, le=8)
    people_min_titles: int = Field(ge=1, le=10)


class Collaborative(_Section):
    events: int = Field(ge=1, le=5000)
    half_life: float = Field(gt=0)
    floor: Share
    next_half_life: float = Field(gt=0)
    next_floor: Share


class SharesOfAnswers(_Section):
    query: Share = 0.0
    named: Share = 0.0
    plot: Share = 0.0

    def share(self, kind: TextKind) -> float:
        """Of a kind of text."""
        return {"query": self.query, "named": self.named, "plot": self.plot}[kind]


class QueryBlend(_Section):
    blend_alpha: Share
    blend_alpha_with_query: Share
    description_weight: Weight
    rewrite_weight: Weight
    seed_share: Share
    # Of strategies that were recorded before vectors of requests were moved: not at all.
    toward_answers: SharesOfAnswers = SharesOfAnswers()


WeightTable = Literal["cold", "few", "warm", "lone", "query", "narrative", "like"]
WEIGHT_TABLES: tuple[WeightTable, ...] = get_args(WeightTable)
# By signal. A signal that is left out weighs what it declares; which there are, the kinds of
# evidence know, who complete these tables and refuse strangers.
Weights = Annotated[dict[str, Weight], Field(max_length=200)]


class Fitted(_Section):
    """Where fitted weights are from; for the reader alone."""

    on: str  # ISO date
    ratings: str
    seed: int
    cases: int
    objective_before: float
    objective_after: float


class Mixer(_Section):
    cold: Weights = {}
    few: Weights = {}
    warm: Weights = {}
    lone: Weights = {}
    query: Weights = {}
    narrative: Weights = {}
    like: Weights = {}
    fitted: Fitted | None = None
    ann_floor: Share
    warm_from: float = Field(gt=0)

    def weights(self, table: WeightTable) -> dict[str, float]:
        """One of the tables."""
        weights: dict[str, float] = getattr(self, table)
        return weights

    def of_history(self, liked_titles: int) -> Mapping[str, float]:
        """The weights of a request without words: from few to warm as the history grows."""
        if liked_titles == 0:
            return self.cold
        share = liked_titles / (liked_titles + self.warm_from)
        return {name: few + share * (self.warm[name] - few) for name, few in self.few.items()}


class Damping(_Section):
    min_vote_count: int = Field(ge=0)
    vote_penalty: Share
    min_popularity: float = Field(ge=0)
    popularity_penalty: Share
    disliked_penalty: Share = 0.0
    aside_penalty: Share = 0.0
    min_signal_multiplier: Share


class FameOfText(_Section):
    power: float = Field(ge=0, le=10)
    lacking: Share
    # Of strategies that were recorded before them: as every other part.
    lacking_new: Share = 0.5
    lacking_mood: Share = 0.5
    floor: Weight
    # Of strategies that were recorded before the facts of answers were known: not at all.
    answered: float = Field(default=0.0, ge=0, le=2)


class Fame(_Section):
    power: float = Field(ge=0, le=10)
    few_words: int = Field(ge=0, le=100)
    fades: float = Field(ge=0, le=10)
    lacking: Share = 1.0
    # Of strategies that were recorded before likings were told apart: as in all others.
    lacking_liked: Share | None = None
    # Of strategies that were recorded before them: as every other part.
    lacking_new: Share | None = None
    lacking_mood: Share | None = None
    # Of strategies that were recorded before names were told apart: as in all others.
    power_alike: float | None = Field(default=None, ge=0, le=10)
    answered: float = Field(default=0.0, ge=0, le=2)
    # Of strategies that were recorded before texts were told apart: as all others.
    named: FameOfText | None = None
    plot: FameOfText | None = None

    def of(
        self,
        kind: TextKind,
        words: int,
        *,
        tells_a_liking: bool = False,
        names_titles: bool = False,
    ) -> FameOfText:
        """The numbers of a kind of text; of one that asks, the power falls with its words."""
        own = {"query": None, "named": self.named, "plot": self.plot}[kind]
        if own is not None:
            return own
        whole = self.power_alike if names_titles and self.power_alike is not None else self.power
        power = whole / (1 + self.fades * max(words - self.few_words, 0))
        liked = self.lacking_liked if tells_a_liking else None
        lacking = self.lacking if liked is None else liked
        new = lacking if self.lacking_new is None else self.lacking_new
        mood = lacking if self.lacking_mood is None else self.lacking_mood
        return FameOfText(
            power=power,
            lacking=lacking,
            lacking_new=new,
            lacking_mood=mood,
            floor=0.0,
            answered=self.answered,
        )


class Diversify(_Section):
    franchise_cap: int = Field(ge=1, le=20)
    mmr_lambda: Share
    # Of strategies that were recorded before words had their own: as without words.
    mmr_lambda_words: Share | None = None
    mmr_pool: int = Field(ge=20, le=1000)
    mmr_head: int = Field(ge=10, le=200)
    mmr_least: Share = 0.0
    share_of_kinds: Share = 0.0
    serendipity_ratio: float = Field(ge=0, le=0.5)
    long_tail_percentile: Share
    long_tail_min_votes: int = Field(ge=0, le=100_000)
    long_tail_min_average: float = Field(ge=0, le=10)
    long_tail_relevance_floor: Share
    long_tail_choices: int = Field(ge=1, le=500)


class Leaning(_Section):
    """How strongly one field of a narrow taste counts: not at all up to `wide`, fully at `narrow`.

    Narrowness is how much more often the values of the viewer's own titles occur among them than
    among what most people like: the mean of logarithms, 0 for a taste that is as wide.
    """

    power: float = Field(ge=0, le=10)
    wide: float = Field(ge=0, le=20)
    narrow: float = Field(ge=0, le=20)

    def power_at(self, narrowness: float) -> float:
        """Of a taste that is so narrow."""
        return self.power * self.share_at(narrowness)

    def share_at(self, narrowness: float) -> float:
        """How much of its power it has there, in [0, 1]; 0 where it has none at all."""
        if self.power == 0:
            return 0.0
        share = (narrowness - self.wide) / max(self.narrow - self.wide, 1e-6)
        return min(max(share, 0.0), 1.0)


_NO_LEANING = Leaning(power=0, wide=1, narrow=2)


class OfItsKind(_Section):
    k: int = Field(default=0, ge=0, le=500)
    least: Share = 1.0
    apart: float = Field(default=0, ge=0, le=10)
    genres: Leaning = _NO_LEANING
    # Of strategies that were recorded before narrow ones had their own: as of all others.
    genres_of_narrow: Leaning | None = None
    genres_of_shows: Leaning = _NO_LEANING
    language: Leaning = _NO_LEANING
    countries: Leaning = _NO_LEANING
    age: Leaning = _NO_LEANING
    age_of_shows: Leaning = _NO_LEANING
    years: Leaning = _NO_LEANING
    years_of_shows: Leaning = _NO_LEANING
    story: Leaning = _NO_LEANING
    one_story: Leaning = _NO_LEANING
    disliked: Leaning = _NO_LEANING


class Trend(_Section):
    half_life_days: float = Field(gt=0, le=365)
    window_days: int = Field(ge=1, le=365)
    least_examined: float = Field(ge=0.05, le=1)
    min_viewers: int = Field(ge=1, le=1000)
    prior: float = Field(ge=1, le=1000)


class Fatigue(_Section):
    impressions: int = Field(ge=2, le=100)
    window_days: int = Field(ge=1, le=365)
    share: Share
    half_life_days: float = Field(gt=0, le=365)


class Ranking(_Section):
    """Everything in ranking.toml, validated."""

    retrieval: Retrieval
    profile: Profile
    collaborative: Collaborative
    query: QueryBlend
    mixer: Mixer
    damping: Damping
    # Of strategies that were recorded before there was this table.
    fame: Fame = Fame(power=0.0, few_words=4, fades=0.1)
    diversify: Diversify
    # Of strategies that were recorded before there was this table.
    of_its_kind: OfItsKind = OfItsKind()
    trend: Trend
    fatigue: Fatigue


def _every_mixer(weight: str) -> tuple[str, ...]:
    # Not where titles are named: what is popular is no more like them for it.
    return tuple(f"mixer.{table}.{weight}" for table in WEIGHT_TABLES if table != "like")


# The historical environment names, and the entries of ranking.toml that each one overrides.
ENVIRONMENT_OVERRIDES: dict[str, tuple[str, ...]] = {
    "ANN_DESCRIPTION_WEIGHT": ("query.description_weight",),
    "HEURISTIC_MIN_POPULARITY": ("damping.min_popularity",),
    "HEURISTIC_MIN_POPULARITY_PENALTY": ("damping.popularity_penalty",),
    "HEURISTIC_MIN_SIGNAL_MULTIPLIER": ("damping.min_signal_multiplier",),
    "HEURISTIC_MIN_VOTE_COUNT": ("damping.min_vote_count",),
    "HEURISTIC_MIN_VOTE_COUNT_PENALTY": ("damping.vote_penalty",),
    "HYBRID_ANN_WEIGHT": _every_mixer("ann"),
    "HYBRID_POPULARITY_WEIGHT": _every_mixer("popularity"),
    "HYBRID_VOTE_WEIGHT": _every_mixer("vote"),
    "MIXER_COLLAB_WEIGHT": _every_mixer("collab"),
    "MIXER_NOVELTY_WEIGHT": _every_mixer("novelty"),
    "MIXER_TRENDING_WEIGHT": _every_mixer("trending"),
    "MMR_LAMBDA": ("diversify.mmr_lambda", "diversify.mmr_lambda_words"),
    "REWRITE_BLEND_ALPHA": ("query.blend_alpha",),
    "REWRITE_TEXT_WEIGHT": ("query.rewrite_weight",),
    "SERENDIPITY_RATIO": ("diversify.serendipity_ratio",),
    "USER_PROFILE_DECAY_HALF_LIFE": ("profile.decay_half_life",),
}


def load_ranking(path: Path, overrides: Mapping[str, float]) -> Ranking:
    """Reads the file and lays `overrides` (environment name to value) over it.

    Raises ConfigurationError with one sentence for an unreadable file, an unknown or missing key,
    or a value out of range.
    """
    document = read_toml(path)
    origin: dict[str, str] = {}
    for name, value in overrides.items():
        for entry in ENVIRONMENT_OVERRIDES[name]:
            *sections, key = entry.split(".")
            table = document
            for section in sections:
                table = table.setdefault(section, {})
            table[key] = value
            origin[entry] = name
    try:
        return Ranking.model_validate(document)
    except ValidationError as error:
        entry, message = first_wrong(error)
        where = origin.get(entry, f"{path.name}: {entry}")
        raise ConfigurationError(f"{where}: {with_value(message, error)}.") from error


def read_toml(path: Path) -> dict[str, Any]:
    """The file's tables; raises ConfigurationError for one that cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"Cannot read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}.") from error
