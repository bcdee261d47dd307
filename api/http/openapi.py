"""The OpenAPI document: FastAPI's, with the parameters of query models, the credentials of callers,
every error described as the problem that it is, and everything with a description."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from api.access.dependency import CREDENTIALS, takes_credentials
from api.http.described import describe
from api.http.named_alternatives import name_alternatives
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
        schemes = document["components"].setdefault("securitySchemes", {})
        schemes.update(CREDENTIALS)
        for dependant, operation in _operations(app, document):
            _describe_query_models(dependant, operation, schemas)
            if takes_credentials(dependant):
                operation["security"] = [{name: []} for name in CREDENTIALS]
        name_alternatives(schemas)
        describe(document)
        return document

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI documents this very way


def _operations(
    app: FastAPI, document: dict[str, Any]
) -> Iterator[tuple[Dependant, dict[str, Any]]]:
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        for method in route.methods or ():
            path: dict[str, Any] = document["paths"].get(route.path_format, {})
            if dependant is not None and (operation := path.get(method.lower())) is not None:
                yield dependant, operation


def _describe_query_models(
    dependant: Dependant, operation: dict[str, Any], schemas: dict[str, Any]
) -> None:
    for model in query_models(dependant):
        parameters, referred_to = model.documented()
        schemas.update(referred_to)
        operation.setdefault("parameters", []).extend(parameters)
