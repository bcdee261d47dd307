"""PUT /items: titles of an operator's own catalogue, and the ids of other sources."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api.catalogue.writing.catalogue_writes import write_titles
from api.catalogue.writing.moved_titles import follow_moves
from api.catalogue.writing.title import Title
from tests.acceptance.conftest import Service
from tests.builders import rows_of

_REEL = {
    "media_type": "movie",
    "title": "The Long Harbour",
    "alternative_titles": ["Der lange Hafen"],
    "overview": "A pilot boat's crew waits out a winter of storms.",
    "year": 1974,
    "runtime": 84,
    "original_language": "de",
    "countries": ["DE"],
    "genres": ["Drama", "documentary"],
    "keywords": ["harbour"],
    "directors": ["Ilse Brandt"],
    "cast": ["Karl Voss", "Mina Roth"],
    "certificates": {"DE": "6"},
}


def _put(service: Service, item: str = "archive:reel-7", **fields: Any) -> dict[str, Any]:
    answer = service.http.put(f"/items/{item}", json=_REEL | fields)
    assert answer.status_code == 200, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


def _refused(service: Service, item: str, **fields: Any) -> str:
    answer = service.http.put(f"/items/{item}", json=_REEL | fields)
    assert answer.status_code in {400, 422}, answer.text
    return str(answer.json()["detail"])


def _write_tmdb(service: Service, **fields: Any) -> int:
    title = Title("movie", 991, "The Long Harbour (restored)", **fields)
    with service.database.engine.begin() as connection:
        write_titles(connection, [title], source="tmdb", now=datetime.now(UTC))
        follow_moves(connection, {title.imdb_id} if title.imdb_id else set())
    ((item_id,),) = rows_of(service.database, "SELECT id FROM items WHERE tmdb_id = 991")
    return int(item_id)


def test_a_title_of_ones_own_is_found_and_shown_whole(service: Service) -> None:
    stored = _put(service)
    assert (stored["item"], stored["outcome"]) == ("archive:reel-7", "created")
    record = service.http.get("/items/archive:reel-7").json()
    assert record["id"] == stored["id"]
    assert record["tmdb_id"] is None
    assert record["external_ids"] == {"archive": "reel-7"}
    assert [genre["name"] for genre in record["genres"]] == ["Drama", "Documentary"]
    assert [member["name"] for member in record["cast"]] == ["Karl Voss", "Mina Roth"]
    assert record["crew"][0]["role"] == "director"
    assert record["certificates"] == [{"country": "DE", "certificate": "6", "age": 6}]
    (found,) = service.http.get("/search", params={"q": "lange hafen"}).json()["items"]
    assert found["id"] == stored["id"]


def test_it_can_be_recommended_seen_and_listed(service: Service) -> None:
    item = _put(service)["id"]
    shown = service.recommend("dana", query="The Long Harbour")["items"]
    assert [one["tmdb_id"] for one in shown if one["id"] == item] == [None]
    service.post_history("archive:reel-7", user_id="dana")
    history = service.http.get("/user/history", params={"user_id": "dana"}).json()
    assert [event["item"]["id"] for event in history["items"]] == [item]
    assert service.http.put("/users/dana/watchlist/archive:reel-7").json()["added"] is True
    export = service.http.get("/users/dana/export").json()
    assert [event["tmdb_id"] for event in export["history"]] == [None]


def test_putting_it_again_changes_what_differs(service: Service) -> None:
    item = _put(service)["id"]
    assert _put(service) == {"item": "archive:reel-7", "id": item, "outcome": "unchanged"}
    assert _put(service, runtime=90)["outcome"] == "changed"
    assert service.http.get("/items/archive:reel-7").json()["runtime"] == 90


def test_a_title_taken_out_is_retired_and_can_come_back(service: Service) -> None:
    item = _put(service)["id"]
    service.post_history(item, user_id="dana")
    assert service.http.delete("/items/archive:reel-7").status_code == 204
    assert service.http.delete("/items/archive:reel-7").status_code == 404
    assert service.http.get("/items/archive:reel-7").json()["retired"] is True
    assert service.http.get("/search", params={"q": "long harbour"}).json()["items"] == []
    assert _put(service)["id"] == item
    assert service.http.get("/items/archive:reel-7").json()["retired"] is False


def test_a_title_that_tmdb_has_stays_tmdbs(service: Service) -> None:
    tmdbs = _write_tmdb(service, imdb_id="tt0099999")
    assert _put(service, imdb_id="tt0099999")["outcome"] == "same_as"
    assert _put(service, imdb_id="tt0099999", title="Another name") == {
        "item": "archive:reel-7",
        "id": tmdbs,
        "outcome": "same_as",
    }
    record = service.http.get("/items/archive:reel-7").json()
    assert record["title"] == "The Long Harbour (restored)"
    assert record["external_ids"] == {"archive": "reel-7"}
    assert service.http.delete("/items/archive:reel-7").status_code == 404


def test_a_title_that_tmdb_brings_later_takes_over_what_was_done(service: Service) -> None:
    mine = _put(service, imdb_id="tt0099999")["id"]
    service.post_history("archive:reel-7", user_id="dana", event_type="liked")
    tmdbs = _write_tmdb(service, imdb_id="tt0099999", external_ids={"tvdb": "55"})
    history = service.http.get("/user/history", params={"user_id": "dana"}).json()
    assert [event["item"]["id"] for event in history["items"]] == [tmdbs]
    for reference in (mine, "archive:reel-7", "imdb:tt0099999", "movie:991", "tvdb:55"):
        assert service.http.get(f"/items/{reference}").json()["id"] == tmdbs
    # A pass of TMDB's leaves the operator's id alone.
    _write_tmdb(service, imdb_id="tt0099999")
    record = service.http.get("/items/movie:991").json()
    assert record["external_ids"] == {"archive": "reel-7"}


def test_many_are_written_or_none(service: Service) -> None:
    titles = [_REEL | {"item": f"archive:{n}", "title": f"Reel {n}"} for n in range(500)]
    answer = service.http.put("/items", json={"items": titles}).json()["items"]
    assert {one["outcome"] for one in answer} == {"created"}
    assert [one["item"] for one in answer] == [f"archive:{n}" for n in range(500)]
    again = service.http.put("/items", json={"items": titles}).json()["items"]
    assert {one["outcome"] for one in again} == {"unchanged"}
    wrong = [titles[0] | {"runtime": 5}, titles[1] | {"item": "movie:603"}]
    refused = service.http.put("/items", json={"items": wrong})
    assert refused.status_code == 422
    assert "items[1]: movie:603 is no id of a catalogue of your own" in refused.json()["detail"]
    assert service.http.get("/items/archive:0").json()["runtime"] == 84


@pytest.mark.parametrize(
    ("items", "why"),
    [
        (["a1:1", "a1:1"], "items: an id is given twice."),
        (["a1:1", "a2:1"], "items: all titles of a request are to be of one source."),
    ],
)
def test_a_batch_is_of_one_source_without_repeats(
    service: Service, items: list[str], why: str
) -> None:
    titles = [_REEL | {"item": item} for item in items]
    refused = service.http.put("/items", json={"items": titles})
    assert refused.status_code == 422
    assert refused.json()["detail"] == why


@pytest.mark.parametrize(
    "item",
    ["movie:603", "tv:1", "imdb:tt0099999", "tmdb:603", "tvdb:1", "wikidata:Q1", "sample:1", "17",
     "Archive:1", "a:1", "archive:", "archive:a b", "archive:a%2Fb", f"archive:{'x' * 65}"],
)  # fmt: skip
def test_only_ids_of_ones_own_can_be_written(service: Service, item: str) -> None:
    assert "is no id of a catalogue of your own" in _refused(service, item)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"title": ""}, "title"),
        ({"title": None}, "title"),
        ({"media_type": "film"}, "media_type"),
        ({"genres": ["Gothic"]}, "Gothic"),
        ({"year": 1}, "year"),
        (
            {"year": 1974, "release_date": "1975-01-01"},
            "year: is not that of release_date, 1975-01-01",
        ),
        ({"runtime": 0}, "runtime"),
        ({"runtime": True}, "runtime"),
        ({"imdb_id": "99999"}, "imdb_id"),
        ({"certificates": {"Germany": "6"}}, "certificates"),
        ({"vote_average": 11}, "vote_average"),
        ({"overview": "a\x00b"}, "overview"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_no_title_can_be_is_named(
    service: Service, fields: dict[str, Any], named: str
) -> None:
    assert named in _refused(service, "archive:reel-7", **fields)
    assert service.http.get("/items/archive:reel-7").status_code == 404


def test_a_film_cannot_become_a_show(service: Service) -> None:
    _put(service)
    assert "is a movie already" in _refused(service, "archive:reel-7", media_type="tv")


def test_two_rows_of_one_imdb_id_are_seen_together(service: Service) -> None:
    first = _put(service, "archive:1", imdb_id="tt0099999")["id"]
    second = _put(service, "archive:2", imdb_id="tt0099999")["id"]
    service.post_history(first, user_id="dana")
    shown = {one["id"] for one in service.recommend("dana", limit=100)["items"]}
    assert not shown & {first, second}
    body = {"user_id": "dana", "item": second}
    answer = service.http.post("/recommend/preview", json=body).json()
    assert [reason["code"] for reason in answer["reasons"]][:1] == ["seen"]
