"""GET /recommend on the wire."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    JsonValue,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from api.catalogue.items.schemas import Genre
from api.domain.assignment import Assignment
from api.domain.items import OfferType
from api.language.schemas import Chip
from api.platform.wire.card_fields import WRITTEN, Fields, among
from api.platform.wire.inputs import CountryCode, Cursor, ProfileQuery, Text
from api.platform.wire.wrong_field import Shaped
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.genres import genres_exist, genres_of_names
from api.recommend.constraints.kinds import FilterParameters
from api.recommend.constraints.parameters import Csv, split
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.why_empty import EmptyCode
from api.recommend.request import RecommendRequest
from api.viewers.events import ProfileKey


@dataclass(frozen=True, slots=True)
class Known:
    """What of a request the client leaves to the service, and what only the catalogue can tell."""

    country: str  # unless the request names another
    services: tuple[str, ...]  # short names
    filters: tuple[Constraint, ...]


Words = Annotated[Text, Field(max_length=500)]
Override = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


def _weight_of(signal: str) -> Any:
    """A weight of the score in place of the configured one, for this request."""
    return Field(default=None, description=f"How much {signal} counts; 0: not at all.")


class ListShape(FilterParameters):
    """What every list can be asked for, whatever it is made from."""

    limit: int = Field(default=20, ge=1, le=100, description="Items on a page.")
    diversify: bool = Field(default=True, description="Variety over pure relevance.")
    country: CountryCode | None = None
    services: Csv | None = Field(
        default=None,
        description="Only what these services offer, without rent and buy.",
        examples=["netflix,disney plus"],
    )
    media_type: Literal["movie", "tv"] | None = Field(
        default=None, description="Only films or only shows."
    )
    strategy: Annotated[
        Annotated[
            str, Shaped(r"^[a-z0-9_-]{1,40}$", "a name of up to 40 small letters, figures, - and _")
        ]
        | None,
        Field(
            description="A strategy by its name; `default` is the champion. Unset: the service's "
            "choice, which may be an experiment's.",
        ),
    ] = None

    @property
    def service_names(self) -> list[str]:
        """The services as written, at most fifty."""
        return split(self.services)

    def asked(self, viewer: ProfileKey, known: Known) -> RecommendRequest:
        """The same as the domain says it."""
        return RecommendRequest(
            user_id=viewer.user_id,
            profile=viewer.profile,
            limit=self.limit,
            diversify=self.diversify,
            country=self.country or known.country,
            names_country=self.country is not None,
            services=known.services,
            media_type=self.media_type,
            strategy=self.strategy,
            filters=known.filters,
        )


class ListParameters(ProfileQuery, ListShape):
    """What a list is made for; any other field or parameter is refused by name."""

    query: Words | None = Field(
        default=None,
        description="What to watch, in words: filters, people, titles to resemble, plots.",
        examples=["90s crime thrillers under two hours, like Heat"],
    )
    use_llm_intent: bool = Field(default=True, description="Let a configured model read `query`.")
    ann_description_override: Words | None = Field(
        default=None, description="A description to search near to."
    )
    rewrite_override: Words | None = Field(
        default=None, description="Search words in place of `query`; the first eight count."
    )
    ann_weight_override: Override | None = Field(
        default=None, description="Weight of the description in the query vector."
    )
    rewrite_weight_override: Override | None = Field(
        default=None, description="Weight of the search words in the query vector."
    )
    genre_override: Csv | None = Field(
        default=None,
        description="The same as `genres`.",
        examples=["crime,thriller"],
    )
    mixer_ann_weight: Override | None = _weight_of("nearness to the taste and the words")
    mixer_collab_weight: Override | None = _weight_of("what others with such a history like")
    mixer_trending_weight: Override | None = _weight_of("what is watched much these days")
    mixer_popularity_weight: Override | None = _weight_of("being widely known")
    mixer_vote_weight: Override | None = _weight_of("the average vote")
    mixer_novelty_weight: Override | None = _weight_of("being little known")

    @field_validator("genre_override")
    @classmethod
    def _genres_exist(cls, names: str | None) -> str | None:
        return genres_exist(names)

    def request(self, known: Known) -> RecommendRequest:
        """The same as the domain says it."""
        weights = {
            name: weight
            for name in ("ann", "collab", "trending", "popularity", "vote", "novelty")
            if (weight := getattr(self, f"mixer_{name}_weight")) is not None
        }
        return replace(
            self.asked(ProfileKey(self.user_id, self.profile), known),
            text=_words(self.query),
            use_llm_intent=self.use_llm_intent,
            genres=tuple(sorted(genres_of_names(self.genre_override))),
            description=_words(self.ann_description_override),
            rewrite=_words(self.rewrite_override),
            description_weight=self.ann_weight_override,
            rewrite_weight=self.rewrite_weight_override,
            weights=tuple(weights.items()),
        )


def _words(text: str | None) -> str | None:
    """One space between words; None for nothing but spaces."""
    return " ".join(text.split()) or None if text else None


class WatchOption(BaseModel):
    """Where to watch it in the country of the request."""

    service: str = Field(description="JustWatch's short name.")
    offer_type: OfferType
    url: str | None


class ReasonOut(BaseModel):
    """Why this title: a code, and the evidence that makes it true."""

    code: str
    evidence: dict[str, Any]

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """One alternative per code, as the kinds of evidence declare them."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        del schema["properties"], schema["required"], schema["type"]
        schema["oneOf"] = [
            {
                "type": "object",
                "properties": {
                    "code": {"type": "string", "const": reason.code},
                    "evidence": reason.facts.model_json_schema(),
                },
                "required": ["code", "evidence"],
            }
            for reason in EVIDENCE.reasons
        ]
        return schema


class ItemDebug(BaseModel):
    """What else decided its place."""

    fatigue: float = Field(description="Share of its score lost to having been shown and ignored.")
    propensity: float = Field(
        description="Probability with which it got this place; 1 unless the place was drawn."
    )
    contributions: dict[str, float] = Field(
        description="Per signal that reasons tell the share of the title's score that is its."
    )


class RecommendedItem(BaseModel):
    """A title as served."""

    id: int
    tmdb_id: int | None
    media_type: Literal["movie", "tv"]
    title: str
    overview: str
    poster_url: str | None
    runtime: int | None = Field(description="Minutes; of an episode for shows.")
    original_language: str | None
    genres: list[Genre]
    release_year: int | None
    collection_id: int | None
    collection_name: str | None
    maturity_rating: str | None
    watch_options: list[WatchOption]
    watch_url: str | None
    popularity: float
    vote_average: float
    vote_count: int
    popular_rank: int | None
    trending_rank: int | None
    top_rated_rank: int | None
    score: float = Field(description="Never rises down the list, over all its pages.")
    explanation: str
    reasons: list[ReasonOut] = Field(
        description="At most four: what was asked, then what contributed most to the score."
    )
    sources: list[str] = Field(description="The candidate sources that proposed it.")
    debug: ItemDebug | None = Field(default=None, description="Under `debug` only.")


CardFields = Annotated[Fields, among(RecommendedItem), WRITTEN]


class RecommendParams(ListParameters):
    """The query parameters of GET /recommend."""

    cursor: Cursor | None = None
    fields: CardFields | None = None
    debug: bool = Field(default=False, description="Adds the trace; needs scope `admin`.")


_EXAMPLE: dict[str, JsonValue] = {
    "items": [
        {
            "id": 62,
            "tmdb_id": 240,
            "media_type": "movie",
            "title": "The Godfather Part II",
            "overview": "While the new don defends his empire against a partner in Miami, ...",
            "poster_url": None,
            "runtime": 202,
            "original_language": "en",
            "genres": [{"id": 18, "name": "Drama"}, {"id": 80, "name": "Crime"}],
            "release_year": 1974,
            "collection_id": 230,
            "collection_name": "The Godfather Collection",
            "maturity_rating": "R",
            "watch_options": [
                {
                    "service": "ppp",
                    "offer_type": "subscription",
                    "url": "https://www.paramountplus.com/search/",
                }
            ],
            "watch_url": "https://www.paramountplus.com/search/",
            "popularity": 112.5,
            "vote_average": 9.0,
            "vote_count": 20000,
            "popular_rank": 24,
            "trending_rank": None,
            "top_rated_rank": 2,
            "score": 0.902675,
            "explanation": "Because you liked The Godfather. More from Francis Ford Coppola.",
            "reasons": [
                {
                    "code": "similar_to_liked",
                    "evidence": {"item_id": 60, "title": "The Godfather", "cosine": 0.819},
                },
                {
                    "code": "same_maker",
                    "evidence": {"person_id": 867, "person": "Francis Ford Coppola", "count": 1},
                },
            ],
            "sources": ["profile_ann", "collaborative", "people", "popular"],
        }
    ],
    "recommendation_id": "d1a85f02-6582-46d6-93f2-b667fde36903",
    "next_cursor": "eyJzbGF0ZSI6ImQxYTg1ZjAy.c2lnbmF0dXJl",
}


class ServedBy(BaseModel):
    """The strategy that made the list, and why it was this one."""

    name: str
    assignment: Assignment


class RecommendPage(BaseModel):
    """One page of a list."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    items: list[RecommendedItem]
    recommendation_id: str = Field(description="The list; feedback may name it.")
    next_cursor: str | None = Field(default=None, description="Absent on the last page.")
    degraded: list[str] = Field(default=[], description="Optional parts that failed.")
    relaxed: list[str] = Field(
        default=[], description="Constraints that were relaxed to fill the page."
    )
    interpreted: list[Chip] | None = Field(
        default=None, description="What was understood of `query`, in the order of its words."
    )
    empty_because: str | None = Field(default=None, description="Why an empty list is empty.")
    empty_code: EmptyCode | None = Field(default=None, description="The same, for programs.")
    strategy: ServedBy | None = Field(default=None, description="Under `debug` only.")
    trace: list[dict[str, Any]] | None = Field(default=None, description="Under `debug` only.")
