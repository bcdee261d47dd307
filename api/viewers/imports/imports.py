"""What viewers bring from elsewhere: read and shown, applied when they say so, taken back whole."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from psycopg import Cursor

from api.catalogue.items.named_items import require_known_items
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import NO_LIMITS, Limits
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidCursor, InvalidInput, NotFound, TooManyImports
from api.platform.retried import retried
from api.viewers.events import ProfileKey
from api.viewers.imports import apply_statements, statements, take_back_statements
from api.viewers.imports.families import Family, only
from api.viewers.imports.matching.known_titles import known_titles
from api.viewers.imports.matching.match import Status, match
from api.viewers.imports.new_rows import Chosen, new_rows
from api.viewers.imports.read_export import read_export
from api.viewers.imports.row import Kind
from api.viewers.imports.statements import (
    LONGEST,
    Added,
    ListedImport,
    NamedTitle,
    RowsOfTitle,
    StoredImport,
    StoredRow,
)
from api.viewers.newest_first import NewestFirst

_CURSOR = "import rows"
_CURSOR_OF_LIST = "imports"
_AT_ONCE, _MOST_WAITING = 2, 6


@dataclass(frozen=True, slots=True)
class Overview:
    """An import with what became of its rows and what it wrote."""

    stored: StoredImport
    counts: Mapping[Status, int]
    kinds: Mapping[Kind, int]  # of the matched rows
    added: Added
    progress: int | None = None  # percent, while it is being applied
    would_add: Added | None = None  # by applying it now, where that was asked


@dataclass(frozen=True, slots=True)
class Choice:
    """Which title a row means, as its viewer says; None: none, it is to be left out."""

    number: int
    file: str | None
    item: str | int | None


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Rows with the titles that they and their candidates name, as far as they may be shown."""

    rows: Sequence[StoredRow]
    titles: Mapping[int, NamedTitle]
    next_cursor: str | None


class Imports:
    """The use cases of /imports."""

    def __init__(
        self,
        database: Database,
        cursors: Cursors,
        shown: ShownTitles,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._cursors = cursors
        self._pages = NewestFirst(cursors, kind=_CURSOR_OF_LIST)
        self._shown = shown
        self._clock = clock
        # A whole export is in memory while it is read: the next ones wait, a few, as each of them
        # holds a thread that others need.
        self._reading = BoundedSemaphore(_AT_ONCE)
        self._places = BoundedSemaphore(_AT_ONCE + _MOST_WAITING)

    def create(
        self,
        viewer: ProfileKey,
        stream: BinaryIO,
        name: str,
        *,
        source: str | None = None,
        family: Family | None = None,
        account: str | None = None,
        limits: Limits = NO_LIMITS,
    ) -> Overview:
        """Reads an export and stores what it says, without any effect on the viewer's history.

        A title above the limits, which are those of whoever brings it, is unknown.

        Raises UnusableImport, with one sentence, for what cannot be read, and TooManyImports where
        others wait already.
        """
        if not self._places.acquire(blocking=False):
            raise TooManyImports
        try:
            with self._reading:
                return self._create(viewer, stream, name, source, family, account, limits)
        finally:
            self._places.release()

    def _create(
        self,
        viewer: ProfileKey,
        stream: BinaryIO,
        name: str,
        source: str | None,
        family: Family | None,
        account: str | None,
        limits: Limits,
    ) -> Overview:
        now = self._clock()
        name = name.encode(errors="replace").decode().replace("\0", "")[:LONGEST] or "file"
        export = read_export(stream, name, now=now, source=source, account=account)
        rows = only(export.rows, family)
        known = known_titles(self._database, rows, limits)
        with self._database.transaction() as cursor:
            chosen = Chosen.read(cursor, viewer, export.source.name).within(limits, self._shown)
            import_id = statements.create(
                cursor,
                viewer,
                source=export.source.name,
                file_name=name,
                guessed=export.guessed,
                accounts=export.accounts,
                now=now,
            )
            found = ((row, chosen.instead_of(row, match(row, known))) for row in rows)
            statements.store_rows(cursor, import_id, new_rows(found))
        return self.overview(import_id)

    def find(self, import_id: int) -> StoredImport:
        """The import; raises NotFound. Whether the caller may know of it is theirs to ask."""
        with self._database.autocommit() as cursor:
            stored = statements.read(cursor, import_id)
        if stored is None:
            raise NotFound("No such import.")
        return stored

    def is_within(self, import_id: int, limits: Limits) -> bool:
        """Whether every title that its rows were taken for, or could be, is within the limits."""
        if not limits.hide_titles:
            return True
        with self._database.autocommit() as cursor:
            named = statements.items_named(cursor, import_id)
        return self._shown.among(named, limits) == named

    def page(
        self, viewer: ProfileKey, *, cursor: str | None, limit: int, limits: Limits
    ) -> tuple[list[ListedImport], str | None]:
        """One page of a profile's imports, the newest first, and the cursor of the next; raises
        InvalidCursor.

        Within limits that hide titles there are none: who brought them is not kept, and what a
        keeper brought names titles above.
        """
        before = self._pages.before(cursor, viewer)
        if limits.hide_titles:
            return [], None
        with self._database.autocommit() as reader:
            found = statements.page_of_imports(reader, viewer, before=before, limit=limit + 1)
        return self._pages.page(found, viewer, limit=limit, place=lambda one: one.place)

    def overview(self, import_id: int, *, would_add: bool = False) -> Overview:
        """The import as it stands, and what applying it would write; raises NotFound."""
        stored = self.find(import_id)
        with self._database.autocommit() as cursor:
            counted = statements.counts(cursor, import_id)
            added = statements.added(cursor, import_id)
            progress = apply_statements.progress(cursor, import_id)
        by_status: Counter[Status] = Counter()
        kinds: Counter[Kind] = Counter()
        for (status, kind), count in counted.items():
            by_status[status] += count
            if status == "matched":
                kinds[kind] += count
        outcome = self._would_add(import_id) if would_add else None
        return Overview(stored, by_status, kinds, added, progress, outcome)

    def _would_add(self, import_id: int) -> Added:
        """What applying it now would write: it is applied, counted and rolled back."""
        with self._database.transaction() as cursor:
            before = statements.added(cursor, import_id)
            with cursor.connection.transaction(force_rollback=True):
                self._apply(cursor, import_id, tell=None, is_told=False)
                after = statements.added(cursor, import_id)
        return Added(
            *(max(now - then, 0) for now, then in zip(astuple(after), astuple(before), strict=True))
        )

    def rows(
        self,
        import_id: int,
        *,
        status: Status | None,
        cursor: str | None,
        limit: int,
        limits: Limits,
    ) -> RowsPage:
        """One page, in the order of the export; raises InvalidCursor.

        A title above the limits is not named.
        """
        after = 0 if cursor is None else self._read_cursor(cursor, import_id, status)
        with self._database.autocommit() as reader:
            rows = statements.page(reader, import_id, status=status, after=after, limit=limit + 1)
            named = {item for row in rows for item in (row.item_id, *row.candidates) if item}
            titles = statements.titles(reader, named)
        shown = self._shown.among({title.id for title in titles.values()}, limits)
        titles = {asked: title for asked, title in titles.items() if title.id in shown}
        if len(rows) <= limit:
            return RowsPage(rows, titles, None)
        place = {"import": import_id, "status": status, "after": rows[limit - 1].position}
        return RowsPage(rows[:limit], titles, self._cursors.sign(place, kind=_CURSOR))

    def titles(
        self, import_id: int, *, status: Status, limit: int
    ) -> tuple[list[RowsOfTitle], int]:
        """The first titles whose rows have a status, and how many titles there are."""
        with self._database.autocommit() as reader:
            return statements.by_title(reader, import_id, status=status, limit=limit)

    def reasons(self, import_id: int, *, status: Status, limit: int) -> list[tuple[str, int]]:
        """Why rows have a status, with how many there are of each reason, the commonest first."""
        with self._database.autocommit() as reader:
            return statements.reasons(reader, import_id, status=status, limit=limit)

    def choose(self, import_id: int, choices: Sequence[Choice], limits: Limits) -> int:
        """Takes the viewer's choices, for all rows of each title; how many rows there were.

        Raises UnknownItems for titles that there are not or that are above the limits, InvalidInput
        for a row that there is not; nothing is changed then.
        """
        # What was seen may have left the catalogue since.
        named = [choice.item for choice in choices if choice.item is not None]
        ids = require_known_items(self._database, named, limits, retired_too=True)
        with self._database.transaction() as cursor:
            stored = self._held(cursor, import_id)
            titles = statements.titles(cursor, ids)
            chosen = (titles[item_id] for item_id in ids)
            items = [None if choice.item is None else next(chosen) for choice in choices]
            changed = 0
            for choice, item in zip(choices, items, strict=True):
                rows = statements.choose(
                    cursor, stored, number=choice.number, file=choice.file, item=item
                )
                if rows == 0:
                    raise InvalidInput(
                        f"there is no row {choice.number} to choose a title for", field="choices"
                    )
                changed += rows
        return changed

    def apply(self, import_id: int, *, tell: Callable[[int], None] | None = None) -> Overview:
        """Writes what the matched rows say, all of it or, killed in the middle, nothing.

        Again, it writes only what was matched since, and takes back what it had written of titles
        that another was chosen for. Makes the profile where there is none. `tell` hears how far it
        is, in percent.
        """

        def write() -> None:
            with self._database.transaction() as cursor:
                self._apply(cursor, import_id, tell=tell, is_told=True)

        retried(write)
        return self.overview(import_id)

    def _apply(
        self,
        cursor: Cursor[Any],
        import_id: int,
        *,
        tell: Callable[[int], None] | None,
        is_told: bool,
    ) -> None:
        stored = self._held(cursor, import_id)
        profile_id = apply_statements.make_profile(cursor, stored.user_id, stored.profile)
        others_too = take_back_statements.take_back_left(cursor, stored)
        apply_statements.apply(
            cursor,
            import_id,
            profile_id=profile_id,
            user_id=stored.user_id,
            source=stored.source,
            now=self._clock(),
            tell=tell,
            is_told=is_told,
        )
        if others_too:
            self._apply_kept_out(cursor, stored, profile_id)

    def _apply_kept_out(self, cursor: Cursor[Any], gone: StoredImport, profile_id: int) -> None:
        """Writes what other imports told as well as one of which something was taken back."""
        for import_id, source, positions in list(take_back_statements.kept_out(cursor, gone)):
            apply_statements.apply(
                cursor,
                import_id,
                profile_id=profile_id,
                user_id=gone.user_id,
                source=source,
                now=self._clock(),
                positions=positions,
                is_told=False,
                is_renewed=False,
            )

    def take_back(self, import_id: int) -> Added:
        """Removes the import and what it wrote, whole or not at all; what that was.

        What other imports told as well stays, as theirs.
        """

        def write() -> Added:
            with self._database.transaction() as cursor:
                stored = self._held(cursor, import_id)
                profile_id = apply_statements.hold_profile(cursor, stored.user_id, stored.profile)
                added = statements.added(cursor, import_id)
                take_back_statements.take_back(cursor, stored, profile_id=profile_id)
                if profile_id is not None:
                    self._apply_kept_out(cursor, stored, profile_id)
                return added

        return retried(write)

    def _held(self, cursor: Cursor[Any], import_id: int) -> StoredImport:
        stored = statements.read(cursor, import_id, hold=True)
        if stored is None:
            raise NotFound("No such import.")
        return stored

    def _read_cursor(self, text: str, import_id: int, status: Status | None) -> int:
        place = self._cursors.read(text, kind=_CURSOR)
        asked = {"import": import_id, "status": status}
        if differing := [name for name, value in asked.items() if place[name] != value]:
            raise InvalidCursor(differing)
        return int(place["after"])
