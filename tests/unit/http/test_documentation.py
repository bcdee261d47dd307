"""/openapi.json is enough to write a client: everything in it is described, and examples work."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts

from api.http.application import create_app
from api.viewers.events import MEANING_OF_EVENT, MEANING_OF_FEEDBACK
from config.settings import Settings

_OPERATIONS = ("get", "put", "post", "patch", "delete")


_APP = create_app(Settings.load({}))


@cache
def _document() -> dict[str, Any]:
    return _APP.openapi()


def _schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = _document()["components"]["schemas"][name]
    return found


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    return _schema(reference.rpartition("/")[2]) if reference else schema


def _branches(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    whole = _resolved(schema)
    either = whole.get("anyOf") or whole.get("oneOf")
    if either is None:
        yield whole
    for one in either or ():
        if one.get("type") != "null":
            yield from _branches(one)


def _routes() -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": methods[method]
        for path, methods in _document()["paths"].items()
        for method in _OPERATIONS
        if method in methods
    }


ROUTES = _routes()
BODIES = {
    f"{route} {kind}": content
    for route, operation in ROUTES.items()
    for kind, content in operation.get("requestBody", {}).get("content", {}).items()
}
# A file is not written in a document.
_FORMS = ("POST /imports multipart/form-data",)


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_and_every_parameter_is_described(route: str) -> None:
    operation = ROUTES[route]
    assert operation["summary"]
    assert operation["description"]
    parameters = operation.get("parameters", ())
    assert [one["name"] for one in parameters if not one.get("description")] == []


@pytest.mark.parametrize("route", ROUTES)
def test_every_parameter_that_is_required_has_an_example(route: str) -> None:
    required = [one for one in ROUTES[route].get("parameters", ()) if one["required"]]
    without = [one["name"] for one in required if "example" not in one]
    # An order's id is its own; no other names it.
    assert [name for name in without if name != "batch"] == []


@pytest.mark.parametrize("body", BODIES)
def test_every_body_has_a_schema_and_an_example_that_is_valid(body: str) -> None:
    content = BODIES[body]
    (first, *_) = _branches(content["schema"])
    assert first.get("properties") or first.get("description")
    if body not in _FORMS:
        assert _wrong_with(content["example"], *body.split()[:2]) == []


def _wrong_with(example: Any, method: str, path: str) -> list[Any]:
    for route in iter_route_contexts(_APP.routes):
        dependant: Any = getattr(route, "dependant", None)
        if route.path_format == path and method in (route.methods or ()) and dependant.body_params:
            (field,) = dependant.body_params
            _, errors = field.validate(example, {}, loc=("body",))
            return list(errors or ())
    assert path == "/hooks/{source}", "the service reads no such body"
    return []


def _fields_of(schema: dict[str, Any], seen: frozenset[str] = frozenset()) -> Iterator[Any]:
    """Every field of a body, and of objects within: its path's last name, and its schema."""
    if reference := schema.get("$ref"):
        if reference in seen:
            return
        seen |= {reference}
    whole = _resolved(schema)
    for kind in ("anyOf", "oneOf"):
        for one in whole.get(kind, ()):
            yield from _fields_of(one, seen)
    if "items" in whole:
        yield from _fields_of(whole["items"], seen)
    for name, of_field in whole.get("properties", {}).items():
        yield name, of_field
        yield from _fields_of(of_field, seen)


@pytest.mark.parametrize("body", BODIES)
def test_every_field_of_a_body_is_described(body: str) -> None:
    fields = _fields_of(BODIES[body]["schema"])
    assert [
        name
        for name, of_field in fields
        if not of_field.get("description") and not _resolved(of_field).get("description")
    ] == []


@pytest.mark.parametrize("route", ROUTES)
def test_every_answer_says_what_it_is_and_names_its_fields(route: str) -> None:
    answers = {
        status: answer
        for status, answer in ROUTES[route]["responses"].items()
        if status.startswith(("2", "3"))
    }
    assert answers
    for answer in answers.values():
        assert answer["description"] != "Successful Response"
        for kind, content in answer.get("content", {}).items():
            if kind == "application/json":
                assert all(one.get("properties") for one in _branches(content["schema"]))


@pytest.mark.parametrize(
    ("schema", "field", "meanings"),
    [
        ("Feedback", "event_type", MEANING_OF_FEEDBACK),
        ("ItemEvent", "event_type", MEANING_OF_EVENT),
        ("HistoryWrite", "event_type", MEANING_OF_EVENT),
    ],
)
def test_what_a_viewer_can_say_is_explained_value_by_value(
    schema: str, field: str, meanings: dict[str, str]
) -> None:
    of_field = _schema(schema)["properties"][field]
    values = next(one["enum"] for one in _branches(of_field) if "enum" in one)
    assert set(values) == set(meanings)
    for value, meaning in meanings.items():
        assert f"`{value}`: {meaning}" in of_field["description"]


def _inline_objects(schema: Any, *, is_named: bool = False) -> Iterator[dict[str, Any]]:
    if isinstance(schema, list):
        for one in schema:
            yield from _inline_objects(one)
    elif isinstance(schema, dict):
        if not is_named and schema.get("properties"):
            yield schema
        for one in schema.values():
            yield from _inline_objects(one)


def test_every_object_has_a_name_so_that_clients_can_be_generated() -> None:
    # A generator makes a class of each, named after its title: of two of one title it makes none.
    for name, schema in _document()["components"]["schemas"].items():
        assert list(_inline_objects(schema, is_named=True)) == [], name
    assert list(_inline_objects(_document()["paths"])) == []


def test_a_reason_is_told_apart_by_its_code() -> None:
    reason = _schema("ReasonOut")
    assert reason["discriminator"]["propertyName"] == "code"
    for code, reference in reason["discriminator"]["mapping"].items():
        assert {"$ref": reference} in reason["oneOf"]
        told = _resolved({"$ref": reference})
        assert told["properties"]["code"]["const"] == code
        assert _resolved(told["properties"]["evidence"])["type"] == "object"
    assert len(reason["oneOf"]) == len(reason["discriminator"]["mapping"])
