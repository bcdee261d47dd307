"""A browser, services with the sample catalogue, and windows that take note of what went wrong."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.acceptance.conftest import Service, ServiceFactory, starting
from tests.builders import announce_catalogue
from tests.conftest import DatabaseFactory, opened

WINDOWS = {"phone": (360, 740), "desk": (1280, 900)}
# What browsers tell a page of its own policy is kept where a test can read it.
_WATCH = """
window.broken = [];
addEventListener("securitypolicyviolation", (event) => window.broken.push(event.violatedDirective));
"""

Theme = Literal["light", "dark"]
Open = Callable[..., "Window"]


@dataclass(frozen=True)
class Window:
    """A page of a browser context, and what it complained of."""

    page: Page
    context: BrowserContext
    errors: list[str] = field(default_factory=list)

    def go(self, place: str) -> None:
        """Goes to a view and waits until it is there."""
        self.page.goto("about:blank")
        self.page.goto(place)
        self.page.wait_for_selector("main h1")

    def broken_rules(self) -> list[str]:
        """Directives of the policy that the page broke."""
        return list(self.page.evaluate("window.broken"))

    def becomes_true(self, expression: str) -> bool:
        """Whether it does within five seconds, asked frame by frame.

        Playwright's own waiting evaluates text within the page, which the policy forbids.
        """
        return bool(
            self.page.evaluate(
                f"""() => new Promise((tell) => {{
                    const ends = performance.now() + 5000;
                    const look = () => {{
                        if ({expression}) tell(true);
                        else if (performance.now() > ends) tell(false);
                        else requestAnimationFrame(look);
                    }};
                    look();
                }})"""
            )
        )

    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def press(window: Window, target: Locator) -> None:
    """Touches on a phone, clicks on a desk."""
    if window.page.evaluate("navigator.maxTouchPoints"):
        target.tap()
    else:
        target.click()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "These tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        # Containers run as root, for whom Chromium has no sandbox.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def start_sample(
    clone: DatabaseFactory, sample_template: str, data_dir: Path
) -> Iterator[ServiceFactory]:
    with opened(clone(sample_template)) as database, starting(database, data_dir) as start_one:
        yield start_one


@pytest.fixture
def start_empty(
    clone: DatabaseFactory, migrated_template: str, data_dir: Path
) -> Iterator[ServiceFactory]:
    """Services without a title."""
    with opened(clone(migrated_template)) as database, starting(database, data_dir) as start_one:
        yield start_one


@pytest.fixture(scope="session")
def service(clone: DatabaseFactory, sample_template: str, data_dir: Path) -> Iterator[Service]:
    """Without keys, for a household of its own per test; nobody changes what all of them share."""
    with opened(clone(sample_template)) as database, starting(database, data_dir) as start_one:
        yield start_one(JUSTWATCH_COUNTRY="US")


@pytest.fixture
def own_service(clone: DatabaseFactory, sample_template: str, data_dir: Path) -> Iterator[Service]:
    """A keyless service on a database of the test's own, where keys may be made."""
    with opened(clone(sample_template)) as database, starting(database, data_dir) as start_one:
        yield start_one(JUSTWATCH_COUNTRY="US")


@pytest.fixture
def household(service: Service) -> str:
    """The test's own, which has chosen its country and liked two titles."""
    name = f"home-{uuid4().hex}"
    service.http.put(
        f"/users/{name}/profiles/~", json={"name": "Dana", "country": "US"}
    ).raise_for_status()
    service.post_history("movie:949", "movie:680", user_id=name, event_type="liked")
    return name


def theme_of(test: str, size: str) -> Theme:
    """One theme for a test on a phone, the other for the same on a desk.

    Which is which differs from test to test, so that both themes are met at both sizes.
    """
    return "dark" if (size == "desk") == bool(len(test) % 2) else "light"


@pytest.fixture
def theme(request: pytest.FixtureRequest) -> Theme:
    """Of a test that is run at both sizes; the light one for others."""
    parameters = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    if "size" not in parameters:
        return "light"
    return theme_of(request.node.originalname, parameters["size"])


@pytest.fixture
def open_window(chromium: Browser, theme: Theme) -> Iterator[Open]:
    """Opens `url` in a window of its own: `open_window(url, size="phone", household="home")`."""
    with ExitStack() as contexts:

        def open_one(
            url: str, *, size: str = "desk", household: str | None = None, **options: Any
        ) -> Window:
            width, height = WINDOWS[size]
            usual: dict[str, Any] = {
                "locale": "en-US",
                "has_touch": size == "phone",
                "reduced_motion": "reduce",
                "color_scheme": theme,
            }
            context = chromium.new_context(
                base_url=url,
                viewport={"width": width, "height": height},
                **(usual | options),
            )
            contexts.callback(context.close)
            context.set_default_timeout(20_000)
            context.add_init_script(_WATCH)
            if household is not None:
                # Once: a test may go over to another household.
                context.add_init_script(
                    "location.protocol === 'http:' && localStorage.getItem('household') === null"
                    f" && localStorage.setItem('household', '{household}')"
                )
            window = Window(context.new_page(), context)
            window.page.on("pageerror", lambda error: window.errors.append(str(error)))
            return window

        yield open_one


@pytest.fixture
def start_own_poster(
    clone: DatabaseFactory, sample_template: str, data_dir: Path
) -> Iterator[tuple[Service, str]]:
    """A service whose posters come from a host of the test, and a picture of another host."""
    with (
        opened(clone(sample_template)) as database,
        _pictures() as own,
        _pictures() as other,
        starting(database, data_dir) as start_one,
    ):
        with database.autocommit() as cursor:
            cursor.execute("UPDATE items SET poster_path = '/any.svg' WHERE title = 'Heat'")
        announce_catalogue(database)
        yield start_one(TMDB_IMAGE_URL=f"{own}/w500"), f"{other}/any.svg"


class _Picture(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/svg+xml")
        self.end_headers()
        self.wfile.write(b'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="3"/>')

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def _pictures() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Picture)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
