"""`python -m tests.quality.predictions RATINGS`: how far predictions come true.

The `neighbours` job learns from the first four fifths of everybody's ratings, in a copy of the
catalogue of DATABASE_URL or DATA_DIR; the use case of GET /users/{user_id}/predictions is asked
about the last fifth, fifty titles at a time. The bias of viewers and titles alone is beside it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.load_facts import load_facts
from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from api.catalogue.limits.shown_titles import ShownTitles
from api.catalogue.published.publish import FEWEST_TITLES
from api.catalogue.similarity.read_similarity import read_similarity
from api.domain.limits import NO_LIMITS
from api.http.wiring import utc_now
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.platform.resident import Resident
from api.viewers.events import ProfileKey
from api.viewers.predictions.predictions import Prediction, Predictions
from api.viewers.predictions.predictor import Predictor
from config.settings import Settings
from etl.neighbours.build import build_neighbours
from tests.doubles.jobs import run
from tests.evaluation.catalogue import Titles, read_titles
from tests.evaluation.database import copy_of_catalogue, write_viewers
from tests.evaluation.ratings import LIKED_STARS, Ratings
from tests.evaluation.run import read_known
from tests.evaluation.splits import FEWEST_RATINGS
from tests.quality.similar import auc

_AT_ONCE = 50
_STARS = 2  # points a star
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


def ask(database: Database, titles: Titles, settings: Settings, later: Ratings) -> Answers:
    """Every held-back rating that is answered with numbers."""
    similarity = Resident("similarity", partial(read_similarity, database))
    facts = ResidentCatalogue(
        lambda: load_facts(database, utc_now(), trend=settings.ranking.trend), large=FEWEST_TITLES
    )
    predictor = Predictor(database, similarity)
    predictions = Predictions(database, facts, predictor, ShownTitles(database), utc_now)
    rows = [
        row
        for viewer, own in later.by_viewer().items()
        for row in _of(predictions, titles, viewer, own)
    ]
    columns = zip(*rows, strict=True)
    return Answers(*(np.array(column) for column in columns))


def _of(
    predictions: Predictions, titles: Titles, viewer: int, own: Ratings
) -> Iterator[tuple[float, ...]]:
    ids = titles.ids[own.title].tolist()
    stars = dict(zip(ids, own.stars.tolist(), strict=True))
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        told = predictions.of(ProfileKey(f"viewer {viewer}", None), [*map(str, some)], NO_LIMITS)
        for one in told.predictions:
            if one.interval is not None:
                yield viewer, told.opinions, *_numbers(one), stars[one.item.id]


def _numbers(one: Prediction) -> tuple[float, float, float, float]:
    assert one.probability is not None
    assert one.rating is not None
    assert one.interval is not None
    return (
        one.probability,
        one.rating / _STARS,
        one.interval.low / _STARS,
        one.interval.high / _STARS,
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
    inside = (answers.low <= answers.stars) & (answers.stars <= answers.high)
    viewers = np.unique(answers.viewer, return_inverse=True)[1]
    covered = np.bincount(viewers, inside) / np.bincount(viewers)
    return (
        f"{len(off):6} RMSE {np.sqrt((off**2).mean()):.3f} MAE {np.abs(off).mean():.3f} "
        f"AUC {auc(answers.probability.astype(np.float32), liked):.3f} "
        f"calibration error {calibration_error(answers.probability, liked):.3f} "
        f"inside {inside.mean():.3f} of {(answers.high - answers.low).mean():.2f} stars, "
        f"viewers below .6: {(covered < 0.6).mean():.3f}"
    )


def calibration_error(probability: _Column, liked: NDArray[np.bool_]) -> float:
    """How far tenths of the scale are from what came true, weighed by how many fall there."""
    tenth = np.minimum((probability * 10).astype(int), 9)
    gaps = np.bincount(tenth, probability - liked, 10)
    return float(np.abs(gaps).sum() / len(probability))


def _print(path: Path, settings: Settings, database: Database) -> None:
    titles = read_titles(database)
    ratings, said = read_known(path, titles)
    early, later = split(ratings)
    print(said, flush=True)
    write_viewers(database, titles, early)
    run(database, build_neighbours, job="neighbours")
    answers = ask(database, titles, settings, later)
    print(f"{len(later) - len(answers.stars)} of {len(later)} ratings are answered without numbers")
    off, liked = bias_alone(early, later) - later.stars, later.liked
    print(
        f"bias alone  {len(off):6} RMSE {np.sqrt((off**2).mean()):.3f} "
        f"MAE {np.abs(off).mean():.3f} AUC {auc((off + later.stars).astype(np.float32), liked):.3f}"
    )
    print(f"predictions {told(answers)}")
    for name, least, most in (("few", 0, 20), ("some", 20, 100), ("many", 100, 10**6)):
        which = (answers.support >= least) & (answers.support < most)
        print(f"  {name:9} {told(answers.keep(which))}" if which.any() else f"  {name}: nobody")
    liked_answers = answers.stars >= LIKED_STARS
    for tenth in range(10):
        which = np.minimum((answers.probability * 10).astype(int), 9) == tenth
        if which.any():
            print(
                f"  said {answers.probability[which].mean():.2f} came true "
                f"{liked_answers[which].mean():.2f} ({which.sum()})"
            )


def main() -> int:
    """Prints the figures; 1 when nothing can be measured."""
    if len(sys.argv) < 2:
        sys.stderr.write("Which ratings? python -m tests.quality.predictions RATINGS\n")
        return 1
    settings = Settings.load()
    try:
        with copy_of_catalogue(settings) as database:
            _print(Path(sys.argv[1]), settings, database)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
