"""What is wrong with a request, in words: the field that is wrong, never the value it had."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_MOST_ERRORS = 20
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Described:
    """Pydantic's errors, retold."""

    detail: str
    errors: list[dict[str, str]]  # at most 20, each with `in`, `field` and `message`
    is_malformed: bool  # the body was not JSON at all


def describe(found: Sequence[Any]) -> Described:
    """Retells the errors of one request; there is at least one."""
    first = found[0]
    if first["type"] == "json_invalid":
        reason = first["ctx"]["error"]
        detail = f"The body is not valid JSON: {reason} at character {first['loc'][1]}."
        return Described(detail=detail, errors=[], is_malformed=True)
    entries = [_entry(error) for error in found[:_MOST_ERRORS]]
    detail = f"{entries[0]['field']}: {entries[0]['message']}."
    if len(found) > 1:
        detail += f" ({len(found) - 1} more; see errors.)"
    return Described(detail=detail, errors=entries, is_malformed=False)


def _entry(error: dict[str, Any]) -> dict[str, str]:
    place, *path = error["loc"]
    field = _field(path) or str(place)
    if error["type"] == "extra_forbidden":
        kind = "query parameter" if place == "query" else "field"
        message = f"unknown {kind}"
    else:
        message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return {"in": str(place), "field": field, "message": message}


def _field(path: Sequence[int | str]) -> str:
    """`items[3].rating` for ("items", 3, "rating")."""
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part}]"
        else:
            written += f".{part}" if written else part
    # A name that the client made up may be as long as the body.
    return written if len(written) <= _LONGEST_NAME else f"{written[:_LONGEST_NAME]}…"
