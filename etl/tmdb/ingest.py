"""The `tmdb` job: titles, their people, offers and ranks, from TMDB into the catalogue."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, text

from api.catalogue.writing.catalogue_writes import forget_unused_names
from api.catalogue.writing.moved_titles import follow_moves
from api.catalogue.writing.title import TitleKey
from api.platform.counted import counted
from etl.running.job import JobRun
from etl.running.job_state import count_failures
from etl.tmdb.client import TmdbClient
from etl.tmdb.fetch_plan import PlannedTitle, count_planned, next_planned
from etl.tmdb.fetching import GROUP, fetched
from etl.tmdb.lists import Lists, keep_lists, read_lists, titles_on
from etl.tmdb.passes import begin_or_go_on, complete_pass
from etl.tmdb.storing import store_group
from etl.tmdb.titles import ServiceNames
from etl.tmdb.transactions import Transactions, transactions_of


@dataclass(frozen=True, slots=True)
class Ingest:
    """The job's parts; `services` are the known short names by TMDB's provider ids."""

    client: TmdbClient
    min_popularity: float
    services: dict[int, str]

    def __call__(self, run: JobRun) -> None:
        """Plans what to fetch, fetches and stores it group by group, then the lists.

        A dry run does all of that in transactions that are undone.
        """
        lists = read_lists(self.client, run.progress)
        with transactions_of(run) as transactions:
            with transactions.planning() as connection:
                begin_or_go_on(
                    connection,
                    run,
                    self.client,
                    min_popularity=self.min_popularity,
                    listed=titles_on(lists),
                )
                planned = count_planned(connection)
            self._fetch_planned(run, transactions, planned)
            with transactions.writing() as connection:
                _finish(connection, run, lists, left=planned - run.report.read)

    def _fetch_planned(self, run: JobRun, transactions: Transactions, planned: int) -> None:
        total = planned if run.options.limit is None else min(planned, run.options.limit)
        with transactions.reading() as connection:
            names = ServiceNames(self.services | _stored_services(connection))
        began, requests = time.monotonic(), self.client.requests
        keys = islice(_planned_keys(transactions), total)
        run.report.dropped += self.client.dropped
        with (
            run.progress.track("titles", total) as advance,
            closing(fetched(self.client, keys, names)) as groups,
        ):
            for group in groups:
                store_group(transactions, run, group)
                advance(len(group))
        run.report.notes.append(f"Planned {counted(planned, 'title')}, fetched {total:,}.")
        if total:
            requests = self.client.requests - requests
            seconds = time.monotonic() - began
            run.report.notes.append(
                f"{counted(requests, 'request')} for them, {requests / total:.3f} each; "
                f"{total / seconds:.1f} titles a second."
            )


def _stored_services(connection: Connection) -> dict[int, str]:
    rows = connection.execute(
        text("SELECT tmdb_id, short_name FROM providers WHERE tmdb_id IS NOT NULL")
    )
    return {row.tmdb_id: row.short_name for row in rows}


def _planned_keys(transactions: Transactions) -> Iterator[TitleKey]:
    """The plan in its order, a page at a time; titles on their way are still in it."""
    last: PlannedTitle | None = None
    while True:
        with transactions.reading() as connection:
            page = next_planned(connection, after=last, count=GROUP)
        if not page:
            return
        yield from (title.key for title in page)
        last = page[-1]


def _finish(connection: Connection, run: JobRun, lists: Lists, *, left: int) -> None:
    notes = run.report.notes
    failures = count_failures(connection, run.job, now=run.started_at)
    if failures.total:
        notes.append(
            f"{counted(failures.total, 'id yields', 'ids yield')} no title: {failures.due:,} due, "
            f"{failures.later:,} to be tried again later, {failures.given_up:,} given up."
        )
    if left:
        notes.append(
            f"{counted(left, 'title is', 'titles are')} left to the next run, lists and watermark "
            "with them."
        )
        return
    if moved := keep_lists(connection, lists, now=run.started_at):
        notes.append(f"{counted(moved, 'rank')} moved.")
    follow_moves(connection, None)
    forget_unused_names(connection)
    complete_pass(connection)
