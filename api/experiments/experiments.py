"""Strategies as operators see them: what is configured, what became of it, and who is champion."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from api.experiments.promotions import Promotion, promote, read_promotions
from api.experiments.strategy_report import Report, report
from api.platform.database import Database
from api.platform.errors import NotFound
from config.strategy_files import STANDARD, StrategyFile

_SHOWN_PROMOTIONS = 20


@dataclass(frozen=True, slots=True)
class Experiments:
    """One per process."""

    database: Database
    strategies: Mapping[str, StrategyFile]
    clock: Callable[[], datetime]

    def promotions(self) -> list[Promotion]:
        """The last of them, the newest first."""
        return read_promotions(self.database, _SHOWN_PROMOTIONS)

    def report(self, *, days: int) -> Report:
        """What became of the lists of so many days."""
        return report(self.database, now=self.clock(), days=days)

    def promote(self, name: str, *, by: str) -> str:
        """Makes a strategy champion at the next request of every process; the one until now.

        Raises NotFound for one that is not configured.
        """
        if name not in self.strategies:
            raise NotFound(f"No strategy is called {name}.")
        before = read_promotions(self.database, 1)
        promote(self.database, name, by=by)
        return before[0].strategy if before else STANDARD
