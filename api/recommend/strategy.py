"""A named way to rank, ready to run, and who chooses among them."""

from dataclasses import dataclass
from typing import Protocol

from api.domain.assignment import Assignment
from api.recommend.pipeline.runner import Pipeline
from api.recommend.request import RecommendRequest
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import Versions
from config.business_rules import BusinessRules
from config.strategy_files import StrategyFile


@dataclass(frozen=True, slots=True)
class Strategy:
    """A named way to rank, ready to run."""

    file: StrategyFile
    pipeline: Pipeline
    viewers: Viewers  # where its pipeline has its viewers from

    @property
    def name(self) -> str:
        """As requests and lists name it."""
        return self.file.name


@dataclass(frozen=True, slots=True)
class Chosen:
    """A strategy, and why it is this one."""

    strategy: Strategy
    assignment: Assignment


class StrategyChoice(Protocol):
    """Which strategy serves: api/experiments/strategies.py, or a single one under evaluation."""

    @property
    def standard(self) -> Strategy:
        """The one of ranking.toml as it stands."""
        ...

    def choose(self, request: RecommendRequest, versions: Versions) -> Chosen:
        """The strategy of this request; raises InvalidInput for a name that is not configured."""
        ...

    def keep(self, strategy: Strategy, rules: BusinessRules) -> tuple[str, str]:
        """Sees to it that these numbers and rules are stored; their digests in hex."""
        ...
