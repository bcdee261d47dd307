"""The sample becomes a catalogue; a second run and real titles leave it as it is."""

from typing import Any

from sqlalchemy import text

from api.platform.database import Database
from etl.sample.load import known_services, load_sample
from etl.sample.records import read_offers, read_titles, read_viewers
from tests.doubles.jobs import run
from tests.doubles.titles import film, store

_FIRST = read_titles()[0]


def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_titles_offers_viewers_and_lists_are_there(database: Database) -> None:
    assert run(database, load_sample, job="sample").status == 0
    counts = (
        "SELECT (SELECT count(*) FROM items WHERE source = 'sample'), "
        "(SELECT count(*) FROM availability), "
        "(SELECT count(*) FROM profiles WHERE source = 'sample'), "
        "(SELECT count(*) FROM interactions)"
    )
    events = sum(len(viewer.events) for viewer in read_viewers())
    assert rows(database, counts) == [
        (len(read_titles()), len(read_offers()), len(read_viewers()), events)
    ]
    for rank in ("popular_rank", "top_rated_rank", "trending_rank"):
        firsts = f"SELECT media_type FROM items WHERE {rank} = 1 ORDER BY media_type"
        assert rows(database, firsts) == [("movie",), ("tv",)]
    assert rows(database, "SELECT count(*) FROM items WHERE poster_path IS NOT NULL") == [(0,)]


def test_events_keep_their_own_dates(database: Database) -> None:
    run(database, load_sample, job="sample")
    moments = {event.watched_at for viewer in read_viewers() for event in viewer.events}
    stored = rows(database, "SELECT DISTINCT occurred_at FROM interactions")
    assert {moment for (moment,) in stored} == moments


def test_a_second_run_changes_nothing(database: Database) -> None:
    run(database, load_sample, job="sample")
    state = (
        "SELECT catalogue_version, (SELECT max(updated_at) FROM items), "
        "(SELECT count(*) FROM list_snapshots), (SELECT sum(version) FROM profiles) "
        "FROM service_state"
    )
    before = rows(database, state)
    assert "Nothing changed." in run(database, load_sample, job="sample").out
    assert rows(database, state) == before


def test_a_title_of_tmdb_is_left_alone(database: Database) -> None:
    store(database, film(_FIRST.tmdb_id, "As TMDB has it"))
    outcome = run(database, load_sample, job="sample")
    assert "owned by TMDB 1" in outcome.out
    assert rows(database, "SELECT title, popular_rank FROM items WHERE source = 'tmdb'") == [
        ("As TMDB has it", None)
    ]


def test_tmdb_takes_a_sample_title_over_with_its_viewers(database: Database) -> None:
    run(database, load_sample, job="sample")
    events = "SELECT count(*) FROM interactions"
    before = rows(database, events)
    store(database, film(_FIRST.tmdb_id, "As TMDB has it"))
    owned = f"SELECT title, source FROM items WHERE imdb_id IS NULL AND tmdb_id = {_FIRST.tmdb_id}"
    assert rows(database, owned) == [("As TMDB has it", "tmdb")]
    assert rows(database, events) == before


def test_services_are_known_by_tmdbs_ids() -> None:
    assert known_services()[8] == "nfx"
