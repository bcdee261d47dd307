"""The OpenAPI document: FastAPI's, with query models described as the parameters that they are, and
every error as the problem that it is."""

from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from api.platform.wire.problem import Problem
from api.platform.wire.query_model import query_models

# FastAPI describes its own 422, which is never sent here.
_REPLACED = ("HTTPValidationError", "ValidationError")


def install(app: FastAPI) -> None:
    """Makes `app.openapi()` the document with problems."""
    of_fastapi = app.openapi

    @cache
    def openapi() -> dict[str, Any]:
        document = of_fastapi()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for name in _REPLACED:
            schemas.pop(name, None)
        schemas["Problem"] = Problem.model_json_schema()
        _describe_query_models(app, document)
        return document

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI documents this very way


def _describe_query_models(app: FastAPI, document: dict[str, Any]) -> None:
    for route in iter_route_contexts(app.routes):
        if (dependant := getattr(route, "dependant", None)) is None:
            continue
        for model in query_models(dependant):
            parameters, schemas = model.documented()
            document["components"]["schemas"].update(schemas)
            for method in route.methods or ():
                operation = document["paths"][route.path_format][method.lower()]
                operation.setdefault("parameters", []).extend(parameters)
