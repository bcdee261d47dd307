"""Takes the pictures of docs/how-to/use-the-page.md from a demo: python -m tests.page URL."""

import shutil
import sys
from pathlib import Path
from typing import Literal, NamedTuple

import httpx2
from playwright.sync_api import Browser, sync_playwright

from config.settings import PROJECT_ROOT

_FOLDER = PROJECT_ROOT / "docs" / "images"
_HOUSEHOLD = "pictures"
_LIKED = ("movie:949", "movie:680", "movie:348", "movie:129")


class _Picture(NamedTuple):
    name: str
    place: str
    size: tuple[int, int]
    theme: Literal["light", "dark"]


_PICTURES = (
    _Picture("page-for-you.jpg", "/#/foryou", (1280, 800), "dark"),
    _Picture(
        "page-ask.jpg", "/#/ask?q=a+90s+thriller+without+gore&runtime_max=130", (360, 740), "light"
    ),
)


def main(url: str) -> None:
    """Writes the pictures; the household that they show is made first."""
    with httpx2.Client(base_url=url, timeout=30) as client:
        profile = {"name": "Dana", "country": "US"}
        client.put(f"/users/{_HOUSEHOLD}/profiles/~", json=profile).raise_for_status()
        events = {"user_id": _HOUSEHOLD, "items": _LIKED, "event_type": "liked"}
        client.post("/user/history", json=events).raise_for_status()
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for picture in _PICTURES:
            _take(browser, url, picture)
        browser.close()


def _take(browser: Browser, url: str, picture: _Picture) -> None:
    width, height = picture.size
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        color_scheme=picture.theme,
        locale="en-US",
    )
    context.add_init_script(f"localStorage.setItem('household', '{_HOUSEHOLD}')")
    page = context.new_page()
    page.goto(picture.place)
    page.wait_for_selector(".card")
    target: Path = _FOLDER / picture.name
    page.screenshot(path=target, type="jpeg", quality=80)
    context.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the running demo: python -m tests.page http://127.0.0.1:8000")
    main(sys.argv[1])
