"""Probes: alive at once, ready only when everything is there, each lack named."""

from sqlalchemy import text

from api.platform import migrations
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_items
from tests.doubles.spaces import activate, fill_space


def test_alive_says_nothing_else(quiet: Service) -> None:
    answer = quiet.http.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_an_empty_catalogue_is_named(quiet: Service) -> None:
    answer = quiet.http.get("/readyz")
    assert answer.status_code == 503
    assert "empty" in answer.json()["not_ready"]["catalogue"]


def test_a_schema_behind_head_is_named(service: Service) -> None:
    migrations.downgrade(service.database, "base")
    answer = service.http.get("/readyz")
    assert answer.status_code == 503
    assert "make migrate" in answer.json()["not_ready"]["migrations"]
    assert "database" not in answer.json()["not_ready"]


def test_a_schema_of_a_later_version_is_served_on(start: ServiceFactory, service: Service) -> None:
    with service.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    migrations.upgrade(service.database)
    assert migrations.current_revision(service.database) == "9999"
    for one in (service, start()):  # one that was there before, and one that starts on it
        assert "migrations" not in one.http.get("/readyz").json()["not_ready"]
        body = {"user_id": "dana", "items": []}
        assert one.http.post("/user/history", json=body).status_code == 200


def test_a_catalogue_counts_when_it_is_embedded_in_the_active_space(service: Service) -> None:
    add_items(service.database, 4)
    with service.database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO embedding_spaces (model, version, template, dimension)"
                " VALUES ('m', '1', 'natural', 2)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO item_embeddings SELECT embedding_spaces.id, items.id, '[1,0]', ''"
                " FROM items, embedding_spaces"
            )
        )
    assert "0%" in service.http.get("/readyz").json()["not_ready"]["catalogue"]
    with service.database.engine.begin() as connection:
        connection.execute(text("UPDATE embedding_spaces SET active = true"))
    answer = service.http.get("/readyz")
    assert "catalogue" not in answer.json().get("not_ready", {})


def test_a_switch_to_another_model_under_a_running_process_is_named(
    start_own_sample: ServiceFactory,
) -> None:
    service = start_own_sample()
    # What was written before the switch is served after it, and only texts cannot be compared.
    service.post_history(*(item["id"] for item in service.whole_list()[:3]))
    assert "model" not in service.http.get("/readyz").json().get("not_ready", {})
    with service.database.engine.connect() as connection:
        items = list(connection.execute(text("SELECT id FROM items ORDER BY id")).scalars())
    activate(service.database, fill_space(service.database, items, model="owner/other"))
    answer = service.http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["not_ready"]["model"] == (
        "The vectors in use are of owner/other, but this process encodes with all-MiniLM-L6-v2; "
        "start it again with EMBED_MODEL set to owner/other."
    )
    by_taste = service.recommend()
    assert len(by_taste["items"]) == 20
    assert "degraded" not in by_taste
    by_words = service.recommend(query="a quiet film about grief")
    assert len(by_words["items"]) > 0
    assert by_words["degraded"]
