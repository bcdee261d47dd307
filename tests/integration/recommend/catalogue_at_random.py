"""A catalogue at random, in which every column that can be filtered by varies."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert

from api.domain.genres import GENRES
from api.platform import tables
from tests.facts_builder import NOW

PEOPLE = 30
GENRE_IDS = sorted(GENRES)[:8]


def fill(connection: Connection, titles: int) -> list[int]:
    """Adds so many titles with people, keywords and offers; their ids."""
    rng, more = np.random.default_rng(2), np.random.default_rng(3)
    rows = [
        {
            "media_type": "tv" if rng.random() < 0.3 else "movie",
            "tmdb_id": number,
            "title": f"Title {number}",
            "search_name": f"title {number}",
            "genre_ids": rng.choice(GENRE_IDS, rng.integers(0, 4), replace=False).tolist(),
            "release_year": int(rng.integers(1950, 2026)) if rng.random() < 0.95 else None,
            "release_date": date(2026, 1, 1) + timedelta(days=int(more.integers(0, 365)))
            if more.random() < 0.3
            else None,
            "vote_count": int(rng.exponential(500)),
            "runtime": int(more.integers(1, 240)) if more.random() < 0.9 else None,
            "original_language": str(more.choice(["en", "fr", "ko", "cn"]))
            if more.random() < 0.9
            else None,
            "countries": more.choice(
                ["US", "GB", "FR", "BE", "HK", "PL"], more.integers(0, 3), False
            ).tolist(),
            "maturity_age": int(more.choice([0, 8, 13, 17, 18])) if more.random() < 0.6 else None,
            "retired_at": NOW if rng.random() < 0.05 else None,
        }
        for number in range(1, titles + 1)
    ]
    ids = list(
        connection.execute(
            insert(tables.items).returning(tables.items.c.id, sort_by_parameter_order=True), rows
        ).scalars()
    )
    offers = [
        {
            "item_id": item_id,
            "country": country,
            "service": service,
            "offer_type": offer_type,
            "source": "sample",
        }
        for item_id in ids
        for country in ("IL", "US")
        for service in ("nfx", "dnp")
        for offer_type in ("subscription", "rent")
        if rng.random() < 0.1
    ]
    connection.execute(insert(tables.availability), offers)
    _add_people_and_keywords(connection, ids, more)
    return ids


def _add_people_and_keywords(connection: Any, ids: list[int], rng: Any) -> None:
    people = [{"id": n, "name": f"P {n}", "search_name": f"p {n}"} for n in range(1, PEOPLE + 1)]
    connection.execute(insert(tables.people), people)
    connection.execute(insert(tables.keywords), [{"id": 1, "name": "gore"}, {"id": 2, "name": "x"}])
    credits = {
        (item_id, str(rng.choice(["cast", "director"])), int(rng.integers(1, PEOPLE + 1)))
        for item_id in ids
        for _ in range(2)
    }
    connection.execute(
        insert(tables.credits),
        [
            {"item_id": item_id, "role": role, "person_id": person, "position": 0}
            for item_id, role, person in sorted(credits)
        ],
    )
    connection.execute(
        insert(tables.item_keywords),
        [
            {"item_id": item_id, "keyword_id": keyword}
            for item_id in ids
            for keyword in (1, 2)
            if rng.random() < 0.1
        ],
    )
