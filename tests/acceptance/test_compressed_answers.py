"""Answers are compressed for who asks for it, and are the same to the byte."""

import gzip
from typing import Any

import httpx2
import pytest
import zstandard

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, announce_catalogue

_TITLES = 40


@pytest.fixture(scope="module")
def service(start_quiet: ServiceFactory) -> Service:
    service = start_quiet()
    for one in range(_TITLES):
        add_item(service.database, f"Film {one}", tmdb_id=one + 1, overview="A long way. " * 20)
    announce_catalogue(service.database)
    return service


def raw(service: Service, path: str, encoding: str | None, **asked: Any) -> tuple[Any, bytes]:
    """The answer's headers, and its body as it came over the wire."""
    headers = {} if encoding is None else {"Accept-Encoding": encoding}
    with httpx2.Client(base_url=service.url, headers={"Accept-Encoding": ""}) as client:
        if encoding is None:
            del client.headers["Accept-Encoding"]
        with client.stream("GET", path, headers=headers, params=asked) as answer:
            return answer.headers, b"".join(answer.iter_raw())


def unpacked(headers: Any, body: bytes) -> bytes:
    match headers.get("content-encoding"):
        case "gzip":
            return gzip.decompress(body)
        case "zstd":
            return zstandard.ZstdDecompressor().decompressobj().decompress(body)
        case _:
            return body


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("*", "zstd"),
        ("gzip;q=0.5, zstd;q=0", "gzip"),
        ("gzip;q=0", None),
        ("br", None),
        ("identity", None),
        (None, None),
    ],
)
def test_a_list_comes_as_it_is_asked_for(
    service: Service, asked: str | None, given: str | None
) -> None:
    plain_headers, plain = raw(service, "/items/1", "identity")
    headers, body = raw(service, "/recommend", asked, user_id="dana", limit=_TITLES)
    assert headers.get("content-encoding") == given
    assert "accept-encoding" in headers["vary"].lower()
    assert int(headers["content-length"]) == len(body)
    titles = unpacked(headers, body)
    assert titles.count(b'"overview"') == _TITLES
    assert (len(body) < len(titles) / 2) == (given is not None)
    # Too short to be worth it.
    assert "content-encoding" not in plain_headers
    assert len(plain) < 1024


def test_what_is_compressed_is_tagged_and_not_sent_again(service: Service) -> None:
    first, _ = raw(service, "/search", "gzip", q="film", limit=20)
    assert first["content-encoding"] == "gzip"
    assert first["etag"].startswith("W/")
    again = service.http.get(
        "/search", params={"q": "film", "limit": 20}, headers={"If-None-Match": first["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_head_request_has_the_headers_and_no_body(service: Service) -> None:
    answer = service.http.head("/search", params={"q": "film", "limit": 20})
    assert (answer.status_code, answer.content) == (200, b"")


def test_lines_that_are_sent_as_they_are_made_come_as_they_are(service: Service) -> None:
    answer = service.http.post(
        "/recommend/batch",
        json={"viewers": [{"user_id": f"viewer-{one}"} for one in range(3)], "limit": 20},
    )
    assert answer.status_code == 200, answer.text
    assert "content-encoding" not in answer.headers
    assert len(answer.text.splitlines()) == 3
