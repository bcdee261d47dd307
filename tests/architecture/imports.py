"""Which module imports which, read from the source without running it."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

from config.settings import PROJECT_ROOT

FILES = tuple(
    path
    for package in ("api", "config", "etl")
    for path in sorted((PROJECT_ROOT / package).rglob("*.py"))
    if path.name != "__init__.py"
)


def name_of(path: Path) -> str:
    """The module's dotted name."""
    return ".".join(path.relative_to(PROJECT_ROOT).with_suffix("").parts)


def imports_of(path: Path) -> Iterator[str]:
    """Dotted names of what is imported anywhere in the file: modules, and names within them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # `from api.platform import logs` names a module in its second half.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_modules(path: Path, modules: Collection[str]) -> set[str]:
    """Those of these modules that the file imports."""
    named = {name for found in imports_of(path) for name in (found, found.rpartition(".")[0])}
    return named & set(modules)
