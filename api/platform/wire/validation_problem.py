"""What is wrong with a request, in words: the field that is wrong, never the value it had."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.platform.wire.unknown_names import UNKNOWN, meant_by
from api.platform.wire.wrong_field import place_of

_MOST_ERRORS = 20
_LONGEST_NAME = 100
_TOO_DEEP = "recursion_depth_exceeded"
_BRANCH = "function-"  # how pydantic begins the name of a check; no client's field begins so
# FastAPI says of a text in a file's place, as any check would, which class it expected.
_NO_FILE = "Value error, Expected UploadFile"
_NO_JSON = "must be JSON, sent with Content-Type: application/json"

# In place of what pydantic says to programmers. Facts of the error stand in braces.
_OF_KIND = {
    **dict.fromkeys(("tuple_type", "list_type", "set_type", "iterable_type"), "must be a list"),
    **dict.fromkeys(
        ("dict_type", "mapping_type", "model_type", "model_attributes_type"), "must be an object"
    ),
    **dict.fromkeys(
        ("int_type", "int_parsing", "int_parsing_size", "int_from_float"), "must be a whole number"
    ),
    **dict.fromkeys(
        ("float_type", "float_parsing", "finite_number", "decimal_type", "decimal_parsing"),
        "must be a number",
    ),
    **dict.fromkeys(("bool_type", "bool_parsing"), "must be true or false"),
    **dict.fromkeys(("string_type", "string_unicode", "bytes_type"), "must be a text"),
    **dict.fromkeys(
        (
            *("date_type", "date_parsing"),
            *("date_from_datetime_parsing", "date_from_datetime_inexact"),
        ),
        "must be a date as ISO 8601 writes it, such as 2026-03-01",
    ),
    **dict.fromkeys(
        (
            *("datetime_type", "datetime_parsing", "datetime_object_invalid"),
            "datetime_from_date_parsing",
        ),
        "must be a moment as ISO 8601 writes it, such as 2026-03-01T20:15:00Z",
    ),
    **dict.fromkeys(("uuid_type", "uuid_parsing", "uuid_version"), "must be a UUID"),
    **dict.fromkeys(
        ("url_type", "url_parsing", "url_syntax_violation", "url_scheme"), "must be a URL"
    ),
    **dict.fromkeys(("literal_error", "enum"), "must be {expected}"),
    **dict.fromkeys(("missing", "union_tag_not_found"), "is needed"),
    _TOO_DEEP: "is nested too deeply",
    "timezone_aware": "must have a time zone",
    "none_required": "must be null",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "multiple_of": "must be a multiple of {multiple_of}",
    "string_pattern_mismatch": "must match the pattern {pattern}",
    "path_type": "must be a path",
}


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
    wrong = _by_place(found)
    entries = [_entry(error) for error in wrong[:_MOST_ERRORS]]
    said = entries[0]["message"]
    detail = f"{entries[0]['field']}: {said if said.endswith('?') else f'{said}.'}"
    if len(wrong) > 1:
        detail += f" ({len(wrong) - 1} more; see errors.)"
    return Described(detail=detail, errors=entries, is_malformed=False)


def _by_place(found: Sequence[Any]) -> list[dict[str, Any]]:
    """One error a place: of a number or a text, pydantic tells what is wrong with it as either.

    It names the two in the place, and a text by the functions that check it.
    """
    places: dict[tuple[int | str, ...], dict[str, Any]] = {}
    for error in found:
        *ways, end = place_of(error)
        # What is refused as unknown has a name of the client's.
        is_theirs = error["type"] == UNKNOWN or not _is_branch(end)
        place = (*(part for part in ways if not _is_branch(part)), *([end] if is_theirs else ()))
        first = places.setdefault(place, {**error, "loc": place})
        if first["type"] == "int_type" and error["type"] == "string_type":
            places[place] = {**first, "type": "neither", "msg": "must be a number or a text"}
        elif first["type"] == "int_type":
            places[place] = {**error, "loc": place}
    return list(places.values())


def branch(name: str) -> str:
    """The tag of a union's branch, which is never told as part of a field's name."""
    return f"{_BRANCH}{name}"


def _is_branch(part: int | str) -> bool:
    return isinstance(part, str) and (part == "int" or part.startswith(_BRANCH))


def _entry(error: dict[str, Any]) -> dict[str, str]:
    place, *path = error["loc"]
    if error["type"] == _TOO_DEEP:  # hundreds of places below the field
        named = next((at for at, part in enumerate(path) if isinstance(part, str)), 0)
        path = path[: named + 1]
    field = _field(path) or str(place)
    if place == "header":
        field = field.title()  # as such names are written
    return {"in": str(place), "field": field, "message": message_of(error, str(place))}


def message_of(error: Mapping[str, Any], place: str = "body") -> str:
    """What is wrong, as it goes on after the name of the field."""
    kind, facts = error["type"], error.get("ctx", {})
    if kind == UNKNOWN:
        meant = meant_by(str(error["loc"][-1]), facts.get("known", ()))
        unknown = f"unknown {'query parameter' if place == 'query' else 'field'}"
        return unknown if meant is None else f"{unknown}; did you mean {meant}?"
    if kind in ("too_long", "too_short"):
        return _of_length(**facts)
    if kind in ("string_too_long", "string_too_short"):
        return _of_length(field_type="Value", actual_length=None, **facts)
    if kind == "value_error" and str(error["msg"]).startswith(_NO_FILE):
        return "must be a file"
    if kind in _OF_KIND:
        bounds = {name: f"{one:g}" for name, one in facts.items() if isinstance(one, float)}
        return _OF_KIND[kind].format_map({**facts, **bounds})
    return _in_a_sentence(str(error["msg"]))


def _in_a_sentence(said: str) -> str:
    """What pydantic says of a kind that is not retold, or a check of ours, after a field's name."""
    _, should, rest = said.partition(" should ")
    if should and not said.startswith("Value error, "):
        return f"must {rest}".rstrip(".")
    return said.removeprefix("Value error, ").rstrip(".")


def _of_length(
    *,
    field_type: str,
    actual_length: int | None,
    max_length: int = 0,
    min_length: int = 0,
    **_: Any,
) -> str:
    """Pydantic has no word for the characters of a text that is checked in several steps."""
    bound, most = max_length or min_length, "most" if max_length else "least"
    one, several = ("character", "characters") if field_type == "Value" else ("entry", "entries")
    found = "" if actual_length is None else f", not {actual_length}"
    return f"must have at {most} {bound} {one if bound == 1 else several}{found}"


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
