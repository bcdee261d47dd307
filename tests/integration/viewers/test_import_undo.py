"""Taken back, an import leaves what was there before, by a dump of every table it writes to."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import psycopg
import pytest

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.items import ItemRef
from api.domain.limits import NO_LIMITS
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.viewers.events import NewEvent, ProfileKey
from api.viewers.history import interactions
from api.viewers.imports.imports import Choice, Imports
from api.viewers.imports.live import LiveIntake
from api.viewers.imports.live_statements import Via
from api.viewers.imports.row import Ids, Name, Row
from api.viewers.imports.statements import Added
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


# --- What another import told as well ------------------------------------------------------------

_GROWN = _RATINGS + b"11645,movie,,2024-03-01\n"
_SHOWN = (
    "SELECT tmdb_id, event_type, rating::real, watched_at::date::text, episodes, import_id"
    " FROM interactions JOIN items ON items.id = item_id ORDER BY 1, 2"
)


def test_what_a_grown_file_told_too_stays_when_the_first_goes(
    database: Database, imports: Imports
) -> None:
    first = _bring(imports, _RATINGS)
    grown = _bring(imports, _GROWN)
    imports.take_back(first)
    assert rows_of(database, _SHOWN) == [
        (348, "rated", 8.0, "2024-01-02", None, grown),
        (949, "rated", 9.0, None, None, grown),
        (11645, "watched", None, "2024-03-01", None, grown),
    ]
    imports.take_back(grown)
    assert rows_of(database, _SHOWN) == []


def test_wishes_shows_and_what_is_owned_stay_as_well(database: Database, imports: Imports) -> None:
    table = (
        b"tmdb_id,type,season,episode,watched,status\n70523,tv,1,1,2024-01-01,\n"
        b"70523,tv,1,2,2024-01-20,\n11645,movie,,,,planned\n"
    )
    first, second = _bring(imports, table), _bring(imports, table)
    owned = [{"hasFile": True, "tmdbId": 949, "title": "Heat"}]
    libraries = [
        _bring_for(imports, profile, json.dumps(owned).encode()) for profile in (None, "noa")
    ]
    imports.take_back(first)
    imports.take_back(libraries[0])
    assert rows_of(database, _SHOWN) == [(70523, "watched", None, "2024-01-20", 2, second)]
    assert rows_of(database, "SELECT import_id FROM watchlist") == [(second,)]
    assert rows_of(database, "SELECT import_id FROM library") == [(libraries[1],)]


def test_what_its_viewer_took_back_of_the_other_does_not_return(
    database: Database, imports: Imports
) -> None:
    first = _bring(imports, b"tmdb_id,type,watched\n348,movie,2024-01-02\n")
    _bring(imports, b"tmdb_id,type,watched\n348,movie,2024-01-02\n348,movie,2024-06-01\n")
    with database.autocommit() as cursor:
        cursor.execute("DELETE FROM interactions WHERE watched_at > '2024-05-01'")
    imports.take_back(first)
    assert [row[3] for row in rows_of(database, _SHOWN)] == ["2024-01-02"]


def test_an_opinion_that_a_later_import_had_too_is_not_that_of_before(
    database: Database, imports: Imports
) -> None:
    _bring(imports, b"tmdb_id,type,rating\n949,movie,7\n")
    _bring(imports, b"tmdb_id,type,rating\n949,movie,6\n")
    eight = b"tmdb_id,type,rating\n949,movie,8\n"
    between, last = _bring(imports, eight), _bring(imports, eight)
    imports.take_back(between)
    assert rows_of(database, _SHOWN) == [(949, "rated", 8.0, None, None, last)]
    imports.take_back(last)
    assert [row[2] for row in rows_of(database, _SHOWN)] == [6.0]


def test_an_import_of_another_profile_tells_nothing_for_this_one(
    database: Database, imports: Imports
) -> None:
    _bring_for(imports, "noa", _RATINGS)
    imports.take_back(_bring(imports, _RATINGS))
    shown = "SELECT DISTINCT profile FROM interactions JOIN profiles ON profiles.id = profile_id"
    assert rows_of(database, shown) == [("noa",)]


def test_when_the_other_was_applied_stays(database: Database, imports: Imports) -> None:
    first, second = _bring(imports, _RATINGS), _bring(imports, _GROWN)
    with database.autocommit() as cursor:
        cursor.execute("UPDATE imports SET applied_at = '2020-01-01Z'")
    imports.take_back(first)
    told = "SELECT id, applied_at::date::text FROM imports"
    assert rows_of(database, told) == [(second, "2020-01-01")]


# --- Another choice after it was applied ---------------------------------------------------------


def _choose(imports: Imports, database: Database, brought: int, row: int, tmdb_id: int) -> None:
    imports.choose(brought, [Choice(row, None, _id_of(database, tmdb_id))], NO_LIMITS)
    imports.apply(brought)


def test_another_title_takes_the_place_of_the_wrong_one(
    database: Database, imports: Imports
) -> None:
    brought = _bring(imports, _RATINGS)
    _choose(imports, database, brought, 2, 11645)
    assert rows_of(database, _SHOWN) == [
        (949, "rated", 9.0, None, None, brought),
        (11645, "rated", 8.0, "2024-01-02", None, brought),
    ]
    imports.choose(brought, [Choice(2, None, None)], NO_LIMITS)
    assert imports.overview(brought, would_add=True).would_add == Added(0, 0, 0, 0)
    imports.apply(brought)
    assert [row[0] for row in rows_of(database, _SHOWN)] == [949]
    _choose(imports, database, brought, 1, 348)
    _choose(imports, database, brought, 1, 949)
    assert [row[0] for row in rows_of(database, _SHOWN)] == [949]


def test_what_other_rows_say_of_the_title_stays(database: Database, imports: Imports) -> None:
    table = b"title,year,watched\nHeat,,2024-01-01\nHeat,2010,2024-03-01\n"
    brought = _bring(imports, table)
    for row in (1, 2):
        _choose(imports, database, brought, row, 949)
    _choose(imports, database, brought, 2, 348)
    assert [(row[0], row[3]) for row in rows_of(database, _SHOWN)] == [
        (348, "2024-03-01"),
        (949, "2024-01-01"),
    ]


def test_episodes_of_another_show_are_counted_no_more(database: Database, imports: Imports) -> None:
    table = (
        b"title,year,type,season,episode,watched\nDark,,tv,1,1,2024-01-01\n"
        b"Dark,2010,tv,1,2,2024-01-20\n"
    )
    brought = _bring(imports, table)
    add_item(database, "Darker", tmdb_id=2, media_type="tv")
    for row in (1, 2):
        _choose(imports, database, brought, row, 70523)
    _choose(imports, database, brought, 2, 2)
    assert [(row[0], *row[3:5]) for row in rows_of(database, _SHOWN)] == [
        (2, "2024-01-20", 1),
        (70523, "2024-01-01", 1),
    ]


def test_an_opinion_that_the_wrong_title_had_changed_is_that_of_before(
    database: Database, imports: Imports
) -> None:
    earlier = _bring(imports, b"tmdb_id,type,rating\n949,movie,9\n")
    later = _bring(imports, b"title,tmdb_id,type,rating,status\nHeat,949,movie,4,\n")
    _choose(imports, database, later, 1, 348)
    assert [(row[0], row[2], row[5]) for row in rows_of(database, _SHOWN)] == [
        (348, 8.0, later),
        (949, 9.0, earlier),
    ]
    imports.take_back(earlier)
    imports.take_back(later)
    assert _dump(database) == {table: [] for table in _TABLES}


def test_what_its_viewer_said_of_the_wrong_title_stays(
    database: Database, imports: Imports
) -> None:
    brought = _bring(imports, _RATINGS)
    _say(database, 949, 2)
    _choose(imports, database, brought, 1, 11645)
    assert [(row[0], row[2], row[5]) for row in rows_of(database, _SHOWN)] == [
        (348, 8.0, brought),
        (949, 2.0, None),
        (11645, 9.0, brought),
    ]


def test_another_title_for_what_came_live_takes_the_place_of_the_wrong_one(
    database: Database, imports: Imports
) -> None:
    live = _live(database, "hook")
    rows = imports.rows(live, status=None, cursor=None, limit=9, limits=NO_LIMITS).rows
    of_show = next(row.number for row in rows if "Dark" in row.says)
    add_item(database, "Darker", tmdb_id=2, media_type="tv")
    _choose(imports, database, live, of_show, 2)
    assert [(row[0], row[4]) for row in rows_of(database, _SHOWN) if row[4]] == [(2, 3)]


def _bring_for(imports: Imports, profile: str | None, content: bytes) -> int:
    viewer = ProfileKey("dana", profile)
    brought = imports.create(viewer, BytesIO(content), "mine.csv").stored.id
    imports.apply(brought)
    return brought


def _id_of(database: Database, tmdb_id: int) -> int:
    ((found,),) = rows_of(database, f"SELECT id FROM items WHERE tmdb_id = {tmdb_id}")
    return int(found)
