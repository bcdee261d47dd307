"""Which titles a run of the `tmdb` job asks for: the first, later ones, and interrupted ones."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from api.platform.database import Database
from etl.tmdb.ingest import Ingest
from tests.doubles.tmdb import SERVER_ERROR, Fault, TmdbDouble
from tests.doubles.tmdb_runs import (
    catalogue,
    details_asked,
    let_days_pass,
    rows,
    titles,
    tmdb_run,
)

IngestFactory = Callable[..., Ingest]


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def days_ago(days: int) -> str:
    return (datetime.now(UTC).date() - timedelta(days=days)).isoformat()


def test_a_later_run_asks_only_for_what_changed_or_is_new(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Same")
    tmdb.add_film(2, "Old Name")
    tmdb_run(database, ingest())
    tmdb.add_film(2, "New Name")
    tmdb.add_film(3, "Arrived")
    tmdb.changed["movie"] = [2, 99]
    let_days_pass(database, 1)
    tmdb.requests.clear()
    tmdb_run(database, ingest())
    assert set(details_asked(tmdb)) == {"movie/3", "movie/2"}  # at once, in any order
    assert [row[2] for row in titles(database)] == ["Same", "New Name", "Arrived"]


def test_an_interrupted_pass_goes_on_where_it_stopped(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in (1, 2, 3):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}", popularity=10.0 - tmdb_id)
    assert "read 2," in tmdb_run(database, ingest(), limit=2).out
    tmdb.requests.clear()
    assert "read 1," in tmdb_run(database, ingest()).out
    assert details_asked(tmdb) == ["movie/3"]


def test_an_interrupted_full_pass_is_continued_by_whichever_run_comes_next(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in (1, 2, 3, 4):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}", popularity=10.0 - tmdb_id)
    tmdb_run(database, ingest())
    assert "read 1," in tmdb_run(database, ingest(), full=True, limit=1).out
    assert "read 2," in tmdb_run(database, ingest(), full=True, limit=2).out
    assert "read 1," in tmdb_run(database, ingest()).out


def test_an_older_export_stands_in_for_todays(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb.export_day -= timedelta(days=5)
    tmdb_run(database, ingest())
    assert len(titles(database)) == 1


def test_without_an_export_discovery_stands_in(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Known", popularity=5.0)
    tmdb.add_film(2, "Obscure", popularity=0.5)
    tmdb.lists["discover/movie"] = [1, 2]
    tmdb.export_day -= timedelta(days=30)
    out = tmdb_run(database, ingest(min_popularity=1.0)).out
    assert titles(database) == [("movie", 1, "Known")]
    assert "TMDB has no movie export of the last 7 days" in out.replace("\n", " ")


def test_a_damaged_export_is_fetched_again(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb.damaged_exports = 2
    tmdb_run(database, ingest())
    assert len(titles(database)) == 1


def test_a_second_run_right_after_the_first_asks_for_no_detail(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Fine")
    tmdb.add_film(2, "Blue", adult=True)
    tmdb.changed["movie"] = [1, 2]
    tmdb.lists["movie/popular"] = [1, 3]
    tmdb_run(database, ingest())
    before = catalogue(database)
    tmdb.requests.clear()
    assert "Nothing changed. Planned 0 titles" in tmdb_run(database, ingest()).out
    assert details_asked(tmdb) == []
    assert catalogue(database) == before


def test_titles_are_asked_for_in_the_order_of_their_worth(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id, popularity in ((1, 3.0), (2, 9.0), (3, 5.0), (4, 0.5)):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}", popularity=popularity)
    tmdb.lists["movie/popular"] = [4]
    tmdb_run(database, ingest(min_popularity=1.0), limit=1)
    tmdb_run(database, ingest(min_popularity=1.0), limit=1)
    tmdb_run(database, ingest(min_popularity=1.0), limit=1)
    assert details_asked(tmdb) == ["movie/4", "movie/2", "movie/3"]


def test_a_kill_while_planning_leaves_no_plan(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Fine")
    tmdb_run(database, ingest())
    let_days_pass(database, 1)
    tmdb.add_film(2, "Arrived")
    tmdb.fail("tv/changes", *[SERVER_ERROR] * 7)
    before = catalogue(database)
    assert tmdb_run(database, ingest()).status == 1
    assert catalogue(database) == before
    assert "written 1" in tmdb_run(database, ingest()).out


def test_watermark_and_lists_move_only_when_the_plan_is_done(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "First", popularity=9.0)
    tmdb.add_film(2, "Second")
    tmdb.lists["movie/popular"] = [1]
    watermarks = "SELECT name, value FROM watermarks"
    snapshots = "SELECT count(*) FROM list_snapshots"
    tmdb_run(database, ingest(), limit=1)
    assert rows(database, watermarks) == [("tmdb:pass-until", today())]
    assert rows(database, snapshots) == [(0,)]
    let_days_pass(database, 3)
    tmdb_run(database, ingest())
    assert rows(database, watermarks) == [("tmdb:complete-until", days_ago(3))]
    assert rows(database, snapshots) == [(8,)]
    assert rows(database, "SELECT popular_rank FROM items ORDER BY tmdb_id") == [(1,), (None,)]


def test_a_run_that_stops_half_way_keeps_what_is_stored(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in range(1, 251):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}", popularity=1000.0 - tmdb_id)
    tmdb.fail("movie/230", Fault(401))
    assert tmdb_run(database, ingest()).status == 1
    stored = len(titles(database))
    assert 0 < stored < 250
    assert rows(database, "SELECT count(*) FROM titles_to_fetch") == [(250 - stored,)]
    tmdb.requests.clear()
    tmdb_run(database, ingest())
    assert len(titles(database)) == 250
    assert len(details_asked(tmdb)) == 250 - stored


def test_an_old_watermark_is_read_in_windows_of_fourteen_days(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb_run(database, ingest())
    let_days_pass(database, 30)
    tmdb_run(database, ingest())
    windows = [(days_ago(30), days_ago(17)), (days_ago(17), days_ago(4)), (days_ago(4), today())]
    assert tmdb.windows == windows * 2


def test_a_watermark_beyond_the_bound_is_as_good_as_none(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb_run(database, ingest())
    let_days_pass(database, 57)
    tmdb.requests.clear()
    tmdb_run(database, ingest())
    assert tmdb.windows == []
    assert details_asked(tmdb) == ["movie/1"]


def test_a_window_with_more_pages_than_tmdb_shows_is_split_by_day(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb_run(database, ingest())
    let_days_pass(database, 2)
    tmdb.changed["movie"] = [1]
    tmdb.crowded = True
    tmdb.requests.clear()
    tmdb_run(database, ingest())
    single_days = {first for first, last in tmdb.windows if first == last}
    assert single_days == {days_ago(2), days_ago(1), today()}
    assert details_asked(tmdb) == ["movie/1"]


def test_since_reads_changes_from_that_day_whatever_is_fresh(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb_run(database, ingest())
    tmdb.changed["movie"] = [1]
    tmdb.requests.clear()
    since = datetime.now(UTC).date() - timedelta(days=3)
    tmdb_run(database, ingest(), since=since)
    assert tmdb.windows == [(days_ago(3), today())] * 2
    assert details_asked(tmdb) == ["movie/1"]


def test_since_after_the_watermark_leaves_the_watermark_where_it_is(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb_run(database, ingest())
    let_days_pass(database, 10)
    tmdb_run(database, ingest(), since=datetime.now(UTC).date() - timedelta(days=2))
    assert rows(database, "SELECT value FROM watermarks") == [(days_ago(10),)]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"days": 57}, "is more than 56 days back; use --full instead."),
        ({"days": -1}, "is in the future."),
        ({"days": 1, "full": True}, "A full pass takes everything; leave out --since or --full."),
    ],
)
def test_a_since_that_cannot_be_is_one_sentence(
    database: Database,
    tmdb: TmdbDouble,
    ingest: IngestFactory,
    options: dict[str, int],
    sentence: str,
) -> None:
    del tmdb
    day = datetime.now(UTC).date() - timedelta(days=options.pop("days"))
    before = catalogue(database)
    outcome = tmdb_run(database, ingest(), since=day, **options)
    assert outcome.status == 1
    assert sentence in outcome.err
    assert catalogue(database) == before


def test_titles_of_half_a_year_ago_are_asked_for_again_the_oldest_first(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in (1, 2, 3):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}")
    tmdb_run(database, ingest())
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE items SET fetched_at = now() - make_interval(days => 180 + tmdb_id) "
                "WHERE tmdb_id > 1"
            )
        )
    tmdb.requests.clear()
    for _ in range(3):
        tmdb_run(database, ingest(), limit=1)
    assert details_asked(tmdb) == ["movie/3", "movie/2"]


def test_offers_are_asked_for_again_after_a_week_and_after_a_month_where_there_were_none(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    offer = {"flatrate": [{"provider_id": 8, "provider_name": "Netflix"}]}
    tmdb.add_film(1, "On a Service", **{"watch/providers": {"results": {"GB": offer}}})
    tmdb.add_film(2, "Nowhere")
    tmdb_run(database, ingest())
    let_days_pass(database, 8)
    tmdb.requests.clear()
    tmdb_run(database, ingest())
    tmdb_run(database, ingest())
    assert details_asked(tmdb) == ["movie/1"]
    let_days_pass(database, 23)
    tmdb.requests.clear()
    tmdb_run(database, ingest())
    assert sorted(details_asked(tmdb)) == ["movie/1", "movie/2"]


def test_a_title_of_a_list_that_appears_during_a_pass_joins_its_plan(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "First", popularity=9.0)
    tmdb.add_film(2, "Second")
    tmdb_run(database, ingest(), limit=1)
    tmdb.add_film(3, "Sudden", popularity=0.0)
    tmdb.lists["trending/movie/week"] = [3]
    tmdb_run(database, ingest())
    assert rows(database, "SELECT tmdb_id, trending_rank FROM items ORDER BY 1") == [
        (1, None),
        (2, None),
        (3, 1),
    ]


def test_a_sample_title_is_taken_over(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb_run(database, ingest())
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE items SET source = 'sample', title = 'Invented'"))
    tmdb_run(database, ingest())
    assert rows(database, "SELECT title, source FROM items") == [("The Lantern Keeper", "tmdb")]


@pytest.mark.parametrize(("state", "is_fetched"), [("applied", True), ("previewed", False)])
def test_what_an_import_waits_for_is_fetched_whatever_its_popularity(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory, state: str, is_fetched: bool
) -> None:
    tmdb.add_film(1, "The Lantern Keeper", popularity=50.0)
    tmdb.add_film(2, "Nobody's Tide", popularity=0.0)
    waits = "movie|2001|2|nobody s tide"
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "WITH brought AS (INSERT INTO imports (user_id, source, file_name, state)"
                " VALUES ('dana', 'trakt', 'history.json', :state) RETURNING id)"
                " INSERT INTO import_rows"
                " (import_id, position, number, file, says, title_key, kind, status)"
                " SELECT id, 1, 1, '', '', :waits, 'watched', 'unmatched' FROM brought"
            ),
            {"waits": waits, "state": state},
        )
    tmdb_run(database, ingest(min_popularity=1.0))
    assert (("movie", 2, "Nobody's Tide") in titles(database)) is is_fetched
