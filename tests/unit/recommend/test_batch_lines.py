"""A viewer whose list fails costs the batch that one line."""

from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from api.platform.errors import NotFound
from api.recommend.batch.batch import Batches
from api.recommend.batch.schemas import BatchRequest

_PAGE = SimpleNamespace(body=b'{"items":[{"id":1}]}')


class _Recommender:
    """Answers everybody but those who are named for what goes wrong."""

    def versions_behind(self, user_id: str, profile: str | None) -> Any:
        if user_id == "gone":
            raise NotFound("No such profile.")
        limits = SimpleNamespace(country=None)
        return SimpleNamespace(household=SimpleNamespace(limits_of=lambda _: limits))

    def first_page(self, request: Any, *, versions: Any) -> Any:
        if request.user_id == "broken":
            raise ZeroDivisionError
        return _PAGE


class _Reader:
    def known(self, *args: Any, **named: Any) -> Any:
        return SimpleNamespace(country="US", services=(), filters=())


def test_the_lines_behind_a_viewer_whose_list_fails_are_made(
    caplog: pytest.LogCaptureFixture,
) -> None:
    names = ["ann", "gone", "broken", "eve"]
    asked = BatchRequest.model_validate({"viewers": [{"user_id": name} for name in names]})
    recommender: Any = _Recommender()
    reader: Any = _Reader()
    lines = [orjson.loads(one) for one in Batches(recommender, reader).lines(asked)]
    assert [one["user_id"] for one in lines] == names
    assert [bool(one["items"]) for one in lines] == [True, False, False, True]
    assert lines[1]["problem"] == "No such profile."
    assert lines[2]["problem"] == "The list could not be made; the log says why."
    assert "ZeroDivisionError" in caplog.text
