"""Many writes about one user at once: all are answered, none with a 5xx."""

from tests.acceptance.conftest import Service
from tests.attack.writers import trial
from tests.builders import add_items, rows_of


def test_writers_of_one_user_wait_for_each_other(service: Service) -> None:
    add_items(service.database, 6)
    items = [row[0] for row in rows_of(service.database, "SELECT id FROM items ORDER BY id")]
    port = int(service.url.rpartition(":")[2])
    statuses = trial(port, items, clients=40, requests=600, seed=3)
    assert set(statuses) == {200}, statuses


def test_feedback_with_the_same_key_is_stored_once(service: Service) -> None:
    add_items(service.database, 1)
    body = {"user_id": "dana", "event_type": "click"}
    key = {"Idempotency-Key": "once"}
    first = service.http.post("/feedback", json=body, headers=key)
    second = service.http.post("/feedback", json=body, headers=key)
    assert first.json() == second.json() == {"ok": True}
    assert rows_of(service.database, "SELECT count(*) FROM feedback")[0][0] == 1
    other = service.http.post("/feedback", json=[body, body], headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")
    service.http.delete("/users/dana")
    assert rows_of(service.database, "SELECT count(*) FROM idempotency_keys")[0][0] == 0
