"""Runs of the `tmdb` job, what they left in the database, and days that pass between them."""

from typing import Any

from sqlalchemy import text

from api.platform.database import Database
from tests.doubles.jobs import Outcome, run
from tests.doubles.tmdb import TmdbDouble


def tmdb_run(database: Database, work: Any, **options: Any) -> Outcome:
    """`options` are those of JobOptions."""
    return run(database, work, job="tmdb", **options)


def rows(database: Database, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement), parameters)]


def titles(database: Database) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT media_type, tmdb_id, title FROM items ORDER BY 1, 2")


def details_asked(tmdb: TmdbDouble) -> list[str]:
    """The titles asked for, in order; "movie/1" is one."""
    return [path for path in tmdb.requests if path.count("/") == 1 and path[-1].isdigit()]


def let_days_pass(database: Database, days: int) -> None:
    """Moves what the job dated back by so many days."""
    past = {"days": days}
    with database.engine.begin() as connection:
        for statement in (
            "UPDATE items SET fetched_at = fetched_at - make_interval(days => :days)",
            "UPDATE job_failures SET next_try_at = next_try_at - make_interval(days => :days)",
            "UPDATE watermarks SET value = CAST(CAST(value AS date) - :days AS text)",
        ):
            connection.execute(text(statement), past)


def catalogue(database: Database) -> list[list[tuple[Any, ...]]]:
    """All that a run may change but the time of asking, to compare before and after."""
    return [
        rows(database, f"SELECT * FROM {table} ORDER BY 1, 2, 3")
        for table in (
            "(SELECT id, media_type, tmdb_id, title, updated_at, retired_at FROM items) AS items",
            "credits",
            "certificates",
            "availability",
            "related_titles",
            "titles_to_fetch",
            "(SELECT name, value, 0 FROM watermarks) AS watermarks",
        )
    ]
