"""Viewers who are made for a benchmark and removed after it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.platform.database import Database


@contextmanager
def made_viewers(
    database: Database, facts: CatalogueFacts, sizes: Iterable[int]
) -> Iterator[list[str]]:
    """One who liked as many titles as each of the sizes says; their ids."""
    prefix = f"bench-{uuid4().hex[:8]}"
    try:
        yield [
            _viewer(database, facts, f"{prefix}-{place}-{size}", size)
            for place, size in enumerate(sizes)
        ]
    finally:
        with psycopg.connect(database.libpq_url) as connection:
            connection.execute("DELETE FROM slates WHERE user_id LIKE %s", (f"{prefix}%",))
            connection.execute("DELETE FROM profiles WHERE user_id LIKE %s", (f"{prefix}%",))


def _viewer(database: Database, facts: CatalogueFacts, user_id: str, size: int) -> str:
    """A viewer who liked every 23rd of the popular titles, an evening each."""
    liked = facts.ids[facts.by_popularity[: size * 23 : 23]].tolist()
    now = datetime.now(UTC)
    with psycopg.connect(database.libpq_url) as connection:
        row = connection.execute(
            "INSERT INTO profiles (user_id) VALUES (%s) RETURNING id", (user_id,)
        ).fetchone()
        for days, item_id in enumerate(liked, start=1):
            watched = now - timedelta(days=days)
            connection.execute(
                "INSERT INTO interactions "
                "(profile_id, item_id, event_type, watched_at, occurred_at) "
                "VALUES (%s, %s, 'liked', %s, %s)",
                (row[0] if row else None, item_id, watched, watched),
            )
    return user_id
