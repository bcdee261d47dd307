"""Back and forward: the same titles at the same place, of what is at hand."""

import pytest
from playwright.sync_api import Page, Request, expect

from tests.acceptance.conftest import Service
from tests.page.conftest import Open, Window, press

pytestmark = pytest.mark.parametrize("size", ["phone", "desk"])

# Which titles are in sight and where, and which row or list was scrolled by itself.
_SEEN = """[scrollY, document.querySelectorAll('main .card').length,
    ...[...document.querySelectorAll('.rail')].map((rail) => Math.round(rail.scrollLeft)),
    ...[...document.querySelectorAll('main .card')].map((card) => [card.dataset.card,
        ...['top', 'left'].map((side) => Math.round(card.getBoundingClientRect()[side]))])
        .filter(([, top]) => top > -100 && top < innerHeight)]"""
_IN_SIGHT = """[...document.querySelectorAll('main .to-title')].findIndex((one) => {
    const { top, left } = one.getBoundingClientRect();
    return top > 120 && left > document.querySelector('main').getBoundingClientRect().left;
})"""


def _lists_asked_for(page: Page) -> list[str]:
    """Fills up with what is asked for from now on, but for the notes on what was looked at."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type == "fetch" and not request.url.endswith("/feedback"):
            asked.append(request.url)

    page.on("request", note)
    return asked


def _cards(window: Window, count: int) -> bool:
    return window.becomes_true(f"document.querySelectorAll('main .card').length === {count}")


def _load_further(window: Window, place: str) -> None:
    """Opens a list and presses "Show more"."""
    window.go(place)
    press(window, window.page.get_by_role("button", name="Show more", exact=True))
    assert _cards(window, 48)


def _open_a_title(window: Window) -> None:
    """One that is in sight; and goes down on its page."""
    page = window.page
    press(window, page.locator("main .to-title").nth(page.evaluate(_IN_SIGHT)))
    expect(page.locator("article.title")).to_be_visible()
    page.evaluate("scrollTo(0, 200)")


def _goes_away_and_comes_back(window: Window) -> None:
    """To a title and back, forward and back: each as it was, and nothing is asked for again."""
    page = window.page
    before = page.evaluate(_SEEN)
    _open_a_title(window)
    opened, address = page.evaluate("scrollY"), page.url
    asked = _lists_asked_for(page)
    page.go_back()
    expect(page.locator("article.title")).to_have_count(0)
    assert page.evaluate(_SEEN) == before
    expect(page.locator("main a:focus")).to_have_attribute("href", f"#{address.split('#')[1]}")
    page.go_forward()
    expect(page.locator("article.title")).to_be_visible()
    assert page.evaluate("scrollY") == opened
    page.go_back()
    expect(page.locator("article.title")).to_have_count(0)
    assert page.evaluate(_SEEN) == before
    assert asked == []
    assert window.errors == []


def test_a_list_has_what_was_loaded_at_the_place_where_it_was_left(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    _load_further(window, "/#/list")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight - innerHeight - 600)")
    _goes_away_and_comes_back(window)


def test_rows_are_there_and_scrolled_to_the_side_as_they_were_left(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/")
    for rows in (1, 4):
        assert window.becomes_true(f"document.querySelectorAll('.row-of').length > {rows}")
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.evaluate(
        """const row = document.querySelectorAll('.row-of')[2];
        row.scrollIntoView();
        row.querySelector('.rail').scrollLeft = 384;"""
    )
    page.evaluate("new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 200)))")
    _goes_away_and_comes_back(window)


def test_each_question_has_its_own_answer_again(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    _load_further(window, "/#/ask?q=crime")
    page.evaluate("scrollTo(0, 900)")
    _goes_away_and_comes_back(window)
    page.get_by_role("searchbox").fill("comedy")  # which goes up to the box
    first = page.evaluate(_SEEN)
    page.get_by_role("searchbox").press("Enter")
    assert _cards(window, 24)
    page.evaluate("scrollTo(0, 500)")
    second = page.evaluate(_SEEN)
    _open_a_title(window)
    asked = _lists_asked_for(page)
    page.go_back()
    expect(page.locator("article.title")).to_have_count(0)
    assert page.evaluate(_SEEN) == second
    expect(page.get_by_role("searchbox")).to_have_value("comedy")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("crime")
    assert page.evaluate(_SEEN) == first
    page.go_forward()
    expect(page.get_by_role("searchbox")).to_have_value("comedy")
    assert page.evaluate(_SEEN) == second
    assert asked == []
    assert window.errors == []


def test_a_mark_that_was_pressed_meanwhile_shows_and_moves_nothing(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/list")
    assert _cards(window, 24)
    page.evaluate("scrollTo(0, 600)")
    before = page.evaluate(_SEEN)
    _open_a_title(window)
    id = page.url.rsplit("/", 1)[1]
    with page.expect_response(lambda answer: answer.url.endswith("/user/history")):
        press(window, page.locator("article.title [data-kind=seen]"))
    page.go_back()
    expect(page.locator(f"main [data-card='{id}'].is-done [data-kind=seen]")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.evaluate(_SEEN) == before
    window.go("/#/watchlist")
    expect(page.locator("main")).to_contain_text("Nothing is on your watchlist")
    page.evaluate(f"location.hash = '#/title/{id}'")
    with page.expect_response(lambda answer: "/watchlist/" in answer.url):
        press(window, page.locator("article.title [data-kind=later]"))
    page.go_back()  # to what shows what was written
    expect(page.locator(f"main [data-card='{id}']")).to_be_visible()
    assert window.errors == []


def test_a_link_begins_at_the_top_with_what_is_so_now(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    _load_further(window, "/#/list")
    page.evaluate("scrollTo(0, 900)")
    _open_a_title(window)
    page.evaluate("location.hash = '#/list'")
    assert _cards(window, 24)
    assert page.evaluate("scrollY") == 0


def test_whoever_begins_finds_nothing_that_another_left(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    service.http.put(
        f"/users/{household}/profiles/noa", json={"name": "Noa", "kind": "child", "max_age": 7}
    ).raise_for_status()
    service.http.put(f"/users/{household}/pin", json={"pin": "2468"}).raise_for_status()
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/list")
    assert _cards(window, 24)
    adults = set(
        page.evaluate("[...document.querySelectorAll('.card')].map((one) => one.dataset.card)")
    )
    page.evaluate("location.hash = '#/profiles'")
    press(window, page.locator(".person-card", has_text="Noa"))
    expect(page.locator("h1")).to_have_text("For Noa")
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text("All in one list")
    assert window.becomes_true("document.querySelectorAll('main .card').length > 0")
    shown = page.evaluate("[...document.querySelectorAll('.card')].map((one) => one.dataset.card)")
    limited = {
        str(item["id"])
        for item in service.http.get(
            "/recommend", params={"user_id": household, "profile": "noa", "limit": 24}
        ).json()["items"]
    }
    assert set(shown) == limited != adults


def test_a_view_that_failed_is_asked_for_again(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/list")
    page.route("**/recommend*", lambda route: route.fulfill(status=500, json={"title": "Broken"}))
    page.evaluate("location.hash = '#/ask?q=crime'")
    expect(page.locator("main [role=status]")).to_contain_text("Broken")
    page.evaluate("location.hash = '#/search?q=heat'")
    expect(page.locator("main .card").first).to_be_visible()
    page.unroute("**/recommend*")
    page.go_back()
    assert _cards(window, 24)
