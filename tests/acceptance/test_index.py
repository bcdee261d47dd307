"""GET /admin/index: what recommendations are made from, for administrators alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text

from api.platform import tables
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, add_items
from tests.doubles.spaces import activate, fill_space

_CLIENT, _ADMIN = "client-key-of-the-test", "admin-key-of-the-test"


def read_index(service: Service, **headers: str) -> dict[str, Any]:
    answer = service.http.get("/admin/index", headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_an_empty_database_has_an_index_of_nothing(quiet: Service) -> None:
    assert read_index(quiet) == {
        "catalogue_version": 1,
        "active_space": None,
        "configured": {
            "model": "all-MiniLM-L6-v2",
            "version": "1",
            "template": "story",
            "active": False,
        },
        "spaces": [],
        "titles": {
            "movie": 0,
            "tv": 0,
            "retired": 0,
            "with_vector": 0,
            "to_fetch": 0,
            "to_read_anew": 0,
        },
        "collaborative_model": None,
        "failures": [],
        "snapshot": {
            "reads_from": "rows",
            "version": None,
            "served": None,
            "built_at": None,
            "age_seconds": None,
            "seconds": None,
            "bytes": None,
            "waiting": 0,
            "problem": None,
        },
    }


def test_spaces_are_told_with_their_counts_and_indexes(service: Service) -> None:
    items = add_items(service.database, 3)
    activate(service.database, fill_space(service.database, items))
    fill_space(service.database, items[:1], version="2")
    told = read_index(service)
    assert told["active_space"] == 1
    old, new = told["spaces"]
    assert (old["model"], old["version"], old["dimension"]) == ("hash", "1", 8)
    assert (old["active"], old["vectors"], old["hnsw"]) == (True, 3, "valid")
    assert len(old["text_hash"]) == 64
    assert old["hnsw_bytes"] > 0
    assert (new["active"], new["vectors"], new["hnsw"]) == (False, 1, "none")
    assert (new["text_hash"], new["built_at"], new["hnsw_bytes"]) == (None, None, 0)


def test_titles_are_counted_by_what_can_be_recommended(service: Service) -> None:
    *films, retired = add_items(service.database, 4)
    add_item(service.database, "Harbour Lights", media_type="tv", tmdb_id=1)
    activate(service.database, fill_space(service.database, [*films[:2], retired]))
    with service.database.engine.begin() as connection:
        connection.execute(
            text("UPDATE items SET retired_at = now() WHERE id = :id"), {"id": retired}
        )
        for reference in (("movie", 8), ("movie", 9), ("tv", 1)):
            keys = dict(zip(("media_type", "tmdb_id"), reference, strict=True))
            connection.execute(insert(tables.titles_to_fetch).values(**keys, priority=1))
    assert read_index(service)["titles"] == {
        "movie": 3,
        "tv": 1,
        "retired": 1,
        "with_vector": 2,
        "to_fetch": 2,
        "to_read_anew": 1,
    }


def test_failures_are_counted_by_when_they_are_tried_again(service: Service) -> None:
    now = datetime.now(UTC)
    tries = {"a": now - timedelta(days=1), "b": now + timedelta(days=1), "c": None, "d": None}
    with service.database.engine.begin() as connection:
        for reference, next_try_at in tries.items():
            connection.execute(
                insert(tables.job_failures).values(
                    job="tmdb",
                    reference=reference,
                    failures=1,
                    reason="no answer",
                    next_try_at=next_try_at,
                )
            )
    assert read_index(service)["failures"] == [{"job": "tmdb", "due": 1, "later": 1, "given_up": 2}]


def test_the_collaborative_model_in_use_is_told(service: Service) -> None:
    counts = {"interactions": 30, "profiles": 20, "items": 10}
    statement = insert(tables.collaborative_models)
    with service.database.engine.begin() as connection:
        connection.execute(statement.values(**counts))
        connection.execute(statement.values(**counts, active=True))
    told = read_index(service)["collaborative_model"]
    assert told.pop("built_at") is not None
    assert told == {"id": 2} | counts


def test_the_settings_space_is_active_when_all_of_its_names_are(start: ServiceFactory) -> None:
    service = start(EMBED_TEMPLATE="basic")
    database = service.database
    activate(database, fill_space(database, [], model="all-MiniLM-L6-v2"))
    assert read_index(service)["configured"]["active"] is True
    activate(database, fill_space(database, [], model="all-MiniLM-L6-v2", version="2"))
    assert read_index(service)["configured"]["active"] is False


def test_it_is_for_administrators_alone(start_quiet: ServiceFactory) -> None:
    keyed = start_quiet(API_KEYS=f"{_CLIENT},admin:{_ADMIN}")
    refused = keyed.http.get("/admin/index", headers={"X-API-Key": _CLIENT})
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"
    assert keyed.http.get("/admin/index").status_code == 401
    assert read_index(keyed, **{"X-API-Key": _ADMIN})["spaces"] == []


def test_it_is_not_kept_by_caches(quiet: Service) -> None:
    answer = quiet.http.get("/admin/index")
    assert answer.headers["cache-control"] == "private, no-store"
