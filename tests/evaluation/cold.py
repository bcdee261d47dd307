"""Titles that nobody has rated yet: a tenth of the films is hidden from training altogether.

Each viewer who liked some of the hidden films is asked about, with everything else they rated as
the history; an operator's rule leaves the hidden films alone in the running.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import orjson
from numpy.random import Generator

from api.domain.arrays import Floats, Ints
from api.platform.database import Database
from config.settings import Settings
from tests.evaluation import ours
from tests.evaluation.bootstrap import Interval, intervals
from tests.evaluation.catalogue import Titles
from tests.evaluation.metrics import Values, ndcg
from tests.evaluation.ours import Variant
from tests.evaluation.ratings import Ratings, Training
from tests.evaluation.splits import FEWEST_RATINGS, Case, Split

_HIDDEN_SHARE = 0.1
MOST_HIDDEN = 500  # a list has room for all of them
_CHANCE = "chance"
_POPULARITY = "TMDB's popularity"
_CONTENT = "content profile"
OURS = "ours"


@dataclass(frozen=True, slots=True)
class ColdTitles:
    """How well hidden titles find the viewers who like them."""

    hidden: int
    viewers: int
    auc: dict[str, Interval]  # among the hidden titles alone; chance is one half
    ndcg: dict[str, Interval]  # likewise
    reached: int  # hidden titles among the first 100 of any list over the whole catalogue
    found: int  # hidden titles in the first 100 of a viewer who liked them
    liked: int  # pairs of viewers and hidden titles that they liked


def without_titles(ratings: Ratings, hidden: Ints) -> Split:
    """All ratings of other titles are known; liking a hidden one is what is to be found."""
    is_hidden = np.isin(ratings.title, hidden)
    train = ratings.keep(~is_hidden)
    liked = ratings.keep(is_hidden & ratings.liked).by_viewer()
    cases = [
        Case(viewer, history, np.unique(liked[viewer].title), _none(), trained=True)
        for viewer, history in train.by_viewer().items()
        if viewer in liked and len(history) >= FEWEST_RATINGS
    ]
    return Split(train, tuple(cases))


def hidden_titles(ratings: Ratings, chance: Generator) -> Ints:
    """A tenth of the titles that anybody liked, by chance."""
    liked = np.unique(ratings.title[ratings.liked])
    count = min(MOST_HIDDEN, max(1, round(len(liked) * _HIDDEN_SHARE)))
    return np.sort(chance.permutation(liked)[:count]).astype(np.int32)


def cold_titles(
    settings: Settings, database: Database, titles: Titles, ratings: Ratings, seed: int
) -> ColdTitles:
    """Learns without the hidden titles, then asks for them alone and for everything."""
    hidden = hidden_titles(ratings, np.random.default_rng((seed, 7)))
    split = without_titles(ratings, hidden)
    viewers = int(ratings.viewer.max()) + 1
    ours.learn(database, settings, titles, Training(split.train, viewers, titles.vectors))
    variant = Variant(OURS)
    with TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.json"
        others = np.delete(titles.ids, hidden).tolist()
        rules.write_bytes(orjson.dumps({"filters": {"exclude_ids": others}}))
        ruled = Settings.load({**settings.model_dump(), "business_rules_path": rules})
        with ours.serving(ruled, database) as runs:
            alone = ours.ask(runs, titles, split.cases, [variant])[OURS].lists
    with ours.serving(settings, database) as runs:
        every = ours.ask(runs, titles, split.cases, [variant])[OURS].lists
    return _measured(
        titles, ratings, hidden, split.cases, alone, [one[:100] for one in every], seed
    )


def _measured(
    titles: Titles,
    ratings: Ratings,
    hidden: Ints,
    cases: Sequence[Case],
    alone: Sequence[Ints],
    every: Sequence[Ints],
    seed: int,
) -> ColdTitles:
    rated = ratings.keep(np.isin(ratings.title, hidden)).by_viewer()
    aucs: dict[str, list[float]] = {}
    gains: dict[str, list[float]] = {}
    for case, found in zip(cases, alone, strict=True):
        # What the viewer rated without liking it says nothing either way.
        candidates = np.union1d(np.setdiff1d(hidden, rated[case.viewer].title), case.relevant)
        known = case.history.keep(case.history.liked)
        scores = {
            OURS: _places(candidates, found),
            _POPULARITY: titles.popularity[candidates],
            _CONTENT: titles.vectors[candidates] @ titles.vectors[known.title].sum(axis=0),
        }
        wanted = np.isin(candidates, case.relevant)
        for name, values in scores.items():
            aucs.setdefault(name, []).append(auc(values, wanted))
            best = candidates[np.lexsort((candidates, -values))].astype(np.int32)
            gains.setdefault(name, []).append(ndcg(best, case.relevant))
        gains.setdefault(_CHANCE, []).append(expected_ndcg(len(case.relevant), len(candidates)))
    hits = [np.intersect1d(found, case.relevant) for found, case in zip(every, cases, strict=True)]
    shown = np.unique(np.concatenate(every)) if every else hidden[:0]
    return ColdTitles(
        hidden=len(hidden),
        viewers=len(cases),
        auc=_intervals(aucs, seed),
        ndcg=_intervals(gains, seed),
        reached=len(np.intersect1d(shown, hidden)),
        found=sum(map(len, hits)),
        liked=sum(len(case.relevant) for case in cases),
    )


def auc(scores: Floats, wanted: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    """How often a wanted title is above another one; equal scores count one half."""
    if not wanted.any() or wanted.all():
        return 0.5
    above = scores[wanted][:, None] - scores[~wanted][None, :]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def expected_ndcg(relevant: int, candidates: int, at: int = 10) -> float:
    """NDCG of a list in an order of chance."""
    discounts = 1 / np.log2(np.arange(at) + 2)
    hit = relevant / candidates
    return float(hit * discounts[:candidates].sum() / discounts[:relevant].sum())


def _places(candidates: Ints, found: Ints) -> Floats:
    """Higher for an earlier place; what is not in the list shares the end of it."""
    place_of = {row: place for place, row in enumerate(found.tolist())}
    places = [place_of.get(row, len(found)) for row in candidates.tolist()]
    return -np.array(places, dtype=np.float32)


def _intervals(values: dict[str, list[float]], seed: int) -> dict[str, Interval]:
    columns: Values = np.array(list(values.values())).T
    return dict(zip(values, intervals(columns, seed), strict=True))


def _none() -> Ints:
    return np.empty(0, dtype=np.int32)
