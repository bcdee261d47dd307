"""A summary as markdown."""

from collections.abc import Iterable, Sequence
from typing import Any

from tests.evaluation.ablation import Without
from tests.evaluation.bootstrap import Interval
from tests.evaluation.cold import ColdTitles
from tests.evaluation.day_one import DayOne
from tests.evaluation.folds import Pooled
from tests.evaluation.summary import Group, Summary
from tests.evaluation.tradeoff import Point


def rendered(summary: Summary) -> str:
    """Everything of one protocol."""
    lines = [
        f"## Protocol {summary.protocol}",
        "",
        f"{summary.ratings:,} ratings of {summary.viewers:,} viewers to learn from. "
        f"Violations in the lists of the service: {len(summary.violations)}.",
        *(f"- {line}" for line in summary.violations[:20]),
        "",
    ]
    for group in summary.groups:
        lines += _group(group)
    lines += _reach(summary)
    lines += _cost(summary)
    lines += _choices(summary)
    seconds = [(stage, f"{spent:.1f}") for stage, spent in summary.seconds.items()]
    lines += ["### Seconds of this run", "", *table(("stage", "seconds"), seconds), ""]
    return "\n".join(lines)


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """A markdown table; what is no text is written as it is."""
    return [
        f"| {' | '.join(header)} |",
        f"|{'|'.join('---' for _ in header)}|",
        *(f"| {' | '.join(map(str, row))} |" for row in rows),
    ]


def with_interval(interval: Interval, *, signed: bool = False) -> str:
    """The mean, and its interval in brackets."""
    sign = "+" if signed else ""
    return f"{interval.mean:{sign}.4f} [{interval.low:{sign}.4f}, {interval.high:{sign}.4f}]"


def _group(group: Group) -> list[str]:
    title = f"### {group.name}: {group.cases} viewers" if group.name else f"{group.cases} viewers"
    header = (
        "recommender",
        "NDCG@10",
        "Recall@20",
        "MRR",
        "titles in the first 10",
        "of the catalogue",
        "novelty, bits",
        "variety",
        "Gini",
        "below popularity",
    )
    rows = [
        (
            name,
            with_interval(one.ndcg),
            with_interval(one.recall),
            f"{one.reciprocal_rank.mean:.4f}",
            one.breadth.titles,
            f"{one.breadth.coverage:.2%}",
            f"{one.breadth.novelty:.2f}",
            f"{one.breadth.variety:.4f}",
            f"{one.breadth.gini:.4f}",
            "" if one.below_popularity is None else f"{one.below_popularity:.1%}",
        )
        for name, one in group.figures.items()
    ]
    lines = [title, "", *table(header, rows), ""]
    for own, others in group.differences.items():
        columns = (f"{own} minus", "NDCG@10", "of the other's", "Recall@20", "of the other's")
        differences = []
        for other, one in others.items():
            theirs = group.figures[other]
            differences.append(
                (
                    other,
                    with_interval(one.ndcg, signed=True),
                    _relative(one.ndcg.mean, theirs.ndcg.mean),
                    with_interval(one.recall, signed=True),
                    _relative(one.recall.mean, theirs.recall.mean),
                )
            )
        lines += [*table(columns, differences), ""]
    return lines + _slices(group)


def _slices(group: Group) -> list[str]:
    if not group.slices:
        return []
    names = list(group.slices[0].ndcg)
    rows = [
        (one.kind, one.name, one.cases, *(f"{one.ndcg[name]:.4f}" for name in names))
        for one in group.slices
    ]
    return [*table(("NDCG@10 by", "slice", "viewers", *names), rows), ""]


def _reach(summary: Summary) -> list[str]:
    total = summary.reach.titles
    rows = [
        (name, count, f"{count / max(total, 1):.2%}")
        for name, count in summary.reach.reached.items()
    ]
    return [
        f"### Titles that nobody rated: {total:,}",
        "",
        *table(("recommender", "in any list of 100", "share"), rows),
        "",
    ]


def _cost(summary: Summary) -> list[str]:
    if not summary.cost:
        return []
    components = dict.fromkeys(name for cost in summary.cost.values() for name in cost.components)
    rows = [
        ("request, p50", *(f"{cost.median:.2f}" for cost in summary.cost.values())),
        ("request, p95", *(f"{cost.p95:.2f}" for cost in summary.cost.values())),
    ]
    rows += [
        (name, *(f"{cost.components.get(name, 0):.2f}" for cost in summary.cost.values()))
        for name in components
    ]
    return [
        "### Milliseconds of a request",
        "",
        *table(("p50 of", *summary.cost), rows),
        "",
        f"Training: {summary.training}",
        "",
    ]


def _choices(summary: Summary) -> list[str]:
    rows = [
        (group, name, ", ".join(f"{key} {value}" for key, value in settings.items()))
        for group, chosen in summary.chosen.items()
        for name, settings in chosen.items()
    ]
    if not rows:
        return []
    header = ("group", "recommender", "settings chosen on the validation split")
    return ["### Settings", "", *table(header, rows), ""]


def _relative(difference: float, theirs: float) -> str:
    return f"{difference / theirs:+.1%}" if theirs else ""


def of_ablation(without: Sequence[Without]) -> str:
    """What leaving each part out costs."""
    rows = [
        (one.part, with_interval(one.ndcg, signed=True), with_interval(one.recall, signed=True))
        for one in without
    ]
    header = ("without", "NDCG@10", "Recall@20")
    return "\n".join(["### One part left out, minus the whole", "", *table(header, rows), ""])


def of_trade_off(points: Sequence[Point]) -> str:
    """Quality and variety by lambda."""
    rows = [
        (
            f"{one.mmr_lambda:g}",
            f"{one.ndcg:.4f}",
            f"{one.recall:.4f}",
            f"{one.variety:.4f}",
            f"{one.coverage:.2%}",
            f"{one.novelty:.2f}",
        )
        for one in points
    ]
    header = ("lambda", "NDCG@10", "Recall@20", "variety", "of the catalogue", "novelty, bits")
    return "\n".join(["### Quality against variety", "", *table(header, rows), ""])


def of_day_one(found: DayOne) -> str:
    """How households fare that are alone in their database."""
    rows = [(name, with_interval(interval)) for name, interval in found.ndcg.items()]
    return "\n".join(
        [
            f"### Day one: {found.viewers} households, each alone in its database",
            "",
            *table(("the service", "NDCG@10"), rows),
            "",
        ]
    )


def of_folds(pooled: Sequence[Pooled]) -> str:
    """Every viewer once a stranger."""
    lines = ["### Every viewer once a stranger", ""]
    for one in pooled:
        rows = [
            (
                name,
                with_interval(ndcg),
                with_interval(one.recall[name]),
                with_interval(one.ahead[name], signed=True) if name in one.ahead else "",
                _relative(one.ahead[name].mean, ndcg.mean) if name in one.ahead else "",
            )
            for name, ndcg in one.ndcg.items()
        ]
        header = (
            f"{one.group}: {one.cases} viewers",
            "NDCG@10",
            "Recall@20",
            "ours minus it, NDCG@10",
            "of its",
        )
        lines += [*table(header, rows), ""]
    return "\n".join(lines)


def of_cold_titles(cold: ColdTitles) -> str:
    """How hidden titles fare."""
    rows = [
        (name, with_interval(cold.auc[name]) if name in cold.auc else "0.5", with_interval(gain))
        for name, gain in cold.ndcg.items()
    ]
    return "\n".join(
        [
            f"### {cold.hidden} titles hidden from training, {cold.viewers} viewers who like some",
            "",
            *table(("among the hidden titles alone", "AUC", "NDCG@10"), rows),
            "",
            f"Over the whole catalogue {cold.reached} of them are in some list's first 100, and "
            f"{cold.found} of {cold.liked} likings are found there.",
            "",
        ]
    )
