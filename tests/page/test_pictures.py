"""The pictures of the docs show the page as it is; old ones are taken anew, to be committed."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

from api.http.page.page_files import FOLDER
from config.settings import PROJECT_ROOT
from tests.acceptance.conftest import Service
from tests.page.conftest import Open

_IMAGES = PROJECT_ROOT / "docs" / "images"
_OUTLINES = _IMAGES / "outlines.json"
_LIKED = ("movie:949", "movie:680", "movie:348", "movie:129")
# What is on a view whatever is recommended: words of the page, in their order.
_WORDS = """() => [...document.querySelectorAll("h1, summary, label, legend, nav a, main button")]
    .filter((one) => one.checkVisibility())
    .filter((one) => !one.closest(".more, .card, .row-of, .tonight, .chips"))
    .map((one) => one.textContent.trim())"""


class _Picture(NamedTuple):
    place: str
    size: Literal["phone", "desk"]
    theme: Literal["light", "dark"]


_PICTURES = {
    "page-for-you": _Picture("/", "desk", "dark"),
    "page-ask": _Picture("/#/ask?q=a+90s+thriller+without+gore&runtime_max=130", "phone", "light"),
    "page-tonight": _Picture("/#/tonight", "phone", "dark"),
    "page-together": _Picture("/#/group", "desk", "light"),
}


def test_the_pictures_of_the_docs_are_of_this_page(service: Service, open_window: Open) -> None:
    _make_household(service, "pictures")
    known: dict[str, Any] = json.loads(_OUTLINES.read_text()) if _OUTLINES.exists() else {}
    old = []
    for name, picture in _PICTURES.items():
        window = open_window(
            service.url, size=picture.size, household="pictures", color_scheme=picture.theme
        )
        window.go(picture.place)
        window.page.wait_for_selector(".card")
        window.page.wait_for_load_state("networkidle")  # the rows below the first
        outline = {"words": window.page.evaluate(_WORDS), "look": _look(), "of": list(picture)}
        if known.get(name) != outline or not _file(name).exists():
            old.append(name)
            known[name] = outline
            window.page.screenshot(path=_file(name), type="jpeg", quality=80)
    if old:
        _OUTLINES.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n")
    assert old == [], "These pictures were old and have been taken anew; look and commit them."


def _file(name: str) -> Path:
    return _IMAGES / f"{name}.jpg"


def _look() -> str:
    return sha256((FOLDER / "page.css").read_bytes()).hexdigest()[:16]


def _make_household(service: Service, name: str) -> None:
    for profile, shown, liked in (("~", "Dana", _LIKED), ("noa", "Noa", _LIKED[2:])):
        settings = {"name": shown, "country": "US"}
        service.http.put(f"/users/{name}/profiles/{profile}", json=settings).raise_for_status()
        who = {"user_id": name} | ({} if profile == "~" else {"profile": profile})
        events = {**who, "items": liked, "event_type": "liked"}
        service.http.post("/user/history", json=events).raise_for_status()
