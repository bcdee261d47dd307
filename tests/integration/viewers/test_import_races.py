"""An import that two connections write to in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO

from api.catalogue.limits.shown_titles import ShownTitles
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.viewers.events import ProfileKey
from api.viewers.imports import apply_statements, statements
from api.viewers.imports.imports import Imports
from tests.builders import add_item, rows_of

_NOW = datetime(2026, 3, 1, tzinfo=UTC)
_DANA = ProfileKey("dana")
_FILM = b"tmdb_id,type,watched\n949,movie,2025-01-02\n"
_TRIES = 100_000  # each asks the database, so they end within a minute
_WAITS = (
    "SELECT FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~ 'DELETE'"
)
_STATES = "SELECT state, count(*) FROM imports GROUP BY state ORDER BY state"


def test_a_preview_that_is_applied_while_an_eleventh_file_comes_stays(database: Database) -> None:
    add_item(database, "Heat", tmdb_id=949)
    imports = Imports(database, Cursors(lambda: b"x" * 32), ShownTitles(database), lambda: _NOW)
    oldest, *_ = [_read(imports) for _ in range(10)]
    with ThreadPoolExecutor(1) as beside, database.autocommit() as looking:
        with database.transaction() as applying:
            assert statements.read(applying, oldest, hold=True) is not None
            apply_statements.apply(
                applying,
                oldest,
                profile_id=apply_statements.make_profile(applying, "dana", None),
                user_id="dana",
                source="csv",
                now=_NOW,
            )
            eleventh = beside.submit(_read, imports)
            assert any(looking.execute(_WAITS).fetchone() is not None for _ in range(_TRIES))
        eleventh.result()
    assert rows_of(database, _STATES) == [("applied", 1), ("previewed", 10)]
    assert imports.take_back(oldest).events == 1
    assert rows_of(database, "SELECT count(*) FROM interactions") == [(0,)]


def _read(imports: Imports) -> int:
    return imports.create(_DANA, BytesIO(_FILM), "mine.csv").stored.id
