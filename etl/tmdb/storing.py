"""Storing a group of fetched titles in one transaction; a row the database refuses goes alone."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from api.catalogue.writing.catalogue_writes import (
    Written,
    rename_providers,
    retire_titles,
    write_providers,
    write_titles,
)
from api.catalogue.writing.moved_titles import follow_moves
from api.catalogue.writing.title import Provider, TitleKey
from api.catalogue.writing.title_locks import hold_titles
from etl.running.job import JobRun
from etl.running.job_state import LONGEST_WAIT, NO_WAIT, clear_failures, record_failures
from etl.running.report import Report
from etl.tmdb.fetch_plan import leave_plan
from etl.tmdb.fetching import Fetched
from etl.tmdb.titles import Described
from etl.tmdb.transactions import Transactions

# Classes of SQLSTATE that are about a value, not about the server: data exception, integrity
# constraint, program limit (an index entry too long, which psycopg files under operational errors).
_ABOUT_A_ROW = {"22", "23", "54"}

# By uq_items_media_type_tmdb_id.
_IMDB_IDS = text(
    "SELECT imdb_id FROM items "
    "JOIN unnest(CAST(:media_types AS text[]), CAST(:tmdb_ids AS integer[])) "
    "AS given(media_type, tmdb_id) USING (media_type, tmdb_id) WHERE imdb_id IS NOT NULL"
)


def store_group(transactions: Transactions, run: JobRun, group: Sequence[Fetched]) -> None:
    """Stores the group and takes it out of the plan.

    A group that the database refuses for a value in it is halved until the title with that value
    is alone: it is recorded as refused with the database's reason, and the others are stored.
    """
    try:
        with transactions.writing() as connection:
            written = _store(connection, run, group)
    except (DBAPIError, psycopg.Error, UnicodeError) as error:
        reason = _reason_in_row(error)
        if reason is None:
            raise
        if len(group) > 1:
            half = len(group) // 2
            store_group(transactions, run, group[:half])
            store_group(transactions, run, group[half:])
            return
        group = [Fetched(group[0].key, misshapen=f"not storable: {reason}")]
        with transactions.writing() as connection:
            written = _store(connection, run, group)
    _count(run.report, group, written)


def _reason_in_row(error: DBAPIError | psycopg.Error | UnicodeError) -> str | None:
    """What the database refuses in a value, in a few words of its own; None for other errors."""
    if isinstance(error, UnicodeError):
        return "a text that is no Unicode"
    driver = error.orig if isinstance(error, DBAPIError) else error
    state = driver.sqlstate if isinstance(driver, psycopg.Error) else None
    if not isinstance(driver, psycopg.Error) or state is None or state[:2] not in _ABOUT_A_ROW:
        return None
    return _named(type(driver).__name__)


def _named(error_class: str) -> str:
    """ProgramLimitExceeded as words: the error's text would repeat the value."""
    words = "".join(f" {one.lower()}" if one.isupper() else one for one in error_class)
    return words.strip()


def _store(connection: Connection, run: JobRun, group: Sequence[Fetched]) -> Written:
    now = run.started_at
    # All at once: those that are gone are written after those that are not.
    hold_titles(connection, [one.key for one in group])
    described = [one.described for one in group if one.described is not None]
    write_providers(connection, {provider for one in described for provider in one.providers})
    rename_providers(connection, _as_mostly_named(described))
    written = write_titles(connection, [d.title for d in described], source="tmdb", now=now)
    retire_titles(connection, [one.key for one in group if one.refused == "gone"], now=now)
    follow_moves(connection, _imdb_ids(connection, group))
    _record(connection, run.job, group, now=now)
    leave_plan(connection, [one.key for one in group])
    return written


def _as_mostly_named(described: Sequence[Described]) -> list[Provider]:
    """Each service once, by the name that most of the titles give it: TMDB's caches disagree."""
    counts = Counter(provider for one in described for provider in one.providers)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0].name))
    return list({provider.tmdb_id: provider for provider, _ in reversed(ordered)}.values())


def _imdb_ids(connection: Connection, group: Sequence[Fetched]) -> set[str]:
    """Of what was written or retired: where an id may have moved from or to."""
    keys = [one.key for one in group]
    parameters = {
        "media_types": [media_type for media_type, _ in keys],
        "tmdb_ids": [tmdb_id for _, tmdb_id in keys],
    }
    return set(connection.execute(_IMDB_IDS, parameters).scalars())


def _record(connection: Connection, job: str, group: Sequence[Fetched], *, now: datetime) -> None:
    failed = {_reference(one.key): one.failed for one in group if one.failed is not None}
    refused = {_reference(one.key): one.refused for one in group if one.refused is not None}
    misshapen = {_reference(one.key): one.misshapen for one in group if one.misshapen is not None}
    record_failures(connection, job, failed, now=now)
    # What TMDB has of a title seldom changes from "none for us" to something.
    record_failures(connection, job, refused, now=now, first_wait=LONGEST_WAIT)
    record_failures(connection, job, misshapen, now=now, first_wait=NO_WAIT)
    done = [_reference(one.key) for one in group if one.described is not None]
    clear_failures(connection, job, done)


def _count(report: Report, group: Sequence[Fetched], written: Written) -> None:
    report.read += len(group)
    report.written += written.changed
    report.unchanged += written.unchanged
    for one in group:
        if reason := one.refused or one.misshapen or (one.failed and "no answer"):
            report.rejected[reason] += 1
        if one.described is not None:
            report.dropped += one.described.dropped


def _reference(key: TitleKey) -> str:
    return f"{key[0]}:{key[1]}"
