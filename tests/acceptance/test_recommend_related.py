"""GET /recommend proposes what TMDB lists beside the titles that a viewer liked."""

from pathlib import Path

import pytest

from api.platform.database import Database
from config.settings import Settings
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_items, add_related, announce_catalogue


@pytest.fixture
def films(database: Database) -> list[int]:
    """Twelve films; film 12 is listed beside film 1, film 11 and then 10 called similar to it."""
    films = add_items(database, 12)
    add_related(database, films[0], recommended=[12], similar=[11, 10, 1])
    return films


@pytest.fixture
def related_service(films: list[int], service: Service) -> Service:
    """A service on these films: no vectors, no collaborative model."""
    service.post_history(films[0], event_type="liked")
    return service


def test_listed_titles_lead_and_say_beside_what(films: list[int], related_service: Service) -> None:
    items = related_service.recommend(diversify=False)["items"]
    assert [item["id"] for item in items[:3]] == [films[11], films[10], films[9]]
    for item in items[:3]:
        assert "related" in item["sources"]
        assert {
            "code": "listed_beside",
            "evidence": {"item_id": films[0], "title": "Film 1"},
        } in item["reasons"]
        assert "Film 1" in item["explanation"]
    for item in items[3:]:
        assert "related" not in item["sources"]
        assert "listed_beside" not in [reason["code"] for reason in item["reasons"]]


def _signal(service: Service, item_id: int) -> float:
    """What the lists say of a title, 0 to 1."""
    placement = service.http.post("/recommend/preview", json={"user_id": "dana", "item": item_id})
    return float(placement.json()["reasons"][0]["evidence"]["signals"]["related"]["signal"])


def test_two_liked_titles_say_more_than_one(films: list[int], related_service: Service) -> None:
    add_related(related_service.database, films[1], recommended=[5])
    add_related(related_service.database, films[2], recommended=[5])
    related_service.post_history(films[1], films[2], event_type="liked")
    signals = [_signal(related_service, films[place]) for place in (4, 11, 10)]
    assert signals[0] == max(signals)
    assert signals[0] > signals[1] > 0


@pytest.mark.parametrize("event_type", ["disliked", "not_interested", "not_now"])
def test_nothing_is_listed_beside_what_was_turned_down(
    films: list[int], service: Service, event_type: str
) -> None:
    service.post_history(films[0], event_type=event_type)
    for item in service.recommend()["items"]:
        assert "related" not in item["sources"]


def test_a_retired_title_is_listed_no_more(films: list[int], related_service: Service) -> None:
    before = [item["id"] for item in related_service.whole_list()]
    assert films[11] in before
    with related_service.database.transaction() as cursor:
        cursor.execute("UPDATE items SET retired_at = now() WHERE id = %s", (films[11],))
    announce_catalogue(related_service.database)
    items = related_service.whole_list(diversify=False)
    assert films[11] not in [item["id"] for item in items]
    assert items[0]["id"] == films[10]


def test_a_retired_liked_title_still_speaks_for_what_is_listed_beside_it(
    films: list[int], related_service: Service
) -> None:
    with related_service.database.transaction() as cursor:
        cursor.execute("UPDATE items SET retired_at = now() WHERE id = %s", (films[0],))
    announce_catalogue(related_service.database)
    items = related_service.whole_list(diversify=False)
    assert items[0]["id"] == films[11]
    assert films[0] not in [item["id"] for item in items]


def test_what_was_seen_is_not_proposed_again(films: list[int], related_service: Service) -> None:
    related_service.post_history(films[11])
    ids = [item["id"] for item in related_service.whole_list(diversify=False)]
    assert films[11] not in ids
    assert ids[0] == films[10]


def test_zero_titles_turn_the_source_off(
    films: list[int], start: ServiceFactory, tmp_path: Path
) -> None:
    shipped = Settings.load({}).ranking_path.read_text(encoding="utf-8")
    numbers = tmp_path / "ranking.toml"
    numbers.write_text(shipped.replace("related_k = 100", "related_k = 0"), encoding="utf-8")
    service = start(RANKING_PATH=numbers)
    service.post_history(films[0], event_type="liked")
    for item in service.recommend()["items"]:
        assert "related" not in item["sources"]
        assert "listed_beside" not in [reason["code"] for reason in item["reasons"]]
