"""A query read at once is read, refused and described as FastAPI would field by field."""

from typing import Annotated

import pytest
from fastapi import FastAPI, Query
from fastapi.testclient import TestClient
from pydantic import BaseModel

from api.http import openapi
from api.platform.wire import problems
from api.platform.wire.query_model import from_query
from api.recommend.schemas import RecommendParams
from api.viewers.imports.schemas import RowsQuery


def _app(argument: object) -> FastAPI:
    app = FastAPI()
    openapi.install(app)
    problems.install(app)

    @app.get("/lists")
    def lists(params: argument) -> dict[str, object]:  # type: ignore[valid-type]
        return {"set": params.model_dump(exclude_unset=True)}  # type: ignore[attr-defined]

    return app


@pytest.mark.parametrize("model", [RecommendParams, RowsQuery])
def test_parameters_are_described_as_by_fastapi(model: type[BaseModel]) -> None:
    ours = _app(Annotated[model, from_query(model)]).openapi()
    theirs = _app(Annotated[model, Query()]).openapi()

    described = ours["paths"]["/lists"]["get"]["parameters"]
    expected = theirs["paths"]["/lists"]["get"]["parameters"]
    assert sorted(described, key=lambda one: one["name"]) == sorted(
        expected, key=lambda one: one["name"]
    )
    assert ours["components"]["schemas"] == theirs["components"]["schemas"]


def test_asked_for_twice_the_document_is_the_same() -> None:
    app = _app(Annotated[RecommendParams, from_query(RecommendParams)])

    assert app.openapi() == app.openapi()
    names = [one["name"] for one in app.openapi()["paths"]["/lists"]["get"]["parameters"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "query",
    [
        "user_id=dana&limit=5&diversify=false&mixer_vote_weight=.5&years=1990-1999",
        "user_id=dana&limit=many",
        "user_id=dana&limit=0&mixer_ann_weight=nan",
        "limit=5",
        "user_id=dana&sort=name&page=2",
        "user_id=",
        "",
    ],
)
def test_a_query_is_answered_as_by_fastapi(query: str) -> None:
    ours = TestClient(_app(Annotated[RecommendParams, from_query(RecommendParams)]))
    theirs = TestClient(_app(Annotated[RecommendParams, Query()]))

    answer, expected = ours.get(f"/lists?{query}"), theirs.get(f"/lists?{query}")

    assert answer.status_code == expected.status_code
    assert answer.json() == expected.json()
