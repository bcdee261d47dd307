"""Imports go downwards only, packages hold no cycle, and the jobs stay out of the service.

The command `seenemall` stands above both and may import either; nothing imports it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import PROJECT_ROOT

# From the bottom. Packages on one line never import each other.
_LAYERS = (
    ("api.__version__", "api.platform.errors"),
    ("config",),
    ("api.platform",),
    ("api.domain",),
    ("api.models", "api.access"),
    ("api.catalogue",),
    ("api.viewers", "api.language"),
    ("api.recommend",),
    ("api.experiments", "api.jobs"),
    ("api.http",),
    ("api.commands",),
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

_FILES = [
    path
    for package in ("api", "config", "etl")
    for path in sorted((PROJECT_ROOT / package).rglob("*.py"))
    if path.name != "__init__.py"
]


def _name(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT_ROOT).with_suffix("").parts)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # `from api.platform import logs` names a module in its second half.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _place(module: str) -> tuple[int, str] | None:
    for height, layer in enumerate(_LAYERS):
        for package in layer:
            if f"{module}.".startswith(f"{package}."):
                return height, package
    return None


@pytest.mark.parametrize("path", _FILES, ids=_name)
def test_imports_go_downwards(path: Path) -> None:
    module = _name(path)
    for imported in _imports(path):
        if not f"{imported}.".startswith(("api.", "etl.", "config.", "seenemall.")):
            continue
        if module.startswith("etl."):
            assert imported.startswith(_ETL_MAY), f"{module} imports {imported}"
            continue
        here, there = _place(module), _place(imported)
        assert here is not None, f"{module} is in no layer"
        assert there is not None, f"{module} imports {imported}, which is in no layer"
        allowed = there[0] < here[0] or there[1] == here[1]
        assert allowed, f"{module} imports {imported}"


def test_the_map_shows_the_layers_from_the_top() -> None:
    diagram = _MAP.read_text(encoding="utf-8").split("```")[1]
    rows = [_FOLDER.findall(line) for line in diagram.splitlines()]
    shown = [row for line in rows if (row := [one for one in line if not one.startswith("etl/")])]
    layers = [
        [package.replace(".", "/") for package in layer]
        for layer in reversed(_LAYERS)
        if "api.platform.errors" not in layer
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
