"""The keyboard alone, no network, no scripts: what the page does then."""

import json
import re
from threading import Event

import pytest
from playwright.sync_api import Route, expect

from tests.acceptance.conftest import Service, ServiceFactory
from tests.page.conftest import Open

# Where it is still there: the view may have come back by itself.
_TRY_AGAIN = "document.querySelector('main button.primary')?.click()"
_WORKER_TAKES_OVER = """new Promise((resolve) => {
    setTimeout(() => resolve(false), 20_000);
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true));
    if (navigator.serviceWorker.controller) resolve(true);
})"""

# A tenth of a pixel too much cuts a letter, which whole numbers of pixels do not tell.
_CUT_NAMES = """[...document.querySelectorAll('.places span')].filter((one) => {
    const words = document.createRange();
    words.selectNodeContents(one);
    return words.getBoundingClientRect().width > one.getBoundingClientRect().width + 0.05;
}).map((one) => one.textContent)"""

# Choices that are wider than their box, without its arrow.
_CUT_CHOICES = """[...document.querySelectorAll('main select')].flatMap((box) => {
    const measured = document.createElement('span');
    measured.style.cssText = `position: absolute; white-space: nowrap`;
    measured.style.font = getComputedStyle(box).font;
    document.body.append(measured);
    return [...box.options].map((one) => one.textContent).filter((text) => {
        measured.textContent = text;
        return measured.offsetWidth > box.clientWidth - 44;
    });
})"""


def test_the_keyboard_alone_reaches_marks_and_takes_back(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    page, press = window.page, window.page.keyboard.press
    window.go("/")
    expect(page.locator(".card").first).to_be_visible()
    press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    press("Enter")
    expect(page.locator("main")).to_be_focused()
    first = page.locator(".card").first
    while not first.locator(":focus").count():
        press("Tab")
    press("s")
    expect(first.get_by_role("button", name="Seen:")).to_have_attribute("aria-pressed", "true")
    assert first.locator(":focus").count() == 1  # nothing moved
    # The mark is gone at once; the history follows.
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        press("s")
    expect(first.get_by_role("button", name="Seen:")).to_have_attribute("aria-pressed", "false")
    for _ in range(5):
        press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert len(service.read_history(household)) == 2


def test_places_are_reached_by_the_keyboard_and_say_where_one_is(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    window.go("/")
    for place in ("Ask", "Search", "Watchlist", "History"):
        link = window.page.get_by_role("navigation").get_by_role("link", name=place)
        link.focus()
        window.page.keyboard.press("Enter")
        expect(link).to_have_attribute("aria-current", "page")
        expect(window.page.locator("main :focus")).to_have_count(1)


def test_a_title_that_is_not_there_leads_to_the_search(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    window.go("/#/title/99999999")
    main = window.page.locator("main")
    expect(main.locator("h1")).to_have_text("This is not here")
    expect(main.get_by_role("link", name="Search")).to_be_visible()
    expect(main.get_by_role("button", name="Try again")).to_have_count(0)


def test_a_view_that_cannot_be_read_says_so_without_the_browsers_words(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    page = window.page
    window.go("/")
    page.route("**/users/*/watchlist*", lambda route: route.abort())
    page.route("**/recommend*", lambda route: route.abort())
    page.get_by_role("link", name="Watchlist").click()
    expect(page.locator("main h1")).to_have_text("The service cannot be reached")
    expect(page.locator("main")).not_to_contain_text("Failed to fetch")
    page.unroute("**/users/*/watchlist*")
    page.evaluate(_TRY_AGAIN)
    expect(page.locator("main h1")).to_have_text("Watchlist")
    window.go("/#/ask?q=crime")
    expect(page.locator("main [role=status]")).to_contain_text("cannot be reached")
    expect(page.locator("main")).not_to_contain_text("nothing was changed")


def test_a_view_under_way_keeps_its_place_and_says_so(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, size="phone", household=household)
    page = window.page
    window.go("/")
    held: list[Route] = []
    is_let_go = Event()
    # The view may ask after what is held was let go.
    page.route(
        "**/users/*/watchlist*",
        lambda route: route.continue_() if is_let_go.is_set() else held.append(route),
    )
    page.get_by_role("link", name="Watchlist").tap()
    expect(page.locator(".shape")).to_be_visible()
    expect(page.locator("main [role=status]")).to_have_text("Loading …")
    is_let_go.set()
    for route in held:
        route.continue_()
    expect(page.locator("main h1")).to_have_text("Watchlist")
    expect(page.locator(".shape")).to_have_count(0)


def test_in_another_language_no_reason_has_english_words_of_the_wish(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household, locale="es-ES")
    window.go("/#/ask?q=crime+films+in+English+of+the+90s")
    expect(window.page.locator(".chip").first).to_be_visible()
    expect(window.page.locator(".chips")).to_contain_text("1990–1999")
    reasons = window.page.locator(".card .why").all_text_contents()
    asked = [reason for reason in reasons if "pediste" in reason]
    assert asked
    assert not [one for one in asked if "Crime," in one or "English" in one]


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_in_another_language_titles_beside_each_other_are_not_told_all_alike(
    service: Service, household: str, open_window: Open, language: str
) -> None:
    (heat,) = service.http.get("/search", params={"q": "heat", "limit": 1}).json()["items"]
    window = open_window(service.url, household=household, locale=language)
    window.go(f"/#/title/{heat['id']}")
    reasons = window.page.locator(".card .clamp").all_text_contents()
    likeness = [reason.split(".")[0] for reason in reasons if "Heat" in reason]
    assert len(likeness) > 5
    assert len(set(likeness)) > 2, likeness
    assert not [reason for reason in reasons if "{" in reason or "undefined" in reason]


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_in_another_language_no_part_of_a_wish_is_named_in_english(
    service: Service, household: str, open_window: Open, language: str
) -> None:
    window = open_window(service.url, household=household, locale=language)
    wish = "no violence, not sad, not in french, not from japan, no horror, by tarantino"
    window.go(f"/#/ask?q={wish}&watchlist=exclude")
    labels = window.page.locator(".chip .label").all_inner_texts()
    assert len(labels) >= 6
    assert not [label for label in labels if label.startswith(("No ", "Not ", "On "))], labels
    assert any("Tarantino" in label for label in labels)


@pytest.mark.parametrize("code", ["expired_cursor", "invalid_cursor"])
@pytest.mark.parametrize("place", ["/#/list", "/"])
def test_a_list_that_cannot_be_paged_any_more_is_read_anew(
    service: Service, household: str, open_window: Open, place: str, code: str
) -> None:
    window = open_window(service.url, household=household)
    page = window.page
    over = {"title": "Over", "status": 410, "code": code, "detail": "Over"}
    page.route(
        re.compile("[?&]cursor="),
        lambda route: route.fulfill(
            status=410, body=json.dumps(over), content_type="application/problem+json"
        ),
    )
    window.go(place)
    more = page.locator("button.more, .end button").first
    with page.expect_response(lambda answer: "/session" in answer.url):
        more.evaluate("(button) => button.click()")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator(".toast")).to_have_count(0)


@pytest.mark.parametrize(
    ("wish", "label"),
    [
        ("for adults only", "Alter ab 17"),
        ("rated R", "Alter 17"),
        ("PG-13", "Alter bis 13"),
        ("at least two hours", "Mindestens 120 Minuten"),
        ("between 90 and 120 minutes", "90–120 Minuten"),
        ("under two hours", "Höchstens 119 Minuten"),
        ("free movies", "kostenlos, kostenlos mit Werbung"),
        ("three comedies", "3 Titel"),
        ("upcoming horror", "Noch nicht erschienen"),
        ("something exciting", "Spannend"),
        ("a sitcom", "Sitcom"),
        ("thriller series", "Thriller"),
        ("rated at least 7.5", "Mit 7,5 oder mehr bewertet"),
        ("so bad it's good", "Schlecht bewertet"),
    ],
)
def test_in_another_language_a_part_of_a_wish_says_what_it_bounds(
    service: Service, household: str, open_window: Open, wish: str, label: str
) -> None:
    window = open_window(service.url, household=household, locale="de-DE")
    window.go(f"/#/ask?q={wish}")
    expect(window.page.locator(".chip .label", has_text=label).first).to_be_visible()


def test_in_another_language_what_was_not_understood_says_what_becomes_of_it(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household, locale="de-DE")
    window.go("/#/ask?q=zzyzx")
    expect(window.page.locator(".chip")).to_contain_text("gesucht wird nach den Wörtern")
    expect(window.page.locator(".chip")).not_to_contain_text("No part")


def test_an_address_that_was_cut_within_a_letter_says_that_nothing_is_there(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    window.go("/#/title/%E0%A4%A")
    expect(window.page.locator("main h1")).to_have_text("This is not here")


def test_a_view_whose_script_cannot_be_fetched_says_so_without_the_browsers_words(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household, service_workers="block")
    window.go("/")
    window.context.set_offline(True)
    window.page.evaluate("location.hash = '#/taste'")
    expect(window.page.locator("h1")).to_have_text("The service cannot be reached")
    expect(window.page.locator("main")).not_to_contain_text("import")
    window.context.set_offline(False)
    window.page.evaluate(_TRY_AGAIN)
    expect(window.page.locator("h1")).to_have_text("My taste")


def test_a_slider_says_what_was_asked_where_it_does_not_reach(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    window.go("/#/ask?year_min=2030")
    slider = window.page.get_by_role("slider", name="From")
    expect(slider).to_have_attribute("aria-valuetext", "2030")


def test_a_viewer_is_not_told_in_names_of_the_services_parts(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    page = window.page
    reason = {"code": "not_proposed", "detail": "profile_ann (105)", "evidence": {}}
    told = {"rank": None, "of": 20, "reasons": [reason]}
    page.route("**/recommend/preview", lambda route: route.fulfill(json=told))
    window.go("/#/title/1")
    page.get_by_role("button", name="Would I like it?").click()
    expect(page.get_by_text("It is not in your list.")).to_be_visible()
    expect(page.get_by_role("dialog")).not_to_contain_text("profile_ann")


def test_why_a_title_is_there_is_said_before_why_it_stands_where_it_does(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    page = window.page
    details = [("moved", "Moved from 7th to 6th."), ("co_liked", "Fans of Heat like it.")]
    reasons = [{"code": code, "detail": detail, "evidence": {}} for code, detail in details]
    told = {"rank": 6, "of": 20, "reasons": reasons}
    page.route("**/recommend/preview", lambda route: route.fulfill(json=told))
    window.go("/")
    page.locator("button.why").first.click()
    said = page.get_by_role("dialog").locator(".reasons > ul").first.get_by_role("listitem")
    expect(said).to_have_text(["Fans of Heat like it.", "Moved from 7th to 6th."])


def test_the_places_of_operators_are_named_whole_on_a_phone(
    service: Service, open_window: Open
) -> None:
    for language in ("en", "de", "es", "fr"):
        window = open_window(service.url, size="phone", locale=language)
        for place in ("operator", "playground", "experiments", "rules", "keys"):
            window.page.goto(f"/operator#/{place}")
            expect(window.page.locator("[aria-current=page]")).to_have_attribute(
                "data-place", place
            )
            assert window.page.evaluate(_CUT_NAMES) == [], (language, place)


def test_the_places_are_named_whole_in_letters_of_twice_the_size(
    service: Service, household: str, open_window: Open
) -> None:
    for language in ("en", "de", "es", "fr"):
        window = open_window(service.url, size="phone", household=household, locale=language)
        for place in ("foryou", "tonight", "ask", "search", "watchlist"):
            window.go(f"/#/{place}")
            window.page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert window.page.evaluate(_CUT_NAMES) == [], (language, place)


def test_what_is_chosen_is_seen_whole_in_letters_of_twice_the_size(
    service: Service, household: str, open_window: Open
) -> None:
    service.http.put(f"/users/{household}/profiles/noa", json={"name": "Noa"}).raise_for_status()
    for language in ("en", "de", "es", "fr"):
        window = open_window(service.url, size="phone", household=household, locale=language)
        for place in ("group", "profiles"):
            window.go(f"/#/{place}")
            window.page.evaluate("document.documentElement.style.fontSize = '200%'")
            expect(window.page.locator("main select").first).to_be_visible()
            assert window.page.evaluate(_CUT_CHOICES) == [], (language, place)


def test_a_toast_is_gone_once_one_scrolls_on(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    window.go("/#/list")
    window.page.locator("main .card [data-kind=later]").first.click()
    expect(window.page.locator(".toast")).to_be_visible()
    window.page.mouse.move(700, 300)
    for _ in range(3):
        window.page.mouse.wheel(0, 200)
        window.page.wait_for_timeout(50)
    expect(window.page.locator(".toast")).to_have_count(0, timeout=3000)


def test_an_empty_catalogue_is_said_by_every_view_with_titles(
    start_empty: ServiceFactory, open_window: Open
) -> None:
    empty = start_empty()
    window = open_window(empty.url, size="phone", household="empty", locale="de")
    for place in ("/#/list", "/#/tonight", "/#/ask?q=crime", "/#/welcome?step=titles"):
        window.go(place)
        expect(window.page.locator("main")).to_contain_text("Hier gibt es noch keine Titel")
        expect(window.page.locator("main")).not_to_contain_text("make ")
        assert window.overflow() <= 0
    assert window.errors == []


@pytest.mark.parametrize("place", ["watchlist", "tonight", "ask?q=crime", "search?q=heat"])
def test_a_view_that_failed_comes_back_when_the_service_does(
    service: Service, household: str, open_window: Open, place: str
) -> None:
    window = open_window(service.url, household=household)
    page = window.page
    window.go("/")
    expect(page.locator(".card").first).to_be_visible()
    page.goto(f"/#/{place}")
    expect(page.locator("main h1")).not_to_have_text("For Dana")
    page.goto("/#/history")  # by then the view's own script is here
    expect(page.locator("main h1")).to_have_text("History")
    window.context.set_offline(True)
    page.goto(f"/#/{place}")
    expect(page.locator("main")).to_contain_text("comes back by itself")
    window.context.set_offline(False)
    expect(page.locator("main")).not_to_contain_text("comes back by itself")
    expect(page.locator("main")).not_to_contain_text("cannot be reached")
    assert window.errors == []


def test_without_the_service_a_mark_is_kept_and_sent_later(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, size="phone", household=household)
    window.go("/")
    card = window.page.locator(".card").first
    expect(card).to_be_visible()
    window.context.set_offline(True)
    card.get_by_role("button", name="Liked:").tap()
    line = window.page.locator(".offline")
    expect(line).to_contain_text("1 mark waits")
    assert len(service.read_history(household)) == 2
    window.context.set_offline(False)
    expect(line).to_be_hidden()
    assert len(service.read_history(household)) == 3
    assert window.errors == []


def test_a_mark_that_waits_outlives_a_reload_and_undo_takes_it_out(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    window.go("/")
    card = window.page.locator(".card").first
    expect(card).to_be_visible()
    window.context.set_offline(True)
    for _ in range(2):
        card.get_by_role("button", name="Liked:").click()
    expect(window.page.locator(".offline")).not_to_contain_text("waits")
    card.get_by_role("button", name="Seen:").click()
    expect(window.page.locator(".offline")).to_contain_text("1 mark waits")
    window.context.set_offline(False)
    window.go("/")
    expect(window.page.locator(".offline")).to_be_hidden()
    assert service.read_history(household)[0]["event_type"] == "watched"


def test_what_a_refusal_without_the_service_stood_over_counts_again_with_undo(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    window.go("/")
    card = window.page.locator(".card").first
    liked, refused = (card.get_by_role("button", name=name) for name in ("Liked:", "Not for me:"))
    expect(card).to_be_visible()
    window.context.set_offline(True)
    liked.click()
    refused.click()
    expect(liked).to_have_attribute("aria-pressed", "false")
    refused.click()
    expect(liked).to_have_attribute("aria-pressed", "true")
    window.context.set_offline(False)
    expect(window.page.locator(".offline")).to_be_hidden()
    assert [event["event_type"] for event in service.read_history(household)][:1] == ["liked"]
    window.go("/")
    assert len(service.read_history(household)) == 3


def test_undo_without_the_service_takes_back_what_it_had_written_already(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    page = window.page
    window.go("/")
    refused = page.locator(".card").first.get_by_role("button", name="Not for me:")
    refused.click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    window.context.set_offline(True)
    undo.click()
    expect(refused).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".offline")).to_contain_text("1 mark waits")
    assert len(service.read_history(household)) == 3
    window.context.set_offline(False)
    expect(page.locator(".offline")).to_be_hidden()
    assert len(service.read_history(household)) == 2


def test_undo_of_a_mark_that_is_on_its_way_is_sent_behind_it(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    page = window.page
    window.go("/")
    seen = page.locator(".card").first.get_by_role("button", name="Seen:")
    expect(seen).to_be_visible()
    window.context.set_offline(True)
    seen.click()
    expect(page.locator(".offline")).to_contain_text("1 mark waits")
    sent: list[Route] = []
    page.route("**/user/history", lambda route: route.continue_() if sent else sent.append(route))
    with page.expect_request("**/user/history"):
        window.context.set_offline(False)
    seen.click()
    expect(seen).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".offline")).to_contain_text("2 marks wait")
    sent[0].continue_()
    expect(page.locator(".offline")).to_be_hidden()
    assert len(service.read_history(household)) == 2
    assert window.errors == []


def test_later_right_behind_seen_stays(service: Service, household: str, open_window: Open) -> None:
    window = open_window(service.url, household=household)
    page = window.page
    window.go("/")
    card = page.locator(".card").first
    expect(card).to_be_visible()
    slow: list[Route] = []
    page.route("**/user/history", lambda route: slow.append(route))
    seen, later = (card.get_by_role("button", name=name) for name in ("Seen:", "Later:"))
    seen.click()
    later.click()
    slow[0].continue_()
    said = page.locator(".toast", has_text="watchlist")
    expect(said).to_contain_text("is on your watchlist")
    expect(later).to_have_attribute("aria-pressed", "true")
    kept = service.http.get(f"/users/{household}/watchlist").json()["items"]
    assert len(kept) == 1


def test_the_page_opens_without_the_service_and_goes_on_when_it_is_back(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    page = window.page
    window.go("/")
    expect(page.locator(".card").first).to_be_visible()
    assert page.evaluate(_WORKER_TAKES_OVER)
    window.context.set_offline(True)
    page.locator(".card").first.get_by_role("button", name="Liked:").click()
    expect(page.locator(".offline")).to_contain_text("1 mark waits")
    page.reload()
    expect(page.locator("h1")).to_have_text("The service cannot be reached")
    expect(page.locator(".offline")).to_contain_text("1 mark waits")
    assert page.locator("noscript").text_content() is not None
    kept = page.evaluate("caches.match('/operator').then((found) => found.text())")
    assert "<ol>" not in kept  # nobody's list
    window.context.set_offline(False)
    # Of a network that is away in play alone Chromium tells no page that was opened meanwhile.
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator(".offline")).to_be_hidden()
    assert len(service.read_history(household)) == 3
    assert window.broken_rules() == []


def test_the_page_can_be_installed(service: Service, household: str, open_window: Open) -> None:
    window = open_window(service.url, size="phone", household=household)
    window.go("/")
    assert window.page.evaluate(_WORKER_TAKES_OVER)
    protocol = window.context.new_cdp_session(window.page)
    manifest = protocol.send("Page.getAppManifest")
    assert manifest["url"].endswith("/page/app.webmanifest")
    assert manifest["errors"] == []
    told = json.loads(manifest["data"])
    assert (told["name"], told["display"], told["start_url"]) == ("Seen'emAll", "standalone", "/")
    for icon in told["icons"]:
        assert service.http.get(icon["src"]).headers["content-type"].startswith(icon["type"])
    # A window without a profile of its own, as tests have, is never asked to install anything.
    told = protocol.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in told if one["errorId"] != "in-incognito"] == []


def test_the_html_alone_says_what_it_is_and_shows_the_list(
    service: Service, open_window: Open
) -> None:
    window = open_window(service.url, size="phone", java_script_enabled=False)
    window.page.goto("/")
    expect(window.page.locator("h1")).to_contain_text("what to watch next")
    assert window.page.locator("ol li").count() == 24
    window.page.get_by_label("What would you like to watch?").fill("westerns")
    window.page.get_by_role("button", name="Ask").click()
    assert window.page.locator("ol li").count() > 0
    expect(window.page.get_by_label("What would you like to watch?")).to_have_value("westerns")


def test_a_view_that_is_late_leaves_the_one_that_was_chosen_meanwhile(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    page = window.page
    page.clock.install(time=0)
    page.clock.pause_at(1_000)  # so that it is late when the test says so
    page.route("**/shelves?**", lambda route: None)  # never answered
    page.goto("/")
    page.get_by_role("link", name="Watchlist").click()
    expect(page.locator("h1")).to_have_text("Watchlist")
    page.clock.fast_forward(2_000)
    expect(page.locator("h1")).to_have_text("Watchlist")
    assert window.errors == []


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("de", ["Komödie", "Minuten", "Englisch"]),
        ("es", ["Comedia", "minutos", "inglés"]),
        ("fr", ["Comédie", "minutes", "anglais"]),
    ],
)
def test_every_part_of_a_wish_that_a_title_keeps_is_said_in_the_pages_language(
    service: Service, household: str, open_window: Open, locale: str, said: list[str]
) -> None:
    words = "english comedy under two hours for a 16 year old"
    found = service.recommend(household, query=words)["items"]
    (asked, *_) = (
        one["evidence"]["asked"]
        for item in found
        for one in item["reasons"]
        if one["code"] == "as_asked"
    )
    assert re.fullmatch(r"Comedy, in English, \d+ minutes, suitable for age \d+", asked)
    window = open_window(service.url, household=household, locale=locale)
    window.go(f"/#/ask?q={words}")
    reason = window.page.locator(".card .why").first
    for part in [*said, "16"]:
        expect(reason).to_contain_text(part)
