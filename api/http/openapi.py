"""The OpenAPI document: FastAPI's, with every error described as the problem that it is."""

from typing import Any

from fastapi import FastAPI

from api.platform.wire.problem import Problem

# FastAPI describes its own 422, which is never sent here.
_REPLACED = ("HTTPValidationError", "ValidationError")


def install(app: FastAPI) -> None:
    """Makes `app.openapi()` the document with problems."""
    of_fastapi = app.openapi

    def openapi() -> dict[str, Any]:
        document = of_fastapi()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for name in _REPLACED:
            schemas.pop(name, None)
        schemas["Problem"] = Problem.model_json_schema()
        return document

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI documents this very way
