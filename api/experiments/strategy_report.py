"""Whether a strategy is better than the champion: counts, intervals, and a finding or none.

Two questions, as far as the data answer them. Do viewers react more to what they are shown
(clicked, liked or completed, per impression)? Do they watch more of it in the two weeks after?
Only lists that a draw decided count there, on days on which both sides served. Shadows served
nobody: their lists are compared with the served one, which is favoured, because it was seen.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from api.experiments.promotions import read_promotions
from api.experiments.rates import ByViewer, Difference, Rate, difference, paired_difference, rate
from api.experiments.report_statements import ServedRow, ShadowedRow, read_served, read_shadowed
from api.platform.database import Database
from config.strategy_files import STANDARD

FIRST_PLACES = 20  # of a list, on which later hits count
HIT_DAYS = 14
GOOD_RATING = 6.0  # of 10
# On each side, below which there is no finding: an interval of few viewers would only look exact.
LEAST_VIEWERS = 30
LEAST_IMPRESSIONS = 500
LEAST_LISTS = 100


@dataclass(frozen=True, slots=True)
class ServedStrategy:
    """What became of a strategy's lists, however they came about."""

    name: str
    is_champion: bool
    lists: int
    asked: int  # of them by name
    viewers: int
    configurations: int  # distinct numbers under this name; findings mix them
    impressions: int
    clicks: Rate
    likes: Rate
    completes: Rate
    later_hits: Rate  # of lists
    reactions_to_champion: Difference | None  # None of the champion itself
    hits_to_champion: Difference | None


@dataclass(frozen=True, slots=True)
class ShadowStrategy:
    """How a strategy's unseen lists compare with those that were served; means over runs."""

    name: str
    beside: str
    runs: int
    failed: int
    overlap_10: float | None
    overlap_20: float | None
    rank_biased_overlap: float | None
    milliseconds: float
    later_hits: Rate
    later_hits_of_served: Rate
    hits_to_served: Difference


@dataclass(frozen=True, slots=True)
class Report:
    """Everything, with what it rests on."""

    since: datetime
    champion: str
    strategies: tuple[ServedStrategy, ...]
    shadows: tuple[ShadowStrategy, ...]
    least_viewers: int = LEAST_VIEWERS
    least_impressions: int = LEAST_IMPRESSIONS
    least_lists: int = LEAST_LISTS


def report(database: Database, *, now: datetime, days: int) -> Report:
    """Compares the lists of so many days."""
    since = now - timedelta(days=days)
    newest = read_promotions(database, 1)
    champion = newest[0].strategy if newest else STANDARD
    served = read_served(database, since=since, depth=FIRST_PLACES, days=HIT_DAYS, good=GOOD_RATING)
    shadowed = read_shadowed(
        database, since=since, depth=FIRST_PLACES, days=HIT_DAYS, good=GOOD_RATING
    )
    return Report(since, champion, _served(served, champion), _shadowed(shadowed))


def _served(rows: Sequence[ServedRow], champion: str) -> tuple[ServedStrategy, ...]:
    grouped: dict[str, list[ServedRow]] = defaultdict(list)
    for row in rows:
        grouped[row.strategy].append(row)
    drawn = {
        name: [row for row in own if row.assignment != "asked"] for name, own in grouped.items()
    }
    challengers = sum(bool(own) for name, own in drawn.items() if name != champion)
    found = []
    for name, own in sorted(grouped.items()):
        pair = None
        if name != champion:
            pair = _same_days(drawn[name], drawn.get(champion, []))
        found.append(
            ServedStrategy(
                name=name,
                is_champion=name == champion,
                lists=sum(row.lists for row in own),
                asked=sum(row.lists for row in own if row.assignment == "asked"),
                viewers=len({row.viewer for row in own}),
                configurations=len({one for row in own for one in row.configurations or ()}),
                impressions=sum(row.impressions for row in own),
                clicks=_rate(own, lambda row: row.clicks, lambda row: row.impressions),
                likes=_rate(own, lambda row: row.likes, lambda row: row.impressions),
                completes=_rate(own, lambda row: row.completes, lambda row: row.impressions),
                later_hits=_rate(own, lambda row: row.hits, lambda row: row.lists),
                reactions_to_champion=pair and _reactions(*pair, comparisons=challengers),
                hits_to_champion=pair and _hits(*pair, comparisons=challengers),
            )
        )
    return tuple(found)


Pair = tuple[list[ServedRow], list[ServedRow]]
Counted = Callable[[ServedRow], int]


def _same_days(challenger: Sequence[ServedRow], champion: Sequence[ServedRow]) -> Pair:
    """The rows of days from which and until which both served: other weeks are other weather."""
    if not challenger or not champion:
        return [], []
    first = max(min(row.day for row in rows) for rows in (challenger, champion))
    last = min(max(row.day for row in rows) for rows in (challenger, champion))
    return (
        [row for row in challenger if first <= row.day <= last],
        [row for row in champion if first <= row.day <= last],
    )


def _reactions(
    challenger: list[ServedRow], champion: list[ServedRow], *, comparisons: int
) -> Difference:
    return difference(
        _by_viewer(challenger, lambda row: row.reactions, lambda row: row.impressions),
        _by_viewer(champion, lambda row: row.reactions, lambda row: row.impressions),
        least_viewers=LEAST_VIEWERS,
        least_trials=LEAST_IMPRESSIONS,
        comparisons=comparisons,
    )


def _hits(
    challenger: list[ServedRow], champion: list[ServedRow], *, comparisons: int
) -> Difference:
    return difference(
        _by_viewer(challenger, lambda row: row.hits, lambda row: row.lists),
        _by_viewer(champion, lambda row: row.hits, lambda row: row.lists),
        least_viewers=LEAST_VIEWERS,
        least_trials=LEAST_LISTS,
        comparisons=comparisons,
    )


def _by_viewer(rows: Sequence[ServedRow], hits: Counted, trials: Counted) -> ByViewer:
    """Sums per viewer; viewers without a trial say nothing."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums[row.viewer][0] += hits(row)
        sums[row.viewer][1] += trials(row)
    table = np.array([pair for pair in sums.values() if pair[1]], dtype=np.float64).reshape(-1, 2)
    return ByViewer(table[:, 0], table[:, 1])


def _rate(rows: Sequence[ServedRow], hits: Counted, trials: Counted) -> Rate:
    return rate(sum(map(hits, rows)), sum(map(trials, rows)))


def _shadowed(rows: Sequence[ShadowedRow]) -> tuple[ShadowStrategy, ...]:
    grouped: dict[tuple[str, str], list[ShadowedRow]] = defaultdict(list)
    for row in rows:
        grouped[row.strategy, row.served].append(row)
    found = []
    for (name, beside), own in sorted(grouped.items()):
        runs, failed = (sum(getattr(row, key) for row in own) for key in ("lists", "failed"))
        worked = runs - failed
        counts = np.array(
            [(r.hits, r.served_hits, r.lists - r.failed) for r in own if r.lists > r.failed],
            dtype=np.float64,
        ).reshape(-1, 3)
        overlap_10, overlap_20, biased = (
            sum(getattr(row, key) for row in own) / worked if worked else None
            for key in ("overlap_10", "overlap_20", "rank_biased_overlap")
        )
        found.append(
            ShadowStrategy(
                name,
                beside,
                runs,
                failed,
                overlap_10,
                overlap_20,
                biased,
                milliseconds=sum(row.milliseconds for row in own) / runs,
                later_hits=rate(sum(row.hits for row in own), worked),
                later_hits_of_served=rate(sum(row.served_hits for row in own), worked),
                hits_to_served=paired_difference(
                    counts[:, 0],
                    counts[:, 1],
                    counts[:, 2],
                    least_viewers=LEAST_VIEWERS,
                    least_trials=LEAST_LISTS,
                    comparisons=len(grouped),
                ),
            )
        )
    return tuple(found)
