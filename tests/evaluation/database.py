"""A database for the evaluation alone: a copy of the catalogue, filled with viewers of a split.

The catalogue's own database is read by the copy and never written to.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url, text

from api.platform.copying import copy_rows
from api.platform.database import Database, open_database
from api.platform.errors import SeenEmAllError
from config.settings import Settings
from tests.evaluation.catalogue import Titles
from tests.evaluation.ratings import Ratings
from tests.evaluation.splits import Case

_PREFIX = "seenemall_evaluation_"
_OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()
"""
_PROFILES = ("id", "user_id", "profile", "consent_collaborative")
_INTERACTIONS = ("profile_id", "item_id", "event_type", "rating", "watched_at", "occurred_at")
_NEXT_PROFILE = text("SELECT coalesce(max(id), 0) + 1 FROM profiles")


class EvaluationRefused(SeenEmAllError):
    """Nothing can be measured here; the message says why."""


@contextmanager
def copy_of_catalogue(settings: Settings) -> Iterator[Database]:
    """Copies the database of the settings on its own server, and drops the copy afterwards.

    Raises EvaluationRefused while anybody else is connected: Postgres copies only what rests.
    """
    catalogue = open_database(settings)
    try:
        place = make_url(catalogue.libpq_url)
        copy = f"{_PREFIX}{uuid4().hex[:12]}"
        # From a connection to another database: one to the source would be in the way itself.
        beside = place.set(database="template1")
        catalogue.engine.dispose()
        server = beside.render_as_string(hide_password=False)
        _create(server, copy, place.database or "")
        url = place.set(database=copy)
        database = Database(url.render_as_string(hide_password=False), pool_size=4)
        try:
            database.open_pool()
            yield database
        finally:
            database.close()
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(
                    sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(copy))
                )
    finally:
        catalogue.close()


def _create(server: str, copy: str, source: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        try:
            connection.execute(statement.format(sql.Identifier(copy), sql.Identifier(source)))
        except psycopg.errors.ObjectInUse as error:
            others = connection.execute(_OTHERS, (source,)).fetchone() or (0,)
            raise EvaluationRefused(
                f"The database {source} has {others[0]} other connections, and Postgres copies "
                "only one that nobody uses: stop the service and its worker until the copy is made."
            ) from error


def user_of(case: Case) -> tuple[str, str | None]:
    """The user and profile that stand for a case."""
    return _user(case.viewer), case.group or None


def write_viewers(
    database: Database, titles: Titles, train: Ratings, *, consent: bool = True
) -> None:
    """Puts the viewers of the ratings in place of whoever was there; no model stays.

    Without `consent` nobody learns from them.
    """
    with database.engine.begin() as connection:
        connection.execute(text("TRUNCATE profiles, slates CASCADE"))
        connection.execute(text("DELETE FROM collaborative_models"))
        viewers = sorted(set(train.viewer.tolist()))
        profile_of = {viewer: number for number, viewer in enumerate(viewers, start=1)}
        profiles = ((profile_of[viewer], _user(viewer), None, consent) for viewer in viewers)
        copy_rows(connection, "profiles", profiles, columns=_PROFILES)
        numbers = [profile_of[viewer] for viewer in train.viewer.tolist()]
        events = _events(numbers, titles, train, "rated")
        copy_rows(connection, "interactions", events, columns=_INTERACTIONS)
    _analyze(database)


def write_strangers(database: Database, titles: Titles, cases: Sequence[Case]) -> None:
    """Adds a profile for each case whose viewer was not trained with; nobody learns from it."""
    strangers = [case for case in cases if not case.trained]
    if not strangers:
        return
    with database.engine.begin() as connection:
        first = connection.execute(_NEXT_PROFILE).scalar_one()
        profiles = [
            (number, *user_of(case), False) for number, case in enumerate(strangers, start=first)
        ]
        copy_rows(connection, "profiles", profiles, columns=_PROFILES)
        for number, case in enumerate(strangers, start=first):
            events = _events([number] * len(case.history), titles, case.history, "liked")
            copy_rows(connection, "interactions", events, columns=_INTERACTIONS)
    _analyze(database)


def _user(viewer: int) -> str:
    return f"viewer {viewer}"


def _events(
    profiles: Sequence[int], titles: Titles, ratings: Ratings, event_type: str
) -> Iterable[Sequence[object]]:
    item_ids = titles.ids[ratings.title].tolist()
    columns = (profiles, item_ids, ratings.stars.tolist(), ratings.at.tolist())
    for profile, item_id, stars, at in zip(*columns, strict=True):
        moment = datetime.fromtimestamp(at, UTC)
        rating = 2 * stars if event_type == "rated" else None  # stars of 5 as points of 10
        yield profile, item_id, event_type, rating, moment, moment


def _analyze(database: Database) -> None:
    """Fresh statistics: what was copied in is many times what the planner knows of."""
    with database.connect() as connection:
        connection.execute("ANALYZE")
