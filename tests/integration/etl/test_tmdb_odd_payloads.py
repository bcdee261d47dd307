"""A part's fault costs the part: no title is lost, no job stops, and what went is counted."""

import gzip
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from api.platform.database import Database
from etl.tmdb.ingest import Ingest
from tests.doubles.odd_payloads import odd_document
from tests.doubles.tmdb import Fault, TmdbDouble
from tests.doubles.tmdb_runs import details_asked, let_days_pass, rows, titles, tmdb_run

IngestFactory = Callable[..., Ingest]


def test_two_hundred_odd_payloads_lose_no_title_and_stop_no_job(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    chance = random.Random(14)
    for tmdb_id in range(1, 201):
        media_type = "movie" if tmdb_id % 2 else "tv"
        tmdb.titles[media_type, tmdb_id] = odd_document(media_type, tmdb_id, chance)
    tmdb.ready_exports = exports(tmdb)
    outcome = tmdb_run(database, ingest())
    assert outcome.status == 0
    assert len(titles(database)) == 200
    assert rows(database, "SELECT count(*) FROM titles_to_fetch") == [(0,)]
    assert rows(database, "SELECT reference, reason FROM job_failures") == []
    (report,) = rows(database, "SELECT report FROM job_runs")[0]
    assert report["rejected"] == {}
    assert sum(report["dropped"].values()) > 100
    assert all(": " in reason for reason in report["dropped"])
    # Most faults are in something else than the keyword that every document has.
    assert rows(database, "SELECT count(*) > 150 FROM item_keywords JOIN keywords ON "
                "keywords.id = keyword_id WHERE name = 'fog'") == [(True,)]  # fmt: skip


def exports(tmdb: TmdbDouble) -> dict[str, bytes]:
    """Every id with a sane popularity: the documents' own may be odd."""
    return {
        kind: gzip.compress(
            "".join(
                json.dumps({"id": tmdb_id, "popularity": 10}) + "\n"
                for media_type, tmdb_id in tmdb.titles
                if media_type == kind
            ).encode()
        )
        for kind in ("movie", "tv")
    }


MEMBER = {"id": 7, "name": "Ada Quill", "job": "Director"}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"credits": {"crew": [{"id": None, "name": "Nobody"}]}}, "credits.crew: id, int_type"),
        ({"credits": {"cast": [{"name": "Nobody"}]}}, "credits.cast: id, missing"),
        ({"credits": {"cast": [None]}}, "credits.cast: model_type"),
        ({"credits": {"cast": "none"}}, "credits.cast: list_type"),
        ({"credits": 7}, "credits: model_type"),
        ({"genres": [{"id": "drama"}]}, "genres: id, int_parsing"),
        ({"genres": {}}, "genres: list_type"),
        ({"keywords": {"keywords": [{"id": 0, "name": "fog"}]}},
         "keywords.keywords: id, greater_than_equal"),
        ({"keywords": {"keywords": [{"id": 5, "name": "x" * 3000}]}},
         "keywords.keywords: name, string_too_long"),
        ({"production_countries": [{"name": "Nowhere"}]},
         "production_countries: iso_3166_1, missing"),
        ({"production_companies": [{"id": None, "name": "Foghorn"}]},
         "production_companies: id, int_type"),
        ({"production_companies": {"id": 1}}, "production_companies: list_type"),
        ({"origin_country": ["Great Britain"]}, "origin_country: string_pattern_mismatch"),
        ({"origin_country": ["G\x00B", None]}, "origin_country: string_type"),
        ({"release_dates": {"results": [{"iso_3166_1": None}]}},
         "release_dates.results: iso_3166_1, string_type"),
        ({"release_dates": {"results": [{"iso_3166_1": "GB", "release_dates": ["12A"]}]}},
         "release_dates.results.release_dates: model_type"),
        ({"release_dates": {"results": [
            {"iso_3166_1": "GB", "release_dates": [{"certification": "1" * 50}]}]}},
         "release_dates.results.release_dates: certification, string_too_long"),
        ({"alternative_titles": {"titles": [7]}}, "alternative_titles.titles: model_type"),
        ({"similar": {"results": [{"id": 2**40}]}}, "similar.results: id, less_than_equal"),
        ({"watch/providers": {"results": {"GB": []}}}, "watch/providers.results.GB: model_type"),
        ({"watch/providers": {"results": {"gb!": {}}}},
         "watch/providers.results.gb!: [key], string_pattern_mismatch"),
        ({"watch/providers": {"results": {"GB": {"rent": [{"provider_id": None}]}}}},
         "watch/providers.results.GB.rent: provider_id, int_type"),
        ({"belongs_to_collection": {"id": None, "name": "The Lanterns"}},
         "belongs_to_collection: id, missing"),
        ({"belongs_to_collection": "The Lanterns"}, "belongs_to_collection: model_type"),
        ({"vote_count": "many"}, "vote_count: int_parsing"),
        ({"vote_average": -3}, "vote_average: greater_than_equal"),
        ({"popularity": []}, "popularity: float_type"),
        ({"external_ids": ["tt1"]}, "external_ids: model_type"),
    ],
)  # fmt: skip
def test_a_fault_costs_its_part_and_is_counted(
    database: Database,
    tmdb: TmdbDouble,
    ingest: IngestFactory,
    fields: dict[str, Any],
    reason: str,
) -> None:
    tmdb.add_film(1, "The Lantern Keeper", **fields)
    tmdb.ready_exports = exports(tmdb)
    assert tmdb_run(database, ingest()).status == 0
    assert titles(database) == [("movie", 1, "The Lantern Keeper")]
    (report,) = rows(database, "SELECT report FROM job_runs")[0]
    assert report["rejected"] == {}
    assert report["dropped"][reason] == 1


def test_a_fault_in_a_network_costs_that_network(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    odd = [{"id": 7, "name": "HBO"}, {"id": "seven"}, None, {"id": 8, "name": ""}]
    tmdb.add_show(1, "Harbour Lights", networks=odd)
    tmdb.ready_exports = exports(tmdb)
    assert tmdb_run(database, ingest()).status == 0
    assert rows(database, "SELECT kind, tmdb_id, name FROM companies") == [("network", 7, "HBO")]
    (report,) = rows(database, "SELECT report FROM job_runs")[0]
    assert report["dropped"] == {"networks: id, int_parsing": 1, "networks: model_type": 1}


def test_the_others_of_a_list_stay(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    crew = [{"id": None, "name": "Nobody", "job": "Director"}, MEMBER, 7]
    tmdb.add_film(1, "The Lantern Keeper", credits={"crew": crew, "cast": None})
    tmdb_run(database, ingest())
    assert rows(database, "SELECT name FROM people") == [("Ada Quill",)]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"title": None, "original_title": "Der Laternenwart"}, "Der Laternenwart"),
        ({"title": {}, "alternative_titles": {"titles": [{"title": "Lantern"}]}}, "Lantern"),
        ({"title": 1917}, "1917"),
        ({"title": "x" * 3000}, "x" * 500),
        ({"title": "half \ud800 a pair"}, "half  a pair"),
        ({"title": "a\x00b", "id": None}, "ab"),
    ],
)
def test_a_title_needs_no_more_than_a_name(
    database: Database,
    tmdb: TmdbDouble,
    ingest: IngestFactory,
    fields: dict[str, Any],
    name: str,
) -> None:
    tmdb.titles["movie", 1] = {"id": 1} | fields
    tmdb.ready_exports = exports(tmdb)
    tmdb_run(database, ingest())
    assert titles(database) == [("movie", 1, name)]


def test_a_refusal_for_shape_is_tried_by_every_run_and_never_given_up(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Fine")
    tmdb.add_film(2, "")
    for _ in range(10):
        tmdb.requests.clear()
        tmdb_run(database, ingest())
        assert "movie/2" in details_asked(tmdb)
    tmdb.add_film(2, "Named")
    tmdb_run(database, ingest())
    assert len(titles(database)) == 2
    assert rows(database, "SELECT count(*) FROM job_failures") == [(0,)]


def test_a_known_title_goes_on_being_updated(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb_run(database, ingest())
    tmdb.add_film(1, "The Lantern Keeper", vote_count=999, credits={"cast": [{"id": None}]})
    tmdb.changed["movie"] = [1]
    let_days_pass(database, 1)
    tmdb_run(database, ingest())
    assert rows(database, "SELECT vote_count FROM items") == [(999,)]


def test_a_row_that_the_database_refuses_goes_alone_and_is_told_truly(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in range(1, 8):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}", tagline="short")
    tmdb.add_film(4, "Poisoned", tagline="long")
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE items ADD CONSTRAINT own CHECK (tagline <> 'long')"))
    outcome = tmdb_run(database, ingest())
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE items DROP CONSTRAINT own"))
    assert outcome.status == 0
    assert [name for _, _, name in titles(database)] == [f"Film {n}" for n in (1, 2, 3, 5, 6, 7)]
    assert "not storable: check violation 1" in outcome.out.replace("\n", " ")
    assert rows(database, "SELECT count(*) FROM titles_to_fetch") == [(0,)]


def test_an_entry_of_a_list_without_an_id_costs_the_entry(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "Fine")
    page = {"results": [{"id": None}, {"id": 1, "popularity": 3}, 7], "total_pages": 1}
    tmdb.fail("movie/popular", Fault(body=json.dumps(page).encode()))
    outcome = tmdb_run(database, ingest())
    assert outcome.status == 0
    assert rows(database, "SELECT popular_rank FROM items") == [(1,)]
    assert "results: id, int_type 1" in outcome.out.replace("\n", " ")


def test_a_seasons_page_costs_the_runtime_that_it_was_asked_for(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    season = {"season_number": 1, "episode_count": 8, "air_date": "2020-01-01"}
    tmdb.add_show(1, "Harbour Lights", seasons=[season, None])
    tmdb.fail("tv/1/season/1", Fault(body=b'{"episodes": [{"runtime": "long"}, 7]}'))
    tmdb_run(database, ingest())
    assert rows(database, "SELECT title, runtime FROM items") == [("Harbour Lights", None)]
