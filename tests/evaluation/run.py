"""A whole run: the protocols, what is asked beside them, and the files that come out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from api.platform.database import Database
from config.settings import Settings
from etl.neighbours.ratings_set import read_ratings
from tests.evaluation import ours, report
from tests.evaluation.ablation import ablated
from tests.evaluation.catalogue import Titles, read_titles
from tests.evaluation.cold import cold_titles
from tests.evaluation.comparison import Compared, Plan, compare
from tests.evaluation.database import EvaluationRefused
from tests.evaluation.day_one import day_one
from tests.evaluation.folds import in_all_folds
from tests.evaluation.ratings import Ratings
from tests.evaluation.summary import summarised
from tests.evaluation.tradeoff import draw, trade_off, write_csv
from tests.evaluation.under_rules import violations_under_rules

ABLATION, TRADE_OFF, DAY_ONE, COLD = "ablation", "trade-off", "day-one", "cold"
ALL_FOLDS = "folds"
EXTRAS = (ABLATION, TRADE_OFF, DAY_ONE, COLD, ALL_FOLDS)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What to measure, and where the results go."""

    ratings: Path
    plans: Sequence[Plan]
    extras: frozenset[str]
    out: Path


def evaluate(evaluation: Evaluation, database: Database, settings: Settings) -> tuple[str, int]:
    """The report, and how many breaches of rules there were; both are in `out` as files too.

    `database` is filled with viewers and is the evaluation's own.
    """
    titles = read_titles(database)
    ratings, read = read_known(evaluation.ratings, titles)
    parts, results, breaches = [f"# Evaluation\n\n{read}\n"], [], 0
    evaluation.out.mkdir(parents=True, exist_ok=True)
    for plan in evaluation.plans:
        compared = compare(plan, ratings, titles, database, settings)
        if compared.answers:
            with compared.timing("ours: under rules"):
                compared.violations += violations_under_rules(
                    settings, database, titles, compared.cases
                )
        extras, told = _extras(evaluation, plan, compared, titles, ratings, database, settings)
        summary = summarised(compared, titles, plan.seed)
        breaches += len(summary.violations)
        parts += [report.rendered(summary), *told]
        results.append(asdict(summary) | extras)
    text = "\n".join(parts)
    (evaluation.out / "report.md").write_text(text, encoding="utf-8")
    (evaluation.out / "results.json").write_bytes(orjson.dumps(results, option=orjson.OPT_INDENT_2))
    return text, breaches


def _extras(
    evaluation: Evaluation,
    plan: Plan,
    compared: Compared,
    titles: Titles,
    ratings: Ratings,
    database: Database,
    settings: Settings,
) -> tuple[dict[str, Any], list[str]]:
    """What else was asked for, as results and as text. The last three train anew."""
    results: dict[str, Any] = {}
    told: list[str] = []
    if not compared.answers:
        return results, told
    if ABLATION in evaluation.extras:
        with compared.timing(ABLATION), ours.serving(settings, database) as runs:
            without = ablated(runs, titles, compared.cases, plan.seed)
        results[ABLATION] = [asdict(one) for one in without]
        told.append(report.of_ablation(without))
    if TRADE_OFF in evaluation.extras:
        with compared.timing(TRADE_OFF):
            points = trade_off(settings, database, titles, compared.training, compared.cases)
        results[TRADE_OFF] = [asdict(one) for one in points]
        told.append(report.of_trade_off(points))
        write_csv(points, evaluation.out / f"trade-off-{plan.protocol}.csv")
        draw(points, evaluation.out / f"trade-off-{plan.protocol}.png")
    if DAY_ONE in evaluation.extras and plan.protocol == "per-viewer":
        with compared.timing(DAY_ONE):
            first = day_one(settings, database, titles, compared, plan.seed)
        results[DAY_ONE] = asdict(first)
        told.append(report.of_day_one(first))
    if COLD in evaluation.extras:
        with compared.timing(COLD):
            cold = cold_titles(settings, database, titles, ratings, plan.seed)
        results[COLD] = asdict(cold)
        told.append(report.of_cold_titles(cold))
    if ALL_FOLDS in evaluation.extras and plan.protocol == "held-out":
        with compared.timing(ALL_FOLDS):
            pooled = in_all_folds(plan, compared, ratings, titles, database, settings)
        results[ALL_FOLDS] = [asdict(one) for one in pooled]
        told.append(report.of_folds(pooled))
    return results, told


def read_known(path: Path, titles: Titles) -> tuple[Ratings, str]:
    """The ratings of films that the catalogue has, and a sentence on how many those are."""
    given = read_ratings(path)
    rows = titles.films_of(given.tmdb_id)
    known = rows >= 0
    if not known.any():
        raise EvaluationRefused(f"The catalogue has none of the films that {path} rates.")
    films = len(np.unique(given.tmdb_id[known]))
    said = (
        f"{known.sum():,} of {len(given):,} ratings are of {films:,} films of the catalogue, which "
        f"has {len(titles):,} titles."
    )
    return Ratings(
        given.viewer[known], rows[known], given.rating[known], given.rated_at[known]
    ), said
