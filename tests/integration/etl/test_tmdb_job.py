"""TMDB's titles in the catalogue: what is stored of each, and what a run leaves when it ends."""

from collections.abc import Callable

from sqlalchemy import text

from api.platform.database import Database
from etl.tmdb.ingest import Ingest
from tests.doubles.tmdb import TmdbDouble
from tests.doubles.tmdb_runs import catalogue, rows, titles, tmdb_run

IngestFactory = Callable[..., Ingest]


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
        networks=[{"id": 4, "name": "BBC One"}],
        production_companies=[{"id": 4, "name": "Paramount"}],
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
    assert rows(
        database, "SELECT kind, tmdb_id, name FROM companies JOIN item_companies ON company_id = id"
    ) == [("production", 4, "Paramount"), ("network", 4, "BBC One")]


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
        production_companies=[{"id": 1, "name": "Foghorn"}, {"id": 2, "name": "Lantern"}],
        **{"watch/providers": {"results": {"GB": offer, "US": offer}}},
    )
    tmdb_run(database, ingest())
    tmdb.add_film(
        1,
        "The Lantern Keeper",
        keywords={"keywords": [{"id": 1, "name": "fog"}]},
        production_companies=[{"id": 1, "name": "Foghorn Pictures"}],
        **{"watch/providers": {"results": {"US": offer}}},
    )
    assert "written 1" in tmdb_run(database, ingest(), full=True).out
    assert rows(database, "SELECT name FROM keywords") == [("fog",)]
    assert rows(database, "SELECT name FROM people") == []
    assert rows(database, "SELECT name, search_name FROM companies") == [
        ("Foghorn Pictures", "foghorn pictures")
    ]
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


def test_a_dry_run_reports_and_keeps_nothing(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    assert "written 1" in tmdb_run(database, ingest(), dry_run=True).out
    for table in (
        "items",
        "watermarks",
        "titles_to_fetch",
        "job_failures",
        "list_snapshots",
        "providers",
        "job_runs",
    ):
        assert rows(database, f"SELECT count(*) FROM {table}") == [(0,)]


def test_a_dry_run_leaves_an_interrupted_plan_as_it_was(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in (1, 2, 3):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}")
    tmdb_run(database, ingest(), limit=1)
    before = catalogue(database)
    for options in ({"limit": 1}, {"full": True}, {}):
        assert "Dry run" in tmdb_run(database, ingest(), dry_run=True, **options).out
    assert catalogue(database) == before


def test_the_summary_tells_what_was_planned_fetched_and_asked(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id in (1, 2, 3):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}")
    out = tmdb_run(database, ingest(), limit=2).out.replace("\n", " ")
    assert "Planned 3 titles, fetched 2. 2 requests for them, 1.000 each;" in out
    assert "1 title is left to the next run" in out


def test_other_names_and_related_titles_are_stored(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    tmdb.add_film(
        1,
        "The Lantern Keeper",
        alternative_titles={"titles": [{"iso_3166_1": "DE", "title": "Der Laternenwärter"}]},
        similar={"results": [{"id": 5}, {"id": 4}]},
        recommendations={"results": [{"id": 9, "media_type": "movie"}]},
    )
    tmdb_run(database, ingest())
    assert rows(database, "SELECT alternative_titles FROM items") == [(["Der Laternenwärter"],)]
    assert rows(database, "SELECT similar_ids, recommended_ids FROM related_titles") == [
        ([5, 4], [9])
    ]


def test_the_length_of_a_show_is_asked_of_its_newest_season_when_nothing_else_tells(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    seasons = [
        {"season_number": number, "episode_count": 3, "air_date": "2020-01-01"}
        for number in (0, 1, 2)
    ]
    tmdb.add_show(7, "Harbour Lights", seasons=seasons)
    tmdb.add_show(8, "Known", seasons=seasons, episode_run_time=[30])
    tmdb.seasons[7, 2] = {"episodes": [{"runtime": 41}, {"runtime": 44}, {"runtime": 90}]}
    tmdb_run(database, ingest())
    assert rows(database, "SELECT tmdb_id, runtime FROM items ORDER BY 1") == [(7, 44), (8, 30)]
    assert [path for path in tmdb.requests if "season" in path] == ["tv/7/season/2"]


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
