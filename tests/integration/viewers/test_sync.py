"""`seenemall job sync` asks Trakt, Plex, Jellyfin, Radarr and Sonarr what is new to us."""

import io
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.catalogue.limits.shown_titles import ShownTitles
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.viewers.connections import trakt_device
from api.viewers.connections.connections import Connections
from api.viewers.connections.sealing import Tokens, seal, unseal
from api.viewers.events import ProfileKey
from api.viewers.imports.imports import Imports
from config.settings import Settings
from etl.sync.sync import Sync
from tests.builders import add_item, rows_of
from tests.doubles.jobs import Outcome, run
from tests.doubles.json_server import Asked, JsonServer

_SECRET = "the-secret-of-an-operator"
_DANA = ProfileKey("dana", None)
_EVENTS = """
    SELECT title, event_type, watched_at, rating::real, episodes
    FROM interactions JOIN items ON items.id = item_id ORDER BY title, event_type, watched_at
"""
_HEAT = {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "slug": "heat-1995", "tmdb": 949}}
_DARK = {"title": "Dark", "year": 2017, "ids": {"trakt": 2, "slug": "dark", "tmdb": 70523}}
_HISTORY: list[dict[str, Any]] = [
    {"watched_at": "2024-03-05T20:15:00.000Z", "type": "movie", "movie": _HEAT},
    {"watched_at": "2024-03-05T20:16:00.000Z", "type": "movie", "movie": _HEAT},
    *(
        {
            "watched_at": f"2024-03-0{day}T21:00:00.000Z",
            "type": "episode",
            "episode": {"season": 1, "number": day, "ids": {"tmdb": 949}},
            "show": _DARK,
        }
        for day in (3, 2, 1)
    ),
]
_RATINGS = [{"rated_at": "2024-03-06T08:00:00.000Z", "rating": 9, "type": "movie", "movie": _HEAT}]


@pytest.fixture
def server() -> Iterator[JsonServer]:
    with JsonServer() as double:
        yield double


@pytest.fixture
def sync(database: Database, server: JsonServer) -> Callable[..., Outcome]:
    add_item(database, "Heat", tmdb_id=949, release_year=1995, vote_count=900)
    add_item(database, "Dark", tmdb_id=70523, media_type="tv", release_year=2017, vote_count=900)
    return lambda **options: run(database, Sync(_settings(server)), job="sync", **options)


def _settings(server: JsonServer) -> Settings:
    named = {
        f"{name}_URL": server.url for name in ("TRAKT", "PLEX", "JELLYFIN", "RADARR", "SONARR")
    }
    keys = {f"{name}_API_KEY": "a-key-of-the-test" for name in ("JELLYFIN", "RADARR", "SONARR")}
    return Settings.load(
        named
        | keys
        | {
            "PLEX_TOKEN": "a-token-of-the-test",
            "TRAKT_CLIENT_ID": "an-id-of-the-test",
            "TRAKT_CLIENT_SECRET": _SECRET,
        }
    )


def _connect_trakt(database: Database, *, expires_in: int = 86_400) -> None:
    tokens = Tokens("access-1", "refresh-1", int(time.time()) + expires_in)
    sealed = seal(tokens, _SECRET)
    Connections(database).add(_DANA, "trakt", account=None, sealed_tokens=sealed)


def _paged(entries: list[dict[str, Any]]) -> Callable[[Asked], Any]:
    def answer(asked: Asked) -> Any:
        since = asked.query.get("start_at", "")
        wanted = [one for one in entries if one.get("watched_at", "~") >= since]
        page, limit = int(asked.query["page"]), int(asked.query["limit"])
        return wanted[(page - 1) * limit : page * limit]

    return answer


def _trakt(server: JsonServer, history: list[dict[str, Any]]) -> None:
    server.answers |= {
        "/sync/history": _paged(history),
        "/sync/ratings": lambda _: _RATINGS,
        "/sync/watchlist": lambda _: [],
    }


def test_what_is_new_at_trakt_joins_once_and_later_only_that_is_asked_for(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    _connect_trakt(database)
    history = list(_HISTORY)
    _trakt(server, history)
    assert sync().status == 0
    first = rows_of(database, _EVENTS)
    assert [row[:2] for row in first] == [
        ("Dark", "watched"),
        ("Heat", "rated"),
        ("Heat", "watched"),  # told twice, a minute apart
    ]
    assert first[0][4] == 3
    assert sync().status == 0
    assert rows_of(database, _EVENTS) == first
    history.insert(0, {"watched_at": "2024-03-09T20:15:00.000Z", "type": "movie", "movie": _HEAT})
    assert sync().status == 0
    assert len(rows_of(database, _EVENTS)) == len(first) + 1
    asked = [one.query.get("start_at") for one in server.asked_for("/sync/history")]
    assert asked == [None, "2024-02-20T20:16:00.000Z", "2024-02-20T20:16:00.000Z"]
    assert server.asked[0].headers["authorization"] == "Bearer access-1"
    assert server.asked[0].headers["trakt-api-key"] == "an-id-of-the-test"


def test_a_long_history_is_asked_for_page_by_page(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    _connect_trakt(database)
    begun = datetime(2020, 1, 1, tzinfo=UTC)
    moments = [begun + timedelta(days=day) for day in range(250)]
    _trakt(
        server,
        [
            {"watched_at": f"{when:%Y-%m-%dT%H:%M:%S.000Z}", "type": "movie", "movie": _HEAT}
            for when in moments
        ],
    )
    assert sync().status == 0
    assert len(server.asked_for("/sync/history")) == 3
    assert len(rows_of(database, _EVENTS)) == 251


def test_a_file_and_then_the_api_of_the_same_history_are_one_history(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    now = lambda: datetime.now(UTC)  # noqa: E731
    imports = Imports(database, Cursors(lambda: b"s" * 32), ShownTitles(database), now)
    content = json.dumps([*_HISTORY, *_RATINGS]).encode()
    brought = imports.create(_DANA, io.BytesIO(content), "watched-history-1.json")
    imports.apply(brought.stored.id)
    before = rows_of(database, _EVENTS)
    assert len(before) == 4
    _connect_trakt(database)
    _trakt(server, _HISTORY)
    assert sync().status == 0
    assert rows_of(database, _EVENTS) == before


def test_tokens_that_end_are_renewed_and_stay_sealed(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    _connect_trakt(database, expires_in=60)
    _trakt(server, _HISTORY)
    new = {"access_token": "access-2", "refresh_token": "refresh-2", "expires_in": 86_400}
    server.answers["/oauth/token"] = lambda _: new
    assert sync().status == 0
    assert server.asked[0].body["refresh_token"] == "refresh-1"
    assert server.asked[1].headers["authorization"] == "Bearer access-2"
    ((sealed,),) = rows_of(database, "SELECT sealed_tokens FROM connections")
    assert b"access" not in bytes(sealed)
    assert unseal(bytes(sealed), _SECRET).refresh == "refresh-2"


def test_the_device_code_waits_for_its_holder(server: JsonServer) -> None:
    settings = _settings(server)
    answers = iter(
        [(400, {}), (429, {}), (400, {}), (200, {"access_token": "a", "refresh_token": "r"})]
    )
    server.answers |= {
        "/oauth/device/code": lambda _: {
            "device_code": "d",
            "user_code": "ABCD1234",
            "verification_url": "https://trakt.tv/activate",
            "expires_in": 600,
            "interval": 5,
        },
        "/oauth/device/token": lambda _: next(answers),
    }
    waited: list[float] = []
    code = trakt_device.begin(settings)
    tokens = trakt_device.wait(settings, code, sleep=waited.append)
    assert (code.user, tokens.access, waited) == ("ABCD1234", "a", [5, 5, 6, 6])
    server.answers["/oauth/device/token"] = lambda _: (418, {})
    with pytest.raises(InvalidInput, match="said no"):
        trakt_device.wait(settings, code, sleep=waited.append)


def _plex(server: JsonServer) -> None:
    films = [
        {
            "ratingKey": "101",
            "type": "movie",
            "title": "Der Heat-Film",
            "year": 1996,
            "Guid": [{"id": "tmdb://949"}],
            "viewCount": 3,
        }
    ]
    shows = [
        {"ratingKey": "203", "type": "show", "title": "Dark (DE)", "Guid": [{"id": "tmdb://70523"}]}
    ]
    history = [
        {
            "type": "movie",
            "title": "Der Heat-Film",
            "ratingKey": "101",
            "viewedAt": 1_709_711_096,
            "accountID": 7,
        },
        {
            "type": "episode",
            "title": "Part 1",
            "grandparentTitle": "Dark (DE)",
            "grandparentKey": "/library/metadata/203",
            "parentIndex": 1,
            "index": 1,
            "viewedAt": 1_709_712_096,
            "accountID": 7,
        },
        {"type": "movie", "title": "Heat", "viewedAt": 1_709_713_096, "accountID": 1},
    ]
    server.answers |= {
        "/accounts": lambda _: _held(Account=[{"id": 7, "name": "Dana"}]),
        "/library/sections": lambda _: _held(
            Directory=[
                {"key": "1", "type": "movie"},
                {"key": "2", "type": "show"},
                {"key": "3", "type": "artist"},
            ]
        ),
        "/library/sections/1/all": lambda _: _held(Metadata=films),
        "/library/sections/2/all": lambda _: _held(Metadata=shows),
        "/status/sessions/history/all": lambda _: _held(Metadata=history),
    }


def _held(**lists: Any) -> dict[str, Any]:
    return {"MediaContainer": lists}


def test_plex_tells_what_an_account_watched_and_what_is_owned(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    Connections(database).add(_DANA, "plex", account="dana", sealed_tokens=None)
    _plex(server)
    for _ in range(2):
        assert sync(source="plex").status == 0
        assert [(row[0], row[1], row[4]) for row in rows_of(database, _EVENTS)] == [
            ("Dark", "watched", 1),
            ("Heat", "watched", None),
        ]
        assert rows_of(database, "SELECT count(*) FROM library") == [(2,)]
    assert {one.headers["x-plex-token"] for one in server.asked} == {"a-token-of-the-test"}
    assert "viewedAt>" in server.asked_for("/status/sessions/history/all")[-1].query


def test_jellyfin_tells_what_a_user_played_and_what_is_owned(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    Connections(database).add(_DANA, "jellyfin", account="Dana", sealed_tokens=None)
    played = {"Played": True, "LastPlayedDate": "2024-03-01T21:46:10.1234567Z"}
    film = {"Id": "1", "Type": "Movie", "Name": "Heat", "ProviderIds": {"Tmdb": "949"}}
    show = {"Id": "9", "Type": "Series", "Name": "D.", "ProviderIds": {"tmdb": "70523"}}
    episode = {
        "Type": "Episode",
        "Name": "Part 1",
        "SeriesName": "D.",
        "SeriesId": "9",
        "ParentIndexNumber": 1,
        "IndexNumber": 1,
        "ProviderIds": {"Tmdb": "949"},
    }

    def items(asked: Asked) -> Any:
        assert asked.query["userId"] == "u1"
        if "Series" in asked.query["IncludeItemTypes"]:
            return {"Items": [film | {"UserData": {"IsFavorite": True}}, show]}
        return {"Items": [one | {"UserData": played} for one in (film, episode)]}

    server.answers |= {"/Users": lambda _: [{"Id": "u1", "Name": "dana"}], "/Items": items}
    for _ in range(2):
        assert sync().status == 0
        assert [(row[0], row[1]) for row in rows_of(database, _EVENTS)] == [
            ("Dark", "watched"),
            ("Heat", "liked"),
            ("Heat", "watched"),
        ]
        assert rows_of(database, "SELECT count(*) FROM library") == [(2,)]


def test_radarr_and_sonarr_tell_what_there_are_files_of(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    for source in ("radarr", "sonarr"):
        Connections(database).add(_DANA, source, account=None, sealed_tokens=None)
    server.answers |= {
        "/api/v3/movie": lambda _: [
            {"title": "Heat", "year": 1995, "tmdbId": 949, "hasFile": True},
            {"title": "Wanted", "year": 2008, "tmdbId": 8909, "hasFile": False},
        ],
        "/api/v3/series": lambda _: [
            {"title": "Dark", "tmdbId": 70523, "statistics": {"episodeFileCount": 8}}
        ],
    }
    assert sync().status == 0
    assert rows_of(database, "SELECT count(*) FROM library") == [(2,)]
    assert rows_of(database, "SELECT count(*) FROM interactions") == [(0,)]


def test_a_server_that_refuses_is_named_and_in_nobodys_way(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    Connections(database).add(_DANA, "plex", account="eve", sealed_tokens=None)
    Connections(database).add(_DANA, "sonarr", account=None, sealed_tokens=None)
    _connect_trakt(database)
    _plex(server)
    server.answers["/api/v3/series"] = lambda _: (401, {})
    _trakt(server, _HISTORY)
    outcome = sync()
    assert outcome.status == 1
    told = " ".join((outcome.out + outcome.err).split())
    assert "Plex has no account 'eve'; it has Dana." in told
    assert "check SONARR_API_KEY" in told
    assert len(rows_of(database, _EVENTS)) == 3
    problems = rows_of(database, "SELECT source, problem IS NULL FROM connections ORDER BY id")
    assert problems == [("plex", False), ("sonarr", False), ("trakt", True)]


def test_answers_of_another_shape_are_one_sentence(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    _connect_trakt(database)
    _trakt(server, [{"watched_at": "2024-03-05T20:15:00.000Z", "movie": {"ids": {"trakt": 1}}}])
    server.answers["/sync/ratings"] = lambda _: [{"rated_at": 5, "rating": [], "movie": _HEAT}]
    assert sync().status == 0
    assert rows_of(database, _EVENTS) == []


def test_without_a_connection_it_says_how_to_make_one(sync: Callable[..., Outcome]) -> None:
    outcome = sync()
    assert outcome.status == 1
    assert "seenemall connections add" in " ".join(outcome.err.split())


def test_a_dry_run_leaves_nothing(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    _connect_trakt(database)
    _trakt(server, _HISTORY)
    assert sync(dry_run=True).status == 0
    assert rows_of(database, "SELECT count(*) FROM imports") == [(0,)]
    assert rows_of(database, "SELECT synced_at FROM connections") == [(None,)]


def _meanwhile(server: JsonServer, do: Callable[[], object]) -> None:
    """While the history is asked for, something else happens."""
    _trakt(server, list(_HISTORY))
    answer = server.answers["/sync/history"]

    def later(asked: Asked) -> Any:
        do()
        return answer(asked)

    server.answers["/sync/history"] = later


def test_who_has_left_while_they_were_asked_for_does_not_come_back(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    _connect_trakt(database)
    (connection,) = Connections(database).all()
    _meanwhile(server, lambda: Connections(database).remove(connection.id))
    assert sync().status == 0
    assert rows_of(database, "SELECT user_id FROM profiles") == []
    assert rows_of(database, "SELECT id FROM imports") == []


def test_who_connects_anew_meanwhile_is_asked_for_everything_of_the_new_account(
    database: Database, server: JsonServer, sync: Callable[..., Outcome]
) -> None:
    _connect_trakt(database, expires_in=60)  # so that the old account's tokens are renewed
    _trakt(server, list(_HISTORY))

    def renewed(_: Asked) -> Any:
        _connect_trakt(database)
        return {"access_token": "old-2", "refresh_token": "old-2", "expires_in": 86_400}

    server.answers["/oauth/token"] = renewed
    assert sync().status == 0
    (connection,) = Connections(database).all()
    assert connection.synced_to is None
    assert unseal(connection.sealed_tokens, _SECRET).access == "access-1"
    assert rows_of(database, _EVENTS) == []
    assert sync().status == 0
    assert len(rows_of(database, _EVENTS)) == 3
