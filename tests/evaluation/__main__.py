"""`python -m tests.evaluation RATINGS`: the service beside classic recommenders on the same split.

RATINGS is a folder or zip in MovieLens' format. The catalogue is the one of DATABASE_URL or
DATA_DIR; it is copied, and the copy is dropped at the end.
"""

import argparse
import sys
from pathlib import Path

from threadpoolctl import threadpool_limits

from api.platform.errors import SeenEmAllError
from config.settings import Settings
from tests.evaluation.comparison import Plan
from tests.evaluation.database import copy_of_catalogue
from tests.evaluation.run import EXTRAS, Evaluation, evaluate
from tests.evaluation.splits import PROTOCOLS


def main() -> int:
    """Writes and prints the report; 1 when nothing could be measured or a list broke a rule."""
    asked = _arguments()
    plans = [
        Plan(
            protocol=protocol,
            seed=asked.seed,
            validation=asked.validation,
            only=frozenset(asked.only or ()),
            tuned=asked.tuned,
            viewers=asked.viewers,
            released=asked.released,
        )
        for protocol in asked.protocol or ["per-viewer"]
    ]
    evaluation = Evaluation(asked.ratings, plans, frozenset(asked.also or ()), asked.out)
    try:
        settings = Settings.load()
        # One thread: sums in another order would differ in their last digits.
        with threadpool_limits(1), copy_of_catalogue(settings) as database:
            report, breaches = evaluate(evaluation, database, settings)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    print(report)
    return 1 if breaches else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("ratings", type=Path)
    parser.add_argument("--protocol", action="append", choices=list(PROTOCOLS))
    parser.add_argument("--also", action="append", choices=EXTRAS)
    parser.add_argument("--only", action="append", help="a recommender, by its name in the report")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("evaluation"))
    parser.add_argument("--tuned", type=Path, help="a file that keeps the settings of baselines")
    parser.add_argument("--validation", action="store_true", help="one split deeper, for tuning")
    parser.add_argument(
        "--released", action="store_true", help="keep everyone to what was out by then"
    )
    parser.add_argument("--viewers", type=int, help="at most so many cases per group")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
