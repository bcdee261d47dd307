"""What is drawn for a list hangs on what was asked, by whom and when; on no process."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from api.recommend.lists.draw_seed import draw_seed
from api.recommend.query import Query
from tests.facts_builder import Title, facts_of, query_over

_HOUR = timedelta(hours=1)
_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def query() -> Query:
    return replace(query_over(facts_of([Title(1)])), now=_NOON)


def _seed(query: Query) -> int:
    return draw_seed(query, strategy="standard", lasts=_HOUR)


def test_it_is_the_same_until_the_span_ends(query: Query) -> None:
    last = replace(query, now=_NOON + _HOUR - timedelta(seconds=1))
    assert _seed(last) == _seed(query)
    assert _seed(replace(query, now=_NOON + _HOUR)) != _seed(query)


def test_it_is_the_same_in_a_process_that_knows_of_another_version_of_the_catalogue(
    query: Query,
) -> None:
    later = replace(query.versions, catalogue_version=query.versions.catalogue_version + 1)
    assert _seed(replace(query, versions=later)) == _seed(query)


def test_each_viewer_request_strategy_and_state_of_a_profile_has_its_own(query: Query) -> None:
    request, versions = query.request, query.versions
    seeds = {
        _seed(query),
        _seed(replace(query, request=replace(request, user_id="somebody else"))),
        _seed(replace(query, request=replace(request, profile="kids"))),
        _seed(replace(query, request=replace(request, genres=(18,)))),
        _seed(replace(query, versions=replace(versions, profile_version=7))),
        draw_seed(query, strategy="bold", lasts=_HOUR),
    }
    assert len(seeds) == 6
