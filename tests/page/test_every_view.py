"""Every view on a phone and a desk, in both themes: nothing for axe to find, no rule broken."""

import json
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.acceptance.conftest import Service, ServiceFactory
from tests.page.conftest import WINDOWS, Open, Theme, Window, theme_of

_EXPORT = (
    "Date,Name,Year,Letterboxd URI,Rating\n"
    "2024-01-05,Heat,1995,https://boxd.it/2b1e,4.5\n"
    "2024-01-05,Alien,1951,https://boxd.it/2awY,4.5\n"
    "2024-01-06,No Such Film At All,1911,https://boxd.it/xxxx,3\n"
)
_KEY = "client-key-of-the-test"
_VIEWS = {
    "for you": "/",
    "one list": "/#/list",
    "tonight": "/#/tonight?minutes=100",
    "together": "/#/group",
    "ask": "/#/ask?q=crime+films+of+the+90s+on+netflux&runtime_max=150",
    "nothing found": "/#/ask?year_min=2030",
    "search": "/#/search?q=the",
    "title": "/#/title/1",
    "person": "/#/person/1",
    "blend": "/#/blend?like=1&unlike=a+slow+war+film",
    "blend without titles": "/#/blend",
    "path": "/#/path?from=1&to=20&steps=8",
    "path without titles": "/#/path",
    "map": "/#/map?title=1",
    "taste": "/#/taste",
    "library": "/#/library",
    "watchlist": "/#/watchlist",
    "history": "/#/history",
    "bring a history": "/#/bring",
    "profiles": "/#/profiles",
    "first visit": "/#/welcome",
    "operation": "/operator",
    "playground": "/operator#/playground?words=crime&weight.vote=2",
    "experiments": "/operator#/experiments",
    "rules": "/operator#/rules",
    "keys": "/operator#/keys",
}


# Of what axe looks for, what a theme can change.
_OF_COLOURS = ["color-contrast", "link-in-text-block"]


def _findings(window: Window, *rules: str) -> list[tuple[str, Any]]:
    """What axe finds by these rules, or by all of its own."""
    options: dict[str, Any] = {"resultTypes": ["violations"]} | (
        {"runOnly": list(rules)} if rules else {}
    )
    found = window.page.evaluate(f"axe.run({json.dumps(options)}).then((all) => all.violations)")
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def _assert_well(window: Window) -> None:
    """In the light theme by all rules, in the dark one by those of colours."""
    window.page.evaluate(f"window.axe || (() => {{ {AXE_SCRIPT} }})()")
    window.page.emulate_media(color_scheme="light")
    assert _findings(window) == []
    window.page.emulate_media(color_scheme="dark")
    assert _findings(window, *_OF_COLOURS) == []
    assert window.broken_rules() == []
    assert window.errors == []
    assert window.overflow() <= 0


@pytest.mark.parametrize("size", WINDOWS)
def test_every_view_is_well_in_both_themes(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    service.http.put(f"/users/{household}/watchlist/movie:603").raise_for_status()
    service.post_history("movie:238", "movie:348", user_id=household, event_type="liked")
    service.http.put(f"/users/{household}/profiles/kid", json={"name": "Kid"}).raise_for_status()
    window = open_window(service.url, size=size, household=household)
    for name, place in _VIEWS.items():
        window.go(place)
        assert window.page.title().endswith("Seen'emAll"), name
        _assert_well(window)
    window.page.goto("/#/foryou")
    window.page.locator("button.why").first.click()
    window.page.wait_for_selector(".bars li")
    _assert_well(window)
    window.go("/#/title/1")
    window.page.get_by_role("button", name="Would I like it?").click()
    window.page.wait_for_selector(".verdict")
    _assert_well(window)


@pytest.mark.parametrize("size", WINDOWS)
def test_every_sheet_and_what_a_file_brought_is_well_in_both_themes(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    service.http.put(
        f"/users/{household}/profiles/kid", json={"name": "Kid", "kind": "child"}
    ).raise_for_status()
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/bring")
    chosen = {"name": "ratings.csv", "mimeType": "text/csv", "buffer": _EXPORT.encode()}
    page.get_by_label("The file, as you got it").set_input_files(chosen)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("3 rows, read as Letterboxd")).to_be_visible()
    for part in page.locator(".brought summary").all():
        part.click()
    expect(page.get_by_role("button", name="Alien (1979)")).to_be_visible()
    _assert_well(window)
    page.get_by_role("button", name="Write 1 rating").click()
    expect(page.get_by_text("Written: 1 rating.")).to_be_visible()
    _assert_well(window)
    window.go("/#/profiles")
    page.get_by_role("button", name="Use another device").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    _assert_well(window)
    page.keyboard.press("Escape")
    page.locator(".person-card", has_text="Kid").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("PIN to leave it").fill("2468")
    _assert_well(window)
    dialog.get_by_role("button", name="Set the PIN and go on").click()
    expect(page.locator("h1")).to_have_text("For Kid")
    window.go("/#/profiles")
    page.get_by_role("button", name="Leave this profile").click()
    dialog.get_by_label("PIN of the household").fill("1357")
    dialog.get_by_role("button", name="Leave this profile").click()
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    _assert_well(window)


@pytest.mark.parametrize("size", WINDOWS)
def test_a_task_is_done_in_one_theme_on_a_phone_and_in_the_other_on_a_desk(
    service: Service, household: str, open_window: Open, theme: Theme, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/")
    is_dark = "matchMedia('(prefers-color-scheme: dark)').matches"
    assert window.page.evaluate(is_dark) == (theme == "dark")
    ground = window.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground.startswith("oklch(0.19" if theme == "dark" else "oklch(0.98")
    for task in ("a", "ab"):
        assert {theme_of(task, size) for size in WINDOWS} == {"light", "dark"}


_BEGIN_IN = """async (language) => {
    localStorage.setItem("language", language);
    await (await import("/page/app.js")).begin();
}"""


def test_the_longest_words_fit_on_a_phone(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, size="phone", household=household, locale="de")
    window.go("/")
    assert window.page.evaluate("document.documentElement.lang") == "de"
    for place in _VIEWS.values():
        window.go(place)
        for language in ("de", "es", "fr"):
            window.page.evaluate(_BEGIN_IN, language)
            assert window.page.evaluate("document.documentElement.lang") == language
            assert window.overflow() <= 0, (place, language)
    assert window.errors == []


@pytest.mark.parametrize("size", WINDOWS)
def test_signing_in_is_well(start_sample: ServiceFactory, open_window: Open, size: str) -> None:
    keyed = start_sample(API_KEYS=_KEY)
    window = open_window(keyed.url, size=size)
    window.go("/")
    window.page.wait_for_selector("input[name=key]")
    _assert_well(window)


def test_a_poster_comes_from_the_host_of_the_setting_and_no_other(
    start_own_poster: tuple[Service, str], open_window: Open
) -> None:
    service, other = start_own_poster
    window = open_window(service.url, household="posters")
    window.go("/#/search?q=heat")
    image = window.page.locator(".card img").first
    image.wait_for()
    assert window.becomes_true("document.querySelector('.card img').naturalWidth > 0")
    assert window.broken_rules() == []
    window.page.evaluate("(source) => { new Image().src = source; }", other)
    assert window.becomes_true("window.broken.includes('img-src')")


_SEGMENTS_BEYOND_THE_EDGE = """[...document.querySelectorAll('.segment')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.textContent)"""


# Words that are broken; one of 13 letters may be wider than its place.
_BROKEN_WORDS = """[...document.querySelectorAll('h1, h2, main .name, .place span, time')]
    .flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE))
    .flatMap((text) => [...text.data.matchAll(/[^\\s-]+/g)].filter(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        return word.length < 13 && lines.size > 1;
    }).map(({ 0: word }) => word))"""
# What stands out of its own frame above or below, and what is to be seen by the keyboard alone.
_OUT_OF_FRAME = """[...document.querySelectorAll('.chip')]
    .filter((chip) => [...chip.querySelectorAll('span:not(.sr)')].some((part) => {
        const [own, frame] = [part, chip].map((one) => one.getBoundingClientRect());
        return own.width && (own.top < frame.top || own.bottom > frame.bottom);
    })).map((chip) => chip.textContent)"""
_SKIP_SHOWS = "document.querySelector('.skip').getBoundingClientRect().bottom > 0"
_CUT_NAME = """[...document.querySelectorAll('.person span:not(.face)')]
    .some((one) => one.scrollWidth > one.clientWidth)"""


@pytest.mark.parametrize("language", ["en", "de"])
def test_text_of_twice_the_size_fits_on_a_phone(
    service: Service, household: str, open_window: Open, language: str
) -> None:
    window = open_window(service.url, size="phone", household=household, locale=language)
    for name, place in (_VIEWS | {"a part of two words": "/#/ask?q=thriller+without+gore"}).items():
        if place.startswith("/operator"):
            continue
        window.go(place)
        window.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert window.overflow() <= 0, name
        assert window.page.evaluate(_SEGMENTS_BEYOND_THE_EDGE) == [], name
        assert window.page.evaluate(_BROKEN_WORDS) == [], name
        assert not window.page.evaluate(_CUT_NAME), name
        assert window.page.evaluate(_OUT_OF_FRAME) == [], name
        assert not window.page.evaluate(_SKIP_SHOWS), name
    assert window.errors == []
