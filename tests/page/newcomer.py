"""How long a newcomer takes from a clone to a list of their own: python -m tests.page.newcomer.

Clones the last commit, runs `make demo`, brings a Letterboxd file in a browser and counts seconds
and clicks; then the same service behind a key, on the machine's own address, and a phone that
enters by the code of the desk. That part alone, of a service that runs: with its address and key.
"""

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from config.settings import PROJECT_ROOT

_PATIENCE_SECONDS = 600
_KEY = "key-of-the-newcomers-run"
_RATINGS = """Date,Name,Year,Letterboxd URI,Rating
2024-01-05,Heat,1995,https://boxd.it/2b1e,4.5
2024-02-11,Pulp Fiction,1994,https://boxd.it/29Pq,5
2024-03-02,Alien,1979,https://boxd.it/2awY,4.5
2024-03-19,The Godfather,1972,https://boxd.it/2aNK,5
2024-04-27,Spirited Away,2001,https://boxd.it/2bbs,4
"""
_CLAIMS = ".row-of h2"
_OF_THE_FILE = ("Heat", "Pulp Fiction", "Alien", "The Godfather", "Spirited Away")


@dataclass
class _Person:
    """Somebody at a browser, whose clicks are counted."""

    page: Page
    clicks: int = 0

    def press(self, target: Locator) -> None:
        """One click, when the thing is there."""
        target.click()
        self.clicks += 1

    def choose_file(self, content: bytes) -> None:
        """Two clicks: the box, and the file in the system's own window."""
        self.page.get_by_label("The file, as you got it").set_input_files(
            {"name": "letterboxd.zip", "mimeType": "application/zip", "buffer": content}
        )
        self.clicks += 2


class _Watch:
    """Says what there is by when, and after how many clicks."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def say(self, what: str, *people: _Person) -> None:
        clicks = "".join(f", {one.clicks} clicks" for one in people)
        print(f"{time.monotonic() - self._began:6.1f} s  {what}{clicks}", flush=True)


def main() -> None:
    """Prints what it took."""
    watch = _Watch()
    with TemporaryDirectory() as folder, _browser() as browser:
        clone = Path(folder) / "clone"
        subprocess.run(
            ["git", "clone", "--quiet", f"file://{PROJECT_ROOT}", clone], check=True, timeout=120
        )
        with _demo(clone, "127.0.0.1") as url:
            watch.say("make demo answers")
            desk = _Person(_window(browser, url))
            _bring(desk)
            watch.say("first list of one's own", desk)
        with _demo(clone, _own_address(), key=_KEY) as url:
            _come_by_code(browser, url, _KEY)


def on_running(url: str, key: str) -> None:
    """Prints what the phone's way took on a service that runs behind a key."""
    with _browser() as browser:
        _come_by_code(browser, url, key)


def _come_by_code(browser: Browser, url: str, key: str) -> None:
    watch = _Watch()
    desk = _Person(_window(browser, url))
    desk.page.get_by_label("Key").fill(key)
    desk.press(desk.page.get_by_role("button", name="Sign in").first)
    desk.press(desk.page.locator(".person"))
    desk.press(desk.page.get_by_role("button", name="Use another device"))
    code = desk.page.get_by_role("dialog").get_by_role("link").inner_text()
    phone = _Person(_window(browser, url, width=360, height=740))
    phone.page.goto(code)
    phone.page.locator(_CLAIMS).first.wait_for()
    watch.say(f"a phone has the list by the QR code at {url}: desk and phone", desk, phone)


def _bring(person: _Person) -> None:
    page = person.page
    person.press(page.get_by_role("button", name="Next"))
    person.press(page.get_by_role("link", name="Or import a history from elsewhere"))
    person.choose_file(_letterboxd())
    person.press(page.get_by_role("button", name="Read it"))
    person.press(page.get_by_role("button", name="Write "))
    person.press(page.locator("main").get_by_role("link", name="For you"))
    page.locator(_CLAIMS).first.wait_for()
    page.mouse.wheel(0, 5000)
    page.locator(_CLAIMS).nth(5).wait_for()
    claims = " ".join(page.locator(_CLAIMS).all_inner_texts())
    if not any(title in claims for title in _OF_THE_FILE):
        raise SystemExit(f"No row is about a title of the file: {claims}")


def _letterboxd() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("ratings.csv", _RATINGS)
    return packed.getvalue()


@contextmanager
def _demo(clone: Path, host: str, *, key: str = "") -> Iterator[str]:
    """`make demo` until it answers; behind `key`, if there is one."""
    port = _free_port(host)
    url = f"http://{host}:{port}"
    environment = {
        **os.environ,
        "HOST": host,
        "PORT": str(port),
        "WORKER": "0",
        "LOG_LEVEL": "warning",
    }
    environment |= {"API_KEYS": key} if key else {}
    with subprocess.Popen(
        ["make", "demo"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            _wait_for(url, process)
            yield url
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=60)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            if httpx2.get(f"{url}/readyz", timeout=5).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.2)
    raise SystemExit("make demo does not answer.")


def _free_port(host: str) -> int:
    with socket.socket() as one:
        one.bind((host, 0))
        return int(one.getsockname()[1])


def _own_address() -> str:
    """The address that the machine has in its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect(("192.0.2.1", 9))
        return str(one.getsockname()[0])


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def _window(browser: Browser, url: str, *, width: int = 1280, height: int = 900) -> Page:
    context = browser.new_context(
        base_url=url, viewport={"width": width, "height": height}, locale="en-US"
    )
    page = context.new_page()
    page.goto("/")
    return page


if __name__ == "__main__":
    if len(sys.argv) not in (1, 3):
        sys.exit("python -m tests.page.newcomer [ADDRESS KEY]")
    if len(sys.argv) == 3:
        on_running(*sys.argv[1:])
    else:
        main()
