"""/admin/rules on the wire."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.platform.wire.inputs import Strict
from api.platform.wire.wrong_field import Shaped
from api.recommend.constraints.genres import genre_problem
from api.recommend.rules.rules_desk import RulesInForce, written
from api.recommend.schemas import ListParameters
from config.business_rules import BusinessRules, wrong_genre

_EXAMPLE: JsonDict = {"filters": {"exclude_genres": ["Horror"], "min_vote_count": 50}}


def _of_genres_there_are(rules: BusinessRules) -> BusinessRules:
    if wrong := wrong_genre(rules, genre_problem):
        raise wrong
    return rules


KnownRules = Annotated[BusinessRules, AfterValidator(_of_genres_there_are)]


class RulesOut(BaseModel):
    """The rules in force, as the file has them."""

    rules: Annotated[dict[str, Any], Field(examples=[_EXAMPLE])]
    edition: Annotated[str, Field(description="Given back when they are replaced.")]
    problem: Annotated[
        str | None,
        Field(
            description="What is wrong with the file, whose last valid rules are in force, or what "
            "in it has no effect."
        ),
    ]

    @classmethod
    def of(cls, found: RulesInForce) -> Self:
        """The same as the client sees it."""
        return cls(rules=written(found.rules), edition=found.edition, problem=found.problem)


class RulesTry(ListParameters):
    """The parameters of GET /recommend that shape a list, and rules to make it with."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"user_id": "dana", "limit": 10, "rules": _EXAMPLE}}
    )

    rules: KnownRules


class RulesPut(Strict):
    """Rules in place of those of an edition."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"rules": _EXAMPLE, "edition": "7c9e6679f1c0d2b4a5e6f708"}}
    )

    rules: KnownRules
    edition: Annotated[
        str,
        Shaped(r"^[0-9a-f]{24}$", "the edition that reading the rules told"),
        Field(description="That GET /admin/rules told: of other rules than these it is a 409."),
    ]


class MovedTitleOut(BaseModel):
    """A title's place under the rules in force and under those that are tried; null: none."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    was: int | None
    rank: int | None


class TrialOut(BaseModel):
    """The head of the list under the rules that are tried."""

    model_config = ConfigDict(from_attributes=True)

    items: list[MovedTitleOut]
    gone: Annotated[list[MovedTitleOut], Field(description="Of the head of before.")]
    of: Annotated[int, Field(description="Titles listed.")]
    was_of: int
    degraded: list[str]
