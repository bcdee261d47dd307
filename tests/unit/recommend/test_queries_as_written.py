"""Which queries are known by how they are written, and what that costs."""

import asyncio
from unittest.mock import Mock

import pytest
from starlette.requests import Request

from api.access.caller import Caller
from api.access.holder import Holder
from api.recommend.known_queries import KnownQueries, Written
from api.recommend.request import RecommendRequest

_SCOPE = {"type": "http", "path": "/recommend", "headers": []}
_WRITTEN = Written(RecommendRequest(user_id="dana"), None)


def _knows(known: KnownQueries, query: bytes) -> bool:
    request = Request({**_SCOPE, "query_string": query})
    return known.ahead(request, lambda user_id: user_id == "dana") is not None


@pytest.fixture
def known() -> KnownQueries:
    return KnownQueries(Mock(), Mock())


def test_a_query_is_known_as_it_was_written(known: KnownQueries) -> None:
    known.remember(b"user_id=dana", _WRITTEN)
    assert _knows(known, b"user_id=dana")
    assert _knows(known, b"user_id=dana&cursor=e30.c2ln")
    for other in (b"user_id=Dana", b"user_id=dana&", b"user_id=dana&cursor=x&limit=5"):
        assert not _knows(known, other)


def test_whoever_may_not_have_a_page_is_refused_by_the_route(known: KnownQueries) -> None:
    known.remember(b"user_id=dana", _WRITTEN)
    caller = Caller(Holder("user", "user:eve", user_id="eve"), Mock())
    asked = Request({**_SCOPE, "query_string": b"user_id=dana", "state": {"caller": caller}})
    assert asyncio.run(known.page(asked)) is None


def test_what_may_be_written_at_any_length_is_not_kept(known: KnownQueries) -> None:
    """Empty parameters are none, so that a query of a few bytes may be written in 32 kB."""
    padded = b"user_id=dana" + b"&" * 32_000
    known.remember(padded, _WRITTEN)
    assert not _knows(known, padded)
