"""What operators do on the page: compare, try rules, promote, make and revoke keys."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Response, expect

from api.jobs import job_runs
from api.jobs.job_options import JobOptions
from api.jobs.job_queue import SCHEMA
from tests.acceptance.conftest import Service, ServiceFactory
from tests.page.conftest import WINDOWS, Open, Window, press

pytestmark = pytest.mark.parametrize("size", WINDOWS)


@pytest.fixture
def operated(start_sample: ServiceFactory, tmp_path: Path) -> Service:
    """A service with a second strategy and rules of the test's own."""
    (tmp_path / "bold.toml").write_text(
        "[strategy]\nabout = 'Loves votes'\n[mixer.cold]\npopularity = 0.0\nvote = 5.0\n"
    )
    (tmp_path / "rules.json").write_text('{"filters": {}}')
    return start_sample(
        STRATEGIES_PATH=tmp_path,
        BUSINESS_RULES_PATH=tmp_path / "rules.json",
        JUSTWATCH_COUNTRY="US",
    )


def _well(window: Window) -> None:
    assert window.errors == []
    assert window.broken_rules() == []
    assert window.overflow() <= 0


def _answers(window: Window, act: Callable[[], None]) -> dict[str, dict[str, Any]]:
    """What the service answered to the two lists of a comparison, by their addresses."""
    found: list[Response] = []

    def note(answer: Response) -> None:
        found.append(answer)

    window.page.on("response", note)
    act()
    expect(window.page.locator(".column")).to_have_count(2)
    window.page.remove_listener("response", note)
    return {one.url: one.json() for one in found if "/recommend?" in one.url}


def _names(column: Locator) -> list[str]:
    return [name.rsplit(" ", 1)[0] for name in column.locator(".name").all_inner_texts()]


def _titles(answers: dict[str, dict[str, Any]], part: str) -> list[str]:
    (answer,) = [body for url, body in answers.items() if part in url]
    return [item["title"] for item in answer["items"]]


def test_two_strategies_stand_side_by_side_with_traces_and_reasons(
    operated: Service, open_window: Open, size: str
) -> None:
    window = open_window(operated.url, size=size, household="compared")
    page = window.page
    window.go("/operator")
    press(window, page.get_by_role("link", name="Playground"))
    page.get_by_label("Strategy A").select_option("standard")
    page.get_by_label("Strategy B").select_option("bold")
    compare = page.get_by_role("button", name="Compare")
    answers = _answers(window, lambda: press(window, compare))
    for column, strategy in zip(page.locator(".column").all(), ("standard", "bold"), strict=True):
        expect(column.locator("h2")).to_contain_text(strategy)
        assert _names(column) == _titles(answers, f"strategy={strategy}")
        press(window, column.locator("summary"))
        expect(column.get_by_role("rowheader").first).to_be_visible()
    page.reload()
    expect(page.locator(".column").nth(1).locator("h2")).to_contain_text("bold")
    press(window, page.locator(".column").nth(1).locator(".name").first)
    expect(page.get_by_role("dialog")).to_contain_text("at number 1")
    press(window, page.get_by_role("dialog").get_by_role("button", name="Close"))
    page.get_by_label("Title, listed in B or not").first.fill("matrix")
    press(window, page.get_by_role("button", name="The Matrix 1999"))
    expect(page.get_by_role("dialog").locator(".reasons li").first).to_be_visible()
    _well(window)


def test_a_weight_is_tried_on_one_side_alone(
    operated: Service, open_window: Open, size: str
) -> None:
    window = open_window(operated.url, size=size, household="weighed")
    sides = window.page.locator(".column")
    asked = "user=weighed&a=standard&b=standard&weight.vote=2"
    answers = _answers(window, lambda: window.go(f"/operator#/playground?{asked}"))
    assert _names(sides.nth(1)) == _titles(answers, "mixer_vote_weight=2")
    assert _names(sides.nth(0)) != _names(sides.nth(1))
    assert sorted("mixer_" in url for url in answers) == [False, True]
    _well(window)


def test_rules_can_be_put_in_force_once_they_were_tried(
    operated: Service, open_window: Open, size: str, tmp_path: Path
) -> None:
    window = open_window(operated.url, size=size, household="ruled")
    page = window.page
    window.go("/operator#/rules")
    put = page.get_by_role("button", name="Put in force")
    expect(put).to_be_disabled()
    source = page.get_by_label("The rules")
    source.fill("{no")
    press(window, page.get_by_role("button", name="Try"))
    expect(page.get_by_role("alert")).to_contain_text("This is no JSON")
    rules = {"filters": {"exclude_genres": ["Crime"]}}
    source.fill(json.dumps(rules))
    press(window, page.get_by_role("button", name="Try"))
    expect(page.get_by_role("table")).to_be_visible()
    assert json.loads((tmp_path / "rules.json").read_text()) == {"filters": {}}
    press(window, put)
    expect(page.locator(".toast").last).to_contain_text("The rules are in force.")
    assert json.loads((tmp_path / "rules.json").read_text()) == rules
    expect(put).to_be_disabled()
    _well(window)


def test_the_example_of_rules_can_be_tried_and_every_wrong_part_of_rules_is_named(
    operated: Service, open_window: Open, size: str
) -> None:
    window = open_window(operated.url, size=size, household="ruled")
    page = window.page
    window.go("/operator#/rules")
    press(window, page.get_by_text("An example"))
    example = page.locator("details pre")
    expect(example).to_be_visible()
    source = page.get_by_label("The rules")
    source.fill(example.inner_text())
    press(window, page.get_by_role("button", name="Try"))
    expect(page.get_by_role("table")).to_be_visible()
    wrong = {"filters": [], "boosts": {"genre_multipliers": 3}}
    source.fill(json.dumps(wrong))
    press(window, page.get_by_role("button", name="Try"))
    said = page.get_by_role("alert")
    expect(said.locator("li")).to_have_count(2)
    expect(said.locator("li").first).to_contain_text("rules.filters must be an object")
    expect(said.locator("li").last).to_contain_text("rules.boosts.genre_multipliers")
    source.fill(json.dumps({"filters": []}))
    press(window, page.get_by_role("button", name="Try"))
    expect(said).to_contain_text("rules.filters: must be an object")
    expect(said.locator("li")).to_have_count(0)
    _well(window)


def test_a_strategy_is_promoted_and_too_little_data_is_said(
    operated: Service, open_window: Open, size: str
) -> None:
    # The other size may have promoted the bold one before.
    operated.http.post("/admin/strategies/standard/promote").raise_for_status()
    for strategy in ("standard", "bold"):
        asked = {"user_id": "tried", "strategy": strategy}
        operated.http.get("/recommend", params=asked).raise_for_status()
    window = open_window(operated.url, size=size, household="tried")
    page = window.page
    window.go("/operator#/experiments")
    became = page.get_by_role("region", name="What became of the lists")
    expect(became.get_by_role("row", name="bold")).to_contain_text("not enough data")
    expect(page.get_by_role("region", name="Track record")).to_contain_text("not enough data")
    promote = page.get_by_role("button", name="Promote bold")
    press(window, promote)
    press(window, page.get_by_role("dialog").get_by_role("button", name="Promote"))
    expect(page.locator(".toast").last).to_contain_text("bold is champion")
    assert operated.http.get("/admin/strategies").json()["promotions"][0]["strategy"] == "bold"
    _well(window)


def test_the_log_of_a_job_is_read_beside_what_it_did(
    service: Service, open_window: Open, size: str
) -> None:
    lines = ["30 titles read", "30 titles written"]
    with service.database.transaction() as cursor:
        run_id = job_runs.add(cursor, "map", JobOptions(), requested_by="command")
        job_runs.end(cursor, run_id, "success", report={"read": 30, "written": 30}, log=lines)
    window = open_window(service.url, size=size)
    page = window.page
    window.go("/operator")
    run = page.get_by_role("row", name="map done").first
    expect(run).to_contain_text("30 written of 30 read")
    press(window, run.get_by_role("button", name="Log of map"))
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("listitem")).to_have_text(lines)
    press(window, sheet.get_by_role("button", name="Close"))
    expect(sheet).to_have_count(0)
    _well(window)


def test_the_first_key_is_shown_once_and_this_browser_goes_on_with_it(
    own_service: Service, open_window: Open, size: str
) -> None:
    service = own_service
    window = open_window(service.url, size=size)
    page = window.page
    window.go("/operator#/keys")
    page.get_by_label("Who uses it").fill("me")
    expect(page.get_by_label("May")).to_have_value("admin")
    press(window, page.get_by_role("button", name="Make the key"))
    key = page.locator(".key").inner_text()
    assert service.http.get("/admin/keys").status_code == 401
    own = {"X-API-Key": key}
    assert service.http.get("/admin/keys", headers=own).json()["items"][0]["label"] == "me"
    press(window, page.get_by_role("dialog").get_by_role("button", name="Close"))
    expect(page.get_by_role("button", name="Revoke me")).to_be_visible()
    page.get_by_label("Who uses it").fill("television")
    press(window, page.get_by_role("button", name="Make the key"))
    press(window, page.get_by_role("dialog").get_by_role("button", name="Close"))
    press(window, page.get_by_role("button", name="Revoke television"))
    press(window, page.get_by_role("dialog").get_by_role("button", name="Revoke"))
    expect(page.locator(".toast").last).to_contain_text("television is revoked")
    television = service.http.get("/admin/keys", headers=own).json()["items"][1]
    assert television["revoked_at"] is not None
    _well(window)


def test_it_is_said_when_no_worker_runs_until_one_does(
    own_service: Service, open_window: Open, size: str
) -> None:
    window = open_window(own_service.url, size=size)
    page = window.page
    window.go("/operator")
    said = page.get_by_text("No worker runs")
    expect(said).to_be_visible()
    page.locator("form.queue select").select_option("lists")
    press(window, page.get_by_role("button", name="Queue"))
    expect(page.get_by_role("row", name="lists waiting")).to_be_visible()
    expect(said).to_be_visible()
    with own_service.database.autocommit() as cursor:
        cursor.execute(f"INSERT INTO {SCHEMA}.procrastinate_workers DEFAULT VALUES")
    window.go("/operator")
    expect(page.get_by_role("row", name="lists waiting")).to_be_visible()
    expect(said).to_have_count(0)
    _well(window)
