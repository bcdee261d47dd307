"""The tables of `seenemall strategies`."""

from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table

from api.experiments.promotions import Promotion
from api.experiments.rates import Difference, Rate
from api.experiments.replay import Replayed
from api.experiments.strategy_report import Report
from api.platform.counted import counted
from config.strategy_files import StrategyFile


def strategies_table(strategies: Iterable[StrategyFile], champion: str) -> Table:
    """A row per strategy; the champion is marked."""
    table = _table("strategy", "", "share", "shadow", "about")
    for strategy in strategies:
        table.add_row(
            strategy.name,
            "champion" if strategy.name == champion else "",
            f"{strategy.share:.1%}",
            f"{strategy.shadow_share:.1%}",
            strategy.about,
        )
    return table


def promotions_table(promotions: Sequence[Promotion]) -> Table:
    """The newest first."""
    table = _table("promoted", "by", "at")
    for one in promotions:
        table.add_row(one.strategy, one.promoted_by, f"{one.promoted_at:%Y-%m-%d %H:%M %Z}")
    return table


def served_table(report: Report) -> Table:
    """A row per strategy that served, with its difference to the champion."""
    table = _table(
        "strategy",
        "lists",
        "viewers",
        "impressions",
        "clicks",
        "likes",
        "completes",
        "later hits",
        "reactions to champion",
        "hits to champion",
    )
    for one in report.strategies:
        name = f"{one.name} (champion)" if one.is_champion else one.name
        if one.configurations > 1:
            name += f", {one.configurations} configurations"
        table.add_row(
            name,
            f"{one.lists:,}",
            f"{one.viewers:,}",
            f"{one.impressions:,}",
            *(_rate(rate) for rate in (one.clicks, one.likes, one.completes, one.later_hits)),
            _difference(one.reactions_to_champion),
            _difference(one.hits_to_champion),
        )
    return table


def shadow_table(report: Report) -> Table:
    """A row per strategy that ran unseen, and the one it ran beside."""
    table = _table(
        "shadow",
        "beside",
        "runs",
        "failed",
        "overlap@10",
        "overlap@20",
        "rank-biased",
        "ms",
        "later hits",
        "of served",
        "hits to served",
    )
    for one in report.shadows:
        table.add_row(
            one.name,
            one.beside,
            f"{one.runs:,}",
            f"{one.failed:,}",
            *(
                "-" if value is None else f"{value:.3f}"
                for value in (one.overlap_10, one.overlap_20, one.rank_biased_overlap)
            ),
            f"{one.milliseconds:.1f}",
            _rate(one.later_hits),
            _rate(one.later_hits_of_served),
            _difference(one.hits_to_served),
        )
    return table


def replay_lines(replayed: Replayed) -> Iterator[str]:
    """What became of a replay, a line each."""
    served = (
        f"{replayed.strategy}, {counted(replayed.places, 'place')}, "
        f"{replayed.created_at:%Y-%m-%d %H:%M:%S %Z}"
    )
    if replayed.identical:
        yield f"identical: {served}"
        return
    yield f"different: {served}"
    if replayed.first is None:
        yield "The titles and their order are the same, the scores are not."
    else:
        first = replayed.first
        yield (
            f"{counted(replayed.differing, 'place differs', 'places differ')}, "
            f"the first is {first.place}: item {first.then or 'none'} then, "
            f"{first.now or 'none'} now."
        )
        if replayed.same_titles:
            yield "The titles are the same in another order."
        yield (
            f"overlap@20 {replayed.overlap_20:.3f}, "
            f"rank-biased overlap {replayed.rank_biased_overlap:.3f}"
        )
    yield from replayed.reasons


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading)
    return table


def _rate(rate: Rate) -> str:
    if rate.share is None:
        return "-"
    return f"{rate.hits:,} = {rate.share:.1%} ({rate.low:.1%} to {rate.high:.1%})"


def _difference(found: Difference | None) -> str:
    if found is None:
        return "-"
    if found.value is None:
        return found.finding
    return f"{found.finding}: {found.value:+.2%} ({found.low:+.2%} to {found.high:+.2%})"
