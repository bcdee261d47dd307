"""A word that a viewer wrote in every place there is: who may find it again, and until when."""

import logging
from pathlib import Path
from typing import Any

import pytest

from api.platform.database import Database
from tests.acceptance.conftest import Service, ServiceFactory, serving
from tests.builders import add_item, rows_of
from tests.doubles.collector import Collector
from tests.doubles.tokens import ACCESS, ADMIN, CLIENT, SECRET, bearer
from tests.scrapes import Scrape

_WORD = "zanzibarlantern"
_VIEWER = {"user_id": "dana", "profile": "work"}
_OWN = {"profile": "work"}
_TITLE = "movie:603"
_Request = tuple[str, str, dict[str, Any]]


def _requests(hook: str) -> list[_Request]:
    """Everything that takes a viewer's own words, and what is no word of theirs at all."""
    play = {
        "event": "end",
        "mediaType": "movie",
        "title": _WORD,
        "year": 1999,
        "progress": {"percent": 99},
    }
    table = f"Title,Year,Notes\n{_WORD},1999,{_WORD}\n".encode()
    feedback = {**_VIEWER, "item_id": _TITLE, "event_type": "like", "meta": {"note": _WORD}}
    group = {"members": [_VIEWER, {"user_id": "dana"}]}
    return [
        ("PUT", "/users/dana/profiles/work", {"json": {"name": _WORD}}),
        ("GET", "/recommend", {"params": {**_VIEWER, "query": f"a {_WORD} by the sea"}}),
        ("GET", "/recommend", {"params": {**_VIEWER, "ann_description_override": _WORD}}),
        ("GET", "/recommend", {"params": {**_VIEWER, "rewrite_override": _WORD}}),
        ("GET", "/recommend", {"params": {**_VIEWER, "services": _WORD}}),
        ("GET", "/recommend", {"params": {**_VIEWER, "cursor": _WORD}}),
        ("GET", "/recommend", {"params": {**_VIEWER, _WORD: _WORD}}),
        ("POST", "/recommend/preview", {"json": {**_VIEWER, "item": _TITLE, "query": _WORD}}),
        ("POST", "/recommend/group", {"json": {**group, "services": _WORD}}),
        ("GET", "/tonight", {"params": {**_VIEWER, "country": "US", "query": _WORD}}),
        ("GET", "/shelves", {"params": {**_VIEWER, "genres": _WORD}}),
        ("POST", "/blend", {"json": {**_VIEWER, "like": [_WORD, _TITLE]}}),
        ("GET", "/search", {"params": {**_VIEWER, "q": _WORD}}),
        ("GET", "/search/interpret", {"params": {**_VIEWER, "q": f"like {_WORD}"}}),
        ("GET", f"/items/{_WORD}", {"params": _VIEWER}),
        ("GET", f"/people/{_WORD}", {"params": _VIEWER}),
        ("GET", f"/watch-link/{_TITLE}", {"params": {**_VIEWER, "service": _WORD}}),
        ("POST", "/user/history", {"json": {**_VIEWER, "items": [f"{_WORD}:1"]}}),
        ("POST", "/user/history", {"content": f'{{"{_WORD}'.encode()}),
        ("POST", "/feedback", {"json": feedback, "headers": {"Idempotency-Key": _WORD}}),
        ("PUT", f"/users/dana/watchlist/{_WORD}", {"params": _OWN}),
        ("PUT", "/users/dana/library", {"json": {"items": [_WORD]}}),
        ("POST", "/imports", {"data": _VIEWER, "files": {"file": (f"{_WORD}.csv", table)}}),
        ("POST", hook, {"json": play}),
        ("PUT", "/users/dana/pin", {"json": {"pin": _WORD}}),
        ("POST", "/session", {"json": {**_VIEWER, "pin": _WORD}}),
        ("GET", "/genres", {"headers": {"Authorization": f"Bearer {_WORD}"}}),
        ("GET", "/genres", {"headers": {"User-Agent": _WORD, "Referer": _WORD, "Cookie": _WORD}}),
        ("GET", f"/{_WORD}", {}),
    ]


def test_a_viewers_words_are_in_no_log_and_in_nobody_elses_export_and_end_with_them(
    start: ServiceFactory, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service = start(**ACCESS)
    add_item(service.database, tmdb_id=603)
    service.http.headers.update(bearer(CLIENT))
    for user_id in ("dana", "eve"):
        service.post_history(_TITLE, user_id=user_id, event_type="liked").raise_for_status()
    accounts = [{"account": "*", "profile": "work"}]
    body = {"source": "kodi", "accounts": accounts}
    hook = service.http.post("/users/dana/hooks", json=body).json()["path"]
    answers = [_sent(service, *request) for request in _requests(hook)]
    assert {status for status in answers if status < 300} == {200, 201}
    assert max(answers) < 500
    held = [table for table in _tables(service) if _is_in(service, table)]
    # What was kept of it is the viewer's own, and exported.
    assert {"slates", "imports", "import_rows", "idempotency_keys", "feedback"} <= set(held)
    assert _WORD in service.http.get("/users/dana/export").text
    assert _WORD not in service.http.get("/users/eve/export").text
    # The client's own lines have the addresses that it asks for.
    ours = [vars(one) for one in caplog.records if not one.name.startswith(("httpx", "httpcore"))]
    assert len(ours) > len(answers)
    assert [one for one in ours if _WORD in repr(one)] == []
    _assert_figures_hold_nobody(service, hook)
    service.http.delete("/users/dana").raise_for_status()
    assert [table for table in _tables(service) if _is_in(service, table)] == []


def test_a_viewers_words_are_in_no_trace(database: Database, data_dir: Path) -> None:
    add_item(database, tmdb_id=603)
    with Collector() as collector:
        settings: dict[str, Any] = {**ACCESS, "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url}
        with serving(database, data_dir, **settings) as service:
            service.http.headers.update(bearer(CLIENT))
            body = {"source": "kodi", "accounts": [{"account": "*", "profile": "work"}]}
            hook = service.http.post("/users/dana/hooks", json=body).json()["path"]
            requests = _requests(hook)
            assert max(_sent(service, *request) for request in requests) < 500
        spans = list(collector.spans())
    assert sum(span.kind == span.SPAN_KIND_SERVER for span in spans) > len(requests)
    for secret in (_WORD, "dana", CLIENT, SECRET, hook.rpartition("=")[2]):
        assert [span for span in spans if secret in str(span)] == []


def _assert_figures_hold_nobody(service: Service, hook: str) -> None:
    """No word, id, key or token in /metrics, which has counted all of these requests."""
    service.http.cookies.clear()
    text = service.http.get("/metrics", headers=bearer(ADMIN)).text
    told = Scrape.of(text)
    assert told.sum("seenemall_http_requests_total") > 25
    assert told.sum("seenemall_words_not_understood_total") > 0
    labels = {value for _, given in told.values for _, value in given}
    assert labels & {"dana", "eve", "work", _TITLE} == set()
    for secret in (_WORD, "dana", CLIENT, ADMIN, SECRET, hook.rpartition("=")[2]):
        assert secret not in text


def _sent(service: Service, method: str, path: str, options: dict[str, Any]) -> int:
    service.http.cookies.clear()
    return service.http.request(method, path, **options).status_code


def _tables(service: Service) -> list[str]:
    """Every table of every schema that is ours, whatever it holds."""
    found = rows_of(
        service.database,
        "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables "
        "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    )
    return [name.removeprefix("public.") for (name,) in found]


def _is_in(service: Service, table: str) -> bool:
    """Whether any row has the word, as text or as bytes."""
    return bool(
        rows_of(
            service.database,
            f"SELECT FROM {table} AS one WHERE one::text ILIKE ANY(%(words)s::text[]) LIMIT 1",
            words=[f"%{_WORD}%", f"%{_WORD.encode().hex()}%"],
        )
    )
