"""Titles like a title, people, blends, taste and library, by touch and by pointer."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Response, expect

from tests.acceptance.conftest import Service
from tests.page.conftest import WINDOWS, Open, press

pytestmark = pytest.mark.parametrize("size", WINDOWS)


def _titles(cards: list[str]) -> list[str]:
    return [re.sub(r" \d{4}$", "", card) for card in cards]


def test_a_title_shows_what_is_like_it_by_story_or_by_audience(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/search?q=heat")
    press(window, window.page.locator(".card .to-title").first)
    expect(window.page.locator("h1")).to_have_text("Heat")
    alike = window.page.get_by_role("group", name="Alike by")
    for by, name in (("mix", "Both"), ("story", "Story"), ("audience", "Audience")):
        if by != "mix":
            press(window, alike.get_by_role("button", name=name))
        expect(alike.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        asked: dict[str, Any] = {"by": by, "limit": 12, "user_id": household}
        answer = service.http.get("/items/movie:949/similar", params=asked).json()
        shown = window.page.locator(".card .name").all_inner_texts()
        assert _titles(shown) == [item["title"] for item in answer["items"]]
    assert window.errors == []
    assert window.broken_rules() == []


def test_a_person_is_a_page_of_their_titles(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/search?q=al+pacino")
    press(window, window.page.get_by_role("link", name="Al Pacino"))
    expect(window.page.locator("h1")).to_have_text("Al Pacino")
    heat = window.page.locator(".card", has_text="Heat").first
    expect(heat).to_contain_text("in the cast")
    press(window, heat.locator(".to-title"))
    press(window, window.page.get_by_role("link", name="Michael Mann").first)
    expect(window.page.locator(".card", has_text="Heat").first).to_contain_text("directed")
    window.page.go_back()
    expect(window.page.locator("h1")).to_have_text("Heat")


def test_a_blend_is_made_of_titles_and_words_and_each_can_go(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/blend")
    page.get_by_label("Like these").first.fill("matrix")
    press(window, page.get_by_role("button", name="The Matrix 1999"))
    expect(page.locator(".card").first).to_be_visible()
    page.get_by_label("Like these").first.fill("slow space journey")
    press(window, page.get_by_role("button", name="Use the words"))
    expect(page.get_by_role("list", name="Like these").locator(".chip")).to_have_count(2)
    expect(page.locator(".card").first).to_be_visible()
    assert "The Matrix" not in _titles(page.locator(".card .name").all_inner_texts())
    page.reload()  # the address has all of it
    expect(page.get_by_role("button", name="Remove: The Matrix")).to_be_visible()
    press(window, page.get_by_role("button", name="Remove: The Matrix"))
    expect(page.get_by_role("list", name="Like these").locator(".chip")).to_have_count(1)
    assert window.errors == []


def test_enter_takes_the_words_of_a_blend_or_the_title_that_is_called_so(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/blend")
    box = page.get_by_label("Like these").first
    chosen = page.get_by_role("list", name="Like these").locator(".chip")
    box.fill("slow space journey")
    box.press("Enter")
    expect(chosen).to_have_text(["slow space journey"])
    expect(box).to_have_value("")
    box.fill("the matrix")
    box.press("Enter")
    expect(chosen).to_have_text(["slow space journey", "The Matrix"])
    box.press("Enter")  # nothing is typed
    expect(chosen).to_have_count(2)
    window.go("/#/path")
    start = page.get_by_label("From").first
    start.fill("nothing is called so")
    start.press("Enter")
    start.fill("matri")
    start.press("Enter")
    expect(page.get_by_role("list", name="From")).to_contain_text("The Matrix")
    assert window.errors == []


def test_a_drawn_poster_looks_the_same_wherever_its_title_is(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    (heat,) = service.http.get("/search", params={"q": "heat", "limit": 1}).json()["items"]
    place = f'a[href="#/title/{heat["id"]}"] .art'
    looks = []
    window = open_window(service.url, size=size, household=household)
    for where, art in (
        ("search?q=heat", place),
        (f"title/{heat['id']}", ".title .art"),
        ("history", place),
    ):
        # From anew: what was met before is not to tell.
        window.page.goto("about:blank")
        window.go(f"/#/{where}")
        looks.append(window.page.locator(art).first.get_attribute("style"))
    assert looks[0]
    assert len(set(looks)) == 1


def test_the_service_is_told_once_a_day_what_was_looked_at_and_each_time_what_was_opened(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page

    def is_told(answer: Response) -> bool:
        return answer.url.endswith("/feedback") and answer.status == 200

    with page.expect_response(is_told) as first:
        window.go("/#/list")
    looked_at = json.loads(first.value.request.post_data or "")
    listed = service.http.get("/recommend", params={"user_id": household, "limit": 24}).json()
    assert {event["event_type"] for event in looked_at} == {"impression"}
    assert {event["recommendation_id"] for event in looked_at} == {listed["recommendation_id"]}
    ids = [event["item_id"] for event in looked_at]
    assert len(ids) >= 2
    assert set(ids) <= {item["id"] for item in listed["items"]}

    page.reload()
    opened = page.locator(".card .to-title").first
    with page.expect_response(is_told) as second:
        opened.hover()
        assert window.becomes_true(f"JSON.parse(localStorage.shown).shown.length >= {len(ids)}")
        press(window, opened)
    again = json.loads(second.value.request.post_data or "")
    assert [event["event_type"] for event in again if event["item_id"] in ids] == ["click"]
    assert window.errors == []


def test_what_one_says_of_ones_taste_is_kept_beside_what_the_history_says(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    window.go("/#/taste")
    expect(window.page.locator("main")).to_contain_text("From 2 titles that you liked.")
    taste = service.http.get(f"/users/{household}/taste").json()
    first = taste["genres"][0]
    row = window.page.locator(".shares li", has_text=first["value"]).first
    expect(row).to_contain_text(f"{first['titles']} title")
    window.page.get_by_label(f"What you say of {first['value']}").select_option("never")
    expect(window.page.locator(".toast").last).to_contain_text(f"{first['value']}: never")
    stated = service.http.get(f"/users/{household}/preferences").json()["preferences"]
    assert [(one["value"], one["stance"]) for one in stated] == [(first["value"], "never")]
    window.go("/#/taste")
    said = window.page.get_by_label(f"What you say of {first['value']}")
    expect(said).to_have_value("never")
    said.select_option("")
    expect(window.page.locator(".toast").last).to_contain_text("as the history says")
    assert service.http.get(f"/users/{household}/preferences").json()["preferences"] == []


def test_a_household_says_what_it_owns_and_asks_for_that_alone(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/library")
    expect(page.get_by_text("Nothing is in your library yet.")).to_be_visible()
    page.get_by_label("Add a title that you own").first.fill("matrix")
    press(window, page.get_by_role("button", name="The Matrix 1999"))
    expect(page.locator(".card .name")).to_have_text(["The Matrix 1999"])
    press(window, page.get_by_role("link", name="Ask for something of your library"))
    expect(page.locator(".card .name")).to_have_text(["The Matrix 1999"])
    window.go("/#/library")
    press(window, page.get_by_role("button", name="Not ours: The Matrix"))
    expect(page.locator(".card")).to_have_count(0)
    assert service.http.get(f"/users/{household}/library").json()["items"] == []
    assert window.errors == []
    assert window.broken_rules() == []
