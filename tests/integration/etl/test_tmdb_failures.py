"""Titles that TMDB does not deliver, refuses or deletes, and a TMDB that cannot be used at all."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from api.platform.database import Database
from config.settings import Settings
from etl.http_source import HttpSource
from etl.tmdb.client import connect
from etl.tmdb.ingest import Ingest
from tests.doubles.tmdb import KEY, SERVER_ERROR, Fault, TmdbDouble
from tests.doubles.tmdb_runs import (
    catalogue,
    details_asked,
    let_days_pass,
    rows,
    titles,
    tmdb_run,
)

IngestFactory = Callable[..., Ingest]


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
    assert "written 2" in out
    for reason in ("adult 1", "no title 1", "vote_count: int_parsing 1"):
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
    let_days_pass(database, 1)
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
    assert rows(database, "SELECT count(*) FROM job_failures") == [(0,)]
    assert rows(database, "SELECT count(*) FROM titles_to_fetch") == [(10,)]


def test_a_failure_waits_longer_each_time_and_is_given_up_after_eight(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Fine")
    tmdb.add_film(2, "Stubborn")
    hours = "SELECT extract(epoch FROM next_try_at - failed_at) / 3600 FROM job_failures"
    waits = []
    for _ in range(8):
        tmdb.fail("movie/2", *[SERVER_ERROR] * 7)
        out = tmdb_run(database, ingest()).out
        waits.append(rows(database, hours)[0][0])
        let_days_pass(database, 30)
        tmdb.requests.clear()
    assert waits == [1, 2, 4, 8, 16, 32, 64, None]
    assert "1 id yields no title: 0 due, 0 to be tried again later, 1 given up." in (
        out.replace("\n", " ")
    )
    tmdb_run(database, ingest())
    assert "movie/2" not in details_asked(tmdb)
    tmdb_run(database, ingest(), full=True)
    assert len(titles(database)) == 2
    assert rows(database, "SELECT count(*) FROM job_failures") == [(0,)]


def test_titles_that_are_none_for_us_are_asked_for_again_after_thirty_days(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Blue", adult=True)
    tmdb.add_film(2, "")
    tmdb.lists["movie/popular"] = [1, 2, 3]
    tmdb_run(database, ingest())
    reasons = "SELECT reference, reason FROM job_failures ORDER BY 1"
    assert rows(database, reasons) == [
        ("movie:1", "adult"),
        ("movie:2", "no title"),
        ("movie:3", "gone"),
    ]
    let_days_pass(database, 29)
    tmdb.requests.clear()
    tmdb_run(database, ingest())
    assert details_asked(tmdb) == ["movie/2"]  # its name may come any day
    tmdb.add_film(3, "Arrived")
    let_days_pass(database, 1)
    tmdb_run(database, ingest())
    assert titles(database) == [("movie", 3, "Arrived")]


def test_a_retired_title_loses_its_ranks_and_nothing_else(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Gone Soon", keywords={"keywords": [{"id": 1, "name": "fog"}]})
    tmdb.add_film(2, "Stays")
    tmdb.lists = {"movie/popular": [1, 2], "trending/movie/week": [1]}
    tmdb_run(database, ingest())
    with database.engine.begin() as connection:
        connection.execute(text("INSERT INTO profiles (user_id) VALUES ('someone')"))
        connection.execute(
            text(
                "INSERT INTO interactions (profile_id, item_id, event_type, occurred_at) "
                "SELECT profiles.id, items.id, 'liked', now() FROM profiles, items"
            )
        )
    del tmdb.titles["movie", 1]
    tmdb.changed["movie"] = [1]
    let_days_pass(database, 1)
    tmdb_run(database, ingest(), limit=1)
    ranks = "SELECT popular_rank, trending_rank, retired_at IS NULL FROM items ORDER BY tmdb_id"
    assert rows(database, ranks) == [(None, None, False), (2, None, True)]
    newest = (
        "SELECT count(*) FROM list_snapshot_items JOIN items ON items.id = item_id "
        "WHERE tmdb_id = 1 AND snapshot_id IN (SELECT max(id) FROM list_snapshots "
        "GROUP BY list_name, media_type)"
    )
    assert rows(database, newest) == [(0,)]
    assert rows(database, "SELECT count(*) FROM interactions, item_keywords") == [(2,)]


def test_without_a_usable_key_the_catalogue_is_untouched(
    database: Database, tmdb: TmdbDouble, source: Callable[..., HttpSource]
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    settings = Settings.load({"tmdb_api_key": "wrong", "tmdb_base_url": tmdb.api_url})
    before = catalogue(database)
    with connect(settings, source=source) as client:
        outcome = tmdb_run(database, Ingest(client, 0.0, {}))
    assert outcome.status == 1
    assert "TMDB refuses the key" in outcome.err
    assert catalogue(database) == before


@pytest.mark.parametrize("days", [-2, 2])
def test_a_clock_that_is_days_from_tmdbs_is_named_and_nothing_is_written(
    database: Database, tmdb: TmdbDouble, source: Callable[..., HttpSource], days: int
) -> None:
    settings = Settings.load({"tmdb_api_key": KEY, "tmdb_base_url": tmdb.api_url})
    here = datetime.now(UTC) + timedelta(days=days)

    def on_that_clock(*args: str, **more: object) -> HttpSource:
        return source(*args, now=lambda: here, **more)

    before = catalogue(database)
    with connect(settings, source=on_that_clock) as client:
        outcome = tmdb_run(database, Ingest(client, 0.0, {}))
    assert outcome.status == 1
    sentence = outcome.err.replace("\n", " ")
    assert f"This machine's clock says {here:%Y-%m-%d %H:%M} UTC and TMDB's" in sentence
    assert catalogue(database) == before


def test_a_clock_that_was_set_back_is_one_sentence(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb_run(database, ingest())
    let_days_pass(database, -3)
    before = catalogue(database)
    outcome = tmdb_run(database, ingest())
    assert outcome.status == 1
    assert "but this machine's clock says" in outcome.err
    assert catalogue(database) == before


@pytest.mark.parametrize(
    "page", [{}, {"results": None, "total_pages": 1}, {"results": [{"id": "x"}], "total_pages": 1}]
)
def test_a_list_of_another_shape_is_one_sentence(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory, page: dict[str, object]
) -> None:
    tmdb.fail("movie/popular", Fault(body=json.dumps(page).encode()))
    before = catalogue(database)
    outcome = tmdb_run(database, ingest())
    assert outcome.status == 1
    assert "TMDB's list movie/popular has a shape this version does not know" in outcome.err
    assert catalogue(database) == before


def test_an_export_that_is_damaged_every_time_is_one_sentence(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb.damaged_exports = 3
    before = catalogue(database)
    outcome = tmdb_run(database, ingest())
    assert outcome.status == 1
    assert "arrives damaged every time" in outcome.err
    assert catalogue(database) == before
