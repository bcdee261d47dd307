"""What imports wait for is looked for at TMDB, fetched, and joins the history."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest

from api.catalogue.limits.shown_titles import ShownTitles
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.viewers.events import ProfileKey
from api.viewers.imports.imports import Imports
from api.viewers.imports.waiting import WaitingRows
from etl.tmdb.ingest import Ingest
from tests.builders import rows_of
from tests.doubles.tmdb import Fault, TmdbDouble
from tests.doubles.tmdb_runs import let_days_pass, tmdb_run

IngestFactory = Callable[..., Ingest]

_EVENTS = """
    SELECT title, event_type FROM interactions JOIN items ON items.id = item_id ORDER BY 1, 2
"""


def _now() -> datetime:
    return datetime.now(UTC)


def _bring(database: Database, content: str) -> None:
    imports = Imports(database, Cursors(lambda: b"x" * 32), ShownTitles(database), _now)
    brought = imports.create(ProfileKey("dana"), BytesIO(content.encode()), "export.csv")
    imports.apply(brought.stored.id)


def test_a_name_is_searched_for_once_and_its_row_joins(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(
        2,
        "Nobody's Tide",
        popularity=0.0,
        release_date="2001-05-01",
        alternative_titles={"titles": [{"iso_3166_1": "DE", "title": "Niemands Flut"}]},
    )
    tmdb.add_film(3, "Nobody's Tide", popularity=0.0, release_date="1950-05-01")
    _bring(database, "Title,Year,Date\nNiemands Flut,2001,2024-01-05\nNirgends,1999,2024-01-06\n")
    tmdb_run(database, ingest(min_popularity=1.0))
    assert rows_of(database, "SELECT tmdb_id FROM items") == [(2,)]
    assert WaitingRows(database, _now).look_again() == 1
    assert rows_of(database, _EVENTS) == [("Nobody's Tide", "watched")]
    asked = len(tmdb.searches)
    tmdb_run(database, ingest(min_popularity=1.0))
    assert len(tmdb.searches) == asked


def test_an_id_elsewhere_is_looked_up(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(2, "Tide", popularity=0.0, external_ids={"imdb_id": "tt0000002"})
    tmdb.add_show(2, "Shore", popularity=0.0, external_ids={"tvdb_id": 81189})
    _bring(
        database,
        "Title,IMDb ID,Type\nEbb,tt0000002,movie\n",
    )
    _bring(
        database,
        "series_tvdb_id,title,season,episode,tvdb_id,is_watched\n81189,Kust,1,1,9,true\n",
    )
    tmdb_run(database, ingest(min_popularity=1.0))
    assert tmdb.asked_for("find/") == ["find/tt0000002", "find/81189"]
    assert tmdb.searches == []
    assert WaitingRows(database, _now).look_again() == 2
    assert rows_of(database, _EVENTS) == [("Shore", "watched"), ("Tide", "watched")]


def test_a_preview_is_nobodys_business(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    imports = Imports(database, Cursors(lambda: b"x" * 32), ShownTitles(database), _now)
    imports.create(ProfileKey("dana"), BytesIO(b"Title,Year\nTide,2001\n"), "export.csv")
    tmdb_run(database, ingest(min_popularity=1.0))
    assert tmdb.searches == []


def test_a_name_that_the_catalogue_does_not_know_is_offered_to_its_viewer(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(
        2, "My Tide", popularity=0.0, release_date="2001-05-01", also_known_as=["Mi marea"]
    )
    _bring(database, "Title,Year,Date\nMi marea,2001,2024-01-05\n")
    tmdb_run(database, ingest(min_popularity=1.0))  # which brings the title
    let_days_pass(database, 1)
    with database.autocommit() as cursor:
        cursor.execute("UPDATE import_rows SET asked_at = asked_at - interval '1 day'")
    tmdb_run(database, ingest(min_popularity=1.0))
    ((item,),) = rows_of(database, "SELECT id FROM items")
    assert rows_of(database, "SELECT status, candidates, reason FROM import_rows") == [
        ("uncertain", [item], "TMDB finds it under that name")
    ]
    assert rows_of(database, _EVENTS) == []


def test_a_name_that_tmdb_refuses_is_in_nobodys_way(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper", popularity=50.0)
    tmdb.add_film(2, "Nobody's Tide", popularity=0.0, release_date="2001-05-01")
    _bring(database, "Title,Year,Date\nEbb,2001,2024-01-05\nNobody's Tide,2001,2024-01-06\n")
    tmdb.fail("search/movie", Fault(422))
    tmdb_run(database, ingest(min_popularity=1.0))
    assert rows_of(database, "SELECT tmdb_id FROM items") == [(1,)]
    tmdb_run(database, ingest(min_popularity=1.0))  # the next pass goes on behind it
    assert rows_of(database, "SELECT tmdb_id FROM items ORDER BY 1") == [(1,), (2,)]


def test_no_more_than_so_many_of_a_viewers_titles_are_fetched_in_a_pass(
    database: Database,
    tmdb: TmdbDouble,
    ingest: IngestFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("etl.tmdb.fetch_plan._MOST_BROUGHT", 2)
    for number in (5, 6):
        tmdb.add_film(number, f"Film {number}", popularity=0.0)
    made_up = "".join(f"X{number},{number},movie\n" for number in (3, 4, 5, 6))
    _bring(database, f"Title,TMDB ID,Type\n{made_up}")
    tmdb_run(database, ingest(min_popularity=1.0))
    assert rows_of(database, "SELECT tmdb_id FROM items") == []
    tmdb_run(database, ingest(min_popularity=1.0))  # those that TMDB lacks are not asked for again
    assert rows_of(database, "SELECT tmdb_id FROM items ORDER BY 1") == [(5,), (6,)]
