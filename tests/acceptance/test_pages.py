"""What browsers are told, and pages that load nothing from elsewhere."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from api.http.application import create_app
from api.http.page.page import PAGE_PATHS
from config.settings import Settings
from tests.acceptance.conftest import Service, ServiceFactory


@pytest.mark.parametrize(
    "path", ["/", "/page/app.js", "/healthz", "/nowhere", "/docs", "/user/history?user_id=a"]
)
def test_every_answer_brings_the_security_headers(quiet: Service, path: str) -> None:
    headers = quiet.http.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert len(headers.get_list("content-security-policy")) == 1


def test_the_documentation_runs_its_own_script_and_nothing_else(quiet: Service) -> None:
    answer = quiet.http.get("/docs")
    assert answer.headers["content-type"].startswith("text/html")
    assert not re.search(r"(src|href|url\()\s*=?\s*[\"']?(https?:)?//", answer.text)
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    for part, directive in (("script", "script-src"), ("style", "style-src")):
        (text,) = re.findall(f"<{part}>(.*?)</{part}>", answer.text, re.DOTALL)
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert "/openapi.json" in answer.text


def test_the_page_is_made_of_its_own_files_and_tmdbs_posters(start_quiet: ServiceFactory) -> None:
    quiet = start_quiet(TMDB_IMAGE_URL="https://pictures.example/t/w500")
    answer = quiet.http.get("/")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "img-src 'self' https://pictures.example;" in policy
    linked = re.findall(r"(?:src|href)=\"([^\"]+)\"", answer.text)
    assert {"/page/page.css", "/page/app.js", "/page/app.webmanifest"} <= set(linked)
    for path in linked:
        assert quiet.http.get(path).status_code == 200, path
    without = start_quiet(POSTERS="none").http.get("/")
    assert "img-src 'self';" in without.headers["content-security-policy"]


def test_a_file_of_the_page_is_sent_once_and_compressed(quiet: Service) -> None:
    first = quiet.http.get("/page/app.js", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["content-type"].startswith("text/javascript")
    plain = quiet.http.get("/page/app.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == first.text
    tag = first.headers["etag"]
    for known in (tag, tag.removeprefix("W/"), "*"):
        again = quiet.http.get("/page/app.js", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    other = quiet.http.get("/page/app.js", headers={"If-None-Match": f'{tag[:-2]}x"'})
    assert other.status_code == 200


def test_the_page_needs_no_key_but_its_list_does(start_quiet: ServiceFactory) -> None:
    key = "client-key-of-the-test"
    keyed = start_quiet(API_KEYS=key)
    answer = keyed.http.get("/")
    assert answer.status_code == 200
    assert "A key is needed" in answer.text
    assert "A key is needed" not in keyed.http.get("/", headers={"X-API-Key": key}).text


def test_words_stay_words_in_the_page(quiet: Service) -> None:
    answer = quiet.http.get("/", params={"q": '"><script>alert(1)</script>{{list}}'})
    assert "<script>alert" not in answer.text
    assert answer.text.count("<noscript>") == 1


def test_the_page_is_asked_for_after_every_other_route() -> None:
    paths = [getattr(route, "path", None) for route in create_app(Settings.load({})).routes]
    assert set(paths[-len(PAGE_PATHS) :]) == PAGE_PATHS  # so it adds nothing to finding them
