"""`python -m tests.quality.predictions RATINGS [PLOT]`: how far predictions come true.

The `neighbours` job learns from the first four fifths of everybody's ratings, in a copy of the
catalogue of DATABASE_URL or DATA_DIR; a service on the copy is asked over HTTP about the last
fifth, fifty titles at a time. The bias of viewers and titles alone is beside it. With PLOT, a PNG
file, what was said is drawn beside what came true, and how often intervals held.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx2
import numpy as np
from numpy.typing import NDArray

from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from config.settings import Settings
from etl.neighbours.build import build_neighbours
from tests.acceptance.conftest import serving
from tests.doubles.jobs import run
from tests.evaluation.catalogue import Titles, read_titles
from tests.evaluation.database import copy_of_catalogue, write_viewers
from tests.evaluation.ratings import LIKED_STARS, Ratings
from tests.evaluation.run import read_known
from tests.evaluation.splits import FEWEST_RATINGS
from tests.quality.similar import auc

_AT_ONCE = 50
_STARS = 2  # points a star
_WANTED = 0.8  # of the ratings, inside their intervals
_BIAS_PRIOR = 5
_Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """One row for each held-back rating that was answered; stars."""

    viewer: NDArray[np.int64]
    support: NDArray[np.int64]  # opinions of the viewer
    probability: _Column
    rating: _Column
    low: _Column
    high: _Column
    stars: _Column

    def keep(self, which: NDArray[np.bool_]) -> "Answers":
        """Those alone."""
        return Answers(*(getattr(self, name)[which] for name in self.__slots__))


def split(ratings: Ratings) -> tuple[Ratings, Ratings]:
    """The first four fifths of each viewer's ratings, and the last; chance orders one second."""
    chance = np.random.default_rng(1)
    order = np.lexsort((chance.permutation(len(ratings)), ratings.at, ratings.viewer))
    ratings = ratings.keep(order)
    counts = np.bincount(ratings.viewer)
    place = np.arange(len(ratings)) - (np.cumsum(counts) - counts)[ratings.viewer]
    own = counts[ratings.viewer]
    early = (place < own * 4 // 5) | (own < FEWEST_RATINGS)
    return ratings.keep(early), ratings.keep(~early)


def ask(client: httpx2.Client, titles: Titles, later: Ratings) -> tuple[Answers, Counter[str]]:
    """Every held-back rating that is answered with numbers, and what the others lack."""
    lacking: Counter[str] = Counter()
    rows = [
        row
        for viewer, own in later.by_viewer().items()
        for row in _of(client, titles, viewer, own, lacking)
    ]
    columns = zip(*rows, strict=True)
    return Answers(*(np.array(column) for column in columns)), lacking


def _of(
    client: httpx2.Client, titles: Titles, viewer: int, own: Ratings, lacking: Counter[str]
) -> Iterator[tuple[float, ...]]:
    ids = titles.ids[own.title].tolist()
    stars = dict(zip(ids, own.stars.tolist(), strict=True))
    path = f"/users/{quote(f'viewer {viewer}')}/predictions"
    for first in range(0, len(ids), _AT_ONCE):
        items = ",".join(map(str, ids[first : first + _AT_ONCE]))
        told = client.get(path, params={"items": items}).raise_for_status().json()
        for one in told["predictions"]:
            if one["not_enough_data"] is not None:
                lacking[one["not_enough_data"]["missing"]] += 1
            else:
                numbers = (one["rating"], one["interval"]["low"], one["interval"]["high"])
                in_stars = (number / _STARS for number in numbers)
                yield (
                    viewer,
                    told["opinions"],
                    one["probability"],
                    *in_stars,
                    stars[one["item"]["id"]],
                )


def bias_alone(early: Ratings, later: Ratings) -> _Column:
    """Mean, viewer and title, each shrunk as by five ratings more."""
    mean = float(early.stars.mean())
    titles, viewers = int(max(early.title.max(), later.title.max())) + 1, len(early.viewer)
    above = early.stars - mean
    counts = np.bincount(early.title, minlength=titles)
    of_title = np.bincount(early.title, above, titles) / (counts + _BIAS_PRIOR)
    above = above - of_title[early.title]
    counts = np.bincount(early.viewer, minlength=viewers)
    of_viewer = np.bincount(early.viewer, above, viewers) / (counts + _BIAS_PRIOR)
    expected: _Column = (mean + of_title[later.title] + of_viewer[later.viewer]).clip(0.5, 5)
    return expected


def told(answers: Answers) -> str:
    """The figures of these answers."""
    off, liked = answers.rating - answers.stars, answers.stars >= LIKED_STARS
    covered = covered_by_viewer(answers)
    return (
        f"{len(off):6} RMSE {np.sqrt((off**2).mean()):.3f} MAE {np.abs(off).mean():.3f} "
        f"AUC {auc(answers.probability.astype(np.float32), liked):.3f} "
        f"calibration error {calibration_error(answers.probability, liked):.3f} "
        f"inside {_inside(answers):.3f} of {(answers.high - answers.low).mean():.2f} stars, "
        f"viewers below .6: {(covered < 0.6).mean():.3f}"
    )


def calibration_error(probability: _Column, liked: NDArray[np.bool_]) -> float:
    """How far tenths of the scale are from what came true, weighed by how many fall there."""
    tenth = np.minimum((probability * 10).astype(int), 9)
    gaps = np.bincount(tenth, probability - liked, 10)
    return float(np.abs(gaps).sum() / len(probability))


def calibration(probability: _Column, liked: NDArray[np.bool_]) -> tuple[_Column, _Column]:
    """Of each tenth of the scale in which any fall: what was said on average, what came true."""
    tenth = np.minimum((probability * 10).astype(int), 9)
    counts = np.bincount(tenth, minlength=10)
    there = counts > 0
    said, true = (
        np.bincount(tenth, one, 10)[there] / counts[there] for one in (probability, liked)
    )
    return said, true


def covered_by_viewer(answers: Answers) -> _Column:
    """Of each viewer's ratings the share inside their intervals, rising."""
    inside = (answers.low <= answers.stars) & (answers.stars <= answers.high)
    viewers = np.unique(answers.viewer, return_inverse=True)[1]
    shares: _Column = np.sort(np.bincount(viewers, inside) / np.bincount(viewers))
    return shares


def by_support(answers: Answers) -> dict[str, NDArray[np.bool_]]:
    """Which answers rest on few, some and many opinions of their viewer, as the API names it."""
    bounds = {"few": (0, 20), "some": (20, 100), "many": (100, 10**6)}
    return {
        name: (answers.support >= least) & (answers.support < most)
        for name, (least, most) in bounds.items()
    }


def draw(answers: Answers, without_numbers: int, path: Path) -> None:
    """What was said beside what came true, by support, and how often the intervals held.

    The same answers give the same bytes.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, (said, held) = pyplot.subplots(1, 2, figsize=(10, 4.5), dpi=100)
    said.plot([0, 1], [0, 1], color="grey", linewidth=1)
    everybody = np.ones(len(answers.stars), dtype=np.bool_)
    for name, which in {"all": everybody, **by_support(answers)}.items():
        if which.any():
            own = answers.keep(which)
            told, came_true = calibration(own.probability, own.stars >= LIKED_STARS)
            said.plot(told, came_true, marker="o", label=f"{name} ({which.sum():,})")
            shares = covered_by_viewer(own)
            label = f"{name}: {_inside(own):.3f} of all ratings"
            held.plot(np.linspace(0, 1, len(shares)), shares, label=label)
    said.set_xlabel("said: the probability of 4 stars and more, by tenths")
    said.set_ylabel("came true")
    said.set_title(f"{len(answers.stars):,} predictions, {without_numbers:,} abstentions")
    held.axhline(_WANTED, color="grey", linewidth=1)
    held.set_xlabel("viewers, from the one whose intervals held least")
    held.set_ylabel("share of their ratings inside the 80 % interval")
    held.set_title("Intervals")
    for axes in (said, held):
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
    figure.tight_layout()
    # Without the version of the library in it, which is all that could change.
    figure.savefig(path, metadata={"Software": None})
    pyplot.close(figure)


def _inside(answers: Answers) -> float:
    return float(((answers.low <= answers.stars) & (answers.stars <= answers.high)).mean())


def _print(path: Path, plot: Path | None, settings: Settings, database: Database) -> None:
    titles = read_titles(database)
    ratings, said = read_known(path, titles)
    early, later = split(ratings)
    print(said, flush=True)
    write_viewers(database, titles, early)
    run(database, build_neighbours, job="neighbours")
    with serving(database, settings.data_dir) as service:
        answers, lacking = ask(service.http, titles, later)
    print(
        f"{lacking.total()} of {len(later)} ratings are answered without numbers for want of "
        f"{', '.join(f'{name} ({count})' for name, count in lacking.most_common())}"
    )
    off, liked = bias_alone(early, later) - later.stars, later.liked
    print(
        f"bias alone  {len(off):6} RMSE {np.sqrt((off**2).mean()):.3f} "
        f"MAE {np.abs(off).mean():.3f} AUC {auc((off + later.stars).astype(np.float32), liked):.3f}"
    )
    print(f"predictions {told(answers)}")
    for name, which in by_support(answers).items():
        print(f"  {name:9} {told(answers.keep(which))}" if which.any() else f"  {name}: nobody")
    for told_so, came_true in zip(
        *calibration(answers.probability, answers.stars >= LIKED_STARS), strict=True
    ):
        print(f"  said {told_so:.2f} came true {came_true:.2f}")
    if plot is not None:
        draw(answers, lacking.total(), plot)


def main() -> int:
    """Prints the figures; 1 when nothing can be measured."""
    if len(sys.argv) < 2:
        sys.stderr.write("Which ratings? python -m tests.quality.predictions RATINGS [PLOT]\n")
        return 1
    settings = Settings.load()
    try:
        with copy_of_catalogue(settings) as database:
            plot = Path(sys.argv[2]) if len(sys.argv) > 2 else None
            _print(Path(sys.argv[1]), plot, settings, database)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
