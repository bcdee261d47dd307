"""docs/operations and the page about it: whatever figure they name, a scrape has."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from config.settings import PROJECT_ROOT
from tests.acceptance.conftest import Service
from tests.scrapes import Scrape

_FOLDER = PROJECT_ROOT / "docs" / "operations"
_PAGE = PROJECT_ROOT / "docs" / "how-to" / "monitor.md"
_NAMED = re.compile(r"\b(?:seenemall|process)_\w+")
_GROUPED = re.compile(r"\b(?:by|on|group_left) ?\(([^)]*)\)")
_MATCHED = re.compile(r'(\w+)=?[=!~]~?"')
# Prometheus adds these itself.
_ADDED = {"instance", "job", "le"}


@pytest.fixture(scope="module")
def told(quiet: Service) -> Scrape:
    return Scrape.of(quiet.http.get("/metrics").text)


def _rules() -> list[dict[str, Any]]:
    content = yaml.safe_load((_FOLDER / "alert-rules.yml").read_text(encoding="utf-8"))
    return [rule for group in content["groups"] for rule in group["rules"]]


def _panels() -> list[dict[str, Any]]:
    content = json.loads((_FOLDER / "grafana-dashboard.json").read_text(encoding="utf-8"))
    return [panel for panel in content["panels"] if panel["type"] != "row"]


def _expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in _rules())
    yield from (target["expr"] for panel in _panels() for target in panel["targets"])


def _names_in(text: str) -> set[str]:
    return set(_NAMED.findall(text))


def test_every_figure_that_is_drawn_or_watched_is_told(told: Scrape) -> None:
    named = {name for expression in _expressions() for name in _names_in(expression)}
    assert len(named) > 30
    assert named - told.names == set()


def test_every_expression_closes_what_it_opens() -> None:
    for expression in _expressions():
        for opening, closing in ("()", "[]", "{}"):
            assert expression.count(opening) == expression.count(closing), expression
        assert expression.count('"') % 2 == 0, expression


def test_every_label_is_one_that_there_is() -> None:
    page = _PAGE.read_text(encoding="utf-8")
    known = set(re.findall(r"`(\w+)`", page)) | _ADDED
    for expression in _expressions():
        grouped = {
            label.strip() for group in _GROUPED.findall(expression) for label in group.split(",")
        }
        labels = (grouped | set(_MATCHED.findall(expression))) - {""}
        assert labels - known == set(), expression


def test_every_rule_says_what_to_do() -> None:
    rules = _rules()
    assert len({rule["alert"] for rule in rules}) == len(rules) > 5
    for rule in rules:
        assert rule["labels"]["severity"] in ("page", "look"), rule["alert"]
        assert rule["annotations"].keys() == {"summary", "description"}, rule["alert"]
        assert re.fullmatch(r"\d+[mh]", rule["for"]), rule["alert"]


def test_every_panel_has_a_title_a_place_and_something_to_draw() -> None:
    places = set()
    for panel in _panels():
        assert panel["title"], panel
        assert panel["description"].endswith("."), panel["title"]
        assert panel["targets"], panel["title"]
        places.add((panel["gridPos"]["x"], panel["gridPos"]["y"]))
    assert len(places) == len(_panels())


def test_prometheus_is_told_where_to_ask() -> None:
    content = yaml.safe_load((_FOLDER / "prometheus.yml").read_text(encoding="utf-8"))
    (job,) = content["scrape_configs"]
    assert f'up{{job="{job["job_name"]}"}}' in "".join(_expressions())
    assert [(_FOLDER / name).exists() for name in content["rule_files"]] == [True]


def test_the_page_names_every_figure_of_ours_and_no_other(told: Scrape) -> None:
    ours = {
        f"{family}_total" if kind == "counter" else family
        for family, kind in told.types.items()
        if family.startswith("seenemall_")
    }
    named = _names_in(_PAGE.read_text(encoding="utf-8")) - {"process_"}
    assert named == ours
