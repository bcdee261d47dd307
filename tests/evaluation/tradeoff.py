"""Quality against variety as MMR's lambda moves: a table, and a plot of it."""

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from api.platform.database import Database
from config.settings import Settings
from tests.evaluation import ours
from tests.evaluation.catalogue import Titles
from tests.evaluation.metrics import breadth, per_viewer
from tests.evaluation.ours import Variant
from tests.evaluation.ratings import Training
from tests.evaluation.splits import Case

_LAMBDAS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.3, 0.0)


@dataclass(frozen=True, slots=True)
class Point:
    """What one lambda gives."""

    mmr_lambda: float
    ndcg: float
    recall: float
    variety: float
    coverage: float
    novelty: float


def trade_off(
    settings: Settings,
    database: Database,
    titles: Titles,
    training: Training,
    cases: Sequence[Case],
) -> list[Point]:
    """The diversified lists under each lambda, from relevance alone to variety alone."""
    points = []
    for value in _LAMBDAS:
        varied = Settings.load({**settings.model_dump(), "mmr_lambda": value})
        with ours.serving(varied, database) as recommender:
            variant = Variant("varied", diversify=True)
            answers = ours.ask(recommender, titles, cases, [variant])[variant.name]
        measured = per_viewer(answers.lists, [case.relevant for case in cases])
        shown = breadth(
            answers.lists,
            training.popularity(),
            len(set(training.ratings.viewer.tolist())),
            titles.vectors,
        )
        points.append(
            Point(
                value,
                float(measured.ndcg.mean()),
                float(measured.recall.mean()),
                shown.variety,
                shown.coverage,
                shown.novelty,
            )
        )
    return points


def write_csv(points: Sequence[Point], path: Path) -> None:
    """One line per lambda."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([one.name for one in fields(Point)])
        writer.writerows(astuple(point) for point in points)


def draw(points: Sequence[Point], path: Path) -> None:
    """NDCG over variety, a dot per lambda, as PNG. The same points give the same bytes."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5), dpi=120)
    axes.plot([one.variety for one in points], [one.ndcg for one in points], marker="o")
    for one in points:
        axes.annotate(
            f"{one.mmr_lambda:g}",
            (one.variety, one.ndcg),
            textcoords="offset points",
            xytext=(4, 6),
            fontsize=8,
        )
    axes.set_xlabel("variety: 1 - mean cosine of two titles of the first 10")
    axes.set_ylabel("NDCG@10")
    axes.set_title("Quality against variety, by MMR's lambda")
    axes.grid(alpha=0.3)
    figure.tight_layout()
    # Without the version of the library in it, which is all that could change.
    figure.savefig(path, metadata={"Software": None})
    pyplot.close(figure)
