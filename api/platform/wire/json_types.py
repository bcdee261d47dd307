"""Values are of the type that the schema says, and are not turned into it.

Pydantic would take 1 for true, true for 1, and a number for a moment since 1970.
"""

from datetime import date, datetime
from functools import cache
from re import compile as pattern
from typing import Any, get_args

_NUMBERS = frozenset({int, float})
_DAYS = frozenset({date, datetime})
_WRITTEN_DAY = pattern(r"\d{4}-\d\d-\d\d")


def refuse_other_type(value: Any, annotation: Any) -> None:
    """Raises ValueError for a number, truth value or moment that is written as something else."""
    for one in value if isinstance(value, list) else (value,):
        kinds = _kinds(annotation) if isinstance(one, bool | int | float | str) else frozenset()
        if not kinds:
            continue
        if isinstance(one, str):
            if kinds <= _DAYS and not _WRITTEN_DAY.match(one):
                raise ValueError("must be a date as ISO 8601 writes it, such as 2026-03-01")
        elif isinstance(one, bool):
            if bool not in kinds:
                raise ValueError("must not be true or false")
        elif not kinds & _NUMBERS:
            raise ValueError("must not be a number")


@cache
def _kinds(annotation: Any) -> frozenset[type]:
    """Which of the types that Pydantic is lax about a field has; none: any value is its own."""
    if annotation in (bool, int, float, date, datetime):
        return frozenset({annotation})
    return frozenset().union(*(_kinds(part) for part in _parts(annotation)))


def _parts(annotation: Any) -> tuple[Any, ...]:
    # The extras of Annotated are values, not types.
    parts = get_args(annotation)
    return parts[:1] if hasattr(annotation, "__metadata__") else parts
