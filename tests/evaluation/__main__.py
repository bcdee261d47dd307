"""`python -m tests.evaluation RATINGS`: the service beside classic recommenders on the same split.

RATINGS is a folder or zip in MovieLens' format. The catalogue is the one of DATABASE_URL or
DATA_DIR; it is copied, and the copy is dropped at the end.
"""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import orjson
from threadpoolctl import threadpool_limits

from api.errors import SeenEmAllError
from config.settings import Settings
from etl.neighbours.ratings_set import read_ratings
from tests.evaluation.catalogue import Titles, read_titles
from tests.evaluation.comparison import Plan, compare
from tests.evaluation.database import EvaluationRefused, copy_of_catalogue
from tests.evaluation.ratings import Ratings
from tests.evaluation.report import rendered
from tests.evaluation.splits import PROTOCOLS
from tests.evaluation.summary import summarised


def main() -> int:
    """Writes and prints the report; 1 when nothing could be measured or a list broke a rule."""
    asked = _arguments()
    try:
        settings = Settings.load()
        # One thread: sums in another order would differ in their last digits.
        with threadpool_limits(1), copy_of_catalogue(settings) as database:
            titles = read_titles(database)
            ratings = rated_titles(asked.ratings, titles)
            summaries = []
            for protocol in asked.protocol or ["per-viewer"]:
                plan = Plan(
                    protocol=protocol,
                    seed=asked.seed,
                    validation=asked.validation,
                    only=frozenset(asked.only or ()),
                    tuned=asked.tuned,
                    viewers=asked.viewers,
                )
                compared = compare(plan, ratings, titles, database, settings)
                summaries.append(summarised(compared, titles, asked.seed))
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    report = "\n".join(map(rendered, summaries))
    print(report)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "report.md").write_text(report, encoding="utf-8")
    results = orjson.dumps([asdict(one) for one in summaries], option=orjson.OPT_INDENT_2)
    (asked.out / "results.json").write_bytes(results)
    return 1 if any(one.violations for one in summaries) else 0


def rated_titles(path: Path, titles: Titles) -> Ratings:
    """The ratings of a set whose films the catalogue has.

    Raises EvaluationRefused when it has none of them.
    """
    given = read_ratings(path)
    rows = titles.films_of(given.tmdb_id)
    known = rows >= 0
    if not known.any():
        raise EvaluationRefused(f"The catalogue has none of the films that {path} rates.")
    films = len(np.unique(given.tmdb_id[known]))
    print(
        f"{known.sum():,} of {len(given):,} ratings are of {films:,} films of the catalogue, which "
        f"has {len(titles):,} titles.\n"
    )
    return Ratings(given.viewer[known], rows[known], given.rating[known], given.rated_at[known])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("ratings", type=Path)
    parser.add_argument("--protocol", action="append", choices=list(PROTOCOLS))
    parser.add_argument("--only", action="append", help="a recommender, by its name in the report")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("evaluation"))
    parser.add_argument("--tuned", type=Path, help="a file that keeps the settings of baselines")
    parser.add_argument("--validation", action="store_true", help="one split deeper, for tuning")
    parser.add_argument("--viewers", type=int, help="at most so many cases per group")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
