"""Values of other programs' JSON, which is never trusted to be of its shape."""

from collections.abc import Iterator
from typing import Any


def at(value: Any, *path: str) -> Any:
    """What lies at the end of the path; None where it breaks off."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def text(value: Any, *path: str) -> str:
    """The same as text; "" for none."""
    found = at(value, *path)
    return "" if found is None or isinstance(found, dict | list) else str(found)


def entries(value: Any, *path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a list, with their numbers from 1."""
    found = at(value, *path) if path else value
    if isinstance(found, list):
        for place, entry in enumerate(found, 1):
            if isinstance(entry, dict):
                yield place, entry


def first(value: Any) -> dict[str, Any]:
    """The first object of a list, or the object itself; {} for neither."""
    if isinstance(value, list):
        value = value[0] if value else {}
    return value if isinstance(value, dict) else {}
