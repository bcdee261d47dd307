"""Without keys the operator is whoever sits at this machine, and nobody who speaks through them."""

import http.client
from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory

_QUERY = {"user_id": "dana"}
_PROXIES = [
    {"Forwarded": "for=203.0.113.9"},
    {"Via": "1.1 proxy"},
    {"X-Real-IP": "127.0.0.1"},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-Host": "tv.example"},
    {"X-Forwarded-Proto": "https"},
    {"CF-Connecting-IP": "203.0.113.9"},
    {"True-Client-IP": "203.0.113.9"},
    {"Fly-Client-IP": "203.0.113.9"},
    {"X-Forwarded": "for=203.0.113.9"},
    {"X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678"},
    {"X-ARR-LOG-ID": "4f1b2c"},
    {"X-ProxyUser-Ip": "203.0.113.9"},
    {"Client-IP": "203.0.113.9"},
    {"Remote-User": "dana"},
]
_OPENED = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
_PAGES: list[tuple[str, dict[str, str], int]] = [
    ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 401),
    ("GET", {"Sec-Fetch-Site": "cross-site"} | _OPENED, 200),
    ("GET", {"Sec-Fetch-Site": "cross-site", **_OPENED, "Sec-Fetch-Dest": "iframe"}, 401),
    ("DELETE", {"Sec-Fetch-Site": "cross-site"} | _OPENED, 401),
    ("GET", {"Sec-Fetch-Site": "same-origin"}, 200),
    ("GET", {"Sec-Fetch-Site": "none"} | _OPENED, 200),
    ("GET", {"Origin": "https://evil.example"}, 401),
    ("DELETE", {"Origin": "https://evil.example"}, 401),
    ("GET", {"Origin": "null"}, 401),
    ("GET", {"Origin": "http://localhost:3000", "Sec-Fetch-Site": "same-site"}, 401),
]


def _status(service: Service, method: str, headers: dict[str, str], **more: Any) -> int:
    path, query = ("/user/history", _QUERY) if method == "GET" else ("/users/dana", None)
    answer = service.http.request(method, path, params=query, headers=headers | more)
    assert answer.status_code in (200, 401), answer.text
    return answer.status_code


@pytest.fixture(scope="module", params=[{}, {"ALLOW_ANONYMOUS": "1"}], ids=["alone", "open"])
def keyless(request: pytest.FixtureRequest, start_quiet: ServiceFactory) -> Service:
    """A service without keys, for this machine alone or open to everyone."""
    return start_quiet(**request.param)


@pytest.mark.parametrize("headers", _PROXIES, ids=lambda headers: next(iter(headers)))
def test_what_a_proxy_passes_on_is_refused(keyless: Service, headers: dict[str, str]) -> None:
    assert _status(keyless, "GET", headers) == 401
    assert _status(keyless, "GET", {}) == 200


@pytest.mark.parametrize(("method", "headers", "status"), _PAGES)
def test_a_page_of_another_site_is_refused_but_may_be_a_link(
    keyless: Service, method: str, headers: dict[str, str], status: int
) -> None:
    assert _status(keyless, method, headers) == status


def test_our_own_pages_and_those_of_named_origins_are_answered(start_quiet: ServiceFactory) -> None:
    service = start_quiet(CORS_ORIGINS="https://tv.example")
    for origin in (service.url, "https://tv.example"):
        assert _status(service, "DELETE", {"Origin": origin}) == 200
    assert _status(service, "DELETE", {"Origin": "https://evil.example"}) == 401


def test_every_host_that_is_named_must_be_ours(quiet: Service) -> None:
    # httpx refuses to send two.
    connection = http.client.HTTPConnection(quiet.url.removeprefix("http://"), timeout=30)
    connection.putrequest("GET", "/user/history?user_id=dana", skip_host=True)
    for host in ("localhost", "evil.example"):
        connection.putheader("Host", host)
    connection.endheaders()
    assert connection.getresponse().status == 401
    connection.close()


def test_open_to_everyone_it_has_any_name(start_quiet: ServiceFactory) -> None:
    service = start_quiet(ALLOW_ANONYMOUS="1")
    assert _status(service, "GET", {"Host": "tv.example"}) == 200


def test_with_a_key_neither_proxies_nor_pages_matter(start_quiet: ServiceFactory) -> None:
    key = {"X-API-Key": "client-key-of-the-test"}
    service = start_quiet(API_KEYS="client-key-of-the-test")
    for headers in [*_PROXIES, *(headers for _, headers, _ in _PAGES)]:
        assert _status(service, "GET", headers | key) == 200
