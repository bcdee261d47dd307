"""GET /shelves: a page of rows."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    service = start_sample()
    for item in ("movie:949", "movie:238", "movie:862", "movie:8587", "movie:348"):
        like(service, "dana", item)
    return service


def like(service: Service, user_id: str, item: int | str) -> None:
    body = {"user_id": user_id, "items": [item], "event_type": "liked"}
    service.http.post("/user/history", json=body).raise_for_status()


def shelves(service: Service, user_id: str = "dana", **asked: Any) -> dict[str, Any]:
    answer = service.http.get("/shelves", params={"user_id": user_id, **asked})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def all_rows(service: Service, **asked: Any) -> list[dict[str, Any]]:
    """Every row with all of its titles."""
    page, found = shelves(service, **asked), list[dict[str, Any]]()
    while True:
        for row in page["rows"]:
            items, cursor = row["items"], row.get("next_cursor")
            while cursor:
                (more,) = shelves(service, **asked, cursor=cursor)["rows"]
                assert more["code"] == row["code"]
                items, cursor = [*items, *more["items"]], more.get("next_cursor")
            found.append({**row, "items": items})
        if "next_cursor" not in page:
            return found
        page = shelves(service, **asked, cursor=page["next_cursor"])


def test_no_title_stands_twice_over_all_pages_of_rows_and_titles(sample: Service) -> None:
    rows = all_rows(sample, rows=3, limit=4)
    ids = [item["id"] for row in rows for item in row["items"]]
    assert len(rows) > 5
    assert len(ids) == len(set(ids)) > 50
    assert rows[0]["code"] == "for_you"


def test_what_a_row_claims_holds_for_every_title_of_it(sample: Service) -> None:
    checked = set()
    for row in all_rows(sample, rows=12, limit=20):
        evidence, items = row["evidence"], row["items"]
        match row["code"]:
            case "genre":
                assert all(evidence["genre"] in names_of(item) for item in items)
            case "decade":
                decade = evidence["decade"]
                assert {item["release_year"] // 10 * 10 for item in items} == {decade}
            case "language":
                assert {item["original_language"] for item in items} == {evidence["language"]}
            case "series":
                assert {item["media_type"] for item in items} == {"tv"}
            case "with_person":
                assert all(plays(sample, item["id"], evidence["person_id"]) for item in items)
            case "co_liked" | "similar_to_liked":
                assert evidence["title"] in row["title"]
                assert evidence["title"] in LIKED
            case "service":
                assert {item["id"] for item in items} <= offered(sample, evidence["service"])
            case "region":
                assert {item["id"] for item in items} <= lying_in(sample, evidence["region"])
            case "country":
                assert {item["id"] for item in items} <= made_in(sample, evidence["country"])
            case "new":
                since = evidence["since"]
                assert {item["id"] for item in items} <= released(sample, since)
            case "surprise":
                assert not {*evidence["without_genres"]} & {
                    name for item in items for name in names_of(item)
                }
            case _:
                continue
        checked.add(row["code"])
    assert len(checked) >= 2


LIKED = {"Heat", "The Godfather", "Toy Story", "The Lion King", "Alien"}


def names_of(item: dict[str, Any]) -> set[str]:
    return {genre["name"] for genre in item["genres"]}


def plays(service: Service, item: int, person: int) -> bool:
    found = rows_of(
        service.database,
        "SELECT 1 FROM credits WHERE item_id = %(item)s AND person_id = %(person)s LIMIT 1",
        item=item,
        person=person,
    )
    return bool(found)


def offered(service: Service, name: str) -> set[int]:
    return ids_of(
        service,
        "SELECT item_id FROM availability JOIN providers ON short_name = service"
        " WHERE offer_type IN ('subscription', 'free', 'ads') AND name = %(name)s",
        name=name,
    )


def lying_in(service: Service, region: int) -> set[int]:
    return ids_of(service, "SELECT item_id FROM map_titles WHERE region = %(at)s", at=region)


def made_in(service: Service, country: str) -> set[int]:
    return ids_of(service, "SELECT id FROM items WHERE %(one)s = ANY(countries)", one=country)


def released(service: Service, since: str) -> set[int]:
    return ids_of(service, "SELECT id FROM items WHERE release_date >= %(day)s", day=since)


def ids_of(service: Service, statement: str, **parameters: Any) -> set[int]:
    return {row[0] for row in rows_of(service.database, statement, **parameters)}


def test_regions_and_services_are_rows(sample: Service) -> None:
    rows = all_rows(sample, user_id="reader", rows=12, limit=20, country="US")
    assert {"region", "service"} <= {row["code"] for row in rows}


def test_a_row_of_a_region_claims_what_each_of_its_titles_is(sample: Service) -> None:
    rows = all_rows(sample, user_id="reader", rows=12, limit=20, country="US")
    of_regions = [row for row in rows if row["code"] == "region"]
    assert of_regions
    assert len({row["title"] for row in of_regions}) == len(of_regions)
    for row in of_regions:
        assert row["title"] == " and ".join(row["evidence"]["genres"])
        assert row["evidence"]["keywords"] == []
        for item in row["items"]:
            genres = {genre["name"] for genre in item["genres"]}
            assert set(row["evidence"]["genres"]) <= genres


def test_the_same_all_day_but_for_what_was_seen(sample: Service) -> None:
    like(sample, "eve", "movie:949")
    first = shelves(sample, "eve")
    assert shelves(sample, "eve") == first
    seen = first["rows"][0]["items"][0]["id"]
    like(sample, "eve", seen)
    after = shelves(sample, "eve")
    assert after["recommendation_id"] == first["recommendation_id"]
    assert seen not in [item["id"] for row in after["rows"] for item in row["items"]]
    assert [row["title"] for row in after["rows"]] == [row["title"] for row in first["rows"]]


def test_a_history_that_grew_by_a_tenth_has_other_rows_at_once(sample: Service) -> None:
    like(sample, "noa", "movie:348")
    cold = shelves(sample, "noa")
    for item in ("movie:949", "movie:680"):
        like(sample, "noa", item)
    assert shelves(sample, "noa")["recommendation_id"] == cold["recommendation_id"]
    like(sample, "noa", "movie:238")
    warm = shelves(sample, "noa")
    assert warm["recommendation_id"] != cold["recommendation_id"]
    assert {row["code"] for row in warm["rows"]} & {"co_liked", "similar_to_liked", "with_person"}
    assert shelves(sample, "noa") == warm


@pytest.mark.parametrize(
    "event",
    [{"event_type": "liked"}, {"event_type": "watched"}, {"event_type": "rated", "rating": 9}],
)
def test_the_first_title_of_a_taste_has_other_rows_at_once(
    sample: Service, event: dict[str, Any]
) -> None:
    viewer = f"first {event['event_type']}"
    cold = shelves(sample, viewer)
    sample.post_history({"item": "movie:680", **event}, user_id=viewer).raise_for_status()
    warm = shelves(sample, viewer)
    assert warm["recommendation_id"] != cold["recommendation_id"]
    assert {row["code"] for row in warm["rows"]} & {"co_liked", "similar_to_liked", "with_person"}
    like(sample, viewer, "movie:238")
    assert shelves(sample, viewer)["recommendation_id"] == warm["recommendation_id"]


@pytest.mark.parametrize(
    "event", [{"event_type": "not_interested"}, {"event_type": "rated", "rating": 2}]
)
def test_what_is_turned_down_first_makes_no_other_rows(
    sample: Service, event: dict[str, Any]
) -> None:
    viewer = f"refuses by {event['event_type']}"
    cold = shelves(sample, viewer)
    sample.post_history({"item": "movie:680", **event}, user_id=viewer).raise_for_status()
    assert shelves(sample, viewer)["recommendation_id"] == cold["recommendation_id"]
    like(sample, viewer, "movie:238")
    assert shelves(sample, viewer)["recommendation_id"] != cold["recommendation_id"]


def test_another_day_has_another_list(sample: Service) -> None:
    first = shelves(sample, "una")
    rows_of(
        sample.database,
        "UPDATE slates SET request_hash = 'of another day' WHERE user_id = 'una' RETURNING 1",
    )
    assert shelves(sample, "una")["recommendation_id"] != first["recommendation_id"]


def test_the_watchlist_is_a_row(sample: Service) -> None:
    items = [item["id"] for item in sample.whole_list("max")][30:40]
    for item in items:
        sample.http.put(f"/users/max/watchlist/{item}").raise_for_status()
    rows = all_rows(sample, user_id="max", rows=12, limit=20)
    (listed,) = [row for row in rows if row["code"] == "on_watchlist"]
    assert {item["id"] for item in listed["items"]} <= set(items)


def test_feedback_may_name_the_list(sample: Service) -> None:
    page = shelves(sample)
    taken = {
        "user_id": "dana",
        "item_id": page["rows"][1]["items"][0]["id"],
        "event_type": "click",
        "recommendation_id": page["recommendation_id"],
    }
    assert sample.http.post("/feedback", json=taken).status_code == 200


def test_cursors_of_others_are_refused(sample: Service) -> None:
    cursor = shelves(sample, rows=2)["next_cursor"]
    for asked in ({"user_id": "eve"}, {"user_id": "dana", "media_type": "tv"}):
        answer = sample.http.get("/shelves", params={**asked, "cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
    other = sample.http.get("/shelves", params={"user_id": "dana", "cursor": cursor[:-2]})
    assert other.status_code == 400


def test_an_empty_catalogue_is_said(start_quiet: ServiceFactory) -> None:
    page = shelves(start_quiet())
    assert page["rows"] == []
    assert "catalogue is empty" in page["empty_because"]
