"""TMDB's titles in the catalogue: first run, later runs, and what goes wrong on the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from api.storage.database import Database
from etl.tmdb.ingest import Ingest
from tests.doubles.jobs import Outcome, run
from tests.doubles.tmdb import SERVER_ERROR, Fault, TmdbDouble

IngestFactory = Callable[..., Ingest]


def rows(database: Database, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement), parameters)]


def titles(database: Database) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT media_type, tmdb_id, title FROM items ORDER BY 1, 2")


def tmdb_run(database: Database, work: Any, **options: Any) -> Outcome:
    return run(database, work, job="tmdb", **options)


def test_a_show_does_not_overwrite_a_film_of_the_same_id(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(7, "The Lantern Keeper")
    tmdb.add_show(7, "Harbour Lights")
    assert tmdb_run(database, ingest()).status == 0
    assert titles(database) == [("movie", 7, "The Lantern Keeper"), ("tv", 7, "Harbour Lights")]


def test_everything_about_a_title_is_stored(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_show(
        7,
        "Häfen & Lichter",
        genres=[{"id": 10765, "name": "Sci-Fi & Fantasy"}],
        first_air_date="2019-04-01",
        keywords={"results": [{"id": 1, "name": "fog"}]},
        created_by=[{"id": 5, "name": "Ada Quill"}],
        content_ratings={"results": [{"iso_3166_1": "DE", "rating": "16"}]},
        **{
            "watch/providers": {
                "results": {"GB": {"ads": [{"provider_id": 8, "provider_name": "Netflix"}]}}
            }
        },
    )
    tmdb_run(database, ingest())
    assert rows(
        database,
        "SELECT genre_ids, release_year, maturity_rating, maturity_age, search_name, source, "
        "search_vector @@ to_tsquery('simple', 'lich:*') FROM items",
    ) == [([878, 14], 2019, "16", 16, "hafen lichter", "tmdb", True)]
    assert rows(
        database, "SELECT role, name FROM credits JOIN people ON people.id = person_id"
    ) == [("creator", "Ada Quill")]
    assert rows(database, "SELECT country, service, offer_type, source FROM availability") == [
        ("GB", "nfx", "ads", "tmdb")
    ]
    assert rows(database, "SELECT name FROM item_keywords JOIN keywords ON id = keyword_id") == [
        ("fog",)
    ]


def test_a_second_full_run_changes_nothing_and_says_so(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    cast = {"cast": [{"id": 1, "name": "Bo Reed", "character": "Keeper", "popularity": 1.1}]}
    tmdb.add_film(1, "The Lantern Keeper", credits=cast, popularity=3.3, vote_average=7.7)
    tmdb.add_show(2, "Harbour Lights")
    tmdb_run(database, ingest())
    state = "SELECT updated_at, catalogue_version FROM items, service_state ORDER BY items.id"
    before = rows(database, state)
    second = tmdb_run(database, ingest(), full=True)
    assert "read 2, written 0, unchanged 2" in second.out
    assert "Nothing changed." in second.out
    assert rows(database, state) == before


def test_what_a_title_lost_is_taken_away(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    offer = {"flatrate": [{"provider_id": 8, "provider_name": "Netflix"}]}
    tmdb.add_film(
        1,
        "The Lantern Keeper",
        keywords={"keywords": [{"id": 1, "name": "fog"}, {"id": 2, "name": "sea"}]},
        credits={"crew": [{"id": 5, "name": "Ada Quill", "job": "Director"}]},
        **{"watch/providers": {"results": {"GB": offer, "US": offer}}},
    )
    tmdb_run(database, ingest())
    tmdb.add_film(
        1,
        "The Lantern Keeper",
        keywords={"keywords": [{"id": 1, "name": "fog"}]},
        **{"watch/providers": {"results": {"US": offer}}},
    )
    assert "written 1" in tmdb_run(database, ingest(), full=True).out
    assert rows(database, "SELECT name FROM keywords") == [("fog",)]
    assert rows(database, "SELECT name FROM people") == []
    assert rows(database, "SELECT country FROM availability") == [("US",)]


def test_the_popularity_floor_is_applied_before_any_detail_is_fetched(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Known", popularity=5.0)
    tmdb.add_film(2, "Obscure", popularity=0.6)
    tmdb_run(database, ingest(min_popularity=1.0))
    assert titles(database) == [("movie", 1, "Known")]
    assert tmdb.asked_for("movie/2") == []


def test_ranks_are_set_from_the_lists_and_cleared_when_a_title_leaves(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in (1, 2, 3):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}")
    ranks = "SELECT tmdb_id, trending_rank, popular_rank FROM items ORDER BY tmdb_id"
    tmdb.lists = {"trending/movie/week": [2, 1], "movie/popular": [3]}
    tmdb_run(database, ingest())
    assert rows(database, ranks) == [(1, 2, None), (2, 1, None), (3, None, 1)]
    tmdb.lists = {"trending/movie/week": [3], "movie/popular": [3]}
    tmdb_run(database, ingest())
    assert rows(database, ranks) == [(1, None, None), (2, None, None), (3, 1, 1)]
    assert rows(database, "SELECT count(*) FROM list_snapshots") == [(16,)]


def test_a_later_run_asks_only_for_what_changed_or_is_new(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Same")
    tmdb.add_film(2, "Old Name")
    tmdb_run(database, ingest())
    tmdb.add_film(2, "New Name")
    tmdb.add_film(3, "Arrived")
    tmdb.changed["movie"] = [2]
    tmdb.requests.clear()
    tmdb_run(database, ingest())
    assert tmdb.asked_for("movie/1") == []
    assert [row[2] for row in titles(database)] == ["Same", "New Name", "Arrived"]


def test_an_interrupted_pass_goes_on_where_it_stopped(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in (1, 2, 3):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}", popularity=10.0 - tmdb_id)
    assert "read 2," in tmdb_run(database, ingest(), limit=2).out
    tmdb.requests.clear()
    assert "read 1," in tmdb_run(database, ingest()).out
    assert [path for path in tmdb.requests if path.startswith("movie/") and path[-1].isdigit()] == [
        "movie/3"
    ]


def test_an_interrupted_full_pass_is_continued_by_whichever_run_comes_next(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in (1, 2, 3, 4):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}", popularity=10.0 - tmdb_id)
    tmdb_run(database, ingest())
    assert "read 1," in tmdb_run(database, ingest(), full=True, limit=1).out
    assert "read 2," in tmdb_run(database, ingest(), full=True, limit=2).out
    assert "read 1," in tmdb_run(database, ingest()).out


def test_a_title_that_is_gone_is_retired_and_comes_back(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    retired = "SELECT retired_at IS NOT NULL FROM items"
    tmdb_run(database, ingest())
    film = tmdb.titles.pop(("movie", 1))
    assert "rejected 1 (gone 1)" in tmdb_run(database, ingest(), full=True).out
    assert rows(database, retired) == [(True,)]
    tmdb.titles["movie", 1] = film
    tmdb_run(database, ingest(), full=True)
    assert rows(database, retired) == [(False,)]


def test_rejected_titles_are_counted_by_reason(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Fine")
    tmdb.add_film(2, "Blue", adult=True)
    tmdb.add_film(3, "")
    tmdb.add_film(4, "Odd", vote_count="many")
    out = tmdb_run(database, ingest()).out
    assert "written 1" in out
    for reason in ("adult 1", "no title 1", "malformed 1"):
        assert reason in out


def test_a_failure_is_remembered_and_cleared_by_success(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Fine")
    tmdb.add_film(2, "Stubborn")
    tmdb.fail("movie/2", *[SERVER_ERROR] * 7)
    failures = "SELECT reference, failures FROM job_failures"
    assert "no answer 1" in tmdb_run(database, ingest()).out
    assert rows(database, failures) == [("movie:2", 1)]
    tmdb_run(database, ingest())
    assert rows(database, failures) == []
    assert len(titles(database)) == 2


def test_a_tmdb_that_is_down_fails_the_job(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in range(1, 11):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}")
        tmdb.fail(f"movie/{tmdb_id}", *[Fault(503)] * 7)
    outcome = tmdb_run(database, ingest())
    assert outcome.status == 1
    assert "in a row" in outcome.err


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
    tmdb_run(database, ingest(min_popularity=1.0))
    assert titles(database) == [("movie", 1, "Known")]


def test_a_damaged_export_is_fetched_again(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb.damaged_exports = 2
    tmdb_run(database, ingest())
    assert len(titles(database)) == 1


def test_a_dry_run_reports_and_keeps_nothing(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    assert "written 1" in tmdb_run(database, ingest(), dry_run=True).out
    for table in ("items", "watermarks", "list_snapshots", "providers", "job_runs"):
        assert rows(database, f"SELECT count(*) FROM {table}") == [(0,)]


def test_offers_of_a_fresh_check_at_justwatch_stay(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb_run(database, ingest())

    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO availability (item_id, country, service, offer_type, source) "
                "SELECT id, 'GB', 'mbi', 'subscription', 'justwatch' FROM items"
            )
        )
        connection.execute(
            text("INSERT INTO justwatch_checks (item_id, country) SELECT id, 'GB' FROM items")
        )
    offers = {"flatrate": [{"provider_id": 8, "provider_name": "Netflix"}]}
    tmdb.titles["movie", 1]["watch/providers"] = {"results": {"GB": offers, "US": offers}}
    tmdb_run(database, ingest(), full=True)
    assert rows(database, "SELECT country, service FROM availability ORDER BY country") == [
        ("GB", "mbi"),
        ("US", "nfx"),
    ]
