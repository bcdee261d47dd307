"""A process killed while titles move leaves every viewer with all they had, at one place."""

import random
import subprocess
import sys
from contextlib import suppress

from sqlalchemy import text

from api.catalogue.writing.moved_titles import follow_moves
from api.platform.database import Database
from tests.builders import rows_of

_TITLES, _VIEWERS, _SEEDS = 400, 3, 20
_MOVER = """
import sys
from sqlalchemy import create_engine
from api.catalogue.writing.moved_titles import follow_moves

engine = create_engine(sys.argv[1], connect_args={"application_name": "mover"})
with engine.begin() as connection:
    print("ready", flush=True)
    sys.stdin.readline()
    follow_moves(connection, None)
"""
# Titles 1 to n, each a second time under the id that its source will move it to.
_SETUP = (
    """
    INSERT INTO items (media_type, tmdb_id, imdb_id, title, search_name, retired_at)
    SELECT 'movie', number + at * 100000, 'tt' || 1000000 + number, 'Film', 'film',
        CASE WHEN at = 1 THEN now() END
    FROM generate_series(1, :titles) AS number, generate_series(0, 1) AS at
    """,
    "INSERT INTO profiles (user_id) SELECT 'viewer ' || n FROM generate_series(1, :viewers) AS n",
    """
    INSERT INTO interactions (profile_id, item_id, event_type, rating, occurred_at)
    SELECT profiles.id, items.id, event, CASE WHEN event = 'rated' THEN 8 END, now()
    FROM profiles, items, unnest(ARRAY['watched', 'rated', 'not_interested']) AS event
    WHERE retired_at IS NULL
    """,
    """
    INSERT INTO feedback (profile_id, item_id, event_type)
    SELECT profiles.id, items.id, 'never' FROM profiles, items WHERE retired_at IS NULL
    """,
    """
    INSERT INTO watchlist (profile_id, item_id)
    SELECT profiles.id, items.id FROM profiles, items WHERE retired_at IS NULL
    """,
    """
    INSERT INTO library (user_id, item_id)
    SELECT user_id, items.id FROM profiles, items WHERE retired_at IS NULL
    """,
    """
    INSERT INTO preferences (profile_id, kind, value, stance)
    SELECT id, 'genre', 'Horror', 'never' FROM profiles
    """,
    """
    INSERT INTO external_ids (source, id, media_type, item_id)
    SELECT 'tvdb', id::text, media_type, id FROM items WHERE retired_at IS NULL
    """,
    """
    INSERT INTO slates (id, user_id, request_hash, strategy, item_ids, scores, evidence)
    SELECT gen_random_uuid(), user_id, '', 'default',
        (SELECT array_agg(id ORDER BY id) FROM items WHERE retired_at IS NULL), '{}', ''
    FROM profiles
    """,
)
# How many rows there are, and how many of them are at titles that live.
_HELD = """
    SELECT held, count(*), count(*) FILTER (WHERE retired_at IS NULL) FROM (
        SELECT 'interactions ' || event_type AS held, item_id FROM interactions
        UNION ALL SELECT 'feedback', item_id FROM feedback
        UNION ALL SELECT 'watchlist', item_id FROM watchlist
        UNION ALL SELECT 'library', item_id FROM library
        UNION ALL SELECT 'external_ids', item_id FROM external_ids
        UNION ALL SELECT 'slates', unnest(item_ids) FROM slates
        UNION ALL SELECT 'preferences', min(items.id) FROM preferences, items
            WHERE retired_at IS NULL GROUP BY profile_id, kind
    ) AS of_viewers JOIN items ON items.id = item_id
    GROUP BY held ORDER BY held
"""
_ALIVE = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'mover'"
# The source moves every title to its other id.
_SWAP = """
    UPDATE items SET retired_at = CASE WHEN retired_at IS NULL THEN now() END, moved_to = NULL
"""


def test_a_kill_at_any_moment_leaves_everything_at_the_old_titles_or_at_the_new(
    database: Database,
) -> None:
    with database.engine.begin() as connection:
        for statement in _SETUP:
            given = {"titles": _TITLES, "viewers": _VIEWERS}
            named = {name: value for name, value in given.items() if f":{name}" in statement}
            connection.execute(text(statement), named)
    whole = {held: count for held, count, _ in rows_of(database, _HELD)}
    assert whole["interactions rated"] == whole["watchlist"] == _TITLES * _VIEWERS
    moved = 0
    for seed in range(_SEEDS):
        with database.engine.begin() as connection:
            connection.execute(text(_SWAP))
        _killed_while_moving(database, random.Random(seed).uniform(0, 0.25))
        held = rows_of(database, _HELD)
        assert {one: count for one, count, _ in held} == whole, seed
        at_living = {one: living for one, _, living in held if one != "preferences"}
        is_moved = at_living == {one: whole[one] for one in at_living}
        assert is_moved or not any(at_living.values()), (seed, at_living)
        moved += is_moved
        with database.engine.begin() as connection:
            follow_moves(connection, None)  # as the next run of the job does
        assert all(count == living for _, count, living in rows_of(database, _HELD)), seed
    assert moved < _SEEDS  # some were killed before their end


def _killed_while_moving(database: Database, after_seconds: float) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", _MOVER, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as mover:
        assert mover.stdin is not None
        assert mover.stdout is not None
        assert mover.stdout.readline() == "ready\n"
        mover.stdin.write("go\n")
        mover.stdin.flush()
        with suppress(subprocess.TimeoutExpired):
            mover.wait(after_seconds)
        mover.kill()
    while rows_of(database, _ALIVE) != [(0,)]:
        pass  # the server ends the statement at hand before it notices
