"""The `tmdb` job: titles, their people, offers and ranks, from TMDB into the catalogue."""

from collections import Counter, deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import Connection, text

from api.domain.items import MediaType
from api.errors import UpstreamUnavailable
from api.storage.catalogue_writes import (
    TitleKey,
    forget_unused_names,
    retire_titles,
    write_providers,
    write_titles,
)
from api.storage.job_state import clear_failures, record_failures
from api.storage.list_writes import ListName, apply_ranks, write_snapshot
from etl.http_source import HttpSource
from etl.job import JobRun
from etl.tmdb.client import CONNECTIONS, TmdbClient
from etl.tmdb.selection import (
    MEDIA_TYPES,
    Pass,
    begin_pass,
    changed_titles,
    complete_pass,
    popular_titles,
    select,
)
from etl.tmdb.titles import Described, ServiceNames, Unfit, read_details

BATCH = 200  # titles per transaction: 5 s of asking at TMDB's pace
_HOPELESS = 10  # failures in a row, and nothing else, mean that TMDB is down
_LIST_PAGES = 25  # 500 titles of each list
_LISTS: tuple[ListName, ...] = ("popular", "top_rated", "trending_day", "trending_week")

Lists = dict[tuple[ListName, MediaType], list[int]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One title as it came, or why it did not."""

    key: TitleKey
    described: Described | None = None
    refused: str | None = None  # the document is not for us
    failed: str | None = None  # TMDB did not deliver


@dataclass(frozen=True, slots=True)
class Ingest:
    """The job's parts; `services` are the known short names by TMDB's provider ids."""

    client: TmdbClient
    exports: HttpSource
    min_popularity: float
    services: dict[int, str]

    def __call__(self, run: JobRun) -> None:
        """Fetches what is to be fetched, writes it batch by batch, then the lists."""
        with run.batch() as connection:
            this_pass = begin_pass(connection, now=run.started_at, full=run.options.full)
            names = ServiceNames(self.services | _stored_services(connection))
        lists = self._lists(run)
        wanted = self._wanted(run, this_pass, lists)
        chosen = wanted[: run.options.limit]
        with (
            run.progress.track("titles", len(chosen)) as advance,
            closing(_fetched(self.client, chosen, names)) as batches,
        ):
            for batch in batches:
                with run.batch() as connection:
                    _write(connection, run, batch)
                advance(len(batch))
                _give_up_when_all_failed(batch)
        with run.batch() as connection:
            self._finish(connection, run, lists)
            if len(chosen) == len(wanted):
                complete_pass(connection, this_pass)

    def _wanted(self, run: JobRun, this_pass: Pass, lists: Lists) -> list[TitleKey]:
        today = run.started_at.date()
        since = this_pass.changes_since
        popular = popular_titles(
            self.client, self.exports, min_popularity=self.min_popularity, today=today
        )
        changed = changed_titles(self.client, since=since, today=today) if since else set()
        listed = [(media_type, one) for (_, media_type), ids in lists.items() for one in ids]
        with run.batch() as connection:
            return select(connection, this_pass, listed=listed, popular=popular, changed=changed)

    def _lists(self, run: JobRun) -> Lists:
        wanted = [(name, media_type) for name in _LISTS for media_type in MEDIA_TYPES]
        lists: Lists = {}
        with run.progress.track("lists", len(wanted)) as advance:
            for name, media_type in wanted:
                lists[name, media_type] = self.client.list_ids(name, media_type, pages=_LIST_PAGES)
                advance(1)
        return lists

    def _finish(self, connection: Connection, run: JobRun, lists: Lists) -> None:
        for (name, media_type), ids in lists.items():
            write_snapshot(connection, name, media_type, ids, taken_at=run.started_at)
        moved = apply_ranks(connection, now=run.started_at)
        if moved:
            run.report.notes.append(f"{moved:,} ranks moved.")
        if run.report.written:
            forget_unused_names(connection)


def _stored_services(connection: Connection) -> dict[int, str]:
    rows = connection.execute(
        text("SELECT tmdb_id, short_name FROM providers WHERE tmdb_id IS NOT NULL")
    )
    return {row.tmdb_id: row.short_name for row in rows}


def _fetched(
    client: TmdbClient, wanted: Sequence[TitleKey], names: ServiceNames
) -> Generator[list[Fetched]]:
    """Batches in order; the next one is asked for while the caller writes this one."""
    pool = ThreadPoolExecutor(max_workers=CONNECTIONS, thread_name_prefix="tmdb")
    ahead: deque[list[Future[Fetched]]] = deque()
    try:
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            ahead.append([pool.submit(_fetch, client, key, names) for key in batch])
            if len(ahead) > 1:
                yield [future.result() for future in ahead.popleft()]
        for futures in ahead:
            yield [future.result() for future in futures]
    finally:
        pool.shutdown(cancel_futures=True)


def _fetch(client: TmdbClient, key: TitleKey, names: ServiceNames) -> Fetched:
    media_type, tmdb_id = key
    try:
        document = client.details(media_type, tmdb_id)
        if document is None:
            return Fetched(key, refused="gone")
        return Fetched(key, described=read_details(document, media_type, names))
    except Unfit as error:
        return Fetched(key, refused=str(error))
    except UpstreamUnavailable as error:
        return Fetched(key, failed=str(error))


def _write(connection: Connection, run: JobRun, batch: Sequence[Fetched]) -> None:
    now = run.started_at
    described = [one.described for one in batch if one.described is not None]
    write_providers(connection, {p.short_name: p for d in described for p in d.providers}.values())
    written = write_titles(connection, [d.title for d in described], source="tmdb", now=now)
    retire_titles(connection, [one.key for one in batch if one.refused == "gone"], now=now)
    failures = {_reference(one.key): one.failed for one in batch if one.failed is not None}
    record_failures(connection, run.job, failures, now=now)
    answered = [_reference(one.key) for one in batch if one.failed is None]
    clear_failures(connection, run.job, answered)
    run.report.read += len(batch)
    run.report.written += written.changed
    run.report.unchanged += written.unchanged
    run.report.rejected += Counter(one.refused for one in batch if one.refused is not None)
    if failures:
        run.report.rejected["no answer"] += len(failures)


def _give_up_when_all_failed(batch: Sequence[Fetched]) -> None:
    if len(batch) >= _HOPELESS and all(one.failed is not None for one in batch):
        raise UpstreamUnavailable(
            f"TMDB gave no answer to {len(batch)} titles in a row; the next run goes on from there."
        )


def _reference(key: TitleKey) -> str:
    return f"{key[0]}:{key[1]}"
