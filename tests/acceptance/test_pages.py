"""What browsers are told, and a page of documentation that loads nothing from elsewhere."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from tests.acceptance.conftest import Service


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/docs", "/user/history?user_id=a"])
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
