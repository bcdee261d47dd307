"""README.md and docs/ say what is there: targets, commands, settings, links and every table."""

import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from api.commands.seenemall import app
from api.http.application import create_app
from api.jobs.job_options import ACCEPTED_OPTIONS
from api.platform.tables import metadata
from api.recommend.build_pipeline import build_pipeline
from api.recommend.evidence.kind import FindsTitles, ScoresTitles
from api.recommend.evidence.registry import EVIDENCE
from config.business_rules import BusinessRules
from config.settings import PROJECT_ROOT, Settings

_FILES = [
    *(PROJECT_ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((PROJECT_ROOT / "docs").rglob("*.md")),
]
PAGES = {str(path.relative_to(PROJECT_ROOT)): path.read_text(encoding="utf-8") for path in _FILES}
_MOST_WORDS_OF_README = 1700

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_MAKE = re.compile(r"^make ([a-z][a-z-]*)")
_COMMAND = re.compile(r"\bseenemall ([a-z]+)(?: ([a-z]+))?")
# NAME or NAME=value as a word of its own.
_NAME = re.compile(r"(?<![\w/$])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)(?==|$)")
# Variables of the Makefile, a country, a place for a key, and ONNX Runtime's own switch.
# OpenTelemetry's exporter reads its own.
_OF_LIBRARIES = {
    "ORT_DISABLE_TELEMETRY",
    "OTEL_EXPORTER_OTLP_HEADERS",
    "OTEL_RESOURCE_ATTRIBUTES",
    "OTEL_SERVICE_NAME",
    "OTEL_TRACES_SAMPLER",
}
_NOT_SETTINGS = {"ARGS", "FILE", "RATINGS", "USER", "IL", "KEY"} | _OF_LIBRARIES
# The job that the page on catalogue sources adds.
_INVENTED = ("job", "club")


def _code(page: str) -> Iterator[str]:
    """Every command or word written as code: lines of blocks, and spans."""
    for language, block in _BLOCK.findall(page):
        if language not in ("python", "diff"):
            yield from block.splitlines()
    yield from _CODE.findall(_BLOCK.sub("", page))


def _table(page: str, heading: str) -> list[list[str]]:
    """The rows of a page below the heading's `| a | b |` line, cells without backticks."""
    lines = PAGES[page].partition(f"\n{heading}\n|---")[2].splitlines()[1:]
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


def test_every_command_exists() -> None:
    root = typer.main.get_group(app)
    named = {
        found.groups()
        for page in PAGES.values()
        for code in _code(page)
        for found in _COMMAND.finditer(code)
    }
    assert len(named) > 5
    for first, second in named - {_INVENTED}:
        command = root.commands.get(first)
        assert command is not None, first
        if second and isinstance(command, TyperGroup):
            assert second in command.list_commands(typer.Context(command)), (first, second)


# Recipes name constants of the code as well.
@pytest.mark.parametrize("page", [page for page in PAGES if "/add-a" not in page])
def test_every_environment_name_is_a_setting(page: str) -> None:
    compose = (PROJECT_ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    known = {name.upper() for name in Settings.model_fields}
    known |= set(re.findall(r"\$\{([A-Z_]+)", compose)) | _NOT_SETTINGS
    words = {word for code in _code(PAGES[page]) for word in code.split()}
    named = {name for word in words for name in _NAME.findall(word.strip("'\",:;()"))}
    # Methods and statements of SQL are capitals too; a single word counts when it stands alone.
    named = {name for name in named if "_" in name or f"`{name}`" in PAGES[page]}
    assert named - known == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_exists(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", PAGES[page])
    folder = (PROJECT_ROOT / page).parent
    assert [target for target in targets if not (folder / target).exists()] == []


def test_every_page_is_linked_to() -> None:
    linked = {
        ((PROJECT_ROOT / page).parent / target).resolve()
        for page, text in PAGES.items()
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text)
    }
    lost = [
        path
        for path in _FILES
        if path.name != "README.md" and path not in linked and path.parent not in linked
    ]
    assert lost == []


def test_the_readme_can_be_read_in_a_few_minutes() -> None:
    assert len(PAGES["README.md"].split()) <= _MOST_WORDS_OF_README


def test_every_decision_has_its_number_and_its_day() -> None:
    decisions = [page for page in PAGES if page.startswith("docs/decisions/")]
    for number, page in enumerate(decisions, start=1):
        assert page.startswith(f"docs/decisions/{number:04d}-")
        heading, _, day, *_ = PAGES[page].splitlines()
        assert heading.startswith(f"# {number}. ")
        assert re.fullmatch(r"\d{4}-\d\d-\d\d, (accepted|superseded by \d+)\.", day), page


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
    table = _table("docs/reference/stages.md", "| stage | component | what it does | file |")
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
    listed = [route for route, _ in _table("docs/reference/routes.md", "| route | what it does |")]
    assert sorted(listed) == sorted(served)


def test_the_example_of_business_rules_is_valid() -> None:
    page = PAGES["docs/how-to/tune-the-ranking.md"]
    (rules,) = [block for language, block in _BLOCK.findall(page) if language == "json"]
    assert BusinessRules.model_validate_json(rules).filters.exclude_genres == ["Horror"]


def test_the_defaults_shown_are_the_settings() -> None:
    shown: dict[str, str] = {}
    for names, defaults, _ in _table("docs/reference/settings.md", "| name | default | meaning |"):
        shown |= dict(zip(names.split(", "), defaults.split(", "), strict=True))
    fields = Settings.model_fields
    real = {name: fields[name.lower()].default for name in shown}
    expected = {
        name: "unset" if value in (None, ()) else value.name if isinstance(value, Path) else value
        for name, value in real.items()
    }
    assert shown == {name: str(value) for name, value in expected.items()}


def test_the_data_model_has_every_table() -> None:
    rows = _table("docs/reference/data-model.md", "| table | one row is |")
    listed = {name for names, _ in rows for name in names.split(", ")}
    assert listed == set(metadata.tables)


def test_the_table_of_job_options_is_what_jobs_take() -> None:
    spelled = {"country": "countries", "item": "items"}
    rows = _table("docs/how-to/jobs-and-schedules.md", "| option | jobs | effect |")
    shown = {
        spelled.get(name := option.split()[0][2:], name).replace("-", "_"): jobs
        for option, jobs, _ in rows
    }
    assert shown.pop("json") == "all"
    assert shown == {name: _jobs_that_take(name) for name in shown}
    assert set(shown) == {name for names in ACCEPTED_OPTIONS.values() for name in names}


def _jobs_that_take(option: str) -> str:
    takers = [job for job, names in ACCEPTED_OPTIONS.items() if option in names]
    others = [job for job in ACCEPTED_OPTIONS if job not in takers]
    if not others:
        return "all"
    return f"all but {others[0]}" if len(others) == 1 else ", ".join(sorted(takers, key=_order))


def _order(job: str) -> int:
    order = ["tmdb", "justwatch", "embed", "map", "neighbours", "refresh", "sample", "sync"]
    return order.index(job)


def test_no_heading_is_skipped() -> None:
    for page in PAGES.values():
        levels = [len(found) for found in re.findall(r"^(#+) ", _BLOCK.sub("", page), re.MULTILINE)]
        assert levels[0] == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))
