"""README.md says what is there: targets, settings, links, routes, stages, rules."""

import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from api.http.application import create_app
from api.recommend.build_pipeline import build_pipeline
from api.recommend.evidence.kind import FindsTitles, ScoresTitles
from api.recommend.evidence.registry import EVIDENCE
from config.business_rules import BusinessRules
from config.settings import PROJECT_ROOT, Settings

README = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (PROJECT_ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PAGES = {"README.md": README, "ARCHITECTURE.md": ARCHITECTURE}

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_MAKE = re.compile(r"^make ([a-z][a-z-]*)")
# NAME or NAME=value as a word of its own.
_NAME = re.compile(r"(?<![\w/$])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)(?==|$)")
# Variables of the Makefile, a country, a place for a key, and ONNX Runtime's own switch.
_NOT_SETTINGS = {"ARGS", "RATINGS", "IL", "KEY", "ORT_DISABLE_TELEMETRY"}


def _code(page: str) -> Iterator[str]:
    """Every command or word written as code: lines of blocks, and spans."""
    for _, block in _BLOCK.findall(page):
        yield from block.splitlines()
    yield from _CODE.findall(_BLOCK.sub("", page))


def _table(heading: str) -> list[list[str]]:
    """The rows below the heading's `| a | b |` line, cells without backticks."""
    lines = README.partition(f"\n{heading}\n|---")[2].splitlines()[1:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().replace("`", "") for cell in line.strip("|").split("|")])
    return rows


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_exists(page: str) -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = {found[1] for code in _code(PAGES[page]) if (found := _MAKE.match(code))}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_every_environment_name_is_a_setting(page: str) -> None:
    compose = (PROJECT_ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    known = {name.upper() for name in Settings.model_fields}
    known |= set(re.findall(r"\$\{([A-Z_]+)", compose)) | _NOT_SETTINGS
    words = {word for code in _code(PAGES[page]) for word in code.split()}
    named = {name for word in words for name in _NAME.findall(word.strip("'\",:;()"))}
    # Methods and statements of SQL are capitals too; a single word counts when it stands alone.
    named = {name for name in named if "_" in name or f"`{name}`" in PAGES[page]}
    assert named
    assert named - known == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_exists(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", PAGES[page])
    assert targets
    assert [target for target in targets if not (PROJECT_ROOT / target).exists()] == []


def test_the_stage_table_is_the_pipeline() -> None:
    settings = Settings.load({"RERANK_PROVIDER": "small"})
    encoder: Any = SimpleNamespace(encode=None)
    nothing: Any = None
    pipeline = build_pipeline(
        settings,
        nothing,
        encoder=encoder,
        interpreter=nothing,
        refiner=None,
        rerank_model=None,
        templates=nothing,
    )
    assert pipeline.reranker is not None
    stages: list[tuple[str, Any]] = [
        *(("query", component) for component in pipeline.hydrators),
        *(("retrieve", component) for component in EVIDENCE.sources),
        *(("filter", component) for component in pipeline.filters),
        *(("score", component) for component in EVIDENCE.signals),
        ("score", pipeline.ranker),
        ("hydrate", pipeline.embeddings),
        ("rerank", pipeline.reranker),
        *(("select", component) for component in pipeline.selectors),
    ]
    assert [part.name for part in pipeline.sources] == list(EVIDENCE.source_names)
    assert [part.name for part in pipeline.scorers] == [part.name for part in EVIDENCE.signals]
    unnamed = {id(pipeline.ranker): "mixer", id(pipeline.embeddings): "embeddings"}
    built = [(stage, unnamed.get(id(part)) or part.name, _file_of(part)) for stage, part in stages]
    table = _table("| stage | component | what it does | file |")
    assert [(stage, name, file) for stage, name, _, file in table] == built
    abouts = {
        (stage, part.name): part.about for stage, part in stages if isinstance(part, _DECLARED)
    }
    assert {row[:2]: row[2] for row in map(tuple, table) if row[:2] in abouts} == abouts


_DECLARED = (FindsTitles, ScoresTitles)


def _file_of(component: object) -> str:
    """Where it is written, or where a kind of evidence declares it."""
    where: Any = type(component)
    if isinstance(component, _DECLARED):
        build: Any = component.build
        where = getattr(build, "func", build)  # of a partial
    return str(Path(inspect.getfile(where)).relative_to(PROJECT_ROOT))


def test_the_route_table_has_every_route() -> None:
    paths = create_app(Settings.load({})).openapi()["paths"]
    served = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    listed = [route for route, _ in _table("| route | what it does |")]
    assert sorted(listed) == sorted(served)


def test_the_example_of_business_rules_is_valid() -> None:
    (rules,) = [block for language, block in _BLOCK.findall(README) if language == "json"]
    assert BusinessRules.model_validate_json(rules).filters.exclude_genres == ["Horror"]


def test_the_defaults_shown_are_the_settings() -> None:
    shown: dict[str, str] = {}
    for names, defaults, _ in _table("| name | default | meaning |"):
        shown |= dict(zip(names.split(", "), defaults.split(", "), strict=True))
    fields = Settings.model_fields
    real = {name: fields[name.lower()].default for name in shown}
    expected = {
        name: "unset" if value in (None, ()) else value.name if isinstance(value, Path) else value
        for name, value in real.items()
    }
    assert shown == {name: str(value) for name, value in expected.items()}


def test_no_heading_is_skipped() -> None:
    for page in PAGES.values():
        levels = [len(found) for found in re.findall(r"^(#+) ", _BLOCK.sub("", page), re.MULTILINE)]
        assert levels[0] == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))
