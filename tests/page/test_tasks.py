"""What a household does on the page, on a phone by touch and on a desk by pointer."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.acceptance.conftest import Service, ServiceFactory
from tests.page.conftest import WINDOWS, Open, Window, press

_SPENT = "The code is not valid, or not any more."
_KEY = "client-key-of-the-test"

pytestmark = pytest.mark.parametrize("size", WINDOWS)


def _card(page: Page, place: int = 0) -> tuple[Locator, str]:
    card = page.locator(".card").nth(place)
    return card, (card.locator(".name").inner_text()).rsplit(" ", 1)[0]


def _mark(card: Locator, name: str) -> Locator:
    return card.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))


def _history(service: Service, household: str) -> list[tuple[str, str]]:
    events = service.read_history(household)
    return [(event["item"]["title"], event["event_type"]) for event in events]


def _dated(service: Service, household: str) -> list[tuple[str, str, str]]:
    """By the second: of events that arrive together each comes a microsecond later."""
    events = service.read_history(household)
    return sorted(
        (one["item"]["title"], one["event_type"], one["occurred_at"][:19]) for one in events
    )


def _id(service: Service, reference: str) -> int:
    return int(service.http.get(f"/items/{reference}").json()["id"])


def _undo(window: Window) -> None:
    press(window, window.page.get_by_role("button", name="Undo").last)


def _said(window: Window, text: str) -> None:
    expect(window.page.locator(".toast").last).to_contain_text(text)


def test_a_mark_counts_at_once_and_undo_takes_it_back(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/")
    card, title = _card(window.page)
    before = _history(service, household)
    for name, event, done, undone in (
        ("Liked", "liked", f"You like {title}", f"Taken back: {title} liked"),
        ("Seen", "watched", f"You have seen {title}", f"Taken back: {title} seen"),
        ("Not for me", "not_interested", f"{title} is not", f"Taken back: {title} is not"),
    ):
        press(window, _mark(card, f"{name}: {title}"))
        _said(window, done)
        expect(_mark(card, name)).to_have_attribute("aria-pressed", "true")
        assert _history(service, household) == [(title, event), *before]
        _undo(window)
        _said(window, undone)
        expect(_mark(card, name)).to_have_attribute("aria-pressed", "false")
        assert _history(service, household) == before


def test_undo_leaves_what_the_history_said_before(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/search?q=heat")
    card, title = _card(window.page)
    assert title == "Heat"
    before = _history(service, household)
    press(window, _mark(card, "Not for me"))
    _said(window, "not for you")
    _undo(window)
    _said(window, "Taken back")
    assert sorted(_history(service, household)) == sorted(before)


def test_of_liked_and_not_for_me_the_newest_counts_alone(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/search?q=heat")
    card, _ = _card(window.page)

    def expect_opinion(liked: str, refused: str) -> None:
        expect(_mark(card, "Liked")).to_have_attribute("aria-pressed", liked)
        expect(_mark(card, "Not for me")).to_have_attribute("aria-pressed", refused)

    expect_opinion("true", "false")
    press(window, _mark(card, "Not for me"))
    expect_opinion("false", "true")
    _said(window, "not for you")
    window.page.reload()
    expect_opinion("false", "true")
    press(window, _mark(card, "Not for me"))
    _said(window, "Taken back")
    expect_opinion("true", "false")


def test_what_one_is_done_with_leaves_the_watchlist_and_undo_brings_it_back(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/")
    card, title = _card(window.page)
    press(window, _mark(card, "Later"))
    _said(window, "watchlist")
    press(window, _mark(card, "Seen"))
    _said(window, f"{title} is off your watchlist")
    expect(_mark(card, "Seen")).to_have_attribute("aria-pressed", "true")
    expect(_mark(card, "Later")).to_have_attribute("aria-pressed", "false")
    _undo(window)
    _said(window, f"{title} is on your watchlist")
    window.go("/#/watchlist")
    expect(window.page.locator(".card .name")).to_contain_text([title])


def test_what_was_marked_before_is_shown_wherever_the_title_is(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    (heat,) = service.http.get("/search", params={"q": "heat", "limit": 1}).json()["items"]
    service.post_history("movie:949", user_id=household, event_type="watched")
    window = open_window(service.url, size=size, household=household)
    window.go("/#/search?q=heat")
    found = window.page.locator(f'[data-card="{heat["id"]}"]')

    def expect_marks() -> None:
        for name, state in (("Liked", "true"), ("Seen", "true"), ("Not for me", "false")):
            expect(_mark(found, name)).to_have_attribute("aria-pressed", state)

    expect_marks()
    expect(found).to_have_class(re.compile("is-done"))
    window.go(f"/#/title/{heat['id']}")
    person = window.page.locator(".people a").first
    press(window, person)
    expect_marks()
    window.go(f"/#/path?from={heat['id']}&to={_id(service, 'movie:680')}")
    expect_marks()
    expect(window.page.locator('.chain [aria-pressed="true"]')).to_have_count(3)


def test_a_mark_that_was_taken_back_comes_back_with_its_day(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    day = "2019-05-04T20:00:00Z"
    service.post_history("movie:949", user_id=household, watched_at=day)
    before = _dated(service, household)
    window = open_window(service.url, size=size, household=household)
    window.go("/#/search?q=heat")
    card, _ = _card(window.page)
    expect(_mark(card, "Seen")).to_have_attribute("aria-pressed", "true")
    press(window, _mark(card, "Seen"))
    _said(window, "Taken back: Heat seen")
    assert ("Heat", "watched") not in _history(service, household)
    _undo(window)
    _said(window, "You have seen Heat")
    assert _dated(service, household) == before
    assert ("Heat", "watched", "2019-05-04T20:00:00") in before


def test_what_the_history_gave_up_is_marked_nowhere(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/search?q=heat")
    liked = _mark(_card(window.page)[0], "Liked")
    expect(liked).to_have_attribute("aria-pressed", "true")
    window.page.evaluate("location.hash = '#/history'")
    press(window, window.page.get_by_role("button", name="Take back all that is said of Heat"))
    _said(window, "is taken back")
    window.page.go_back()
    expect(liked).to_have_attribute("aria-pressed", "false")


def test_what_was_seen_is_gone_from_the_next_list(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/")
    card, title = _card(window.page)
    press(window, _mark(card, "Seen"))
    _said(window, title)
    window.go("/")
    names = window.page.locator(".card .name").all_inner_texts()
    assert len(names) > 10
    assert title not in [name.rsplit(" ", 1)[0] for name in names]


def test_later_puts_a_title_on_the_watchlist(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/watchlist")
    expect(window.page.locator(".empty")).to_be_visible()
    window.go("/")
    card, title = _card(window.page)
    press(window, _mark(card, "Later"))
    _said(window, "watchlist")
    window.go("/#/watchlist")
    expect(window.page.locator(".card .name")).to_contain_text([title])
    press(window, _mark(_card(window.page)[0], "Later"))
    _said(window, "off your watchlist")
    window.go("/#/watchlist")
    expect(window.page.locator(".empty")).to_be_visible()


def test_a_person_is_found_where_no_title_is_called_so(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/search?q=al+pacino")
    expect(window.page.get_by_role("link", name="Al Pacino")).to_be_visible()
    status = window.page.get_by_role("status").filter(has_text="person")
    expect(status).to_have_text("1 person")
    expect(window.page.get_by_text("Nothing has this name")).to_have_count(0)


@pytest.mark.parametrize(("words", "title"), [("haet", "Heat"), ("pulp fictoin", "Pulp Fiction")])
def test_what_is_called_only_nearly_so_is_a_question(
    service: Service, household: str, open_window: Open, size: str, words: str, title: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go(f"/#/search?q={words}")
    expect(page.get_by_role("heading", name="Did you mean")).to_be_visible()
    expect(page.locator(".card .name").first).to_contain_text(title)
    expect(page.get_by_text("Nothing has this name.")).to_be_visible()
    press(window, page.locator("main a.primary"))
    expect(page.get_by_role("searchbox")).to_have_value(words)
    window.go(f"/#/path?to={_id(service, 'movie:680')}")
    page.get_by_role("searchbox").first.fill(words)
    choices = page.locator(".picker-found").first
    expect(choices).to_contain_text("Did you mean")
    page.get_by_role("searchbox").first.fill(title)
    expect(choices).to_contain_text(title)
    expect(choices).not_to_contain_text("Did you mean")


def test_a_wish_in_words_shows_what_was_understood_and_each_part_can_go(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/ask")
    box = window.page.get_by_role("searchbox")
    box.fill("comedy of the 80s")
    box.press("Enter")
    chips = window.page.locator(".chip")
    expect(chips).to_have_count(2)
    expect(window.page.locator(".card .year").first).to_contain_text("198")
    press(window, window.page.get_by_role("button", name="Remove: Comedy"))
    expect(chips).to_have_count(1)
    assert "comedy" not in box.input_value()
    window.page.go_back()
    expect(chips).to_have_count(2)
    expect(box).to_have_value("comedy of the 80s")


@pytest.mark.parametrize(
    ("wish", "label"),
    [
        ("something funny for the whole family, our daughter is eight", "For ages up to 8"),
        ("a series with short episodes", "Shows"),
    ],
)
def test_what_a_wish_says_twice_is_one_part_of_it_and_goes_as_a_whole(
    service: Service,
    household: str,
    open_window: Open,
    size: str,
    wish: str,
    label: str,
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go(f"/#/ask?q={wish}")
    said = window.page.locator(".chip .label", has_text=label)
    expect(said).to_have_count(1)
    window.page.get_by_role("button", name=f"Remove: {label}").click()
    expect(said).to_have_count(0)
    left = window.page.get_by_role("searchbox").input_value()
    assert "family" not in left
    assert "eight" not in left


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("what to watch with grandma", "Nothing of it narrows the choice"),
        ("something my wife would like", "Nothing of it narrows the choice"),
        ("zzyzx", "Nothing of it was understood"),
        ("a comedy with grandma", "titles"),
    ],
)
def test_a_list_that_answers_nothing_of_the_words_says_so(
    service: Service, household: str, open_window: Open, size: str, wish: str, said: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go(f"/#/ask?q={wish}")
    expect(window.page.locator(".results [role=status]")).to_contain_text(said)


@pytest.mark.parametrize("words", ["oscar winners", "flurbish drama"])
def test_what_a_part_of_a_wish_goes_by_is_told_when_it_is_pressed(
    service: Service, household: str, open_window: Open, size: str, words: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go(f"/#/ask?q={words}")
    chip = window.page.locator(".chip", has=window.page.locator(".tell")).first
    note = chip.get_attribute("title")
    label = chip.locator(".label").inner_text()
    assert note
    press(window, chip.locator(".tell"))
    told = window.page.get_by_role("dialog", name=label)
    expect(told).to_contain_text(note)
    press(window, told.get_by_role("button", name="Close"))
    press(window, chip.get_by_role("button", name=f"Remove: {label}"))
    expect(window.page.locator(".chip .label", has_text=label)).to_have_count(0)


def test_a_slider_narrows_the_list_without_words(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/ask?q=drama")
    if size == "phone":
        press(window, window.page.locator("summary"))
    slider = window.page.get_by_role("slider", name="From")
    slider.focus()
    slider.press("End")
    for _ in range(16):
        slider.press("ArrowLeft")
    chip = window.page.locator(".chip", has_text="2010")
    expect(chip).to_be_visible()
    years = [int(year) for year in window.page.locator(".card .year").all_inner_texts()]
    assert years
    assert min(years) >= 2010
    press(window, chip.get_by_role("button"))
    expect(chip).to_have_count(0)
    expect(slider).to_have_attribute("aria-valuetext", "any")


def test_a_list_of_one_service_says_its_name_and_has_its_titles(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/ask?services=nfx")  # as the heading of a row leads there
    chip = window.page.locator(".chip")
    expect(chip).to_contain_text("Netflix")
    for filter_of_ones_own in ("services", "watchlist", "library"):
        expect(window.page.locator(f"input[name={filter_of_ones_own}]")).not_to_be_checked()
    names = window.page.locator(".card .name").all_inner_texts()
    asked: dict[str, Any] = {"user_id": household, "country": "US", "services": "nfx"}
    offered = service.http.get("/recommend", params=asked | {"limit": 24}).json()["items"]
    assert [name.rsplit(" ", 1)[0] for name in names] == [item["title"] for item in offered]
    press(window, chip.get_by_role("button", name="Remove: Netflix"))
    expect(chip).to_have_count(0)


def test_search_finds_as_one_types_and_a_title_says_where_and_what_is_beside_it(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/search")
    window.page.get_by_role("searchbox").press_sequentially("godfa")
    link = window.page.get_by_role("link", name="The Godfather 1972")
    press(window, link)
    expect(window.page.locator("h1")).to_have_text("The Godfather")
    expect(window.page.locator("h1")).to_be_focused()
    expect(window.page.get_by_role("heading", name="Where to watch")).to_be_visible()
    press(window, window.page.get_by_role("button", name="Would I like it?"))
    expect(window.page.get_by_role("dialog").locator(".bars li").first).to_be_visible()
    window.page.keyboard.press("Escape")
    expect(window.page.get_by_role("dialog")).to_have_count(0)


def test_history_takes_back_and_writes_again(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    before = _history(service, household)
    window.go("/#/history")
    press(window, window.page.get_by_role("button", name="Take back all that is said of Heat"))
    _said(window, "Heat")
    assert ("Heat", "liked") not in _history(service, household)
    _undo(window)
    expect(window.page.locator(".entry", has_text="Heat")).to_be_visible()
    expect(window.page.locator(".toast")).to_have_count(0)
    window.page.wait_for_load_state("networkidle")
    assert sorted(_history(service, household)) == sorted(before)


def test_the_first_visit_is_country_titles_done(
    service: Service, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=f"new-{size}", locale="de-AT")
    window.go("/")
    expect(window.page.locator("h1")).to_have_text("Willkommen")
    expect(window.page.get_by_label("Land")).to_have_value("US")  # which is in force until then
    press(window, window.page.get_by_role("button", name="Österreich nehmen"))
    expect(window.page.get_by_label("Land")).to_have_value("AT")
    press(window, window.page.get_by_role("button", name="Weiter"))
    picks = window.page.locator(".pick")
    for place in range(3):
        press(window, picks.nth(place))
    expect(window.page.locator(".dock")).to_contain_text("3 gewählt.")
    press(window, window.page.get_by_role("button", name="Fertig"))
    expect(window.page.locator(".card").first).to_be_visible()
    assert [event for _, event in _history(service, f"new-{size}")] == ["liked"] * 3
    (profile,) = service.http.get(f"/users/new-{size}/profiles").json()["profiles"]
    assert profile["country"] == "AT"


def test_a_childs_profile_is_left_with_the_pin_alone(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/profiles")
    page.get_by_label("Name", exact=True).fill("Noa")
    press(window, page.get_by_text("For a child"))
    page.get_by_label("PIN to leave it").fill("2468")
    press(window, page.get_by_role("button", name="Make the profile"))
    press(window, page.locator(".person-card", has_text="Noa"))
    expect(page.locator("h1")).to_have_text("For Noa")
    hidden = page.evaluate(f"fetch('/recommend?user_id={household}').then((one) => one.status)")
    assert hidden == 403  # by the server, whatever the page does
    window.go("/#/profiles")
    expect(page.locator(".person-card")).to_have_count(1)
    press(window, page.get_by_role("button", name="Leave this profile"))
    dialog = page.get_by_role("dialog")
    for pin, is_right in (("1357", False), ("2468", True)):
        dialog.get_by_label("PIN of the household").fill(pin)
        press(window, dialog.get_by_role("button", name="Leave this profile"))
        if not is_right:
            expect(dialog.get_by_role("alert")).to_contain_text("PIN")
    expect(page.locator(".person-card")).to_have_count(2)


def test_a_childs_profile_is_neither_made_nor_entered_without_a_pin_to_leave_it(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    service.http.put(
        f"/users/{household}/profiles/kid", json={"name": "Kid", "kind": "child"}
    ).raise_for_status()
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/profiles")
    page.get_by_label("Name", exact=True).fill("Noa")
    press(window, page.get_by_text("For a child"))
    press(window, page.get_by_role("button", name="Make the profile"))
    expect(page.get_by_label("PIN to leave it")).to_be_focused()  # it is required
    press(window, page.locator(".person-card", has_text="Kid"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("PIN to leave it").fill("2468")
    press(window, dialog.get_by_role("button", name="Set the PIN and go on"))
    expect(page.locator("h1")).to_have_text("For Kid")
    window.go("/#/profiles")
    press(window, page.get_by_role("button", name="Leave this profile"))
    dialog.get_by_label("PIN of the household").fill("2468")
    press(window, dialog.get_by_role("button", name="Leave this profile"))
    expect(page.locator(".person-card")).to_have_count(2)
    press(window, page.get_by_text("For a child"))
    expect(page.get_by_label("PIN to leave it")).to_have_count(0)  # there is one by now


def test_who_has_marked_nothing_is_led_to_titles_to_choose_from(
    service: Service, open_window: Open, size: str
) -> None:
    name = f"nothing-marked-{size}"
    service.http.put(f"/users/{name}/profiles/~", json={"country": "US"}).raise_for_status()
    window = open_window(service.url, size=size, household=name)
    window.go("/")
    press(window, window.page.get_by_role("link", name="Choose titles"))
    picks = window.page.locator(".pick")
    for place in range(3):
        press(window, picks.nth(place))
    press(window, window.page.get_by_role("button", name="Done"))
    expect(window.page.locator(".card").first).to_be_visible()
    expect(window.page.get_by_role("link", name="Choose titles")).to_have_count(0)


def test_a_key_or_another_devices_code_signs_in(
    start_sample: ServiceFactory, open_window: Open, size: str
) -> None:
    keyed = start_sample(API_KEYS=_KEY)
    first = open_window(keyed.url, size=size)
    first.go("/")
    first.page.get_by_label("Key").fill("not-the-key-of-the-test")
    press(first, first.page.get_by_role("button", name="Sign in").first)
    expect(first.page.get_by_role("alert").first).to_contain_text("not valid")
    first.page.get_by_label("Key").fill(_KEY)
    press(first, first.page.get_by_role("button", name="Sign in").first)
    expect(first.page.locator("nav").first).to_be_visible()
    first.go("/#/profiles")
    press(first, first.page.get_by_role("button", name="Use another device"))
    address = first.page.get_by_role("dialog").get_by_role("link").inner_text()
    second = open_window(keyed.url, size=size)
    held: list[Route] = []
    second.page.route(
        "**/session",
        lambda route: route.continue_() if held else held.append(route),
    )
    with second.page.expect_request("**/session"):
        second.page.goto("/")
    second.page.goto(address)  # while the page still asks who is there
    held[0].continue_()
    expect(second.page.locator("nav").first).to_be_visible()
    assert "code" not in second.page.url
    second.page.goto("about:blank")
    second.page.goto(address)  # who is there stays, and hears that it was spent
    expect(second.page.locator(".toast").last).to_contain_text(_SPENT)
    expect(second.page.get_by_label("Key")).to_have_count(0)
    second.go("/#/profiles")
    press(second, second.page.get_by_role("button", name="Sign out"))
    expect(second.page.get_by_label("Key")).to_be_visible()
    assert _cookies(first) == 1
    assert _cookies(second) == 0
    second.page.goto("about:blank")
    second.page.goto(address)
    expect(second.page.get_by_role("alert").last).to_contain_text(_SPENT)
    second.go("/")
    second.page.get_by_label("Code").fill(address.rsplit("=", 1)[1])  # by hand the same is said
    press(second, second.page.get_by_role("button", name="Sign in").last)
    expect(second.page.get_by_role("alert").last).to_contain_text(_SPENT)


def test_a_spent_code_keeps_nobody_out_where_no_key_is_asked_for(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#code=ABCDEFGH")
    expect(window.page.locator(".toast").last).to_contain_text(_SPENT)
    expect(window.page.locator("main h1")).to_have_text("For Dana")
    assert window.errors == []


def test_an_operator_sees_what_is_well_queues_a_job_and_cancels_it(
    service: Service, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size)
    window.go("/operator")
    expect(window.page.get_by_text("The service is ready.")).to_be_visible()
    titles = service.http.get("/admin/index").json()["titles"]
    expect(window.page.locator(".figures")).to_contain_text(f"{titles['movie']}")
    window.page.get_by_label("Job", exact=True).select_option("neighbours")
    press(window, window.page.get_by_role("button", name="Queue"))
    run = window.page.get_by_role("row", name="neighbours waiting")
    expect(run).to_be_visible()
    press(window, run.get_by_role("button", name="Cancel neighbours"))
    expect(run).to_have_count(0)
    latest = service.http.get("/admin/jobs", params={"limit": 1}).json()["items"][0]
    assert (latest["job"], latest["state"]) == ("neighbours", "revoked")


def test_operation_is_for_admins(
    start_sample: ServiceFactory, open_window: Open, size: str
) -> None:
    keyed = start_sample(API_KEYS=_KEY)
    window = open_window(keyed.url, size=size)
    window.go("/operator")
    window.page.get_by_label("Key").fill(_KEY)
    press(window, window.page.get_by_role("button", name="Sign in").first)
    expect(window.page.locator("nav").first).to_be_visible()
    window.go("/operator")
    expect(window.page.locator("h1")).to_have_text("That did not work")


def _cookies(window: Window) -> int:
    cookies: list[Any] = window.context.cookies()
    return len(cookies)


def test_a_history_is_brought_read_written_and_taken_back(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    before = _history(service, household)
    window = open_window(service.url, size=size, household=household)
    window.go("/#/history")
    press(window, window.page.get_by_role("link", name="Import a history"))
    export = (
        "Date,Name,Year,Letterboxd URI,Rating\n"
        "2024-01-05,Heat,1995,https://boxd.it/2b1e,4.5\n"
        "2024-01-06,No Such Film At All,1911,https://boxd.it/xxxx,3\n"
    )
    chosen = {"name": "ratings.csv", "mimeType": "text/csv", "buffer": export.encode()}
    window.page.get_by_label("The file, as you got it").set_input_files(chosen)  # type: ignore[arg-type]
    press(window, window.page.get_by_role("button", name="Read it"))
    expect(window.page.get_by_text("1 is not in the catalogue yet").first).to_be_visible()
    assert _history(service, household) == before
    press(window, window.page.get_by_role("button", name="Write 1 rating"))
    expect(window.page.get_by_text("Written: 1 rating.")).to_be_visible()
    assert ("Heat", "rated") in _history(service, household)
    press(window, window.page.get_by_role("button", name="Take it back"))
    question = window.page.get_by_role("dialog")
    expect(question).to_contain_text("1 rating: all of it goes")
    press(window, question.get_by_role("button", name="Close"))
    expect(question).to_have_count(0)
    assert ("Heat", "rated") in _history(service, household)
    press(window, window.page.get_by_role("button", name="Take it back"))
    press(window, question.get_by_role("button", name="Take back"))
    _said(window, "What the file brought is taken back.")
    assert _history(service, household) == before
    assert window.errors == []
    assert window.broken_rules() == []


def test_what_was_brought_is_taken_back_after_the_page_was_left(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    before = _history(service, household)
    form = {"user_id": household}
    table = ("mine.csv", b"Title,Year,Meine Note /5\nHeat,1995,4\nFargo,1996,5\n")
    for name in ("written", "read"):
        brought = service.http.post("/imports", data=form, files={"file": table}).json()
        if name == "written":
            service.http.post(f"/imports/{brought['id']}/apply").raise_for_status()
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/bring")
    past = page.locator(".past li")
    expect(past).to_have_count(2)
    expect(past.first).to_contain_text("Read, not written.")
    expect(past.last).to_contain_text("a table of your own, mine.csv")
    expect(past.last).to_contain_text("2 ratings")
    press(window, past.first.get_by_role("button", name="Look at it"))
    expect(page.get_by_text("2 rows, read as a table of your own")).to_be_visible()
    press(window, past.last.get_by_role("button", name="Take back: a table of your own, mine.csv"))
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("2 ratings: all of it goes")
    press(window, question.get_by_role("button", name="Take back"))
    _said(window, "What the file brought is taken back.")
    expect(past).to_have_count(1)
    assert _history(service, household) == before
    # What was only read costs nothing.
    press(window, past.first.get_by_role("button", name="Take back: a table of your own, mine.csv"))
    expect(past).to_have_count(0)
    assert window.errors == []


def test_which_columns_of_a_table_were_read_as_what_is_shown(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/bring")
    table = b"Titel,Meine Note /5,Kommentar\nHeat,4,Nochmal!\n"
    chosen = {"name": "mine.csv", "mimeType": "text/csv", "buffer": table}
    window.page.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]
    press(window, window.page.get_by_role("button", name="Read it"))
    brought = window.page.locator(".brought")
    expect(brought).to_contain_text("titel \u2192 title")
    expect(brought).to_contain_text("meine note /5 \u2192 rating (out of 5)")
    expect(brought).to_contain_text("Not read: kommentar.")


def test_what_a_file_says_without_certainty_is_asked_and_equal_rows_are_one(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household, locale="de")
    window.go("/#/bring")
    export = (
        "Date,Name,Year,Letterboxd URI,Rating\n"
        "2024-01-05,Alien,1951,https://boxd.it/2b1e,4.5\n"
        "2024-01-06,No Such Film At All,1911,https://boxd.it/xxxx,3\n"
        "2024-01-07,No Such Film At All,1911,https://boxd.it/xxxx,4\n"
    )
    chosen = {"name": "ratings.csv", "mimeType": "text/csv", "buffer": export.encode()}
    window.page.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]
    press(window, window.page.get_by_role("button", name="Lesen"))
    expect(window.page.get_by_text("3 Zeilen, gelesen als Letterboxd")).to_be_visible()
    press(window, window.page.get_by_text("2 stehen noch nicht im Katalog"))
    missed = window.page.locator(".brought li", has_text="No Such Film")
    expect(missed).to_have_count(1)
    expect(missed).to_contain_text("× 2")
    expect(missed).to_contain_text("hier heißt kein Titel so")
    press(window, window.page.get_by_text("1 ist nicht sicher: welcher Titel ist es?"))
    press(window, window.page.get_by_role("button", name="Alien (1979)"))
    press(window, window.page.get_by_role("button", name="Schreiben: 1 Bewertung"))
    expect(window.page.get_by_text("Geschrieben: 1 Bewertung.")).to_be_visible()
    assert ("Alien", "rated") in _history(service, household)


def test_one_goes_on_from_a_title_that_was_not_certain_to_the_next(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/bring")
    export = "title,year,status\nAlien,1951,watched\nFargo,1961,watched\n"
    chosen = {"name": "mine.csv", "mimeType": "text/csv", "buffer": export.encode()}
    page.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]
    press(window, page.get_by_role("button", name="Read it"))
    press(window, page.get_by_text("2 are not certain"))
    press(window, page.get_by_role("button", name="Alien (1979)"))
    left = page.get_by_text("1 is not certain")
    expect(left).to_be_focused()
    press(window, page.get_by_role("button", name="Fargo (1996)"))
    expect(left).to_have_count(0)
    expect(page.get_by_role("button", name="Write 2 entries")).to_be_focused()


def test_what_will_be_written_is_counted_each_kind_apart_and_fewer_entries_are_explained(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/bring")
    export = (
        "title,year,status,rating,date\n"
        "Alien,1979,watched,,\n"
        "Alien,1979,watched,,\n"
        "Fargo,1996,watched,9,\n"
        "The Matrix,1999,watchlist,,\n"
    )
    chosen = {"name": "mine.csv", "mimeType": "text/csv", "buffer": export.encode()}
    page.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]
    press(window, page.get_by_role("button", name="Read it"))
    what = "1 entry of the history, 1 rating, and 1 title on the watchlist"
    expect(page.get_by_text("1 more row says what another row")).to_be_visible()
    press(window, page.get_by_role("button", name=f"Write {what}"))
    expect(page.get_by_text(f"Written: {what}.")).to_be_visible()


def test_a_file_that_cannot_be_read_is_one_sentence(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/bring")
    chosen = {"name": "x.zip", "mimeType": "application/zip", "buffer": b"PK no zip"}
    window.page.get_by_label("The file, as you got it").set_input_files(chosen)  # type: ignore[arg-type]
    press(window, window.page.get_by_role("button", name="Read it"))
    expect(window.page.locator("main .warning")).not_to_be_empty()
