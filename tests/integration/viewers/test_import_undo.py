"""Taken back, an import leaves what was there before, by a dump of every table it writes to."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import psycopg
import pytest

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.items import ItemRef
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.viewers.events import NewEvent, ProfileKey
from api.viewers.history import interactions
from api.viewers.imports.imports import Imports
from api.viewers.imports.live import LiveIntake
from api.viewers.imports.live_statements import Via
from api.viewers.imports.row import Ids, Name, Row
from api.viewers.watchlist import statements as watchlist
from tests.builders import add_item, rows_of

_NOW = datetime(2026, 3, 1, tzinfo=UTC)
_DANA = ProfileKey("dana")
_TABLES = ("interactions", "watchlist", "library", "import_replaced", "imports", "import_rows")
_RATINGS = b"tmdb_id,type,rating,watched\n949,movie,9,\n348,movie,8,2024-01-02\n"
_LATER = b"tmdb_id,type,rating,watchlist\n949,movie,5,\n348,movie,3,\n11645,movie,,yes\n"


@pytest.fixture(autouse=True)
def catalogue(database: Database) -> None:
    for title, tmdb_id in (("Heat", 949), ("Alien", 348), ("Ran", 11645)):
        add_item(database, title, tmdb_id=tmdb_id)
    add_item(database, "Dark", tmdb_id=70523, media_type="tv")


@pytest.fixture
def imports(database: Database) -> Imports:
    return Imports(database, Cursors(lambda: b"x" * 32), ShownTitles(database), lambda: _NOW)


def _bring(imports: Imports, content: bytes) -> int:
    brought = imports.create(_DANA, BytesIO(content), "mine.csv").stored.id
    imports.apply(brought)
    return brought


def _live(database: Database, via: Via) -> int:
    """A viewing, three episodes one by one, an opinion and another one, a wish, what is owned."""
    intake, rows = LiveIntake(database, lambda: _NOW), _live_rows()
    for row in rows:
        taken = intake.take(_DANA, "plex", via, [row])
        assert taken.recorded == 1
    assert taken.import_id is not None
    assert all(intake.take(_DANA, "plex", via, [row]).recorded == 0 for row in rows[:-1])
    return taken.import_id


def _live_rows() -> list[Row]:
    heat, ran, dark = Ids(tmdb=949), Ids(tmdb=11645), Ids(tmdb=70523)
    film = Row(1, "", title="Heat", names=(Name("Heat", "movie"),), media_type="movie", ids=heat)
    show = Row(1, "", title="Dark", names=(Name("Dark", "tv"),), media_type="tv", ids=dark)
    days = [datetime(2025, 2, day, 20, tzinfo=UTC) for day in range(1, 7)]
    wish = Row(1, "", "watchlist", "Ran", media_type="movie", ids=ran)
    return [
        _with(film, watched_at=days[0]),
        *(_with(show, watched_at=days[n], season=1, episode=str(n)) for n in (1, 2, 3)),
        wish,
        _with(wish, kind="owned"),
        *(
            _with(film, kind="rated", rating=rating, scale=10.0, logged_at=day)
            for rating, day in ((6.0, days[4]), (7.0, days[5]))
        ),
    ]


def _with(row: Row, **changes: object) -> Row:
    values = {name: getattr(row, name) for name in Row.__dataclass_fields__}
    return Row(**(values | changes))


def _dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: rows_of(database, f"SELECT t::text FROM {table} AS t ORDER BY 1")
        for table in _TABLES
    }


def _say(database: Database, tmdb_id: int, rating: float) -> None:
    event = NewEvent(_DANA, ItemRef(tmdb=("movie", tmdb_id)), "rated", _NOW, rating=rating)
    with database.transaction() as cursor:
        interactions.record(cursor, [_DANA], [event], now=_NOW)


@pytest.mark.parametrize("via", ["hook", "sync"])
def test_what_came_live_goes_whole(database: Database, imports: Imports, via: Via) -> None:
    _bring(imports, _RATINGS)
    before = _dump(database)
    live = _live(database, via)
    assert _dump(database) != before
    imports.take_back(live)
    assert _dump(database) == before


def test_a_file_that_changed_an_earlier_ones_opinions_goes_whole(
    database: Database, imports: Imports
) -> None:
    _bring(imports, _RATINGS)
    _say(database, 348, 2)
    before = _dump(database)
    imports.take_back(_bring(imports, _LATER))
    assert _dump(database) == before


@pytest.mark.parametrize("bring", [_live, None], ids=["live", "file"])
def test_edits_in_between_stay(
    database: Database, imports: Imports, bring: Callable[[Database, Via], int] | None
) -> None:
    earlier = _bring(imports, _RATINGS)
    brought = bring(database, "hook") if bring else _bring(imports, _LATER)
    _say(database, 949, 1)
    with database.transaction() as cursor:
        assert not watchlist.add(cursor, _DANA, _id_of(database, 11645))
    imports.take_back(brought)
    told = (
        "SELECT tmdb_id, rating::real, import_id FROM interactions JOIN items ON items.id = item_id"
    )
    assert rows_of(database, f"{told} ORDER BY 1") == [(348, 8.0, earlier), (949, 1.0, None)]
    assert rows_of(database, "SELECT import_id FROM watchlist") == [(None,)]
    assert rows_of(database, "SELECT count(*) FROM library") == [(0,)]


def test_what_its_viewer_says_again_stays(database: Database, imports: Imports) -> None:
    brought = _bring(imports, _RATINGS)
    told = "SELECT tmdb_id, rating::real FROM interactions JOIN items ON items.id = item_id"
    (of_import,) = rows_of(database, f"{told} WHERE tmdb_id = 348")
    _say(database, 348, of_import[1])
    imports.take_back(brought)
    assert rows_of(database, told) == [of_import]


def test_killed_while_it_is_taken_back_it_goes_whole_the_next_time(
    database: Database, imports: Imports
) -> None:
    _bring(imports, _RATINGS)
    before = _dump(database)
    live = _live(database, "hook")
    after = _dump(database)
    with database.autocommit() as cursor:
        cursor.execute(
            "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER die AFTER DELETE ON library FOR EACH ROW EXECUTE FUNCTION die()"
        )
    with pytest.raises(psycopg.OperationalError):
        imports.take_back(live)
    assert _dump(database) == after
    with database.autocommit() as cursor:
        cursor.execute("DROP TRIGGER die ON library")
    imports.take_back(live)
    assert _dump(database) == before


def _id_of(database: Database, tmdb_id: int) -> int:
    ((found,),) = rows_of(database, f"SELECT id FROM items WHERE tmdb_id = {tmdb_id}")
    return int(found)
