"""/users/{user_id}/connections: sources are connected over REST as on the command line."""

from collections.abc import Iterator

import pytest

from api.viewers.connections.sealing import unseal
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of
from tests.doubles.json_server import JsonServer

_PATH = "/users/dana/connections"
_SECRET = "the-secret-of-an-operator"


@pytest.fixture
def trakt() -> Iterator[JsonServer]:
    with JsonServer() as double:
        double.answers["/oauth/device/code"] = lambda _: {
            "device_code": "d-1",
            "user_code": "ABCD1234",
            "verification_url": "https://trakt.tv/activate",
            "expires_in": 600,
            "interval": 5,
        }
        yield double


@pytest.fixture
def service(start: ServiceFactory, trakt: JsonServer) -> Service:
    return start(
        TRAKT_URL=trakt.url,
        TRAKT_CLIENT_ID="an-id-of-the-test",
        TRAKT_CLIENT_SECRET=_SECRET,
        PLEX_URL="http://127.0.0.1:1",
        PLEX_TOKEN="a-token-of-the-test",
        RADARR_URL="http://127.0.0.1:1",
        RADARR_API_KEY="a-key-of-the-test",
    )


def _refusal(service: Service, body: object) -> str:
    answer = service.http.post(_PATH, json=body)
    assert answer.status_code == 422, answer.text
    return str(answer.json()["detail"])


def test_a_server_at_home_is_connected_listed_and_ended(service: Service) -> None:
    body = {"source": "plex", "account": "Dana", "profile": "late"}
    made = service.http.post(_PATH, json=body)
    assert made.status_code == 201
    assert service.http.post(_PATH, json={"source": "radarr"}).status_code == 201
    listed = service.http.get(_PATH).json()["items"]
    assert [(one["source"], one["profile"], one["account"]) for one in listed] == [
        ("plex", "late", "Dana"),
        ("radarr", None, None),
    ]
    path = f"{_PATH}/{made.json()['id']}"
    assert service.http.delete(path.replace("dana", "eve")).status_code == 404
    assert service.http.delete(path).status_code == 200
    assert service.http.delete(path).status_code == 404


def test_where_a_source_is_only_its_operator_says(service: Service) -> None:
    for name in ("url", "address", "token", "plex_url"):
        refused = service.http.post(
            _PATH, json={"source": "plex", "account": "dana", name: "http://169.254.169.254/"}
        )
        assert refused.status_code == 422
    assert "account: must be the account there" in _refusal(service, {"source": "plex"})
    assert "source: trakt is connected by a code" in _refusal(service, {"source": "trakt"})
    assert "SONARR_URL and SONARR_API_KEY" in _refusal(service, {"source": "sonarr"})
    service.http.put("/users/dana/profiles/kids", json={"kind": "child"})
    unknown = {"source": "plex", "account": "Dana", "profile": "kid"}
    assert service.http.post(_PATH, json=unknown).status_code == 404
    assert service.http.get(_PATH).json() == {"items": []}


def test_an_account_at_trakt_is_connected_once_its_holder_has_come(
    service: Service, trakt: JsonServer
) -> None:
    begun = service.http.post(f"{_PATH}/trakt/code", json={"profile": "late"}).json()
    assert (begun["user_code"], begun["interval"]) == ("ABCD1234", 5)
    assert "d-1" not in begun["pending"]
    pending = {"pending": begun["pending"]}
    trakt.answers["/oauth/device/token"] = lambda _: (400, {})
    waits = service.http.post(f"{_PATH}/trakt", json=pending).json()
    assert waits == {"connected": False, "id": None}
    given = {"access_token": "a", "refresh_token": "r", "expires_in": 7200}
    trakt.answers["/oauth/device/token"] = lambda _: given
    for path, body in (
        ("/users/eve/connections/trakt", pending),
        (f"{_PATH}/trakt", {"pending": "made up"}),
        (f"{_PATH}/trakt", {"pending": "erfundenes für später"}),
    ):
        assert service.http.post(path, json=body).status_code == 422
    done = service.http.post(f"{_PATH}/trakt", json=pending).json()
    assert done["connected"]
    (one,) = service.http.get(_PATH).json()["items"]
    assert (one["id"], one["source"], one["profile"]) == (done["id"], "trakt", "late")
    ((sealed,),) = rows_of(service.database, "SELECT sealed_tokens FROM connections")
    assert unseal(bytes(sealed), _SECRET).access == "a"


def test_a_refusal_at_trakt_and_its_silence_are_told(service: Service, trakt: JsonServer) -> None:
    begun = service.http.post(f"{_PATH}/trakt/code", json={}).json()
    trakt.answers["/oauth/device/token"] = lambda _: (418, {})
    answer = service.http.post(f"{_PATH}/trakt", json={"pending": begun["pending"]})
    assert (answer.status_code, answer.json()["detail"]) == (422, "The account's holder said no.")
    trakt.answers["/oauth/device/code"] = lambda _: (503, {})
    assert service.http.post(f"{_PATH}/trakt/code", json={}).status_code == 503


def test_without_a_key_of_the_operators_trakt_is_not_set_up(start: ServiceFactory) -> None:
    answer = start().http.post(f"{_PATH}/trakt/code", json={})
    assert answer.status_code == 422
    assert "TRAKT_CLIENT_ID and TRAKT_CLIENT_SECRET" in answer.json()["detail"]
