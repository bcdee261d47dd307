"""Rows to browse, one title for tonight, and a list for several, by touch and by pointer."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.acceptance.conftest import Service
from tests.page.conftest import WINDOWS, Open, press

pytestmark = pytest.mark.parametrize("size", WINDOWS)


@pytest.fixture
def kid(service: Service, household: str) -> str:
    """A second profile of the household, which liked two titles of its own."""
    service.http.put(f"/users/{household}/profiles/kid", json={"name": "Kid"}).raise_for_status()
    events = {"user_id": household, "profile": "kid", "items": ["movie:862"]}
    service.http.post("/user/history", json=events | {"event_type": "liked"}).raise_for_status()
    return household


def test_rows_say_what_they_claim_lead_there_and_go_on_both_ways(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/")
    titles = {"phone": 6, "desk": 8}[size]
    asked: dict[str, Any] = {"user_id": household, "rows": 12, "limit": titles}
    rows = service.http.get("/shelves", params=asked).json()["rows"]
    sections = page.locator(".row-of")
    expect(sections.first.get_by_role("heading")).to_have_text("The best for you")
    named = next(place for place, row in enumerate(rows) if "title" in row["evidence"])
    while (shown := sections.count()) <= named:
        page.mouse.wheel(0, 20_000)  # what is below comes as one gets near it
        expect(sections.nth(shown)).to_be_attached()
    heading = sections.nth(named).get_by_role("heading")
    expect(heading).to_contain_text(rows[named]["evidence"]["title"])
    longest = next(place for place, row in enumerate(rows) if row.get("next_cursor"))
    row = sections.nth(longest)
    expect(row.locator(".card")).to_have_count(titles)
    row.locator(".to-title").first.focus()
    page.keyboard.press("ArrowRight")
    expect(row.locator(".card").nth(1).locator(".to-title")).to_be_focused()
    press(window, row.get_by_role("button", name="Show more of"))
    expect(row.locator(".card").nth(titles)).to_be_visible()
    press(window, heading.get_by_role("link"))
    expect(page.locator("h1")).to_have_text(rows[named]["evidence"]["title"])
    assert window.errors == []
    assert window.broken_rules() == []


def test_tonight_is_one_title_that_can_be_watched_and_another_after_not_now(
    service: Service, kid: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=kid)
    page = window.page
    window.go("/#/tonight")
    first = page.locator(".tonight h2")
    title = first.inner_text()
    expect(page.locator(".few .card")).to_have_count(2)
    watch = page.locator(".tonight").get_by_role("link", name="Watch on")
    target = watch.get_attribute("href")
    assert target
    assert service.http.get(target).status_code == 307
    press(window, page.get_by_role("button", name="Not now, another"))
    expect(first).not_to_have_text(title)
    assert service.read_history(kid)[0]["event_type"] == "not_now"
    press(window, page.get_by_role("button", name="Undo"))
    expect(page.locator(".toast").last).to_contain_text(f"Taken back: {title}")
    assert len(service.read_history(kid)) == 2
    if size == "phone":
        press(window, page.get_by_text("Who, how long, what mood"))
    # What was shown first of an evening is not shown again, so one answer comes after the other.
    with page.expect_response(lambda answer: "minutes=100" in answer.url):
        press(window, page.get_by_role("button", name="100 min"))
    along = page.get_by_role("button", name="Kid", exact=True)
    with page.expect_response(lambda answer: "members=kid" in answer.url):
        press(window, along)
    expect(along).to_have_attribute("aria-pressed", "true")
    asked: dict[str, Any] = {"user_id": kid, "country": "US", "minutes": 100, "members": "kid"}
    answer = service.http.get("/tonight", params=asked).json()["items"][0]
    expect(first).to_have_text(answer["title"])
    assert answer["runtime"] <= 100
    assert window.errors == []


def test_a_list_for_several_says_how_well_each_title_suits_each(
    service: Service, kid: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=kid)
    page = window.page
    window.go("/#/group")
    card = page.locator(".card").first
    expect(card.locator(".fits li")).to_have_count(2)
    page.get_by_label("How your wishes are weighed").select_option("least_misery")
    members = [{"user_id": kid}, {"user_id": kid, "profile": "kid"}]
    asked = {"members": members, "strategy": "least_misery", "limit": 24, "country": "US"}
    best = service.http.post("/recommend/group", json=asked).json()["items"][0]
    expect(card.locator(".name")).to_contain_text(best["title"])
    press(window, card.locator("button.why"))
    told = page.get_by_role("dialog").locator(".bars li")
    expect(told).to_contain_text(["Dana", "Kid"])
    expect(told.last).to_contain_text(best["members"][1]["explanation"])
    page.keyboard.press("Escape")
    press(window, page.get_by_role("button", name="Kid", exact=True))
    expect(page.get_by_text("Choose above who watches along.")).to_be_visible()
    assert window.errors == []
