"""Profiles and where they watch: the country in force, changes, deletion, and the PIN."""

import re

import pytest
from playwright.sync_api import expect

from tests.acceptance.conftest import Service, ServiceFactory
from tests.page.conftest import Open, Window, press

pytestmark = pytest.mark.parametrize("size", ["phone", "desk"])


def _profiles(service: Service, household: str) -> dict[str | None, dict[str, object]]:
    found = service.http.get(f"/users/{household}/profiles").json()["profiles"]
    return {one["profile"]: one for one in found}


def _change(window: Window, name: str) -> None:
    window.go("/#/profiles")
    press(window, window.page.get_by_role("button", name=f"Change: {name}"))


def test_the_form_shows_the_country_in_force_and_offers_what_the_browser_says(
    service: Service, open_window: Open, size: str
) -> None:
    household = f"elsewhere-{size}"
    window = open_window(service.url, size=size, household=household, locale="en-NZ")
    page = window.page
    window.go("/#/profiles")
    country = page.get_by_label("Country")
    expect(country).to_have_value("US")  # as the service asks without a word about it
    press(window, page.get_by_role("button", name="Use New Zealand"))
    expect(country).to_have_value("NZ")
    expect(page.get_by_role("button", name="Use New Zealand")).to_have_count(0)
    before = page.get_by_label("Name", exact=True).element_handle()
    press(window, page.get_by_role("button", name="Save"))
    expect(page.locator(".toast").last).to_contain_text("In force now: New Zealand")
    page.wait_for_function("field => !field.isConnected", arg=before)  # the view begins again
    expect(page.get_by_label("Country")).to_have_value("NZ")
    assert _profiles(service, household)[None]["country"] == "NZ"
    page.get_by_label("Name", exact=True).fill("Noa")
    press(window, page.get_by_text("For a child"))
    page.get_by_label("PIN to leave it").fill("2468")
    press(window, page.get_by_role("button", name="Make the profile"))
    expect(page.locator(".person-card", has_text="Noa")).to_be_visible()
    assert _profiles(service, household)["noa"]["country"] == "NZ"
    assert window.errors == []


def test_the_browsers_country_is_the_first_where_the_service_has_any_there(
    service: Service, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=f"there-{size}", locale="en-GB")
    page = window.page
    window.go("/#/welcome")
    country = page.get_by_label("Country")
    expect(country).to_have_value("GB")
    expect(page.get_by_role("button", name="Use United Kingdom")).to_have_count(0)
    country.select_option("US")  # it can be another
    press(window, page.get_by_role("link", name="Skip", exact=True))
    expect(page.locator("h1")).to_have_text("For you")
    with page.expect_request(re.compile(r"/tonight\?")) as asked:
        page.evaluate("location.hash = '#/tonight'")
    assert "country=GB" in asked.value.url  # as long as nobody chose
    assert window.errors == []


def test_a_country_without_offers_is_told_where_it_is_chosen(
    service: Service, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=f"bare-{size}")
    page = window.page
    window.go("/#/welcome")
    services = page.locator("input[name=services]")
    said = page.get_by_text("No offer of any")
    expect(page.get_by_role("button", name="Netflix")).to_be_visible()
    expect(said).to_have_count(0)
    page.get_by_label("Country").select_option("NZ")
    expect(said).to_contain_text("is known in New Zealand")
    expect(services).to_be_hidden()
    page.get_by_label("Country").select_option("US")
    expect(services).to_be_visible()
    expect(said).to_have_count(0)
    press(window, page.get_by_role("button", name="Netflix"))
    page.get_by_label("Country").select_option("NZ")
    expect(said).to_be_visible()
    services.fill("")  # what was chosen can be taken out


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "Change"), ("de", "Ändern"), ("es", "Editar"), ("fr", "Modifier")]
)
def test_what_changes_a_profile_is_not_called_what_goes_over_to_another(
    service: Service, household: str, open_window: Open, size: str, locale: str, said: str
) -> None:
    window = open_window(service.url, size=size, household=household, locale=locale)
    window.go("/#/profiles")
    button = window.page.locator(".people-list button.plainly").first
    expect(button).to_have_text(said)
    assert said in (button.get_attribute("aria-label") or "")
    expect(window.page.get_by_role("button", name=said, exact=True)).to_have_count(0)


def test_a_new_profile_watches_where_the_one_does_that_made_it(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    chosen = {"services": ["Netflix", "Disney Plus"], "country": "DE"}
    service.http.put(f"/users/{household}/profiles/~", json=chosen).raise_for_status()
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/profiles")
    page.get_by_label("Name", exact=True).fill("Noa")
    press(window, page.get_by_text("For a child"))
    page.get_by_label("PIN to leave it").fill("2468")
    press(window, page.get_by_role("button", name="Make the profile"))
    expect(page.locator(".person-card", has_text="Noa")).to_be_visible()
    made = _profiles(service, household)
    assert made["noa"]["services"] == made[None]["services"] != []
    assert made["noa"]["country"] == "DE"


def test_two_of_one_name_have_faces_of_their_own(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    service.http.put(f"/users/{household}/profiles/dana", json={"name": "Dana"}).raise_for_status()
    window = open_window(service.url, size=size, household=household)
    window.go("/#/profiles")
    expect(window.page.locator(".person-card")).to_have_count(2)
    faces = window.page.locator(".person-card .face").evaluate_all(
        "all => all.map((one) => one.style.getPropertyValue('--first') + one.innerHTML)"
    )
    assert len(set(faces)) == 2
    shown = window.page.locator(".person .face").evaluate(
        "one => one.style.getPropertyValue('--first') + one.innerHTML"
    )
    assert shown == faces[0]  # the same wherever it is met


def test_a_child_is_told_what_is_true_for_it(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    child = {"name": "Noa", "kind": "child", "max_age": 6}
    service.http.put(f"/users/{household}/profiles/noa", json=child).raise_for_status()
    service.http.put(f"/users/{household}/pin", json={"pin": "2468"}).raise_for_status()
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/ask")
    expect(page.locator(".examples")).to_contain_text("like Heat")
    window.go("/#/profiles")
    press(window, page.locator(".person-card", has_text="Noa"))
    expect(page.locator("h1")).to_have_text("For Noa")
    window.go("/#/profiles")
    expect(page.locator('a[href="#/history"]')).to_have_count(1)
    expect(page.locator('a[href$="#/group"]')).to_have_count(0)
    window.go("/#/group")
    expect(page.locator("main")).to_contain_text("stands by itself")
    expect(page.locator("main")).not_to_contain_text("Make one")
    window.go("/#/ask")
    expect(page.get_by_role("searchbox")).to_have_attribute(
        "placeholder", "a funny cartoon with dragons"
    )
    examples = page.locator("main .examples a").all_text_contents()
    assert len(examples) == 3
    for example in examples:
        window.go("/#/ask")
        press(window, page.get_by_role("link", name=example))
        expect(page.locator("main .card").first).to_be_visible()
    assert window.errors == []


def test_saving_one_form_keeps_what_is_typed_into_the_others(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    window.go("/#/profiles")
    name = page.get_by_label("Name", exact=True)
    name.fill("Noa")
    press(window, page.get_by_text("For a child"))
    page.get_by_label("Shown up to the age of").fill("7")
    page.get_by_label("New PIN").fill("2468")
    press(window, page.get_by_role("button", name="Set the PIN"))
    expect(page.get_by_role("button", name="Change the PIN")).to_be_visible()
    expect(name).to_have_value("Noa")
    expect(page.get_by_label("Shown up to the age of")).to_have_value("7")
    expect(page.get_by_label("New PIN")).to_have_value("")
    before = name.element_handle()
    page.get_by_label("Country").select_option("DE")
    name.fill("Noa Bar")
    press(window, page.get_by_role("button", name="Save"))
    page.wait_for_function("field => !field.isConnected", arg=before)
    expect(page.get_by_label("Country")).to_have_value("DE")
    expect(name).to_have_value("Noa Bar")
    press(window, page.get_by_role("button", name="Make the profile"))
    expect(page.locator(".person-card", has_text="Noa Bar")).to_contain_text("Up to 7")
    expect(name).to_have_value("")
    window.go("/#/history")
    window.go("/#/profiles")
    expect(name).to_have_value("")
    assert window.errors == []


def test_an_empty_evening_names_the_country_and_leads_to_the_form(
    start_sample: ServiceFactory, open_window: Open, size: str
) -> None:
    far = start_sample(JUSTWATCH_COUNTRY="KI")
    # A browser without a country of its own.
    window = open_window(far.url, size=size, household="far", locale="en")
    window.go("/#/tonight")
    expect(window.page.locator("main")).to_contain_text("Kiribati")
    press(window, window.page.get_by_role("link", name="Where you watch"))
    expect(window.page.get_by_label("Country")).to_be_focused()
    expect(window.page.get_by_label("Country")).to_have_value("KI")
    expect(window.page.get_by_label("Country")).to_be_in_viewport()


def test_who_watches_without_a_profile_has_a_card(
    service: Service, open_window: Open, size: str
) -> None:
    household = f"me-{size}"
    service.http.put(f"/users/{household}/profiles/noa", json={"name": "Noa"}).raise_for_status()
    window = open_window(service.url, size=size, household=household)
    window.go("/#/profiles")
    cards = window.page.locator(".person-card")
    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text("Watching now")


def test_a_profile_is_renamed_and_a_childs_limit_is_changed(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    child = {"name": "Noa", "kind": "child", "max_age": 9}
    service.http.put(f"/users/{household}/profiles/noa", json=child).raise_for_status()
    window = open_window(service.url, size=size, household=household)
    _change(window, "Noa")
    dialog = window.page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Noa Bar")
    dialog.get_by_label("Shown up to the age of").fill("12")
    press(window, dialog.get_by_role("button", name="Save"))
    expect(window.page.locator(".person-card", has_text="Noa Bar")).to_contain_text("Up to 12")
    expect(window.page.locator(".toast").last).to_contain_text("Noa Bar: shown up to the age of 12")
    assert _profiles(service, household)["noa"]["max_age"] == 12
    _change(window, "Dana")
    expect(dialog.get_by_label("Shown up to the age of")).to_have_count(0)
    assert window.errors == []


def test_a_profile_is_deleted_after_one_more_question(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    service.http.put(f"/users/{household}/profiles/noa", json={"name": "Noa"}).raise_for_status()
    window = open_window(service.url, size=size, household=household)
    dialog = window.page.get_by_role("dialog")
    _change(window, "Noa")
    press(window, dialog.get_by_role("button", name="Delete the profile"))
    expect(dialog).to_contain_text("Everything of Noa goes")
    press(window, dialog.get_by_role("button", name="Close"))
    assert "noa" in _profiles(service, household)
    _change(window, "Noa")
    press(window, dialog.get_by_role("button", name="Delete the profile"))
    expect(dialog).to_contain_text("Everything of Noa goes")
    press(window, dialog.get_by_role("button", name="Delete the profile"))
    expect(window.page.locator(".person-card")).to_have_count(1)
    assert list(_profiles(service, household)) == [None]


def test_the_pin_is_set_and_changed(
    service: Service, household: str, open_window: Open, size: str
) -> None:
    window = open_window(service.url, size=size, household=household)
    page = window.page
    for pin, label in (("2468", "Set the PIN"), ("1357", "Change the PIN")):
        window.go("/#/profiles")
        page.get_by_label("New PIN").fill(pin)
        press(window, page.get_by_role("button", name=label))
        expect(page.locator(".toast").last).to_contain_text("The new PIN is in force.")
    child = {"name": "Noa", "kind": "child"}
    service.http.put(f"/users/{household}/profiles/noa", json=child).raise_for_status()
    window.go("/#/profiles")
    press(window, page.locator(".person-card", has_text="Noa"))
    expect(page.locator("h1")).to_have_text("For Noa")
    window.go("/#/profiles")
    expect(page.get_by_role("button", name="Change: Noa")).to_have_count(0)
    expect(page.get_by_label("New PIN")).to_have_count(0)
    press(window, page.get_by_role("button", name="Leave this profile"))
    page.get_by_role("dialog").get_by_label("PIN of the household").fill("1357")
    press(window, page.get_by_role("dialog").get_by_role("button", name="Leave this profile"))
    expect(page.locator(".person-card")).to_have_count(2)
