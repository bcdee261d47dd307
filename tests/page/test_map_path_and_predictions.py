"""The map, the way from one title to another, and whether one would like a title."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.acceptance.conftest import Service
from tests.page.conftest import WINDOWS, Open, Window, press

pytestmark = pytest.mark.parametrize("size", WINDOWS)

_WITHOUT_WEBGL = """
const whole = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind === "webgl" ? null : whole.call(this, kind, ...rest);
};
"""
_IS_DRAWN = """(() => {
    const drawn = document.querySelector(".map canvas");
    const copy = Object.assign(document.createElement("canvas"), { width: 200, height: 200 });
    const context = copy.getContext("2d");
    context.drawImage(drawn, 0, 0, 200, 200);
    return context.getImageData(0, 0, 200, 200).data.some((value) => value > 0);
})()"""
# Where the names stand that are shown.
_NAMES = """[...document.querySelectorAll(".map-label:not(.is-out)")].map((one) =>
    one.textContent + one.style.transform).join()"""


def _assert_clean(window: Window) -> None:
    assert window.errors == []
    assert window.broken_rules() == []
    assert window.overflow() <= 0


def _read(service: Service, item: str) -> Any:
    return service.http.get(f"/items/{item}").json()


def test_a_way_leads_over_what_neighbours_share(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/title/" + str(_read(service, "movie:949")["id"]))
    press(window, page.get_by_role("link", name="A way from here"))
    expect(page.get_by_role("list", name="From")).to_contain_text("Heat")
    page.get_by_label("To").first.fill("matrix")
    press(window, page.get_by_role("button", name="The Matrix 1999"))
    chain = page.locator(".chain .card")
    expect(chain.first).to_contain_text("Heat")
    expect(chain.last).to_contain_text("The Matrix")
    asked = {"from": "movie:949", "to": "movie:603", "user_id": household, "country": "US"}
    answer = service.http.get("/path", params=asked).json()
    names = [f"{item['title']} {item['release_year']}" for item in answer["items"]]
    expect(chain.locator(".name")).to_have_text(names)
    ties = chain.locator(".tie")
    expect(ties).to_have_count(len(answer["links"]))
    for place, link in enumerate(answer["links"]):
        shared = link["shared"]
        told = (shared["people"] + shared["keywords"] + shared["genres"])[:3]
        expect(ties.nth(place)).to_contain_text(", ".join(told))
    press(window, page.get_by_role("button", name="Another way"))
    expect(page).to_have_url(re.compile("seed=1"))
    page.go_back()
    expect(chain.locator(".name")).to_have_text(names)
    press(window, page.get_by_role("button", name="Remove: Heat"))
    expect(page.get_by_text("Choose where it begins")).to_be_visible()
    _assert_clean(window)


@pytest.mark.parametrize("way", ["webgl", "plain"])
def test_a_title_is_found_on_the_map_and_pressed(
    service: Service, household: str, open_window: Open, size: str, way: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    if way == "plain":
        window.context.add_init_script(_WITHOUT_WEBGL)
    page = window.page
    window.go("/#/map")
    # WebGL keeps a drawing for the frame it was made in, which copying it would have to meet.
    if way == "plain":
        assert window.becomes_true(_IS_DRAWN)
    expect(page.locator(".map-label:not(.is-out)").first).to_be_visible()
    expect(page.get_by_text("2 titles of your history")).to_be_visible()
    page.get_by_label("Find a title").first.fill("matrix")
    press(window, page.get_by_role("button", name="The Matrix 1999"))
    chosen = page.locator(".map-chosen .card")
    expect(chosen).to_contain_text("The Matrix")
    expect(page.locator(".map-ring")).to_be_visible()
    _press_beside_the_middle(window, page.locator(".map canvas"), 200)
    expect(chosen).to_have_count(0)
    _press_beside_the_middle(window, page.locator(".map canvas"), 0)
    expect(chosen).to_contain_text("The Matrix")
    _assert_clean(window)


def _press_beside_the_middle(window: Window, canvas: Locator, pixels: int) -> None:
    """On the title in the middle, or far enough away from every title by zooming in first."""
    box = canvas.bounding_box()
    assert box
    if pixels:
        for _ in range(6):
            press(window, window.page.get_by_role("button", name="Nearer"))
    x, y = box["width"] / 2 - min(pixels, box["width"] / 2 - 8), box["height"] / 2
    if window.page.evaluate("navigator.maxTouchPoints"):
        canvas.tap(position={"x": x, "y": y})
    else:
        canvas.click(position={"x": x, "y": y})


def test_the_map_goes_by_keys_and_its_twin_is_a_list(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/map")
    regions = service.http.get("/map/regions", params={"user_id": household}).json()["regions"]
    first = page.locator(".regions > li").first
    expect(first).to_contain_text(f"{regions[0]['titles']} title")
    known = regions[0]["known"][0]["title"]
    expect(first.get_by_role("link", name=known, exact=True)).to_be_visible()
    expect(page.locator(".map-label:not(.is-out)").first).to_be_visible()
    whole = page.evaluate(_NAMES)
    page.locator(".map canvas").focus()
    for key in ("+", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert window.becomes_true(f"{_NAMES} !== {json.dumps(whole)}")
    page.keyboard.press("0")
    assert window.becomes_true(f"{_NAMES} === {json.dumps(whole)}")
    first.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert window.becomes_true(f"{_NAMES} !== {json.dumps(whole)}")
    _assert_clean(window)


def _pinch(window: Window, canvas: Locator, apart: list[int]) -> None:
    """Two fingers on the middle of the map, as far apart as `apart` says, one after the other."""
    box = canvas.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    protocol = window.context.new_cdp_session(window.page)

    def touch(kind: str, *places: float) -> None:
        points = [{"x": place, "y": y, "id": finger} for finger, place in enumerate(places)]
        protocol.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x - apart[0] / 2, x + apart[0] / 2)
    for pixels in apart[1:]:
        touch("touchMove", x - pixels / 2, x + pixels / 2)
    touch("touchEnd")


def test_two_fingers_make_the_map_larger_and_smaller(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    # A desk may have a screen that is touched, too.
    window = open_window(service.url, size=size, household=household, has_touch=True)
    page = window.page
    window.go("/#/map")
    canvas = page.locator(".map canvas")
    canvas.scroll_into_view_if_needed()
    expect(page.locator(".map-label:not(.is-out)").first).to_be_visible()
    whole = page.locator(".map-label:not(.is-out)").count()
    names = page.evaluate(_NAMES)
    _pinch(window, canvas, [40, 80, 160, 280])
    assert window.becomes_true(f"{_NAMES} !== {json.dumps(names)}")
    assert page.locator(".map-label:not(.is-out)").count() < whole  # the others lie outside
    assert page.evaluate("visualViewport.scale") == 1  # the map alone, not the page
    _pinch(window, canvas, [280, 160, 80, 20])
    assert window.becomes_true(
        f"document.querySelectorAll('.map-label:not(.is-out)').length === {whole}"
    )
    _assert_clean(window)


def test_without_a_map_the_view_says_who_makes_one(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    missing: dict[str, Any] = {
        "status": 404,
        "json": {"title": "Not found", "status": 404, "code": "not_found"},
    }
    window.page.route("**/map?**", lambda route: route.fulfill(**missing))
    window.go("/#/map")
    expect(window.page.get_by_text("There is no map yet.")).to_be_visible()
    _assert_clean(window)


def test_a_title_says_how_likely_one_is_to_like_it_and_why(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    service.post_history("movie:238", "movie:348", user_id=household, event_type="liked")
    item = _read(service, "movie:603")["id"]
    asked = {"items": str(item)}
    told = service.http.get(f"/users/{household}/predictions", params=asked).json()
    (prediction,) = told["predictions"]
    window.go(f"/#/title/{item}")
    press(window, page.get_by_role("button", name="Would I like it?"))
    sheet = page.get_by_role("dialog", name="Would you like The Matrix?")
    expect(sheet).to_contain_text(f"{round(100 * prediction['probability'])}%")
    expect(sheet).to_contain_text(f"This rests on {told['opinions']} opinions of yours")
    reasons = prediction["for"] + prediction["against"]
    expect(sheet.locator(".reasons").first.locator("ul:not(.bars) li")).to_have_count(len(reasons))
    expect(sheet).to_contain_text("Its place in your list")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    _assert_clean(window)


def test_who_has_said_nothing_is_told_what_is_missing(
    service: Service, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household="nobody-yet")
    window.go("/#/title/1")
    press(window, window.page.get_by_role("button", name="Would I like it?"))
    expect(window.page.get_by_role("dialog")).to_contain_text("mark a few titles that you liked")
    _assert_clean(window)


def test_a_persons_titles_say_how_likely_one_is_to_like_them(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    service.post_history("movie:238", "movie:348", user_id=household, event_type="liked")
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/search?q=al+pacino")
    press(window, page.get_by_role("link", name="Al Pacino"))
    press(window, page.get_by_role("button", name="Which of these would I like?"))
    likely = page.locator(".card .likely")
    expect(likely.first).to_contain_text("For you: ")
    expect(page.locator("main").get_by_role("status")).to_contain_text("likely you are to like")
    _assert_clean(window)
