"""`python -m tests.endurance.taken_back FOLDER`: real exports, each brought twice and taken back.

On the catalogue of DATABASE_URL or DATA_DIR, while nobody else writes to it. The second time
nothing may be added; taken back, every table that an import writes to must be what it was. Then a
diary of the catalogue's titles, with edits between applying and taking back.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.items import ItemRef
from api.platform.cursors import Cursors
from api.platform.database import Database, opened_database
from api.platform.errors import UnusableImport
from api.viewers.events import NewEvent, ProfileKey
from api.viewers.history import interactions
from api.viewers.imports.imports import Imports
from config.settings import Settings

_VIEWER = ProfileKey("import-endurance")
_OTHER = ProfileKey("import-endurance-edits-alone")
_FIRST_DAY, _DAYS = date(2024, 1, 1), 700
_ROWS = 1_000
_EDITS = 100
_TABLES = ("interactions", "watchlist", "library", "import_replaced", "imports", "import_rows")
_TITLES = """
    SELECT title, release_year, tmdb_id FROM items
    WHERE media_type = 'movie' AND release_year < %s AND retired_at IS NULL ORDER BY tmdb_id
"""
_HISTORY = """
    SELECT item_id, event_type, rating, watched_at, occurred_at, import_id, interactions.source,
        scale, episodes
    FROM interactions JOIN profiles ON profiles.id = profile_id WHERE user_id = %s ORDER BY 1, 2, 4
"""
_FORGET = "DELETE FROM profiles WHERE user_id = ANY(%s)"

Title = tuple[str, int, int]  # name, year, TMDB's id


def main() -> int:
    """Prints a line per export; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    with opened_database(Settings.load()) as database:
        database.open_pool()
        _forget(database)  # what a run that was killed left
        try:
            held = _exports_hold(database, asked.folder)
            return int(not (_edits_stay(database) and held))
        finally:
            _forget(database)


def _forget(database: Database) -> None:
    with database.autocommit() as cursor:
        cursor.execute(_FORGET, ([_VIEWER.user_id, _OTHER.user_id],))


def _edits_stay(database: Database) -> bool:
    """What a viewer says between applying and taking back is what it would be by itself."""
    titles = _titles(database)
    imports = imports_of(database)
    content = "\n".join(_diary(titles, _ROWS)).encode()
    brought = imports.create(_VIEWER, BytesIO(content), "diary.csv").stored.id
    imports.apply(brought)
    now = datetime.now(UTC)
    for viewer in (_VIEWER, _OTHER):
        _edit(database, viewer, titles, now)
    imports.take_back(brought)
    after, alone = (_history(database, viewer) for viewer in (_VIEWER, _OTHER))
    print(f"{len(alone)} edits in between stay, and nothing else: {after == alone}")
    return len(alone) == _EDITS and after == alone


def _edit(database: Database, viewer: ProfileKey, titles: Sequence[Title], now: datetime) -> None:
    """Another rating for every second title, a viewing of each of the others."""
    events = []
    for number, (_, _, tmdb_id) in enumerate(titles[:_EDITS]):
        item, moment = ItemRef(tmdb=("movie", tmdb_id)), now - timedelta(hours=number)
        if number % 2:
            events.append(NewEvent(viewer, item, "rated", moment, rating=2))
        else:
            events.append(NewEvent(viewer, item, "watched", moment, watched_at=moment))
    with database.transaction() as cursor:
        interactions.record(cursor, [viewer], events, now=now)


def _exports_hold(database: Database, folder: Path) -> bool:
    brought, events, wrong = 0, 0, []
    imports, before = imports_of(database), _dump(database)
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and one.suffix != ".md"):
        ids, added = [], []
        try:
            for _ in range(2):
                with path.open("rb") as stream:
                    ids.append(imports.create(_VIEWER, stream, path.name).stored.id)
                counts = imports.apply(ids[-1]).added
                added.append(counts.events + counts.watchlist + counts.library)
        except UnusableImport:
            pass
        for import_id in reversed(ids):
            imports.take_back(import_id)
        brought, events = brought + bool(ids), events + sum(added[:1])
        is_right = not any(added[1:]) and _dump(database) == before
        wrong += [] if is_right else [str(path.relative_to(folder))]
        print(f"{path.relative_to(folder)}: {added}, as before: {is_right}", flush=True)
    print(
        f"{brought} files brought twice and taken back: {events:,} events, wishes and owned "
        f"titles; wrong: {', '.join(wrong) or 'none'}"
    )
    return brought > 0 and not wrong


def imports_of(database: Database) -> Imports:
    """The use cases, as the command has them."""
    cursors = Cursors(lambda: b"x" * 32)
    return Imports(database, cursors, ShownTitles(database), lambda: datetime.now(UTC))


def _titles(database: Database) -> list[Title]:
    with database.autocommit() as cursor:
        return cursor.execute(_TITLES, (_FIRST_DAY.year,)).fetchall()


def _history(database: Database, viewer: ProfileKey) -> list[tuple[object, ...]]:
    with database.autocommit() as cursor:
        return cursor.execute(_HISTORY, (viewer.user_id,)).fetchall()


def _dump(database: Database) -> list[tuple[object, ...]]:
    """Rows and a hash of them, of every table."""
    with database.autocommit() as cursor:
        return [
            row
            for table in _TABLES
            for row in cursor.execute(
                "SELECT count(*), md5(string_agg(line, '' ORDER BY line)) "
                f"FROM (SELECT md5(one::text) AS line FROM {table} AS one) AS lines"
            )
        ]


def _diary(titles: Sequence[Title], rows: int) -> Iterator[str]:
    """A viewing on a day each, rated or not; a title comes again on another day."""
    yield "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date"
    for number in range(rows):
        name, year, _ = titles[number % len(titles)]
        again = number // len(titles)
        day = _FIRST_DAY + timedelta((number * 7 + again * 37) % _DAYS)
        rating = str(number % 10 / 2 + 0.5) if number % 3 else ""
        quoted = name.replace('"', '""')
        yield f'{day},"{quoted}",{year},https://boxd.it/{number:x},{rating},,,{day}'


if __name__ == "__main__":
    sys.exit(main())
