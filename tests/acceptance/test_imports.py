"""/imports: what viewers bring is read, shown, applied and taken back."""

import json
import socket
import threading
from typing import Any

import pytest

from tests.acceptance.conftest import Service
from tests.bad_exports import bad_exports
from tests.builders import add_certificate, add_item, rows_of
from tests.unit.viewers.imports.exports import zip_of

_DIARY = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    "2025-01-03,Heat,1995,https://boxd.it/aaaaa,4.5,,,2025-01-02\n"
    "2025-01-03,Heat,1995,https://boxd.it/bbbbb,4,Yes,,2025-01-02\n"
    "2025-02-01,Ran,1985,https://boxd.it/ccccc,,,,2025-02-01\n"
    "2025-02-02,Nowhere,2001,https://boxd.it/ddddd,,,,2025-02-01\n"
)
_DUMP = (
    "SELECT item_id, event_type, rating, weight, watched_at, occurred_at, recorded_at, import_id,"
    " source, scale, interactions.id FROM interactions ORDER BY interactions.id"
)


def _catalogue(service: Service) -> dict[str, int]:
    films = {"Heat": (949, 1995), "Ran": (11645, 1985), "Scoop": (512, 2006)}
    items = {
        name: add_item(service.database, name, tmdb_id=tmdb_id, release_year=year, vote_count=900)
        for name, (tmdb_id, year) in films.items()
    }
    items["Other Scoop"] = add_item(
        service.database, "Scoop", tmdb_id=1083658, release_year=2024, vote_count=300
    )
    items["Dark"] = add_item(
        service.database,
        "Dark",
        tmdb_id=70523,
        media_type="tv",
        release_year=2017,
        vote_count=900,
    )
    return items


def _bring(
    service: Service, content: str | bytes, name: str = "diary.csv", **form: str
) -> dict[str, Any]:
    raw = content.encode() if isinstance(content, str) else content
    data = {"user_id": "dana"} | form
    answer = service.http.post("/imports", data=data, files={"file": (name, raw)})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def _apply(service: Service, brought: dict[str, Any]) -> dict[str, Any]:
    answer = service.http.post(f"/imports/{brought['id']}/apply")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _rows(service: Service, brought: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    answer = service.http.get(f"/imports/{brought['id']}/rows", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["rows"])


def _trakt(*viewings: tuple[str, int, str], rated: bool = False) -> str:
    """A history of films (title, TMDB id, moment)."""
    moment = "rated_at" if rated else "watched_at"
    return json.dumps(
        [
            {moment: when, "rating": 6, "type": "movie", "movie": _film(title, tmdb_id)}
            for title, tmdb_id, when in viewings
        ]
    )


def _film(title: str, tmdb_id: int) -> dict[str, Any]:
    return {"title": title, "year": 1995, "ids": {"trakt": 1, "tmdb": tmdb_id}}


def test_nothing_is_written_before_it_is_applied(service: Service) -> None:
    _catalogue(service)
    brought = _bring(service, _DIARY)
    assert (brought["source"], brought["state"], brought["profile"]) == (
        *("letterboxd", "previewed"),
        None,
    )
    assert brought["counts"] == {
        "rows": 4,
        "matched": 3,
        "uncertain": 0,
        "unmatched": 1,
        "skipped": 0,
    }
    assert service.read_history() == []
    assert rows_of(service.database, "SELECT count(*) FROM profiles") == [(0,)]


def test_how_far_it_is_is_told_while_nothing_of_it_is_seen(service: Service) -> None:
    items = _catalogue(service)
    service.post_history()
    brought = _bring(
        service, "Date,Name,Year,Letterboxd URI\n2025-01-03,Heat,1995,x\n", "watchlist.csv"
    )
    done: list[dict[str, Any]] = []
    with service.database.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute(
            "INSERT INTO watchlist (profile_id, item_id) SELECT id, %s FROM profiles",
            (items["Heat"],),
        )  # which the same wish waits for
        applying = threading.Thread(target=lambda: done.append(_apply(service, brought)))
        applying.start()
        path = f"/imports/{brought['id']}"
        while (now := service.http.get(path).json())["progress"] in (None, 0):
            assert applying.is_alive()
        assert (now["state"], 0 < now["progress"] < 100) == ("previewed", True)
    applying.join()
    assert (done[0]["state"], done[0]["progress"], done[0]["added"]["watchlist"]) == (
        *("applied", None),
        1,
    )


def test_every_row_is_reported_as_it_stands_in_the_file(service: Service) -> None:
    items = _catalogue(service)
    brought = _bring(service, _DIARY)
    first, second, third, fourth = _rows(service, brought)
    assert first == {
        "row": 1,
        "file": "diary.csv",
        "says": "Heat (1995)",
        "status": "matched",
        "item": {
            "id": items["Heat"],
            "media_type": "movie",
            "tmdb_id": 949,
            "title": "Heat",
            "year": 1995,
        },
        "event_type": "rated",
        "watched_at": "2025-01-02",
        "rating": 9.0,
        "certainty": 0.98,
        "candidates": [],
        "reason": "by its name and year",
    }
    assert [row["row"] for row in (first, second, third, fourth)] == [1, 2, 3, 4]
    assert (fourth["status"], fourth["item"]) == ("unmatched", None)
    assert _rows(service, brought, status="unmatched") == [fourth]


def test_rows_come_in_pages(service: Service) -> None:
    _catalogue(service)
    brought = _bring(service, _DIARY)
    path, found, query = f"/imports/{brought['id']}/rows", [], {"limit": "3"}
    while True:
        page = service.http.get(path, params=query).json()
        found += [row["row"] for row in page["rows"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert found == [1, 2, 3, 4]
    other = service.http.get(path, params=query | {"status": "matched"})
    assert other.json()["code"] == "invalid_cursor"
    assert other.json()["detail"].endswith(" What differs: status.")


def test_applied_it_is_history_with_its_source_scale_and_days(service: Service) -> None:
    items = _catalogue(service)
    applied = _apply(service, _bring(service, _DIARY))
    assert (applied["state"], applied["added"]) == (
        "applied",
        {"events": 3, "ratings": 2, "watchlist": 0, "library": 0},
    )
    ran, *heats = service.read_history()
    assert (ran["item"]["id"], ran["event_type"]) == (items["Ran"], "watched")
    assert ran["watched_at"] == "2025-02-01T12:00:00Z"
    assert (ran["import_id"], ran["source"]) == (applied["id"], "letterboxd")
    # Two viewings on one day are two.
    assert sorted((one["rating"], one["scale"]) for one in heats) == [(8.0, 5.0), (9.0, 5.0)]
    assert {one["watched_at"][:10] for one in heats} == {"2025-01-02"}


def test_what_applying_would_write_is_told_and_nothing_is_written(service: Service) -> None:
    _catalogue(service)
    brought = _bring(service, _DIARY)
    before = rows_of(service.database, _DUMP)
    path, asked = f"/imports/{brought['id']}", {"would_add": "true"}
    told = service.http.get(path, params=asked).json()
    assert told["would_add"] == {"events": 3, "ratings": 2, "watchlist": 0, "library": 0}
    assert told["state"] == brought["state"]
    assert service.http.get(path).json()["would_add"] is None
    assert rows_of(service.database, _DUMP) == before
    assert _apply(service, brought)["added"] == told["would_add"]
    nothing = service.http.get(path, params=asked).json()["would_add"]
    assert set(nothing.values()) == {0}


def test_the_same_file_twice_adds_nothing(service: Service) -> None:
    _catalogue(service)
    _apply(service, _bring(service, _DIARY))
    before = rows_of(service.database, _DUMP)
    again = _apply(service, _bring(service, _DIARY))
    assert again["added"]["events"] == 0
    assert rows_of(service.database, _DUMP) == before
    assert _apply(service, again)["added"]["events"] == 0


def test_a_grown_file_adds_what_it_grew_by(service: Service) -> None:
    _catalogue(service)
    _apply(service, _bring(service, _DIARY))
    grown = _DIARY + "2025-03-02,Ran,1985,https://boxd.it/eeeee,,Yes,,2025-03-01\n"
    assert _apply(service, _bring(service, grown))["added"]["events"] == 1


def test_a_viewing_that_two_sources_tell_of_is_one(service: Service) -> None:
    _catalogue(service)
    _apply(service, _bring(service, _DIARY))
    # An evening in America: the next day in UTC.
    told = _trakt(("Heat", 949, "2025-01-03T03:30:00Z"), ("Ran", 11645, "2025-02-10T20:00:00Z"))
    added = _apply(service, _bring(service, told, "watched-history-1.json"))["added"]
    assert added["events"] == 1  # Ran was seen again


def test_moments_of_two_sources_hours_apart_are_one_viewing(service: Service) -> None:
    _catalogue(service)
    _apply(service, _bring(service, _trakt(("Heat", 949, "2025-01-03T20:00:00Z")), "history.json"))
    plex = (
        '<MediaContainer><Video type="movie" title="Heat" year="1995" viewedAt="{}"/>'
        "</MediaContainer>"
    )
    same = _bring(service, plex.format(1735941600), "history.xml")  # 22:00
    assert _apply(service, same)["added"]["events"] == 0
    later = _bring(service, plex.format(1736114400), "history.xml")
    assert _apply(service, later)["added"]["events"] == 1


def test_seen_at_some_time_adds_nothing_to_what_is_dated(service: Service) -> None:
    items = _catalogue(service)
    _apply(service, _bring(service, _DIARY))
    watched = (
        "Date,Name,Year,Letterboxd URI\n2025-01-03,Heat,1995,https://boxd.it/1\n"
        "2025-01-04,Scoop,2006,https://boxd.it/2\n"
    )
    assert _apply(service, _bring(service, watched, "watched.csv"))["added"]["events"] == 1
    (scoop,) = [one for one in service.read_history() if one["item"]["id"] == items["Scoop"]]
    assert scoop["watched_at"] is None
    assert scoop["occurred_at"] == "2025-01-04T12:00:00Z"


def test_episodes_become_their_show_with_how_many_were_seen(service: Service) -> None:
    items = _catalogue(service)
    short = 'Title,Date\n"Dark: Season 1: C","1/3/25"\n"Dark: Season 1: B","1/2/25"\n'
    short += '"Dark: Season 1: B","1/2/25"\n"Dark: Season 1: A","12/31/24"\n'
    brought = _bring(service, short, "NetflixViewingHistory.csv")
    assert brought["says"] == {"watched": 4}
    _apply(service, brought)
    (event,) = service.read_history()
    assert (event["item"]["id"], event["event_type"], event["episodes"]) == (
        *(items["Dark"], "watched"),
        3,
    )
    assert event["watched_at"] == "2025-01-03T12:00:00Z"
    assert _apply(service, _bring(service, short, "history.csv"))["added"]["events"] == 0


def test_wishes_and_owned_titles_go_where_they_belong(service: Service) -> None:
    items = _catalogue(service)
    wish = "Date,Name,Year,Letterboxd URI\n2025-01-03,Heat,1995,https://boxd.it/1\n"
    assert _apply(service, _bring(service, wish, "watchlist.csv"))["added"]["watchlist"] == 1
    owned = json.dumps([{"title": "Ran", "tmdbId": 11645, "hasFile": True, "year": 1985}])
    assert _apply(service, _bring(service, owned, "movies.json"))["added"]["library"] == 1
    assert service.read_history() == []
    listed = service.http.get("/users/dana/watchlist").json()["items"]
    assert [(one["item_id"], one["added_at"][:10]) for one in listed] == [
        (items["Heat"], "2025-01-03")
    ]
    assert [one["item_id"] for one in service.http.get("/users/dana/library").json()["items"]] == [
        items["Ran"]
    ]


def test_a_choice_holds_for_all_rows_of_its_title_and_for_the_next_file(service: Service) -> None:
    items = _catalogue(service)
    short = 'Title,Date\n"Scoop","1/20/25"\n"Scoop","1/19/25"\n"Heat","1/18/25"\n'
    brought = _bring(service, short, "history.csv")
    assert brought["counts"]["uncertain"] == 2
    unsure = _rows(service, brought, status="uncertain")
    assert [one["tmdb_id"] for one in unsure[0]["candidates"]] == [512, 1083658]
    path = f"/imports/{brought['id']}/rows"
    choice = {"row": 1, "item": "movie:1083658"}
    assert service.http.patch(path, json={"choices": [choice]}).json() == {"ok": True, "rows": 2}
    _apply(service, brought)
    seen = [one["item"]["id"] for one in service.read_history()]
    assert seen == [items["Other Scoop"], items["Other Scoop"], items["Heat"]]
    service.http.delete(f"/imports/{brought['id']}")
    again = _bring(service, short, "history.csv")
    assert again["counts"]["uncertain"] == 0
    assert {row["reason"] for row in _rows(service, again)[:2]} == {"chosen"}


def test_episodes_of_an_unknown_name_become_one_event_of_the_show_that_is_chosen(
    service: Service,
) -> None:
    show = add_item(service.database, "Money Heist", tmdb_id=71446, media_type="tv")
    names = [f'"Haus des Geldes: Teil 1: Folge {n}","1/{n + 1}/25"' for n in (1, 2, 3)]
    brought = _bring(service, "\n".join(("Title,Date", *names)), "history.csv")
    assert brought["counts"]["unmatched"] == 3
    choice = {"row": 1, "item": "tv:71446"}
    path = f"/imports/{brought['id']}/rows"
    assert service.http.patch(path, json={"choices": [choice]}).json() == {"ok": True, "rows": 3}
    _apply(service, brought)
    assert [one["item"]["id"] for one in service.read_history()] == [show]


def test_a_row_that_several_files_have_is_chosen_for_by_its_file(service: Service) -> None:
    _catalogue(service)
    watched = "Date,Name,Year,Letterboxd URI\n2025-01-03,Ran,1985,https://boxd.it/ccccc\n"
    brought = _bring(service, zip_of({"diary.csv": _DIARY, "watched.csv": watched}), "export.zip")
    before = _rows(service, brought)
    path = f"/imports/{brought['id']}/rows"
    choice: dict[str, Any] = {"row": 1, "item": None}
    refused = service.http.patch(path, json={"choices": [choice]})
    assert refused.status_code == 422
    assert "name the file" in refused.json()["detail"]
    assert _rows(service, brought) == before
    named = choice | {"file": "watched.csv"}
    assert service.http.patch(path, json={"choices": [named]}).status_code == 200


def test_a_title_can_be_left_out(service: Service) -> None:
    _catalogue(service)
    brought = _bring(service, _DIARY)
    choices = {"choices": [{"row": 1, "item": None}]}
    service.http.patch(f"/imports/{brought['id']}/rows", json=choices).raise_for_status()
    assert _apply(service, brought)["added"]["events"] == 1
    assert _bring(service, _DIARY)["counts"]["skipped"] == 2


def test_a_choice_that_cannot_be_is_refused_and_changes_nothing(service: Service) -> None:
    _catalogue(service)
    brought = _bring(service, _DIARY)
    path = f"/imports/{brought['id']}/rows"
    wrong = {"choices": [{"row": 1, "item": "movie:512"}, {"row": 2, "item": "movie:1"}]}
    answer = service.http.patch(path, json=wrong)
    assert (answer.status_code, answer.json()["unknown"]) == (422, ["movie:1"])
    missing = {"choices": [{"row": 1, "item": "movie:512"}, {"row": 99, "item": "movie:512"}]}
    assert service.http.patch(path, json=missing).status_code == 422
    twice = {"choices": [{"row": 1, "item": "movie:512"}, {"row": 1, "item": None}]}
    answer = service.http.patch(path, json=twice)
    assert answer.status_code == 422
    assert "row 1 is chosen more than once" in answer.text
    assert _rows(service, brought)[0]["item"]["tmdb_id"] == 949


def test_taken_back_it_leaves_what_was_there(service: Service) -> None:
    _catalogue(service)
    service.post_history("movie:11645", {"item": "movie:949", "rating": 3})
    service.http.put("/users/dana/watchlist/movie:512")
    before = rows_of(service.database, _DUMP)
    wish = "Date,Name,Year,Letterboxd URI\n2025-01-03,{},https://boxd.it/1\n"
    brought = [
        _bring(service, _DIARY),
        _bring(service, wish.format("Heat,1995"), "watchlist.csv"),
        _bring(service, wish.format("Scoop,2006"), "watchlist.csv"),
    ]
    for one in brought:
        _apply(service, one)
    assert len(rows_of(service.database, _DUMP)) == 5
    for one in brought:
        answer = service.http.delete(f"/imports/{one['id']}")
        assert answer.status_code == 200
    assert rows_of(service.database, _DUMP) == before
    listed = service.http.get("/users/dana/watchlist").json()["items"]
    assert [one["tmdb_id"] for one in listed] == [512]
    assert service.http.get(f"/imports/{brought[0]['id']}").status_code == 404
    assert service.http.delete(f"/imports/{brought[0]['id']}").status_code == 404


def test_what_was_changed_since_stays_when_it_is_taken_back(service: Service) -> None:
    items = _catalogue(service)
    rated = _trakt(("Heat", 949, "2025-01-03T20:00:00Z"), rated=True)
    brought = _bring(service, rated, "ratings-movies.json")
    _apply(service, brought)
    service.post_history({"item": items["Heat"], "rating": 2})
    service.post_history({"item": items["Ran"], "rating": 8})
    service.http.delete(f"/imports/{brought['id']}")
    assert {(one["item"]["id"], one["rating"]) for one in service.read_history()} == {
        (items["Heat"], 2.0),
        (items["Ran"], 8.0),
    }


def test_an_own_opinion_is_not_overruled_by_an_import(service: Service) -> None:
    items = _catalogue(service)
    service.post_history({"item": items["Heat"], "rating": 2})
    rated = _trakt(("Heat", 949, "2025-01-03T20:00:00Z"), rated=True)
    assert _apply(service, _bring(service, rated, "r.json"))["added"]["events"] == 0
    assert [one["rating"] for one in service.read_history()] == [2.0]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_imports_that_changed_one_opinion_are_taken_back_in_any_order(
    service: Service, order: tuple[int, int]
) -> None:
    items = _catalogue(service)
    old = _bring(service, _trakt(("Heat", 949, "2025-01-03T20:00:00Z"), rated=True), "r.json")
    _apply(service, old)
    before = rows_of(service.database, _DUMP)
    stars = (
        "Date,Name,Year,Letterboxd URI,Rating\n2025-04-03,Heat,1995,https://boxd.it/1,5\n"
        "2025-04-03,Ran,1985,https://boxd.it/2,4\n"
    )
    new = _bring(service, stars, "ratings.csv")
    _apply(service, new)
    assert {(one["item"]["id"], one["rating"]) for one in service.read_history()} == {
        (items["Heat"], 10.0),
        (items["Ran"], 8.0),
    }
    first, second = ((old, new)[place] for place in order)
    service.http.delete(f"/imports/{first['id']}")
    if first is new:
        assert rows_of(service.database, _DUMP) == before
    else:
        assert sorted(one["rating"] for one in service.read_history()) == [8.0, 10.0]
    service.http.delete(f"/imports/{second['id']}")
    assert service.read_history() == []


def test_an_import_counts_on_the_very_next_list(service: Service) -> None:
    _catalogue(service)
    _apply(service, _bring(service, _DIARY))
    version = service.version_of()
    brought = _bring(service, _DIARY.replace("2025-02-01", "2025-06-01"))
    assert service.version_of() == version
    _apply(service, brought)
    assert service.version_of() > version


def test_a_child_is_not_told_of_titles_above_its_limits(service: Service) -> None:
    items = _catalogue(service)
    add_certificate(service.database, items["Heat"], "US", "R")
    add_certificate(service.database, items["Ran"], "US", "G")
    service.http.put("/users/dana/profiles/noa", json={"kind": "child", "country": "US"})
    brought = _bring(service, _DIARY, profile="noa")
    assert [row["item"] and row["item"]["tmdb_id"] for row in _rows(service, brought)] == [
        *(None, None),
        *(11645, None),
    ]
    choice = {"choices": [{"row": 3, "item": "movie:949"}]}
    answer = service.http.patch(f"/imports/{brought['id']}/rows", json=choice)
    assert (answer.status_code, answer.json()["unknown"]) == (422, ["movie:949"])


def test_what_cannot_be_read_is_one_sentence_and_writes_nothing(service: Service) -> None:
    for content, sentence in bad_exports().values():
        answer = service.http.post(
            "/imports", data={"user_id": "dana"}, files={"file": ("export.zip", content)}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "unusable_import")
        assert sentence in answer.json()["detail"]
        assert answer.json()["detail"].count("\n") == 0
    written = "SELECT (SELECT count(*) FROM imports), (SELECT count(*) FROM profiles)"
    assert rows_of(service.database, written) == [(0, 0)]


def test_a_day_in_the_future_is_passed_over_with_its_reason(service: Service) -> None:
    _catalogue(service)
    table = b"Title,Date watched\nHeat,2099-01-31\n"
    files = {"file": ("mine.csv", table)}
    brought = service.http.post("/imports", data={"user_id": "dana"}, files=files).json()
    (row,) = _rows(service, brought)
    assert (row["status"], row["reason"]) == ("skipped", "2099-01-31 is in the future")
    applied = service.http.post(f"/imports/{brought['id']}/apply").json()
    assert applied["added"] == {"events": 0, "ratings": 0, "watchlist": 0, "library": 0}


def test_a_file_by_itself_can_be_told_what_it_is(service: Service) -> None:
    _catalogue(service)
    table = "Title,Year\nHeat,1995\n"
    for kind, says in (("watchlist", "watchlist"), ("library", "owned"), ("history", "watched")):
        assert _bring(service, table, "films.csv", kind=kind)["says"] == {says: 1}
    brought = _bring(service, table, "films.csv", source="csv")
    assert (brought["source"], brought["columns"]) == (
        "csv",
        {"title": "title", "year": "year"},
    )


def test_what_was_not_asked_for_is_passed_over(service: Service) -> None:
    _catalogue(service)
    brought = _bring(service, _DIARY, kind="ratings")
    assert brought["says"] == {"rated": 2}
    assert {row["reason"] for row in _rows(service, brought, status="skipped")} == {
        "not what was asked for"
    }


def test_only_an_export_may_be_larger_than_a_mebibyte(service: Service) -> None:
    _catalogue(service)
    large = _DIARY + "".join(
        f"2025-02-02,Film {number},2001,https://boxd.it/x,,,{'x' * 300},2025-02-01\n"
        for number in range(4_000)
    )
    assert len(large) > 1024 * 1024
    assert _bring(service, large)["counts"]["rows"] == 4_004
    answer = service.http.post("/user/history", content=large.encode())
    assert answer.status_code == 413


def test_an_export_of_more_than_64_mebibytes_is_refused_before_it_is_read(service: Service) -> None:
    host, _, port = service.url.removeprefix("http://").partition(":")
    head = f"POST /imports HTTP/1.1\r\nHost: {host}\r\nContent-Length: {65 * 1024 * 1024}\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(head.encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 413")


def _listed(service: Service, **query: Any) -> dict[str, Any]:
    answer = service.http.get("/imports", params={"user_id": "dana"} | query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_what_was_brought_is_listed_the_newest_first(service: Service) -> None:
    _catalogue(service)
    first = _apply(service, _bring(service, _DIARY))
    second = _bring(service, "Title,Year\nScoop,2006\n", name="mine.csv")
    listed = _listed(service)["items"]
    assert [(one["id"], one["file"], one["state"], one["via"]) for one in listed] == [
        (second["id"], "mine.csv", "previewed", "file"),
        (first["id"], "diary.csv", "applied", "file"),
    ]
    assert listed[1] == {name: first[name] for name in listed[1] if name != "via"} | {"via": "file"}
    assert listed[0]["counts"] == second["counts"]


def test_one_that_was_taken_back_is_no_longer_listed(service: Service) -> None:
    _catalogue(service)
    brought = _apply(service, _bring(service, _DIARY))
    service.http.delete(f"/imports/{brought['id']}").raise_for_status()
    assert _listed(service) == {"items": []}


def test_each_profile_lists_its_own_imports(service: Service) -> None:
    _catalogue(service)
    own, late = _bring(service, _DIARY), _bring(service, _DIARY, profile="late")
    assert [one["id"] for one in _listed(service)["items"]] == [own["id"]]
    assert [one["id"] for one in _listed(service, profile="late")["items"]] == [late["id"]]
    assert _listed(service, user_id="nobody") == {"items": []}


def test_the_list_comes_in_pages_whose_cursors_are_its_own(service: Service) -> None:
    _catalogue(service)
    ids = [_bring(service, _DIARY)["id"] for _ in range(3)]
    page = _listed(service, limit=2)
    rest = _listed(service, limit=2, cursor=page["next_cursor"])
    assert [one["id"] for one in (*page["items"], *rest["items"])] == ids[::-1]
    assert "next_cursor" not in rest
    other = {"user_id": "eve", "cursor": page["next_cursor"]}
    assert service.http.get("/imports", params=other).status_code == 400


def test_what_a_server_brings_is_listed_without_a_file(service: Service) -> None:
    _catalogue(service)
    hook = service.http.post(
        "/users/dana/hooks", json={"source": "kodi", "accounts": [{"account": "*"}]}
    ).json()
    played = {"mediaType": "movie", "title": "Heat", "year": 1995, "event": "end"}
    told = service.http.post(hook["path"], json=played | {"progress": {"percent": 99}})
    assert told.json()["recorded"] == 1
    (listed,) = _listed(service)["items"]
    assert (listed["via"], listed["file"], listed["state"]) == ("hook", None, "applied")
    service.http.delete(f"/imports/{listed['id']}").raise_for_status()
    assert rows_of(service.database, "SELECT count(*) FROM interactions") == [(0,)]


def test_of_previews_the_ten_newest_stay(service: Service) -> None:
    _catalogue(service)
    applied = _bring(service, _DIARY)
    _apply(service, applied)
    previews = [_bring(service, _DIARY)["id"] for _ in range(11)]
    other = _bring(service, _DIARY, user_id="noa")["id"]
    kept = [row for (row,) in rows_of(service.database, "SELECT id FROM imports ORDER BY id")]
    assert kept == [applied["id"], *previews[1:], other]


def test_a_file_may_be_called_anything(service: Service) -> None:
    _catalogue(service)
    for name in ("Ω 🍿 \u202e.csv", "../../etc/passwd", "x" * 2000, "diary.zip"):
        brought = _bring(service, _DIARY, name)
        assert brought["source"] == "letterboxd"
        assert len(brought["file"]) <= 500


@pytest.mark.parametrize(
    "given",
    [
        {"files": [("user_id", (None, "dana")), ("file", (None, "title\nHeat"))]},
        {"data": {"user_id": "dana", "file": "title\nHeat"}},
    ],
    ids=["multipart", "urlencoded"],
)
def test_a_text_in_the_place_of_the_file_is_told_as_no_file(
    quiet: Service, given: dict[str, Any]
) -> None:
    answer = quiet.http.post("/imports", **given)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["detail"] == "file: must be a file."
    assert answer.json()["errors"] == [{"in": "body", "field": "file", "message": "must be a file"}]


_TABLE = ("file", ("seen.csv", b"title\nHeat"))


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ([("user_id", (None, "dana")), ("user_id", (None, "eve")), _TABLE], ["user_id"]),
        ([("user_id", (None, "dana")), ("user_id", (None, "dana")), _TABLE], ["user_id"]),
        ([("user_id", (None, "dana")), _TABLE, _TABLE], ["file"]),
        ([("user_id", (None, "dana")), _TABLE, ("file", (None, "title"))], ["file"]),
        (
            [*[("profile", (None, name)) for name in "ab"], *[("user_id", (None, "dana"))] * 2],
            ["profile", "user_id"],
        ),
    ],
)
def test_a_field_of_the_form_is_given_once(
    quiet: Service, parts: list[Any], named: list[str]
) -> None:
    answer = quiet.http.post("/imports", files=parts)
    assert answer.status_code == 422
    told = [(one["field"], one["message"]) for one in answer.json()["errors"]]
    assert told == [(name, "given more than once") for name in named]


_ACTIVITY = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,"
    "Bookmark,Latest Bookmark,Country\n"
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_service_that_knows_the_day_and_then_the_moment_tells_of_one_viewing(
    service: Service, order: tuple[int, int]
) -> None:
    _catalogue(service)
    short = 'Title,Date\n"Heat","1/23/24"\n"Dark: Season 1: Secrets","1/23/24"\n'
    rows = "Dana,2024-01-23 20:00:00,02:49:00,,{title},,TV,02:49:00,Not latest view,DE (Germany)\n"
    long = _ACTIVITY + "".join(
        rows.format(title=title) for title in ("Heat", "Dark: Season 1: Secrets")
    )
    files = ((short, "NetflixViewingHistory.csv"), (long, "ViewingActivity.csv"))
    for at in order:
        _apply(service, _bring(service, *files[at]))
    told = [(one["item"]["title"], one["event_type"]) for one in service.read_history()]
    assert sorted(told) == [("Dark", "watched"), ("Heat", "watched")]


def test_an_opinion_that_goes_back_to_an_older_one_is_the_current_one(service: Service) -> None:
    items = _catalogue(service)
    diary = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    viewing = "2020-01-03,Heat,1995,https://boxd.it/1,4,,,2020-01-02\n"
    _apply(service, _bring(service, diary + viewing))
    for stars in (3, 4):
        now = f"Date,Name,Year,Letterboxd URI,Rating\n2025-04-03,Heat,1995,https://boxd.it/1,{stars}\n"
        _apply(service, _bring(service, now, "ratings.csv"))
    told = {(one["item"]["id"], one["watched_at"], one["rating"]) for one in service.read_history()}
    assert (items["Heat"], None, 8.0) in told
    assert all(rating == 8.0 for *_, rating in told)
