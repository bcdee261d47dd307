"""`seenemall import`: brings somebody's export into their history, lists what was brought, or takes
one back."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import get_args

import typer
from rich.console import Console
from rich.table import Table

from api.access.households import Households
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import NO_LIMITS
from api.platform import migrations
from api.platform.counted import counted
from api.platform.cursors import Cursors
from api.platform.database import Database, opened_database
from api.platform.errors import InvalidInput, NotFound, UnusableImport
from api.platform.service_state import cursor_secret
from api.viewers.events import ProfileKey
from api.viewers.history.many_histories import Tally, record_many
from api.viewers.imports.families import Family
from api.viewers.imports.imports import Imports, Overview
from api.viewers.imports.matching.match import Status
from api.viewers.imports.read_export import title_of
from api.viewers.named_viewer import named_viewer
from config.settings import Settings

_STATUSES: tuple[Status, ...] = ("matched", "uncertain", "unmatched", "skipped")
_SHOWN = 10  # titles of what was not understood
_LISTED = 100


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read, and whether it is to be written."""

    source: str | None
    kind: str | None
    account: str | None
    dry_run: bool
    without_asking: bool

    @property
    def family(self) -> Family | None:
        """Raises InvalidInput for a kind that there is not."""
        found = next((one for one in get_args(Family) if one == self.kind), None)
        if self.kind is not None and found is None:
            raise InvalidInput(f"--kind is one of {', '.join(get_args(Family))}.")
        return found


def bring(path: Path | None, *, user: str | None, profile: str | None, options: Options) -> None:
    """Reads the file, says what was understood, and writes it once that is confirmed.

    With `dry_run` nothing is left behind.
    """
    if path is None or user is None:
        raise InvalidInput("Name a file and whose it is: seenemall import FILE --user USER.")
    viewer, asked = named_viewer(user, profile), options
    _require_file(path)
    if not (asked.dry_run or asked.without_asking or sys.stdin.isatty()):
        raise InvalidInput("Say --yes to write it, or --dry-run to look at it only.")
    with _imports() as (database, imports):
        _require_profile(database, viewer)
        overview = _read(imports, path, viewer, asked)
        _show(imports, overview)
        if asked.dry_run or not (asked.without_asking or typer.confirm("Write it?")):
            imports.take_back(overview.stored.id)
            typer.echo("Nothing was written.")
            return
        added = imports.apply(overview.stored.id, tell=_tell_percent).added
    typer.echo(
        f"Import {overview.stored.id}: {counted(added.events, 'event')}, "
        f"{added.watchlist} on the watchlist, {added.library} in the library. Take it back with "
        f"`seenemall import --take-back {overview.stored.id}`."
    )


def bring_many(path: Path | None) -> None:
    """Records a table of many users' events, and says how fast."""
    if path is None:
        raise InvalidInput("Name a table: seenemall import --many FILE.")
    began = monotonic()
    try:
        with (
            opened_database(Settings.load()) as database,
            path.open(encoding="utf-8", newline="") as lines,
        ):
            migrations.upgrade(database)
            database.open_pool()
            tally = record_many(database, lines, now=datetime.now(UTC), after_batch=_tell)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnusableImport(f"{path} cannot be read: {error}.") from error
    seconds = monotonic() - began
    typer.echo(
        f"Read {counted(tally.read, 'event')}: {tally.recorded:,} recorded, "
        f"{tally.unchanged:,} known, {tally.skipped.total():,} skipped, in {seconds:.1f} s "
        f"({tally.read / seconds:,.0f}/s)."
    )
    for reason, count in tally.skipped.most_common():
        typer.echo(f"  {count:,} skipped: {reason}")


def _tell(tally: Tally) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{tally.read:,} read", nl=False, err=True)


def _tell_percent(percent: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{percent} % written", nl=False, err=True)


def take_back(import_id: int) -> None:
    """Removes what an import brought, and leaves what was there before."""
    with _imports() as (_, imports):
        removed = imports.take_back(import_id)
    typer.echo(
        f"Took back {counted(removed.events, 'event')}, {removed.watchlist} of the watchlist and "
        f"{removed.library} of the library."
    )


def list_imports(*, user: str | None, profile: str | None) -> None:
    """Prints what was brought for a profile, the newest first, with the numbers to take it back."""
    if user is None:
        raise InvalidInput("Say whose imports: seenemall import --list --user USER.")
    viewer = named_viewer(user, profile)
    table = Table("import", "of", "file", "when", "state", "rows", "wrote")
    with _imports() as (database, imports):
        _require_profile(database, viewer)
        found, cursor = imports.page(viewer, cursor=None, limit=_LISTED, limits=NO_LIMITS)
    for one in found:
        stored, added = one.stored, one.added
        table.add_row(
            str(stored.id),
            title_of(stored.source),
            stored.file_name if one.via == "file" else f"by {one.via}",
            f"{stored.created_at:%Y-%m-%d %H:%M}",
            stored.state,
            f"{sum(one.counts.values()):,}",
            f"{counted(added.events, 'event')}, {added.watchlist:,} on the watchlist, "
            f"{added.library:,} in the library",
        )
    if not found:
        typer.echo("Nothing was brought, or all of it was taken back.")
        return
    Console().print(table)
    if cursor is not None:
        typer.echo(f"These are the newest {_LISTED}.")


def _require_file(path: Path) -> None:
    """Before anything is asked of whoever has named it. A pipe, which an export is no good in
    because files are read back and forth, would keep whoever opens it waiting."""
    with _readable(path):
        if path.is_fifo():
            raise UnusableImport(f"{path} cannot be read: it is a pipe, and no file.")
        path.open("rb").close()


def _read(imports: Imports, path: Path, viewer: ProfileKey, asked: Options) -> Overview:
    with _readable(path), path.open("rb") as stream:
        return imports.create(
            viewer,
            stream,
            path.name,
            source=asked.source,
            family=asked.family,
            account=asked.account,
        )


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Tells of a file that cannot be read, or is gone meanwhile, in a sentence."""
    try:
        yield
    except OSError as error:
        raise UnusableImport(f"{path} cannot be read: {error.strerror or error}.") from error


def _require_profile(database: Database, viewer: ProfileKey) -> None:
    """In a household with limits a mistyped profile is none, as everywhere."""
    household = Households(database).of(viewer.user_id, viewer.profile)
    if household.lacks(viewer.profile):
        raise NotFound(f"{viewer.user_id} has no profile {viewer.profile!r}.")


def _show(imports: Imports, overview: Overview) -> None:
    stored, counts = overview.stored, overview.counts
    by_status = ", ".join(f"{counts.get(status, 0)} {status}" for status in _STATUSES)
    source, rows = title_of(stored.source), sum(counts.values())
    typer.echo(f"{stored.file_name} is of {source}: {counted(rows, 'row')}, {by_status}.")
    if stored.columns:
        meant = ", ".join(f"{column!r} as {name}" for name, column in stored.columns.items())
        typer.echo(f"Its columns are read {meant}.")
    if stored.rating_scale is not None:
        typer.echo(f"Its ratings are taken to be out of {stored.rating_scale:g}.")
    if stored.columns_left:
        typer.echo(f"Not read: {', '.join(map(repr, stored.columns_left))}.")
    if len(stored.accounts) > 1:
        typer.echo(f"It is of several people: {', '.join(stored.accounts)}; --account names one.")
    table = Table("row", "says", "rows", "status", "because")
    more = 0
    for status in _STATUSES[1:3]:
        titles, count = imports.titles(stored.id, status=status, limit=_SHOWN)
        more += count - len(titles)
        for title in titles:
            table.add_row(str(title.number), title.says, str(title.rows), status, title.reason)
    if table.row_count:
        Console().print(table)
    if more:
        typer.echo(f"And {counted(more, 'more title')}.")
    for reason, rows in imports.reasons(stored.id, status="skipped", limit=_SHOWN):
        typer.echo(f"Passed over: {counted(rows, 'row')}, {reason}.")


@contextmanager
def _imports() -> Iterator[tuple[Database, Imports]]:
    with opened_database(Settings.load()) as database:
        migrations.upgrade(database)
        database.open_pool()
        cursors = Cursors(lambda: cursor_secret(database))
        shown = ShownTitles(database)
        yield database, Imports(database, cursors, shown, lambda: datetime.now(UTC))
