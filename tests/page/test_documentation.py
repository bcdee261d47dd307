"""/docs is enough to begin with: what it has filled in is answered, and what it shows is said."""

import json
import re
import subprocess

import pytest
from playwright.sync_api import Locator

from tests.acceptance.conftest import Service, ServiceFactory
from tests.page.conftest import Open, Window

# In this order: what is read last was written first.
_ANSWERED = re.compile(r"^(GET|POST|PUT|DELETE) /")
_SENT_AS_THEY_ARE = (
    "record_history",
    "send_feedback",
    "read_history",
    "recommend",
    "preview_recommendation",
    "similar_titles",
    "blend",
    "recommend_to_group",
    "recommend_batch",
    "search",
    "interpret",
    "read_item",
    "tonight",
    "shelves",
    "path",
    "list_genres",
    "list_services",
    "list_regions",
    "set_preferences",
    "read_preferences",
    "read_taste",
    "predict",
    "add_to_watchlist",
    "read_watchlist",
    "add_to_library",
    "read_library",
    "set_consent",
    "put_item",
    "put_items",
    "add_hook",
    "read_hooks",
    "read_track_record",
    "export_user",
    "try_rules",
    "start_session",
    "set_profile",
    "read_profiles",
)


@pytest.fixture
def docs(own_service: Service, open_window: Open) -> Window:
    window = open_window(own_service.url)
    window.page.goto("/docs")
    window.page.wait_for_selector("main details")
    return window


def _opened(window: Window, operation: str) -> Locator:
    place = window.page.locator(f"details#{operation}")
    if place.get_attribute("open") is None:
        place.locator("summary").first.click()
    place.locator(".operation").wait_for()
    return place


def _answer(window: Window, operation: str) -> str:
    """What the route answers to what is filled in: its status, and the body."""
    place = _opened(window, operation)
    place.get_by_role("button", name="Send").click()
    output = place.locator("pre")
    output.filter(has_text=_ANSWERED).wait_for()
    return output.inner_text().split("\n", 1)[1]


def test_what_is_filled_in_is_answered(docs: Window) -> None:
    told = {operation: _answer(docs, operation) for operation in _SENT_AS_THEY_ARE}
    assert {name: text for name, text in told.items() if not text.startswith("20")} == {}
    assert docs.broken_rules() == []
    assert docs.errors == []


@pytest.mark.parametrize("key", ["", "client-key-of-the-test"])
def test_the_first_steps_work_as_they_are_pasted(
    start_sample: ServiceFactory, open_window: Open, key: str
) -> None:
    service = start_sample(**({"API_KEYS": key} if key else {}))
    window = open_window(service.url)
    window.page.goto("/docs")
    if key:
        window.page.get_by_label("API key").fill(key)
    steps = window.page.locator("pre.curl").all_inner_texts()
    answers = []
    for step in steps:
        assert key not in step or not key  # a key that is shown is soon in somebody's history
        command = f"{step.replace('KEY', key)} --silent --fail-with-body"
        done = subprocess.run(["sh", "-c", command], capture_output=True, check=True, timeout=60)
        answers.append(json.loads(done.stdout))
    told, listed = answers
    assert told["recorded"] + told["duplicates"] == 1
    assert len(listed["items"]) == 5
    assert {"movie:603", "tv:1399", "imdb:tt0133093"} <= set(
        window.page.locator("header li code").all_inner_texts()
    )
    assert window.broken_rules() == []


def test_what_must_be_given_is_asked_for_first(docs: Window) -> None:
    for operation in ("recommend", "tonight", "predict", "search"):
        fields = _opened(docs, operation).locator("form [data-place]")
        required = [one.get_attribute("required") is not None for one in fields.all()]
        assert required[0], operation
        assert required == sorted(required, reverse=True), operation
    place = _opened(docs, "try_rules")
    place.locator("summary", has_text="Fields of the body").first.click()
    first = place.locator(".fields tbody code").first.inner_text()
    assert first.endswith(" *")


def test_the_documentation_fits_a_phone(own_service: Service, open_window: Open) -> None:
    window = open_window(own_service.url, size="phone")
    window.page.goto("/docs")
    window.page.wait_for_selector("main details")
    assert window.overflow() == 0
    for operation in ("recommend", "record_history", "create_import"):
        _opened(window, operation)
        assert window.overflow() == 0, operation


def test_a_route_shows_the_fields_of_its_body_and_answer_and_what_each_value_means(
    docs: Window,
) -> None:
    place = _opened(docs, "send_feedback")
    for caption in ("Fields of the body", "Fields of the answer"):
        place.locator("summary", has_text=caption).first.click()
    row = place.locator("tr", has=docs.page.locator("code", has_text="event_type")).first
    assert "impression | click | complete" in row.inner_text()
    assert "dismiss: was waved away" in row.inner_text()
    answer = place.locator(".fields", has_text="Fields of the answer")
    assert "ok" in answer.locator("tbody code").all_inner_texts()


def test_fields_of_titles_within_a_list_are_shown_by_their_path(docs: Window) -> None:
    place = _opened(docs, "recommend")
    place.locator("summary", has_text="Fields of the answer").first.click()
    shown = set(place.locator("tbody code").all_inner_texts())
    assert {"recommendation_id", "next_cursor", "items[].title", "items[].reasons[].code"} <= shown


def test_one_of_several_values_is_chosen_rather_than_typed(docs: Window) -> None:
    place = _opened(docs, "recommend")
    kind = place.locator("select[name=media_type]")
    assert kind.locator("option").all_inner_texts() == ["", "movie", "tv"]
    kind.select_option("tv")
    assert _answer(docs, "recommend").startswith("200")
    assert "media_type=tv" in place.locator("pre").inner_text()


def test_a_file_can_be_brought_from_the_documentation(docs: Window) -> None:
    place = _opened(docs, "create_import")
    place.locator("input[type=file]").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": b"Title,Year,Rating\nHeat,1995,9\n"}
    )
    assert _answer(docs, "create_import").startswith("201")


def test_names_within_sentences_are_set_as_names_and_lines_run_on(docs: Window) -> None:
    about = docs.page.locator("header .about")
    assert "X-Request-ID" in about.locator("code").all_inner_texts()
    lines = about.inner_text().split("\n")
    assert [line for line in lines if line and not line.endswith(".")] == []
    for operation in ("recommend", "blend", "set_profile"):
        docs.page.locator(f"#{operation} summary").first.click()
    assert "`" not in docs.page.locator("body").inner_text()
