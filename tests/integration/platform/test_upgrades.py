"""Whatever schema a database with data is on, it comes to the newest and back with its data."""

import psycopg
import pytest

from api.platform import migrations
from api.platform.database import Database

# In columns that every schema has had, so that each of them can be given the same viewer.
_A_LIFE = """
    WITH film AS (
        INSERT INTO items (media_type, tmdb_id, title, search_name)
        VALUES ('movie', 603, 'The Matrix', 'the matrix') RETURNING id
    ), viewer AS (
        INSERT INTO profiles (user_id, profile) VALUES ('dana', 'kids') RETURNING id
    ), seen AS (
        INSERT INTO interactions (profile_id, item_id, event_type, rating, occurred_at)
        SELECT viewer.id, film.id, 'rated', 8.5, '2026-03-01 12:00Z' FROM viewer, film
    )
    INSERT INTO feedback (profile_id, item_id, event_type)
    SELECT viewer.id, film.id, 'like' FROM viewer, film
"""
_READ_BACK = """
    SELECT user_id, profile, tmdb_id, title, interactions.event_type, rating, feedback.event_type
    FROM profiles
    JOIN interactions ON interactions.profile_id = profiles.id
    JOIN items ON items.id = interactions.item_id
    JOIN feedback ON feedback.profile_id = profiles.id AND feedback.item_id = items.id
"""
_HELD = [("dana", "kids", 603, "The Matrix", "rated", 8.5, "like")]


@pytest.mark.parametrize("revision", sorted(migrations.known_revisions()))
def test_data_of_every_schema_comes_to_the_newest_and_back(
    database: Database, revision: str
) -> None:
    migrations.downgrade(database, "base")
    migrations.upgrade(database, revision)
    with psycopg.connect(database.libpq_url) as connection:
        connection.execute(_A_LIFE)
    migrations.upgrade(database)
    migrations.check(database)
    assert _read_back(database) == _HELD
    migrations.downgrade(database, revision)
    assert migrations.current_revision(database) == revision
    assert _read_back(database) == _HELD


def test_titles_of_before_are_asked_for_their_companies_once_more(database: Database) -> None:
    migrations.downgrade(database, "0023")
    with psycopg.connect(database.libpq_url) as connection:
        connection.execute(_A_LIFE)
    migrations.upgrade(database)
    with psycopg.connect(database.libpq_url) as connection:
        planned = connection.execute("SELECT media_type, tmdb_id FROM titles_to_fetch").fetchall()
    assert planned == [("movie", 603)]


def _read_back(database: Database) -> list[tuple[object, ...]]:
    with psycopg.connect(database.libpq_url) as connection:
        rows = connection.execute(_READ_BACK).fetchall()
    return [(*row[:5], float(row[5]), row[6]) for row in rows]
