"""Imports go downwards only, and the jobs stay out of the service.

The command `seenemall` stands above both and may import either; nothing imports it.
"""

import re
from pathlib import Path

import pytest

from config.settings import PROJECT_ROOT
from tests.architecture.imports import FILES, imports_of, name_of

Floors = tuple[tuple[str, ...], ...]

# From the bottom. Packages on one line never import each other.
_LAYERS: Floors = (
    ("api.__version__", "api.platform"),
    ("config",),
    ("api.domain",),
    ("api.models", "api.access"),
    ("api.catalogue",),
    ("api.viewers", "api.language"),
    ("api.recommend",),
    ("api.experiments", "api.jobs"),
    ("api.http",),
    ("api.commands",),
)
_ABOVE_ALL = "api.commands.seenemall"
# The same inside the largest features. A longer name takes its module out of its folder.
_INSIDE_RECOMMEND: Floors = (
    ("api.recommend.learned_arrays", "api.recommend.rounding"),
    # A request holds the constraints of its parameters; the other kinds look at the request.
    (
        "api.recommend.constraints.constraint",
        "api.recommend.trait_model",
        "api.recommend.likeness",
    ),
    ("api.recommend.constraints.parameters",),
    ("api.recommend.request",),
    ("api.recommend.constraints",),
    ("api.recommend.query",),
    ("api.recommend.pool",),
    ("api.recommend.ranking", "api.recommend.boost_factors"),
    ("api.recommend.pipeline",),
    # The values are below the query that holds them, the components of the pipeline above it.
    (
        "api.recommend.constraints.hydrator",
        "api.recommend.constraints.keeps_constraints",
        "api.recommend.constraints.unseen",
        "api.recommend.limits",
    ),
    ("api.recommend.constraints.shown_to_age",),
    ("api.recommend.evidence",),
    ("api.recommend.explain",),
    ("api.recommend.likeness.metadata", "api.recommend.likeness.understood_words"),
    ("api.recommend.likeness.likeness_of_words",),
    (
        "api.recommend.hydrate",
        "api.recommend.likeness.hydrators",
        "api.recommend.likeness.likes_in_common",
        "api.recommend.likeness.listed_and_known",
        "api.recommend.likeness.nearest_to_words",
        "api.recommend.rank",
        "api.recommend.rerank",
        "api.recommend.select",
    ),
    ("api.recommend.likeness.seeds_of_words",),
    ("api.recommend.strategy",),
    ("api.recommend.runs", "api.recommend.build_pipeline"),
    ("api.recommend.lists",),
    ("api.recommend.schemas",),
    ("api.recommend.request_reader",),
    ("api.recommend.preview", "api.recommend.track_record", "api.recommend.rules"),
    ("api.recommend.recommender",),
    ("api.recommend.known_queries",),
    ("api.recommend.routes",),
    (
        "api.recommend.similar",
        "api.recommend.batch",
        "api.recommend.blend",
        "api.recommend.path",
        "api.recommend.group",
    ),
    ("api.recommend.tonight", "api.recommend.shelves"),
)
# And inside the one that reads requests: values, then readers, then what makes one of it all.
_INSIDE_LANGUAGE: Floors = (
    ("api.language.entities", "api.language.vocabulary"),
    ("api.language.intent", "api.language.entity_search"),
    ("api.language.reading", "api.language.named_titles", "api.language.schemas"),
    ("api.language.certainty", "api.language.maturity"),
    ("api.language.parts",),
    ("api.language.refusals", "api.language.composing", "api.language.refining"),
    ("api.language.parser",),
    ("api.language.interpreter",),
    ("api.language.refiner",),
    ("api.language.interpretations",),
    ("api.language.routes",),
)
_ETL_MAY = (
    "etl",
    "config",
    "api.platform",
    "api.domain",
    "api.models",
    "api.catalogue",
    "api.viewers",
    "api.jobs",
)

_MAP = PROJECT_ROOT / "docs" / "architecture.md"
_FOLDER = re.compile(r"\b(?:api|etl)/\w+|^config", re.MULTILINE)


def _place(module: str, floors: Floors) -> tuple[int, str] | None:
    """The floor and the package of a module: of several that hold it, the one named closest."""
    holding = [
        (height, package)
        for height, floor in enumerate(floors)
        for package in floor
        if f"{module}.".startswith(f"{package}.")
    ]
    return max(holding, key=lambda place: len(place[1]), default=None)


def _assert_goes_down(module: str, imported: str, floors: Floors) -> None:
    here, there = _place(module, floors), _place(imported, floors)
    assert here is not None, f"{module} is on no floor"
    assert there is not None, f"{module} imports {imported}, which is on no floor"
    allowed = there[0] < here[0] or there[1] == here[1]
    assert allowed, f"{module} imports {imported}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_go_downwards(path: Path) -> None:
    module = name_of(path)
    if module == _ABOVE_ALL:
        return
    for imported in imports_of(path):
        assert not f"{imported}.".startswith(f"{_ABOVE_ALL}."), f"{module} imports the command"
        if not f"{imported}.".startswith(("api.", "etl.", "config.")):
            continue
        if module.startswith("etl."):
            assert imported.startswith(_ETL_MAY), f"{module} imports {imported}"
        else:
            _assert_goes_down(module, imported, _LAYERS)


_INSIDE = {"api.recommend.": _INSIDE_RECOMMEND, "api.language.": _INSIDE_LANGUAGE}
_IN_LARGE_FEATURES = [path for path in FILES if name_of(path).startswith(tuple(_INSIDE))]


@pytest.mark.parametrize("path", _IN_LARGE_FEATURES, ids=name_of)
def test_imports_go_downwards_inside_large_features(path: Path) -> None:
    feature, floors = next(one for one in _INSIDE.items() if name_of(path).startswith(one[0]))
    for imported in imports_of(path):
        if imported.startswith(feature):
            _assert_goes_down(name_of(path), imported, floors)


def test_the_map_shows_the_layers_from_the_top() -> None:
    diagram = _MAP.read_text(encoding="utf-8").split("```")[1]
    rows = [_FOLDER.findall(line) for line in diagram.splitlines()]
    shown = [row for line in rows if (row := [one for one in line if not one.startswith("etl/")])]
    layers = [
        [package.replace(".", "/") for package in layer if package != "api.__version__"]
        for layer in reversed(_LAYERS)
    ]
    assert shown == layers


def test_the_map_names_every_folder() -> None:
    text = _MAP.read_text(encoding="utf-8")
    folders = {
        f"{top}/{path.parent.name}"
        for top in ("api", "etl")
        for path in (PROJECT_ROOT / top).glob("*/__init__.py")
    }
    assert set(_FOLDER.findall(text.split("```")[1])) - {"config"} == folders
    assert set(re.findall(r"^\| `((?:api|etl)/\w+)` \|", text, re.MULTILINE)) == folders
