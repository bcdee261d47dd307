"""Whether a viewer will like some titles: a probability, a rating, and reasons either way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from api.catalogue.items.named_items import require_found_items
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.items import MediaType
from api.domain.limits import Limits
from api.platform.counted import counted
from api.platform.database import Database
from api.viewers.events import ProfileKey
from api.viewers.predictions.predictor import Expected, Predictor
from api.viewers.predictions.reasons import Part, named_by, parts_of
from api.viewers.predictions.schemas import Missing, Support, Word
from api.viewers.versions import read_versions

# By the primary key.
_ITEMS = """
SELECT id, media_type, tmdb_id, title, vote_count FROM items WHERE id = ANY(%(ids)s::int[])
"""
_TITLES = "SELECT id, title FROM items WHERE id = ANY(%(ids)s::int[])"

FEWEST_OPINIONS = 3
_FEWEST_RATINGS, _FEWEST_VOTES = 3, 20  # either tells something of a title
_WORDS: tuple[tuple[float, Word], ...] = (
    (0.75, "very likely"),
    (0.6, "likely"),
    (0.4, "open"),
    (0.25, "unlikely"),
    (0.0, "very unlikely"),
)
_SUPPORTS: tuple[tuple[int, Support], ...] = ((100, "many"), (20, "some"), (0, "few"))


@dataclass(frozen=True, slots=True)
class _Item:
    id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    vote_count: int


@dataclass(frozen=True, slots=True)
class NotEnough:
    """What is missing."""

    missing: Missing
    detail: str


@dataclass(frozen=True, slots=True)
class Range:
    """Points, 0 to 10."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """Of one title; either all of the numbers are there or `not_enough_data`."""

    item: _Item
    rated: float | None
    probability: float | None = None
    rating: float | None = None
    interval: Range | None = None
    word: Word | None = None
    reasons_for: Sequence[Part] = ()
    reasons_against: Sequence[Part] = ()
    not_enough_data: NotEnough | None = None


@dataclass(frozen=True, slots=True)
class PredictionsOfViewer:
    """In the order in which the titles were named."""

    support: Support
    opinions: int
    predictions: list[Prediction]


@dataclass(frozen=True, slots=True)
class Predictions:
    """The use case of GET /users/{user_id}/predictions; one per process."""

    database: Database
    catalogue: ResidentCatalogue
    predictor: Predictor
    shown: ShownTitles
    clock: Callable[[], datetime]

    def of(
        self, viewer: ProfileKey, references: Sequence[str], limits: Limits
    ) -> PredictionsOfViewer:
        """One for each reference, or one for several of the same title.

        Raises NotFound for references that are unknown, gone or above the limits.
        """
        items = self._items(references, limits)
        versions = read_versions(self.database, viewer.user_id, viewer.profile)
        facts = self.catalogue.current(versions.catalogue_version, self.clock())
        ids = np.array([item.id for item in items], dtype=np.int32)
        expected = self.predictor.expected(versions, facts, ids)
        if expected is None:
            opinions = self.predictor.opinions(versions)
            answered = [Prediction(item, opinions.rated.get(item.id)) for item in items]
            nothing = NotEnough(
                "ratings_of_others",
                "Nothing was learned from ratings yet: the job `neighbours` does it.",
            )
            answered = [_without(one, nothing) for one in answered]
            return PredictionsOfViewer(_support(len(opinions)), len(opinions), answered)
        titles = self._titles(expected, range(len(items)), limits)
        answered = [_prediction(expected, place, item, titles) for place, item in enumerate(items)]
        count = len(expected.opinions)
        return PredictionsOfViewer(_support(count), count, answered)

    def _items(self, references: Sequence[str], limits: Limits) -> list[_Item]:
        ids = list(dict.fromkeys(require_found_items(self.database, references, limits)))
        with self.database.autocommit() as cursor:
            rows = cursor.execute(_ITEMS, {"ids": ids}).fetchall()
        items = {row[0]: _Item(*row) for row in rows}
        return [items[item_id] for item_id in ids]

    def _titles(
        self, expected: Expected, places: Iterable[int], limits: Limits
    ) -> Mapping[int, str]:
        named = {item_id for place in places for item_id in named_by(expected, place)}
        among = self.shown.among(named, limits)
        with self.database.autocommit() as cursor:
            return dict(cursor.execute(_TITLES, {"ids": sorted(among)}).fetchall())


def _prediction(
    expected: Expected, place: int, item: _Item, titles: Mapping[int, str]
) -> Prediction:
    bare = Prediction(item, expected.opinions.rated.get(item.id))
    if (missing := _missing(expected, place, item)) is not None:
        return _without(bare, missing)
    parts, calibrated = parts_of(expected, place, titles), expected.calibrated
    probability = float(calibrated.probability[place])
    return Prediction(
        item,
        bare.rated,
        probability=round(probability, 3),
        rating=round(float(calibrated.rating[place]), 1),
        interval=Range(
            round(float(calibrated.low[place]), 1), round(float(calibrated.high[place]), 1)
        ),
        word=next(word for least, word in _WORDS if probability >= least),
        reasons_for=[part for part in parts if part.points > 0],
        reasons_against=[part for part in parts if part.points < 0],
    )


def _missing(expected: Expected, place: int, item: _Item) -> NotEnough | None:
    if (count := len(expected.opinions)) < FEWEST_OPINIONS:
        return NotEnough(
            "opinions",
            f"The profile has rated, liked or turned down {counted(count, 'title')}; "
            f"{FEWEST_OPINIONS} are the fewest that tell something.",
        )
    ratings = int(expected.titles.ratings[place])
    if ratings < _FEWEST_RATINGS and item.vote_count < _FEWEST_VOTES:
        return NotEnough(
            "title",
            f"{item.title} has {counted(item.vote_count, 'vote')} and "
            f"{counted(ratings, 'rating')}.",
        )
    return None


def _without(bare: Prediction, missing: NotEnough) -> Prediction:
    return Prediction(bare.item, bare.rated, not_enough_data=missing)


def _support(opinions: int) -> Support:
    return next(word for least, word in _SUPPORTS if opinions >= least)
