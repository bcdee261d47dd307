"""What is wrong with a request, in words: the field that is wrong, never the value it had."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_MOST_ERRORS = 20
_LONGEST_NAME = 100
_NO_JSON = "must be JSON, sent with Content-Type: application/json"


@dataclass(frozen=True, slots=True)
class Described:
    """Pydantic's errors, retold."""

    detail: str
    errors: list[dict[str, str]]  # at most 20, each with `in`, `field` and `message`
    is_malformed: bool  # the body was not JSON at all


def describe(found: Sequence[Any]) -> Described:
    """Retells the errors of one request; there is at least one."""
    first = found[0]
    if isinstance(first.get("input"), bytes):  # as the body came: it was not said to be JSON
        entry = {"in": "body", "field": "body", "message": _NO_JSON}
        return Described(detail=f"body: {_NO_JSON}.", errors=[entry], is_malformed=False)
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
    return {"in": str(place), "field": field, "message": _message(error, str(place))}


def _message(error: dict[str, Any], place: str) -> str:
    kind, facts = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"unknown {'query parameter' if place == 'query' else 'field'}"
    # Pydantic has no word for the characters of a text that is checked in several steps.
    if kind in ("too_long", "too_short") and facts.get("field_type") == "Value":
        return _of_characters(**facts)
    if kind == "tuple_type":
        return "Input should be a valid list"
    return str(error["msg"]).removeprefix("Value error, ").rstrip(".")


def _of_characters(
    *, actual_length: int, max_length: int = 0, min_length: int = 0, **_: Any
) -> str:
    bound, most = max_length or min_length, "most" if max_length else "least"
    return f"must have at {most} {bound} character{'s' * (bound != 1)}, not {actual_length}"


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
