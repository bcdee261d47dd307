"""`python -m tests.quality.group ml-latest-small.zip [GROUPS]`: one list for simulated groups.

Groups of two and four viewers, drawn at random, alike or unalike, are given ten titles by each way
in which POST /recommend/group makes one order of several. What each liked in the last fifth of
their ratings is relevant to them; what any of them rated before is no candidate.
"""

import csv
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.random import Generator
from scipy import sparse
from scipy.stats import rankdata

from api.domain.arrays import Floats, Ints
from api.recommend.group.fused import joint_scores
from api.recommend.request import Fairness
from etl.neighbours.co_liking import co_liking
from tests.evaluation.metrics import ndcg
from tests.evaluation.ratings import Ratings
from tests.evaluation.splits import per_viewer

_FIRST = 10
_SIZES = (2, 4)
_DRAWN = ("at random", "alike", "unalike")
_FEWEST_RATINGS = 5  # of a title; fewer leave nothing to learn


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Viewers by titles: what is predicted, what was rated before, and what was liked later."""

    scores: Floats
    rated: Floats  # 1 for rated
    liked_later: Sequence[Ints]
    alike: Floats  # viewers by viewers, cosine of what they liked


def read_ratings(path: Path) -> Ratings:
    """The ratings of a MovieLens archive; raises OSError, KeyError, BadZipFile or ValueError."""
    with ZipFile(path) as archive:
        name = next((one for one in archive.namelist() if one.endswith("ratings.csv")), "")
        with archive.open(name) as file:
            rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8")))
    columns = [
        np.array([float(row[name]) for row in rows])
        for name in ("userId", "movieId", "rating", "timestamp")
    ]
    title, counts = np.unique(columns[1], return_inverse=True, return_counts=True)[1:]
    known = counts[title] >= _FEWEST_RATINGS
    place = np.cumsum(counts >= _FEWEST_RATINGS) - 1
    viewer = np.unique(columns[0], return_inverse=True)[1]
    return Ratings(
        viewer[known].astype(np.int32),
        place[title[known]].astype(np.int32),
        columns[2][known].astype(np.float32),
        columns[3][known].astype(np.int64),
    )


def crowd_of(ratings: Ratings) -> Crowd:
    """What the first four fifths of everybody's ratings predict, and what came of it."""
    split = per_viewer(ratings, np.random.default_rng(1))
    cases = sorted(split.cases, key=lambda case: case.viewer)
    shape = (int(ratings.viewer.max()) + 1, int(ratings.title.max()) + 1)
    train = split.train
    rated = sparse.csr_array((np.ones(len(train)), (train.viewer, train.title)), shape=shape)
    likes = train.keep(train.liked)
    liked = sparse.csr_array((np.ones(len(likes)), (likes.viewer, likes.title)), shape=shape)
    tested = [case.viewer for case in cases]
    own = liked.astype(np.float32).toarray()[tested]
    length = np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1)
    return Crowd(
        own @ co_liking(liked.astype(np.float32)),
        rated.astype(np.float32).toarray()[tested],
        [case.relevant for case in cases],
        (own / length) @ (own / length).T,
    )


def draw(crowd: Crowd, size: int, how: str, chance: Generator) -> Ints:
    """The members of a group: one at random, and others at random or the (un)likest of thirty."""
    first, *others = chance.choice(len(crowd.scores), 31, replace=False).tolist()
    if how != "at random":
        others.sort(key=lambda other: crowd.alike[first, other], reverse=how == "alike")
    return np.array([first, *others[: size - 1]], dtype=np.int32)


def measure(crowd: Crowd, members: Ints, fairness: Fairness) -> Floats:
    """NDCG@10 of each member."""
    unseen = np.flatnonzero(~crowd.rated[members].any(axis=0))
    scores = crowd.scores[members][:, unseen]
    places = rankdata(-scores, axis=1, method="ordinal").astype(np.int32)
    fits = scores.clip(0) / np.maximum(scores.max(axis=1, keepdims=True), 1e-6)
    weights = np.full(len(members), 1 / len(members), dtype=np.float32)
    joint = joint_scores(places, fits, fairness, weights)
    order = np.lexsort((-(weights @ fits), -joint))
    found = unseen[order[:_FIRST]].astype(np.int32)
    return np.array([ndcg(found, crowd.liked_later[one]) for one in members], dtype=np.float32)


def main() -> int:
    """Prints a line for each setting; 1 when nothing can be measured."""
    if len(sys.argv) < 2:
        sys.stderr.write("Which ratings? python -m tests.quality.group ml-latest-small.zip\n")
        return 1
    try:
        ratings = read_ratings(Path(sys.argv[1]))
    except (OSError, KeyError, BadZipFile, ValueError) as error:
        sys.stderr.write(f"{sys.argv[1]} cannot be read: {error}\n")
        return 1
    crowd, chance = crowd_of(ratings), np.random.default_rng(1)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    for size in _SIZES:
        for how in _DRAWN:
            groups = [draw(crowd, size, how, chance) for _ in range(count)]
            told = []
            for fairness in get_args(Fairness):
                each = np.stack([measure(crowd, members, fairness) for members in groups])
                told.append(f"{fairness} {each.mean():.4f} / {each.min(axis=1).mean():.4f}")
            print(f"{size} {how:10} mean / least member: {'   '.join(told)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
