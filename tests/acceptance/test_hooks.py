"""/hooks: media servers tell what was watched; it joins the history once."""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, rows_of

_NOON = 1_709_294_400  # 2024-03-01T12:00:00Z


def _catalogue(service: Service) -> dict[str, int]:
    titles: dict[str, Any] = {
        "Heat": {"tmdb_id": 949, "release_year": 1995},
        "Dark": {"tmdb_id": 70523, "release_year": 2017, "media_type": "tv"},
    }
    return {
        name: add_item(service.database, name, vote_count=900, **facts)
        for name, facts in titles.items()
    }


def _hook(service: Service, source: str, *accounts: str, user: str = "dana", **to: str) -> str:
    named = [{"account": account, "profile": to.get(account)} for account in accounts]
    body = {"source": source, "accounts": named}
    answer = service.http.post(f"/users/{user}/hooks", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["path"])


def _recorded(answer: httpx2.Response) -> int:
    assert answer.status_code == 200, answer.text
    return int(answer.json()["recorded"])


def _plex(event: str = "media.scrobble", *, account: str = "dana", **about: Any) -> dict[str, Any]:
    film = {"type": "movie", "title": "Heat", "year": 1995, "lastViewedAt": _NOON}
    return {
        "event": event,
        "Account": {"id": 7, "title": account},
        "Metadata": film | {"Guid": [{"id": "imdb://tt0113277"}, {"id": "tmdb://949"}]} | about,
    }


def _episode(number: int, when: int = _NOON, *, title: str = "Dark") -> dict[str, Any]:
    return _plex(
        type="episode",
        title=f"Part {number}",
        grandparentTitle=title,
        parentIndex=1,
        index=number,
        lastViewedAt=when,
        Guid=[{"id": "tmdb://949"}],
    )


def _as_plex_sends(service: Service, path: str, body: dict[str, Any]) -> httpx2.Response:
    picture = {"thumb": ("thumb.jpg", b"\xff\xd8\xff\xe0" * 100, "image/jpeg")}
    return service.http.post(path, data={"payload": json.dumps(body)}, files=picture)


def test_a_scrobble_of_plex_joins_the_history_of_its_accounts_profile(service: Service) -> None:
    items = _catalogue(service)
    path = _hook(service, "plex", "dana", "Kids TV", **{"Kids TV": "kids"})
    assert _recorded(_as_plex_sends(service, path, _plex(account="KIDS TV"))) == 1
    assert service.read_history() == []
    (event,) = service.read_history(profile="kids")
    assert (event["item"]["id"], event["event_type"], event["source"]) == (
        *(items["Heat"], "watched"),
        "plex",
    )
    assert event["watched_at"] == "2024-03-01T12:00:00Z"
    assert event["import_id"]


_BEGUN = "begun or still playing, which is no viewing yet"


def test_what_is_no_viewing_is_told_as_what_it_is(service: Service) -> None:
    _catalogue(service)
    plex = ("plex", _hook(service, "plex", "*"))
    jellyfin = ("jellyfin", _hook(service, "jellyfin", "*"))
    kodi = ("kodi", _hook(service, "kodi"))
    film = {"ItemType": "Movie", "Name": "Heat"}
    played = {"mediaType": "movie", "title": "Heat", "event": "end"}
    for (_, path), body, because in (
        (plex, _plex("media.play"), _BEGUN),
        (plex, _plex("media.pause"), _BEGUN),
        (plex, _plex("media.stop"), "stopped before its end"),
        (plex, _plex("library.new"), "'library.new' tells of no viewing"),
        (plex, _plex("device.new", type=None), "'device.new' tells of no viewing"),
        (plex, _plex("media.rate"), "tells no rating from 0 to 10"),
        (plex, _plex("media.rate", userRating="none"), "tells no rating from 0 to 10"),
        (
            *(plex, _plex("media.rate", userRating=-1)),
            "a rating taken back there, which changes nothing here",
        ),
        (jellyfin, film | {"NotificationType": "PlaybackStart"}, _BEGUN),
        (jellyfin, film | {"NotificationType": "PlaybackStop"}, "stopped before its end"),
        (jellyfin, film | {"NotificationType": "ItemAdded"}, "'ItemAdded' tells of no viewing"),
        (kodi, played | {"event": "start"}, _BEGUN),
        (kodi, played, "tells not how far it came"),
        (kodi, played | {"progress": {"percent": 40}}, "stopped before its end"),
    ):
        answer = service.http.post(path, json=body)
        assert answer.json() == {"ok": True, "recorded": 0, "because": because}
    assert rows_of(service.database, "SELECT count(*) FROM import_rows") == [(0,)]


def test_a_call_that_comes_twice_or_a_moment_later_adds_nothing(service: Service) -> None:
    _catalogue(service)
    path = _hook(service, "plex", "dana")
    assert _recorded(_as_plex_sends(service, path, _plex())) == 1
    assert _recorded(_as_plex_sends(service, path, _plex())) == 0
    assert _recorded(_as_plex_sends(service, path, _plex(lastViewedAt=_NOON + 600))) == 0
    assert len(service.read_history()) == 1
    assert _recorded(_as_plex_sends(service, path, _plex(lastViewedAt=_NOON + 86_400))) == 1
    assert len(service.read_history()) == 2


def test_a_viewing_that_is_told_again_in_other_words_is_known(service: Service) -> None:
    _catalogue(service)
    path = _hook(service, "plex", "dana")
    assert _recorded(_as_plex_sends(service, path, _plex())) == 1
    other_words: dict[str, Any] = {"Guid": [], "year": 1996, "lastViewedAt": _NOON + 900}
    again = _as_plex_sends(service, path, _plex(**other_words))
    assert again.json() == {"ok": True, "recorded": 0, "because": "known already"}
    assert _recorded(_as_plex_sends(service, path, _episode(1))) == 1
    older_agent = "com.plexapp.agents.themoviedb://70523/1/1?lang=en"
    told = _plex(
        type="episode",
        grandparentTitle="DARK",
        guid=older_agent,
        parentIndex=1,
        index=1,
        lastViewedAt=_NOON + 60,
    )
    assert _as_plex_sends(service, path, told).json()["because"] == "known already"
    assert rows_of(service.database, "SELECT count(*) FROM import_rows") == [(2,)]


def test_what_a_file_has_brought_is_known_to_a_hook(service: Service) -> None:
    _catalogue(service)
    table = b"Title,Watched Date\nHeat,2024-03-01\n"
    form = {"data": {"user_id": "dana"}, "files": {"file": ("mine.csv", table)}}
    brought = service.http.post("/imports", **form).json()  # type: ignore[arg-type]
    assert service.http.post(f"/imports/{brought['id']}/apply").json()["added"]["events"] == 1
    answer = _as_plex_sends(service, _hook(service, "plex", "dana"), _plex())
    assert answer.json() == {"ok": True, "recorded": 0, "because": "known already"}


def test_episodes_become_one_event_of_their_show_that_goes_along(service: Service) -> None:
    items = _catalogue(service)
    path = _hook(service, "plex", "*")
    for number in (1, 2, 2, 3):
        _as_plex_sends(service, path, _episode(number, _NOON + number * 86_400))
    (event,) = service.read_history()
    assert (event["item"]["id"], event["episodes"]) == (items["Dark"], 3)
    assert event["watched_at"] == "2024-03-04T12:00:00Z"


def test_a_rating_of_plex_is_the_viewers_opinion_and_changes_with_it(service: Service) -> None:
    _catalogue(service)
    path = _hook(service, "plex", "dana")
    for rating, when in ((9, 1), (6, 2), (9, 1), (9, 3), (0, 4)):
        body = _plex("media.rate", userRating=rating, lastRatedAt=_NOON + when)
        _as_plex_sends(service, path, body)
    assert [(one["event_type"], one["rating"]) for one in service.read_history()] == [("rated", 9)]


def test_accounts_that_are_not_named_do_not_count(service: Service) -> None:
    _catalogue(service)
    path = _hook(service, "plex", "dana")
    answer = _as_plex_sends(service, path, _plex(account="a guest"))
    assert answer.json()["because"] == "of an account that this hook does not count"
    assert service.read_history() == []


def test_jellyfin_tells_of_one_viewing_twice_and_writes_truth_as_text(service: Service) -> None:
    _catalogue(service)
    path = _hook(service, "jellyfin", "dana")
    film = {
        "ItemType": "Movie",
        "Name": "Heat",
        "Year": 1995,
        "Provider_tmdb": "949",
        "NotificationUsername": "Dana",
    }
    stop = film | {
        "NotificationType": "PlaybackStop",
        "PlayedToCompletion": "True",
        "UtcTimestamp": "2024-03-01T21:46:10.1234567Z",
    }
    saved = film | {
        "NotificationType": "UserDataSaved",
        "SaveReason": "PlaybackFinished",
        "Played": True,
        "UtcTimestamp": "2024-03-01T21:46:11.0000000Z",
    }
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    early = json.dumps(stop | {"PlayedToCompletion": False})
    liked = json.dumps(saved | {"SaveReason": "UpdateUserRating"})
    for body, recorded in ((early, 0), (liked, 0), (json.dumps(stop), 1), (json.dumps(saved), 0)):
        answer = service.http.post(path, content="\ufeff" + body, headers=plain)
        assert _recorded(answer) == recorded
    assert _recorded(service.http.post(path, data=stop)) == 0  # a form of its fields
    assert len(service.read_history()) == 1


def test_emby_sends_a_form_or_json(service: Service) -> None:
    _catalogue(service)
    path = _hook(service, "emby", "dana")
    body = {
        "Event": "playback.stop",
        "Date": "2024-03-02T20:50:00.0000000Z",
        "User": {"Name": "dana", "Id": "1"},
        "Item": {"Type": "Movie", "Name": "Heat", "ProviderIds": {"IMDB": "", "tmdb": "949"}},
        "PlaybackInfo": {"PlayedToCompletion": False},
    }
    finished = body | {"PlaybackInfo": {"PlayedToCompletion": True}}
    assert _recorded(service.http.post(path, data={"data": json.dumps(body)}, files=_NONE)) == 0
    assert _recorded(service.http.post(path, data={"data": json.dumps(finished)}, files=_NONE)) == 1
    marked = finished | {"Event": "item.markplayed", "PlaybackInfo": {}}
    assert _recorded(service.http.post(path, json=marked)) == 0
    assert len(service.read_history()) == 1


_NONE = {"nothing": ("", b"")}  # which makes the form one of parts


def test_tautulli_tells_what_its_template_says(service: Service) -> None:
    items = _catalogue(service)
    path = _hook(service, "tautulli", "dana")
    body = {
        "action": "watched",
        "media_type": "episode",
        "show_name": "Dark",
        "title": "Secrets",
        "season_num": "1",
        "episode_num": "1",
        "themoviedb_id": "949",
        "user": "dana",
        "unixtime": str(_NOON),
    }
    begun = body | {"action": "stop", "progress_percent": "12"}
    assert _recorded(service.http.post(path, json=begun)) == 0
    assert _recorded(service.http.post(path, json=body)) == 1
    (event,) = service.read_history()
    assert (event["item"]["id"], event["episodes"]) == (items["Dark"], 1)


def test_kodi_names_no_account_and_no_time(service: Service) -> None:
    _catalogue(service)
    path = _hook(service, "kodi")
    body = {
        "event": "stop",
        "mediaType": "movie",
        "title": "Heat",
        "year": 1995,
        "uniqueIds": {"tmdb": "949"},
        "progress": {"percent": 12},
    }
    finished = body | {"event": "end", "progress": {"percent": 98.5}}
    began = body | {"event": "start", "progress": {"percent": 100}}
    assert [_recorded(service.http.post(path, json=one)) for one in (body, began, finished)] == [
        *(0, 0),
        1,
    ]
    assert _recorded(service.http.post(path, json=finished)) == 0
    (event,) = service.read_history()
    watched = datetime.fromisoformat(event["watched_at"])
    assert abs(datetime.now(UTC) - watched) < timedelta(minutes=5)


def test_what_the_catalogue_lacks_waits_and_joins_by_a_choice(service: Service) -> None:
    _catalogue(service)
    path = _hook(service, "plex", "dana")
    unknown = _plex(title="Nowhere", Guid=[])
    answer = _as_plex_sends(service, path, unknown)
    assert answer.json()["because"] == "waits for its title"
    assert service.read_history() == []
    ((import_id,),) = rows_of(service.database, "SELECT id FROM imports")
    (row,) = service.http.get(f"/imports/{import_id}/rows").json()["rows"]
    assert (row["says"], row["status"]) == ("Nowhere (1995)", "unmatched")
    choice = {"choices": [{"row": row["row"], "item": "movie:949"}]}
    assert service.http.patch(f"/imports/{import_id}/rows", json=choice).json()["rows"] == 1
    service.http.post(f"/imports/{import_id}/apply")
    assert len(service.read_history()) == 1
    later = _plex(title="Nowhere", Guid=[], lastViewedAt=_NOON + 86_400)
    assert _recorded(_as_plex_sends(service, path, later)) == 1


def test_a_file_of_the_same_viewings_adds_nothing_and_all_can_be_taken_back(
    service: Service,
) -> None:
    _catalogue(service)
    _as_plex_sends(service, _hook(service, "plex", "dana"), _plex())
    told = (
        '<MediaContainer><Video type="movie" title="Heat" year="1995" viewedAt="1709294700"/>'
        "</MediaContainer>"
    )
    brought = service.http.post(
        "/imports", data={"user_id": "dana"}, files={"file": ("plex.xml", told.encode())}
    ).json()
    applied = service.http.post(f"/imports/{brought['id']}/apply").json()
    assert applied["added"]["events"] == 0
    (event,) = service.read_history()
    taken = service.http.delete(f"/imports/{event['import_id']}").json()
    assert taken["removed"]["events"] == 1
    (event,) = service.read_history()  # the file told it as well
    assert event["import_id"] == brought["id"]
    service.http.delete(f"/imports/{brought['id']}")
    assert service.read_history() == []


def test_a_token_opens_its_hook_alone_and_nothing_else_opens_it(
    start: ServiceFactory, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service = start(API_KEYS="a-client-key-of-the-test")
    key = {"X-API-Key": "a-client-key-of-the-test"}
    body = {"source": "plex", "accounts": [{"account": "*"}]}
    made = service.http.post("/users/dana/hooks", json=body, headers=key).json()
    token = made["token"]
    assert service.http.post(made["path"], json=_plex()).status_code == 200
    headers = {"X-Hook-Token": token}
    assert service.http.post("/hooks/plex", json=_plex(), headers=headers).status_code == 200
    for path, given in (
        ("/hooks/plex", {}),
        ("/hooks/plex", key),
        ("/hooks/plex?token=hook_wrong", {}),
        (f"/hooks/emby?token={token}", {}),
    ):
        assert service.http.post(path, json=_plex(), headers=given).status_code == 401
    assert service.http.get("/users/dana/hooks", headers={"X-API-Key": token}).status_code == 401
    (kept,) = rows_of(service.database, "SELECT * FROM hooks")
    assert token not in str(kept)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("http")]
    assert ours
    assert not any(token in line for line in ours)
    (listed,) = service.http.get("/users/dana/hooks", headers=key).json()["items"]
    assert (listed["prefix"], listed["accounts"]) == (
        token[:13],
        [{"account": "*", "profile": None}],
    )
    assert service.http.delete(f"/users/eve/hooks/{made['id']}", headers=key).status_code == 404
    assert service.http.delete(f"/users/dana/hooks/{made['id']}", headers=key).status_code == 200
    assert service.http.post(made["path"], json=_plex()).status_code == 401


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/json"),
        (b"<html></html>", "text/html"),
        (b"[1]", "application/json"),
        (b"{}", "application/json"),
        (b'{"event": "media.scrobble", "Metadata": []}', "application/json"),
        (b'{"event": "media.scrobble", "Metadata": {"type": "movie"}}', "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b'{"Metadata": {"type": "movie", "title": "He\\u0000at"}}', "application/json"),
    ],
)
def test_bad_bodies_are_refused_or_passed_over_and_store_nothing(
    service: Service, content: bytes, kind: str
) -> None:
    path = _hook(service, "plex", "*")
    answer = service.http.post(path, content=content, headers={"Content-Type": kind})
    assert answer.status_code in (200, 400, 422), answer.text
    assert answer.status_code != 200 or answer.json()["recorded"] == 0
    assert rows_of(service.database, "SELECT count(*) FROM interactions") == [(0,)]


def test_a_body_is_bounded(service: Service) -> None:
    path = _hook(service, "plex", "*")
    answer = service.http.post(path, content=b" " * (1024 * 1024 + 1))
    assert answer.status_code == 413


def test_a_viewing_of_tomorrow_is_passed_over(service: Service) -> None:
    _catalogue(service)
    ahead = int((datetime.now(UTC) + timedelta(days=3)).timestamp())
    answer = _as_plex_sends(service, _hook(service, "plex", "*"), _plex(lastViewedAt=ahead))
    assert "in the future" in answer.json()["because"]


def test_a_hook_says_whose_plays_count(service: Service) -> None:
    answer = service.http.post("/users/dana/hooks", json={"source": "plex"})
    assert answer.status_code == 422
    assert "whose plays count" in answer.json()["detail"]
    unknown = {"source": "vlc", "accounts": [{"account": "*"}]}
    assert service.http.post("/users/dana/hooks", json=unknown).status_code == 422


def test_a_profile_that_goes_takes_its_accounts_along(service: Service) -> None:
    _catalogue(service)
    path = _hook(service, "plex", "dana", "Kids TV", **{"Kids TV": "kids"})
    assert _recorded(_as_plex_sends(service, path, _plex(account="Kids TV"))) == 1
    assert service.http.delete("/users/dana/profiles/kids").status_code == 200
    answer = _as_plex_sends(service, path, _plex(account="Kids TV"))
    assert answer.json()["because"] == "of an account that this hook does not count"
    assert rows_of(service.database, "SELECT count(*) FROM profiles WHERE profile = 'kids'") == [
        (0,)
    ]


@pytest.mark.parametrize("limits", [{"kind": "child", "max_age": 9}, {"max_age": 12}])
def test_a_play_makes_no_profile_in_a_household_with_limits(
    service: Service, limits: dict[str, Any]
) -> None:
    _catalogue(service)
    path = _hook(service, "plex", "dana", dana="guest")
    service.http.put("/users/dana/profiles/kids", json=limits).raise_for_status()
    answer = _as_plex_sends(service, path, _plex())
    assert answer.json()["because"] == "of a profile that this household does not have"
    profiles = rows_of(service.database, "SELECT profile FROM profiles WHERE user_id = 'dana'")
    assert profiles == [("kids",)]
    assert rows_of(service.database, "SELECT count(*) FROM imports") == [(0,)]
    service.http.put("/users/dana/profiles/guest", json={}).raise_for_status()
    assert _recorded(_as_plex_sends(service, path, _plex())) == 1


def test_a_body_that_names_no_event_is_refused(service: Service) -> None:
    for source in ("plex", "jellyfin", "emby", "tautulli", "kodi"):
        answer = service.http.post(_hook(service, source, "*"), json={})
        assert answer.status_code == 422
        assert "names no event" in answer.json()["detail"]


def test_in_a_household_with_a_child_everybodys_plays_need_a_profile(service: Service) -> None:
    _catalogue(service)
    before = _hook(service, "plex", "*", "dana")
    lost = _hook(service, "emby", "*", **{"*": "nobody"})
    kids = service.http.put("/users/dana/profiles/kids", json={"kind": "child"})
    assert kids.status_code == 200
    unnamed = _as_plex_sends(service, before, _plex(account="who knows"))
    assert "names one" in unnamed.json()["because"]
    assert _recorded(_as_plex_sends(service, before, _plex())) == 1  # of the account by its name
    body = {
        "Event": "item.markplayed",
        "Item": {"Type": "Movie", "Name": "Heat", "ProviderIds": {"tmdb": "949"}},
    }
    answer = service.http.post(lost, json=body)
    assert answer.json()["because"] == "of a profile that this household does not have"
    for source, accounts in (("plex", [{"account": "*"}]), ("kodi", [])):
        made = service.http.post("/users/dana/hooks", json={"source": source, "accounts": accounts})
        assert made.status_code == 422
        assert "say which" in made.json()["detail"]
    assert (
        _recorded(service.http.post(_hook(service, "emby", "*", **{"*": "kids"}), json=body)) == 1
    )


_OWN_LIMITS = [{"unrated": "hide"}, {"max_age": 16}]


@pytest.mark.parametrize("limits", _OWN_LIMITS)
def test_an_adult_who_limits_nobody_else_keeps_everybodys_plays(
    service: Service, limits: dict[str, Any]
) -> None:
    _catalogue(service)
    before = _hook(service, "plex", "*")
    service.http.put("/users/dana/profiles/~", json=limits).raise_for_status()
    service.http.put("/users/dana/profiles/guest", json={}).raise_for_status()
    assert _recorded(_as_plex_sends(service, before, _plex(account="who knows"))) == 1
    _hook(service, "kodi")


@pytest.mark.parametrize(
    ("unnamed", "kids"),
    [
        *((limits, {"kind": "child"}) for limits in _OWN_LIMITS),
        *((limits, {"max_age": 12}) for limits in _OWN_LIMITS),
        ({"kind": "child"}, {}),
    ],
)
def test_everybodys_plays_count_for_nobody_where_a_child_or_another_is_limited(
    service: Service, unnamed: dict[str, Any], kids: dict[str, Any]
) -> None:
    _catalogue(service)
    before = _hook(service, "plex", "*")
    service.http.put("/users/dana/profiles/~", json=unnamed).raise_for_status()
    service.http.put("/users/dana/profiles/kids", json=kids).raise_for_status()
    assert _recorded(_as_plex_sends(service, before, _plex(account="who knows"))) == 0
    made = service.http.post("/users/dana/hooks", json={"source": "kodi", "accounts": []})
    assert made.status_code == 422
