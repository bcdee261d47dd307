"""A pass over TMDB: begun with a plan, carried on by as many runs as it takes, then complete.

The first pass takes every exported title above the popularity floor. Later ones take what changed
since the last one began, what is new in the export, and what grew old. Only a complete pass moves
the watermark from which the next one reads changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from sqlalchemy import Connection

from api.catalogue.writing.title import TitleKey
from api.domain.items import MediaType
from api.platform.errors import ConfigurationError, InvalidInput
from etl.running.job import JobRun
from etl.running.job_state import clear_watermark, read_watermark, write_watermark
from etl.tmdb import fetch_plan
from etl.tmdb.brought import look_for_brought
from etl.tmdb.client import LAST_PAGE, TmdbClient
from etl.tmdb.export import DAYS_BACK, newest_export, popular_in

MEDIA_TYPES: tuple[MediaType, ...] = ("movie", "tv")
# TMDB shows 14 days at a time, so four windows. Reading on costs about as much as a new walk.
LONGEST_CHANGES = timedelta(days=56)
_COMPLETE_UNTIL = "tmdb:complete-until"  # the day from which changes are still to be read
_PASS_UNTIL = "tmdb:pass-until"  # what that becomes when the plan at hand is empty  # noqa: S105


@dataclass(frozen=True, slots=True)
class Start:
    """What a run adds to the plan."""

    since: date | None  # changes are read from here; None: none are
    walk: bool = False  # the export is read
    everything: bool = False  # known titles are asked for whether they changed or not


def begin_or_go_on(
    connection: Connection,
    run: JobRun,
    client: TmdbClient,
    *,
    min_popularity: float,
    listed: Iterable[TitleKey],
) -> None:
    """Leaves a plan of what to fetch: that of an interrupted pass, or a new one.

    One transaction: after a kill there is the whole plan or none. Titles of TMDB's lists and
    failures that are due are added to either. Raises InvalidInput for a `since` that cannot be,
    ConfigurationError for a clock that was set back.
    """
    start = _start(connection, run)
    fetch_plan.stage_plan(connection)
    fetch_plan.stage_listed(connection, listed)
    brought = look_for_brought(connection, client, now=run.started_at)
    fetch_plan.stage_listed(connection, brought)
    today = run.started_at.date()
    for media_type in MEDIA_TYPES:
        if start.walk:
            _stage_popular(connection, run, client, media_type, min_popularity)
        if start.since is not None:
            changed = client.changed_ids(media_type, first=start.since, last=today)
            fetch_plan.stage_changed(connection, media_type, changed)
    midnight = datetime.combine(today, time(), UTC)
    fetch_plan.make_plan(
        connection,
        run.job,
        now=run.started_at,
        everything=start.everything,
        given_up_too=run.options.full,
        # TMDB dates changes by the day: what was fetched today is as new as it gets.
        fresh_from=None if run.options.since else midnight,
    )


def complete_pass(connection: Connection) -> None:
    """The next pass reads changes from the day this one began."""
    until = read_watermark(connection, _PASS_UNTIL)
    if until is not None:
        write_watermark(connection, _COMPLETE_UNTIL, until)
        clear_watermark(connection, _PASS_UNTIL)


def _start(connection: Connection, run: JobRun) -> Start:
    today = run.started_at.date()
    day = partial(_day, connection, today=today)
    complete_until, pass_until = day(_COMPLETE_UNTIL), day(_PASS_UNTIL)
    since = _allowed_since(run, today)
    if run.options.full and (complete_until is not None or pass_until is None):
        # Cleared, so that a run that continues knows that this pass is over everything.
        clear_watermark(connection, _COMPLETE_UNTIL)
        fetch_plan.drop_plan(connection)
        write_watermark(connection, _PASS_UNTIL, today.isoformat())
        return Start(since=None, walk=True, everything=True)
    if pass_until is not None:
        return Start(since=since)
    if complete_until is None or (since is None and today - complete_until > LONGEST_CHANGES):
        write_watermark(connection, _PASS_UNTIL, today.isoformat())
        return Start(since=None, walk=True, everything=True)
    # A later start than the watermark leaves days unread; the watermark stays before them.
    gap = since is not None and since > complete_until
    write_watermark(connection, _PASS_UNTIL, (complete_until if gap else today).isoformat())
    return Start(since=since or complete_until, walk=True)


def _day(connection: Connection, name: str, *, today: date) -> date | None:
    kept = read_watermark(connection, name)
    if kept is None:
        return None
    if (day := date.fromisoformat(kept)) > today:
        raise ConfigurationError(
            f"An earlier run was on {day}, but this machine's clock says {today}; set it right."
        )
    return day


def _allowed_since(run: JobRun, today: date) -> date | None:
    since = run.options.since
    if since is None:
        return None
    if run.options.full:
        raise InvalidInput("A full pass takes everything; leave out --since or --full.")
    if since > today:
        raise InvalidInput(f"--since {since} is in the future.")
    if today - since > LONGEST_CHANGES:
        raise InvalidInput(
            f"--since {since} is more than {LONGEST_CHANGES.days} days back; use --full instead."
        )
    return since


def _stage_popular(
    connection: Connection,
    run: JobRun,
    client: TmdbClient,
    media_type: MediaType,
    min_popularity: float,
) -> None:
    with newest_export(client, media_type, today=run.started_at.date()) as export:
        if export is not None:
            found = popular_in(export, min_popularity=min_popularity)
        else:
            found = client.discover(media_type, min_popularity=min_popularity)
            run.report.notes.append(
                f"TMDB has no {media_type} export of the last {DAYS_BACK} days; the most popular "
                f"titles of its discovery stood in, {LAST_PAGE} pages at most."
            )
        fetch_plan.stage_popular(connection, media_type, found)
