"""docs/how-to/add-a-source.md, followed: its declaration retrieves, scores, explains and pages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest

from api.http.services import Services
from api.http.wiring import build_services
from api.platform.database import Database
from api.recommend.evidence.kind import Kind, Needs
from api.recommend.evidence.kinds import Kinds, kinds_of
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.pool import Pool
from api.recommend.request import RecommendRequest
from config.settings import PROJECT_ROOT, Settings
from tests.conftest import DatabaseFactory, opened
from tests.facts_builder import NOW, RANKING, Title, facts_of, query_over

_PAGE = (PROJECT_ROOT / "docs/how-to/add-a-source.md").read_text(encoding="utf-8")
_NOW = datetime(2026, 11, 1, tzinfo=UTC)
_NOTHING: Any = None


@pytest.fixture(scope="module")
def declared() -> Kind:
    """The declaration of the page, as a file that holds its block would have it."""
    (block,) = re.findall(r"^```python\n(.*?)^```$", _PAGE, re.MULTILINE | re.DOTALL)
    module: dict[str, Any] = {"__name__": "anniversary"}
    exec(compile(block, "anniversary.py", "exec"), module)
    found = module["ANNIVERSARY"]
    assert isinstance(found, Kind)
    return found


@pytest.fixture(scope="module")
def kinds(declared: Kind) -> Kinds:
    return kinds_of((*EVIDENCE.kinds, declared))


@pytest.fixture(scope="module")
def database(clone: DatabaseFactory, sample_template: str) -> Iterator[Database]:
    with opened(clone(sample_template)) as database:
        yield database


@contextmanager
def serving(
    database: Database, data_dir: Path, kinds: Kinds, **environment: Any
) -> Iterator[Services]:
    """A process that knows these kinds of evidence."""
    usual = {"DATABASE_URL": database.libpq_url, "DATA_DIR": data_dir}
    services = build_services(Settings.load(usual | environment), database, lambda: _NOW, kinds)
    try:
        yield services
    finally:
        services.encoder.close()
        services.interpreter.close()


@pytest.fixture(scope="module")
def services(database: Database, data_dir: Path, kinds: Kinds) -> Iterator[Services]:
    with serving(database, data_dir, kinds) as services:
        yield services


_REQUEST = RecommendRequest("dana", limit=5, diversify=False)


def page_of(services: Services, cursor: str | None = None) -> dict[str, Any]:
    recommender = services.recommender
    served = (
        recommender.first_page(_REQUEST, debug=True)
        if cursor is None
        else recommender.next_page(_REQUEST, cursor)
    )
    return dict(orjson.loads(served.body))


def assert_is_anniversary(item: dict[str, Any]) -> None:
    years = _NOW.year - item["release_year"]
    assert years % 10 == 0
    assert "anniversary" in item["sources"]
    assert {"code": "anniversary", "evidence": {"years": years}} in item["reasons"]
    assert f"Released {years} years ago." in item["explanation"]


def test_it_retrieves_scores_explains_and_pages(services: Services) -> None:
    first = page_of(services)
    found = {span["component"]: span for span in first["trace"]}
    assert found["anniversary"]["found"] > 10
    assert found["mixer"]["signals"]["anniversary"] > 10
    second = page_of(services, first["next_cursor"])
    for item in (*first["items"], *second["items"]):
        assert_is_anniversary(item)


def test_a_preview_gives_its_contribution_and_its_reason(services: Services) -> None:
    item = page_of(services)["items"][0]
    placement = services.preview.judge(_REQUEST, item["id"])
    ranked, *others = placement.reasons
    assert ranked.evidence["signals"]["anniversary"]["contribution"] > 0
    assert "anniversary" in {reason.code for reason in others}


def test_a_process_without_it_pages_through_its_list(
    services: Services, database: Database, data_dir: Path
) -> None:
    cursor = page_of(services)["next_cursor"]
    usual = page_of(services, cursor)["items"]
    with serving(database, data_dir, EVIDENCE) as before:
        items = page_of(before, cursor)["items"]
    assert [item["id"] for item in items] == [item["id"] for item in usual]
    assert all("anniversary" not in item["sources"] for item in items)


def test_an_operator_weighs_it_and_says_it_in_other_words(
    database: Database, data_dir: Path, kinds: Kinds, tmp_path: Path
) -> None:
    ranking, templates = tmp_path / "ranking.toml", tmp_path / "templates.json"
    shipped = Settings.load({}).ranking_path.read_text(encoding="utf-8")
    ranking.write_text(shipped.replace("[mixer.cold]\n", "[mixer.cold]\nanniversary = 90\n"))
    templates.write_text('{"sentences": {"anniversary": ["{years} years old."]}}')
    files = {"RANKING_PATH": ranking, "EXPLANATION_TEMPLATES_PATH": templates}
    with serving(database, data_dir, kinds, **files) as services:
        item = page_of(services)["items"][0]
        placement = services.preview.judge(_REQUEST, item["id"])
    assert "years old." in item["explanation"]
    assert placement.reasons[0].evidence["signals"]["anniversary"]["weight"] > 0.9


def test_it_keeps_the_contracts_of_sources_and_signals(declared: Kind) -> None:
    facts = facts_of([Title(n, year=NOW.year - n, popularity=n) for n in range(1, 41)])
    allowed = np.ones(len(facts), dtype=np.bool_)
    allowed[19] = False
    query = replace(query_over(facts), allowed=allowed)
    assert declared.signal is not None
    needs = Needs(_NOTHING, RANKING)
    assert declared.sources[0].build(needs).retrieve(query).ids.tolist() == [40, 30, 10]
    pool = Pool(facts, np.arange(len(facts), dtype=np.int32))
    score = declared.signal.build(needs).score(query, pool)
    assert set(score.tolist()) == {0.0, 1.0}
