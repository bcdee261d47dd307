"""What FastAPI leaves unsaid in the OpenAPI document: what an optional field is, what an answer is,
and a body to begin with. All of it stands in the models; here it is put where clients look."""

from collections.abc import Iterator, Mapping
from typing import Any

_UNSAID = "Successful Response"
_NOTHING = "Done; the answer has no body."
_METHODS = ("get", "put", "post", "patch", "delete")

Schema = dict[str, Any]


def describe(document: dict[str, Any]) -> None:
    """Completes the document in place."""
    schemas: dict[str, Schema] = document["components"]["schemas"]
    for schema in schemas.values():
        for of_field in schema.get("properties", {}).values():
            _lift(of_field, schemas)
    for path in document["paths"].values():
        for operation in (path[method] for method in _METHODS if method in path):
            for parameter in operation.get("parameters", ()):
                _describe_parameter(parameter, schemas)
            for content in operation.get("requestBody", {}).get("content", {}).values():
                _exemplify(content, schemas)
            for status, answer in operation["responses"].items():
                if status.startswith("2") and answer.get("description") == _UNSAID:
                    answer["description"] = _said_of_answer(answer, schemas)


def _lift(of_field: Schema, schemas: Mapping[str, Schema]) -> None:
    """An optional field is what it is when it is given: pydantic tells that of the branch alone."""
    for name in ("description", "examples"):
        for branch in _branches(of_field, schemas):
            if name not in of_field and name in branch:
                of_field[name] = branch[name]


def _describe_parameter(parameter: dict[str, Any], schemas: Mapping[str, Schema]) -> None:
    schema = parameter["schema"]
    _lift(schema, schemas)
    if "description" in schema:
        parameter.setdefault("description", schema["description"])
    if schema.get("examples"):
        parameter.setdefault("example", schema["examples"][0])


def _exemplify(content: dict[str, Any], schemas: Mapping[str, Schema]) -> None:
    """The example of the model, or of the first of several that has one."""
    schema = content["schema"]
    for one in (schema, *_branches(schema, schemas)):
        if "example" in one and "example" not in content:
            content["example"] = one["example"]


def _said_of_answer(answer: Mapping[str, Any], schemas: Mapping[str, Schema]) -> str:
    for content in answer.get("content", {}).values():
        for one in _branches(content["schema"], schemas):
            if said := one.get("description"):
                return str(said).partition("\n\n")[0].replace("\n", " ")
        return _UNSAID
    return _NOTHING


def _branches(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Schema]:
    """What the schema refers to, or may be, but for null."""
    if reference := schema.get("$ref"):
        yield schemas[reference.rpartition("/")[2]]
    for kind in ("anyOf", "oneOf", "allOf"):
        for branch in schema.get(kind, ()):
            if branch.get("type") != "null":
                yield branch
                yield from _branches(branch, schemas)
