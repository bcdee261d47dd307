"""The bill of materials and the page of licences are those of the lock."""

import json

from api import __version__
from api.platform.settings_needs import PROJECT_ROOT
from tests.supply.bill import bill, locked_in, page

_LOCKED = locked_in((PROJECT_ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_a_lock_is_read_whole() -> None:
    text = (
        "one==1.2 \\\n    --hash=sha256:" + "a" * 64 + " \\\n    --hash=sha256:" + "b" * 64 + "\n"
        "    # via two\n"
        "two[x]==3\n"
        "three==0.1 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "c" * 64 + "\n"
    )
    one, two, three = locked_in(text)
    assert (two.name, two.version, two.hashes) == ("two", "3", ())
    assert (one.name, one.version, one.marker) == ("one", "1.2", None)
    assert one.hashes == ("a" * 64, "b" * 64)
    assert (three.name, three.marker) == ("three", "sys_platform == 'win32'")
    assert all(one.hashes for one in _LOCKED)


def test_the_bill_and_the_page_say_what_the_lock_says() -> None:
    kept = json.loads((PROJECT_ROOT / "docs/reference/sbom.cdx.json").read_text(encoding="utf-8"))
    licences = {one["name"]: one["licenses"][0]["expression"] for one in kept["components"]}
    assert kept == bill(_LOCKED, licences), "run `make bill`"
    assert kept["metadata"]["component"]["version"] == __version__
    written = (PROJECT_ROOT / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
    assert written == page(_LOCKED, licences), "run `make bill`"


def test_nothing_is_shipped_under_terms_that_bind_the_rest() -> None:
    kept = json.loads((PROJECT_ROOT / "docs/reference/sbom.cdx.json").read_text(encoding="utf-8"))
    for one in kept["components"]:
        (licence,) = one["licenses"]
        assert "AGPL" not in licence["expression"], one["name"]
        assert not licence["expression"].startswith("GPL"), one["name"]
