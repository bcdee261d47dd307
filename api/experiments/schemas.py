"""/admin/strategies and /admin/experiments on the wire."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from api.experiments.promotions import Promotion
from api.experiments.rates import Finding
from api.experiments.strategy_report import Report
from api.platform.wire.inputs import Strict
from api.platform.wire.wrong_field import Shaped
from config.strategy_files import STANDARD, StrategyFile

StrategyName = Annotated[
    str,
    Shaped(r"^[a-z0-9_-]{1,40}$", "a name of up to 40 small letters, figures, - and _"),
    Field(examples=["standard"]),
]


class _Read(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class StrategyOut(BaseModel):
    """A strategy as configured."""

    name: str
    about: str
    is_champion: bool
    share: Annotated[float, Field(description="Of viewers, whom it serves.", ge=0, le=1)]
    shadow_share: Annotated[float, Field(description="Of requests, beside which it runs unseen.")]


class PromotionOut(_Read):
    """A strategy became champion."""

    strategy: str
    promoted_by: str
    promoted_at: datetime


class StrategyList(BaseModel):
    """What is configured, by name, and the last promotions, the newest first."""

    strategies: list[StrategyOut]
    promotions: list[PromotionOut]

    @classmethod
    def of(cls, files: list[StrategyFile], promotions: list[Promotion]) -> Self:
        """The same as the client sees it."""
        champion = promotions[0].strategy if promotions else STANDARD
        return cls(
            strategies=[
                StrategyOut(
                    name=one.name,
                    about=one.about,
                    is_champion=one.name == champion,
                    share=one.share,
                    shadow_share=one.shadow_share,
                )
                for one in files
            ],
            promotions=[PromotionOut.model_validate(one) for one in promotions],
        )


class Promoted(BaseModel):
    """Who is champion now, and who was."""

    ok: bool = True
    champion: str
    was: str


class ReportQuery(Strict):
    """Which lists count."""

    days: Annotated[int, Field(ge=1, le=3650, description="Lists of so many days.")] = 28


class RateOut(_Read):
    """Hits of trials with the 95 % interval; null where nothing was tried."""

    hits: int
    trials: int
    share: float | None
    low: float | None
    high: float | None


class DifferenceOut(_Read):
    """A finding, and by how much; null where there is not enough data for one."""

    finding: Finding
    value: float | None
    low: float | None
    high: float | None


class ServedStrategyOut(_Read):
    """What became of a strategy's lists."""

    name: str
    is_champion: bool
    lists: int
    asked: Annotated[int, Field(description="Of them by name; these decide nothing.")]
    viewers: int
    configurations: int
    impressions: int
    clicks: RateOut
    likes: RateOut
    completes: RateOut
    later_hits: RateOut
    reactions_to_champion: DifferenceOut | None
    hits_to_champion: DifferenceOut | None


class ShadowStrategyOut(_Read):
    """How the lists of a strategy that served nobody compare with those that were served."""

    name: str
    beside: str
    runs: int
    failed: int
    overlap_10: float | None
    overlap_20: float | None
    rank_biased_overlap: float | None
    milliseconds: float
    later_hits: RateOut
    later_hits_of_served: RateOut
    hits_to_served: DifferenceOut


class ExperimentReport(_Read):
    """Every strategy that served or ran unseen, and what a finding takes."""

    since: datetime
    champion: str
    strategies: list[ServedStrategyOut]
    shadows: list[ShadowStrategyOut]
    least_viewers: Annotated[int, Field(description="On each side, for a finding.")]
    least_impressions: int
    least_lists: int

    @classmethod
    def of(cls, report: Report) -> Self:
        """The same as the client sees it."""
        return cls.model_validate(report)
