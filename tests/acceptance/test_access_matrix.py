"""Who may do what: a row for every route there is, tried by four identities."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import jwt
import pytest
from fastapi.routing import iter_route_contexts

from api.http.application import PUBLIC_PATHS, create_app
from config.settings import Settings
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item

_SECRET = "a secret of thirty-two characters!"
_KEYS = {"client": "client-key-of-the-test", "admin": "admin-key-of-the-test"}


@dataclass(frozen=True)
class Row:
    """A route. `own`: a user's token reaches its own user only; `keeper`: no token does; `admin`:
    an admin alone; `any`: every credential; `token`: a token of its own alone. `USER` stands for a
    user wherever one is named."""

    open_to: Literal["own", "keeper", "admin", "any", "token"]
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    form: dict[str, str] | None = None  # beside a file
    may_be_gone: bool = False  # what it is about: 404 to its owner too


_QUERY = {"user_id": "USER"}
_CHOICES = [{"row": 1, "item": "movie:603"}]
_MATRIX: dict[tuple[str, str], Row] = {
    ("GET", "/recommend"): Row("own", _QUERY),
    ("POST", "/recommend/preview"): Row("own", body={"user_id": "USER", "item": "movie:603"}),
    ("GET", "/user/history"): Row("own", _QUERY),
    ("POST", "/user/history"): Row("own", body={"user_id": "USER", "items": []}),
    ("DELETE", "/user/history"): Row("own", _QUERY | {"item": "movie:603"}),
    ("POST", "/feedback"): Row("own", body={"user_id": "USER", "event_type": "click"}),
    ("GET", "/items/{item}"): Row("any"),
    ("PUT", "/items/{item}"): Row("admin", body={"media_type": "movie", "title": "Reel 7"}),
    ("DELETE", "/items/{item}"): Row("admin"),
    ("PUT", "/items"): Row(
        "admin", body={"items": [{"item": "my:1", "media_type": "movie", "title": "Reel 7"}]}
    ),
    ("GET", "/items/{item}/similar"): Row("any"),
    ("POST", "/blend"): Row("any", body={"like": ["movie:603"]}),
    ("POST", "/recommend/group"): Row(
        "own", body={"members": [{"user_id": "USER"}, {"user_id": "USER", "profile": "late"}]}
    ),
    ("POST", "/recommend/batch"): Row("keeper", body={"viewers": [{"user_id": "USER"}]}),
    ("POST", "/recommend/batches"): Row("keeper", body={"viewers": [{"user_id": "USER"}]}),
    ("GET", "/recommend/batches/{batch}"): Row("keeper"),
    ("GET", "/recommend/batches/{batch}/lists"): Row("keeper"),
    ("DELETE", "/recommend/batches/{batch}"): Row("keeper"),
    ("GET", "/tonight"): Row("own", _QUERY),
    ("GET", "/shelves"): Row("own", _QUERY),
    ("GET", "/path"): Row("any", {"from": "movie:603", "to": "movie:604"}),
    ("GET", "/map"): Row("any"),
    ("GET", "/map/regions"): Row("any"),
    ("GET", "/people/{person}"): Row("any"),
    ("GET", "/genres"): Row("any"),
    ("GET", "/services"): Row("any"),
    ("GET", "/watch-link/{item}"): Row("any", {"service": "nfx"}),
    ("GET", "/search"): Row("any", {"q": "heat"}),
    ("GET", "/search/interpret"): Row("any", {"query": "heist"}),
    ("PUT", "/users/{user_id}/consent"): Row("own", body={}),
    ("GET", "/users/{user_id}/export"): Row("own"),
    ("DELETE", "/users/{user_id}"): Row("own"),
    ("GET", "/users/{user_id}/preferences"): Row("own"),
    ("PUT", "/users/{user_id}/preferences"): Row("own", body={"preferences": []}),
    ("GET", "/users/{user_id}/taste"): Row("own"),
    ("GET", "/users/{user_id}/predictions"): Row("own", {"items": "movie:603"}),
    ("GET", "/users/{user_id}/watchlist"): Row("own"),
    ("PUT", "/users/{user_id}/watchlist/{item}"): Row("own"),
    ("DELETE", "/users/{user_id}/watchlist/{item}"): Row("own"),
    ("GET", "/users/{user_id}/library"): Row("own"),
    ("PUT", "/users/{user_id}/library"): Row("own", body={"items": ["movie:603"]}),
    ("DELETE", "/users/{user_id}/library"): Row("own", body={"items": ["movie:603"]}),
    ("POST", "/imports"): Row("own", form={"user_id": "USER"}),
    ("GET", "/imports"): Row("own", _QUERY),
    ("GET", "/imports/{import_id}"): Row("own"),
    ("GET", "/imports/{import_id}/rows"): Row("own"),
    ("PATCH", "/imports/{import_id}/rows"): Row("own", body={"choices": _CHOICES}),
    ("POST", "/imports/{import_id}/apply"): Row("own"),
    ("DELETE", "/imports/{import_id}"): Row("own"),
    ("POST", "/hooks/{source}"): Row("token"),
    ("GET", "/users/{user_id}/hooks"): Row("own"),
    ("POST", "/users/{user_id}/hooks"): Row("own", body={"source": "kodi"}),
    ("DELETE", "/users/{user_id}/hooks/{hook_id}"): Row("own", may_be_gone=True),
    ("GET", "/users/{user_id}/connections"): Row("own"),
    ("POST", "/users/{user_id}/connections"): Row("keeper", body={"source": "radarr"}),
    ("POST", "/users/{user_id}/connections/trakt/code"): Row("own", body={}),
    ("POST", "/users/{user_id}/connections/trakt"): Row("own", body={"pending": "x"}),
    ("DELETE", "/users/{user_id}/connections/{connection_id}"): Row("own", may_be_gone=True),
    ("GET", "/users/{user_id}/track-record"): Row("own"),
    ("GET", "/users/{user_id}/profiles"): Row("own"),
    ("PUT", "/users/{user_id}/profiles/{profile}"): Row("own", body={"name": "At work"}),
    ("DELETE", "/users/{user_id}/profiles/{profile}"): Row("own", may_be_gone=True),
    ("GET", "/users/{user_id}/pin"): Row("own"),
    ("PUT", "/users/{user_id}/pin"): Row("keeper", body={"pin": "2468"}),
    ("DELETE", "/users/{user_id}/pin"): Row("keeper"),
    ("DELETE", "/users/{user_id}/sessions"): Row("own"),
    ("POST", "/session"): Row("any"),
    ("GET", "/session"): Row("any"),
    ("DELETE", "/session"): Row("any"),
    ("POST", "/session/code"): Row("any"),
    ("GET", "/metrics"): Row("admin"),
    ("GET", "/admin/index"): Row("admin"),
    ("GET", "/admin/jobs"): Row("admin"),
    ("POST", "/admin/jobs"): Row("admin", body={"job": "embed"}),
    ("GET", "/admin/jobs/{run}"): Row("admin"),
    ("POST", "/admin/jobs/{run}/cancel"): Row("admin"),
    ("GET", "/admin/schedules"): Row("admin"),
    ("POST", "/admin/items/{item}/embed"): Row("admin"),
    ("GET", "/admin/strategies"): Row("admin"),
    ("POST", "/admin/strategies/{name}/promote"): Row("admin"),
    ("GET", "/admin/experiments"): Row("admin"),
    ("GET", "/admin/rules"): Row("admin"),
    ("POST", "/admin/rules/try"): Row("admin", body={"user_id": "USER", "rules": {}}),
    ("PUT", "/admin/rules"): Row("admin", body={"rules": {}, "edition": "0" * 24}),
    ("GET", "/admin/keys"): Row("admin"),
    ("POST", "/admin/keys"): Row("admin", body={"label": "television", "scope": "admin"}),
    ("DELETE", "/admin/keys/{prefix}"): Row("admin"),
}
# What a credential lets through may still not be there: no run 1, no offer of the title.
_LET_IN = {200, 201, 202, 204, 307, 404, 409, 422, 503}
_ROWS = [pytest.param(*key, row, id=" ".join(key)) for key, row in _MATRIX.items()]


@pytest.fixture(scope="module")
def service(start_quiet: ServiceFactory) -> Service:
    service = start_quiet(
        API_KEYS=f"{_KEYS['client']},admin:{_KEYS['admin']}",
        JWT_SECRET=_SECRET,
        JWT_ISSUER="https://id.example",
        JWT_AUDIENCE="seen",
    )
    add_item(service.database)
    return service


def _headers(identity: str) -> dict[str, str]:
    if identity == "nobody":
        return {}
    if identity in _KEYS:
        return {"X-API-Key": _KEYS[identity]}
    claims = {
        "sub": identity,
        "iss": "https://id.example",
        "aud": "seen",
        "exp": datetime.now(UTC) + timedelta(minutes=5),
    }
    return {"Authorization": f"Bearer {jwt.encode(claims, _SECRET, 'HS256')}"}


def _status(service: Service, method: str, path: str, row: Row, *, by: str, of: str) -> int:
    def of_user(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: of_user(part) for name, part in value.items()}
        if isinstance(value, list):
            return [of_user(part) for part in value]
        return of if value == "USER" else value

    values = {"user_id": of, "profile": "work", "item": "movie:603", "run": "1", "person": "1"}
    values |= {"source": "plex", "hook_id": "1", "connection_id": "1"}
    values |= {"name": "standard", "prefix": "sea_unknown"}
    if "{import_id}" in path:
        values["import_id"] = _import_of(service, of)
    if "{batch}" in path:
        values["batch"] = _batch_of(service, of)
    service.http.cookies.clear()  # a session of another row would count for nobody's credential
    answer = service.http.request(
        method,
        re.sub(r"\{(\w+)\}", lambda found: values[found[1]], path),
        params=of_user(row.query),
        **_sent(of_user(row.body), of_user(row.form)),
        headers=_headers(by),
        follow_redirects=False,
    )
    return answer.status_code


def _sent(body: Any, form: Any) -> dict[str, Any]:
    return {"json": body} if form is None else {"data": form, "files": _FILE}


_FILE = {"file": ("films.csv", b"Title,Year\nThe Matrix,1999\n")}


def _import_of(service: Service, user_id: str) -> str:
    headers = _headers("client")
    data = {"user_id": user_id}
    created = service.http.post("/imports", data=data, files=_FILE, headers=headers)
    return str(created.json()["id"])


def _batch_of(service: Service, user_id: str) -> str:
    body = {"viewers": [{"user_id": user_id}]}
    ordered = service.http.post("/recommend/batches", json=body, headers=_headers("client"))
    return str(ordered.json()["id"])


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    routes = {
        (method, context.path_format)
        for context in iter_route_contexts(create_app(Settings.load({})).routes)
        for method in (context.methods or set()) - {"HEAD"}
        if context.path not in PUBLIC_PATHS
    }
    assert routes == set(_MATRIX)


def test_every_refusal_is_documented() -> None:
    refusals = {"own": {"404"}, "keeper": {"403", "404"}, "admin": {"403"}}
    paths = create_app(Settings.load({})).openapi()["paths"]
    for (method, path), row in _MATRIX.items():
        documented = set(paths[path][method.lower()]["responses"])
        assert {"401"} | refusals.get(row.open_to, set()) <= documented, (method, path)


@pytest.mark.parametrize(("method", "path", "row"), _ROWS)
def test_nobody_gets_in_without_a_credential(
    service: Service, method: str, path: str, row: Row
) -> None:
    assert _status(service, method, path, row, by="nobody", of="dana") == 401


@pytest.mark.parametrize(("method", "path", "row"), _ROWS)
def test_an_admin_may_do_everything(service: Service, method: str, path: str, row: Row) -> None:
    status = _status(service, method, path, row, by="admin", of="dana")
    assert status == 401 if row.open_to == "token" else status in _LET_IN


@pytest.mark.parametrize(("method", "path", "row"), _ROWS)
def test_a_client_acts_for_any_user_but_is_no_admin(
    service: Service, method: str, path: str, row: Row
) -> None:
    status = _status(service, method, path, row, by="client", of="dana")
    refused = {"admin": 403, "token": 401}.get(row.open_to)
    assert status == refused if refused else status in _LET_IN


@pytest.mark.parametrize(("method", "path", "row"), _ROWS)
def test_a_user_reaches_their_own_and_nobody_elses(
    service: Service, method: str, path: str, row: Row
) -> None:
    own = _status(service, method, path, row, by="dana", of="dana")
    others = _status(service, method, path, row, by="eve", of="dana")
    match row.open_to:
        case "admin":
            assert (own, others) == (403, 403)
        case "token":
            assert (own, others) == (401, 401)
        case "any":
            assert own in _LET_IN
            assert others == own
        case "keeper":
            assert (own, others) == (403, 404)
        case "own":
            assert own in (_LET_IN if row.may_be_gone else _LET_IN - {404})
            assert others == 404
