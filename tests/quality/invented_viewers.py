"""Viewers for whom lists are measured: invented tastes, and what viewers of a ratings set rated."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import text

from api.domain.arrays import Ints
from api.platform.copying import copy_rows
from api.platform.database import Database
from tests.evaluation.catalogue import Titles
from tests.evaluation.ratings import Ratings

_PROFILES = ("id", "user_id", "profile", "consent_collaborative")
_INTERACTIONS = ("profile_id", "item_id", "event_type", "rating", "watched_at", "occurred_at")
_NEXT_PROFILE = text("SELECT coalesce(max(id), 0) + 1 FROM profiles")
_SIZES = (0, 1, 2, 3, 5, 8, 13, 40, 120)
_FEWEST_VOTES = 100  # of what an invented viewer knows
_WAYS = 5
_MIXED = ("liked", "liked", "watched", "watched", "rated", "rated", "disliked", "not_interested")


@dataclass(frozen=True, slots=True)
class Seen:
    """One event of a history."""

    item_id: int
    event_type: str
    rating: float | None
    at: datetime


def write_histories(database: Database, histories: Sequence[tuple[str, Sequence[Seen]]]) -> None:
    """Adds viewers, named, with what they have seen; nobody learns from them."""
    with database.engine.begin() as connection:
        first = connection.execute(_NEXT_PROFILE).scalar_one()
        profiles = [(first + n, name, None, False) for n, (name, _) in enumerate(histories)]
        copy_rows(connection, "profiles", profiles, columns=_PROFILES)
        events = [
            (first + n, one.item_id, one.event_type, one.rating, one.at, one.at)
            for n, (_, history) in enumerate(histories)
            for one in history
        ]
        copy_rows(connection, "interactions", events, columns=_INTERACTIONS)


def invented(titles: Titles, count: int) -> Iterator[tuple[str, list[Seen]]]:
    """So many viewers, the same for the same catalogue: every size of history with every way of
    choosing and telling."""
    known = np.flatnonzero(titles.vote_count >= _FEWEST_VOTES).astype(np.int32)
    known = known[np.argsort(-titles.vote_count[known], kind="stable")]
    for number in range(count):
        chance = random.Random(number)
        size = _SIZES[number % len(_SIZES)]
        way = number // len(_SIZES) % _WAYS
        among = _among(titles, known, way, chance)
        rows = chance.sample(among, min(size, len(among)))
        yield f"invented {number}", [_seen(titles, row, way, chance) for row in rows]


def of_ratings(titles: Titles, ratings: Ratings, count: int) -> Iterator[tuple[str, list[Seen]]]:
    """Viewers of a set with the first ratings of each, 1 to 200 of them."""
    for number, (viewer, own) in enumerate(sorted(ratings.by_viewer().items())):
        if number == count:
            return
        length = random.Random(viewer).choice((1, 3, 10, 30, 100, 200))
        rows, stars, times = (one.tolist()[:length] for one in (own.title, own.stars, own.at))
        yield (
            f"rater {viewer}",
            [
                Seen(int(titles.ids[row]), "rated", 2 * star, datetime.fromtimestamp(at, UTC))
                for row, star, at in zip(rows, stars, times, strict=True)
            ],
        )


def _among(titles: Titles, known: Ints, way: int, chance: random.Random) -> list[int]:
    """The rows that a viewer may have seen, the best known first: what all know, one genre, one
    language, shows alone, or anything."""
    match way:
        case 0:
            found = known[:300]
        case 1:
            genre = chance.choice(sorted(frozenset().union(*titles.genre_ids)))
            found = known[[genre in titles.genre_ids[row] for row in known.tolist()]][:200]
        case 2:
            language = titles.language[chance.choice(known.tolist())]
            found = known[[titles.language[row] == language for row in known.tolist()]][:200]
        case 3:
            found = known[titles.is_show[known]]
        case _:
            found = known
    return [int(row) for row in found]


def _seen(titles: Titles, row: int, way: int, chance: random.Random) -> Seen:
    event_type = chance.choice(("liked", "watched", "mixed")) if way < 2 else "mixed"
    event_type = chance.choice(_MIXED) if event_type == "mixed" else event_type
    rating = chance.choice((2, 4, 5.5, 6, 7, 7.5, 8, 9, 10)) if event_type == "rated" else None
    at = datetime(2026, 9, 1, tzinfo=UTC) - timedelta(days=chance.uniform(0, 1400))
    return Seen(int(titles.ids[row]), event_type, rating, at)
