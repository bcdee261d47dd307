"""A page that is kept serves until anything that it depends on has changed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.domain.limits import Limits
from api.platform.database import Database
from api.platform.service_state import catalogue_version
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.keywords import Keywords
from api.recommend.constraints.years import FirstYear
from api.recommend.lists.kept_pages import KeptPage, KeptPages, PageKey
from api.recommend.lists.served import Served
from api.recommend.query import Query
from api.recommend.strategy import Chosen, Strategy
from config.settings import Settings
from config.strategy_files import STANDARD
from tests.facts_builder import Title, facts_of, query_over, ranking_of, run_of

_ON_PAGE, _BEHIND = 2, 3  # of a page of one
_NAMED = 7  # by a reason on it


def served_by(query: Query) -> Served:
    """A list of two titles, of which a page has one."""
    run = run_of(query, ranking_of(query.facts, [_ON_PAGE, _BEHIND]))
    run.evidence["near_id"][0] = _NAMED
    nothing: Any = None
    strategy = Strategy(Settings.load({}).strategies[STANDARD], nothing, nothing)
    served = Served.of(run, UUID(int=7), Chosen(strategy, "champion"))
    return replace(served, page_key=key_of(query), body=b"{}")


def key_of(query: Query) -> PageKey:
    return PageKey(query.request, STANDARD, query.versions, facts=1, rules=1, templates=1)


@pytest.fixture
def kept(database: Database) -> KeptPages:
    return KeptPages(database, ttl_seconds=60)


@pytest.fixture
def query(database: Database) -> Query:
    query = query_over(facts_of([Title(number) for number in (2, 3, 7)]), limit=1)
    version = catalogue_version(database)
    return replace(query, versions=replace(query.versions, catalogue_version=version))


@pytest.fixture
def found_after(database: Database, kept: KeptPages) -> Callable[..., KeptPage | None]:
    def change(query: Query, changed: Iterable[int] | None, **moved: Any) -> KeptPage | None:
        """The page of the query, once these titles have changed and so have these versions."""
        kept.follow(served_by(query))
        with database.engine.begin() as connection:
            bump_catalogue_version(connection, changed)
        version = catalogue_version(database)
        versions = replace(query.versions, catalogue_version=version, **moved)
        return kept.find(key_of(replace(query, versions=versions)))

    return change


def test_titles_that_it_does_not_tell_of_leave_it(
    found_after: Callable[..., KeptPage | None], query: Query
) -> None:
    page = found_after(query, [_BEHIND, 99])
    assert page is not None
    assert page.body == b"{}"


def test_it_moves_on_with_the_catalogue(
    database: Database,
    kept: KeptPages,
    found_after: Callable[..., KeptPage | None],
    query: Query,
) -> None:
    found_after(query, [99])
    versions = replace(query.versions, catalogue_version=catalogue_version(database))
    assert kept.at_hand(key_of(replace(query, versions=versions))) is not None
    assert kept.at_hand(key_of(query)) is None


@pytest.mark.parametrize("changed", [[_ON_PAGE], [_NAMED], None])
def test_a_change_of_what_it_tells_of_ends_it(
    found_after: Callable[..., KeptPage | None], query: Query, changed: list[int] | None
) -> None:
    assert found_after(query, changed) is None


def test_so_does_anything_else_that_moves(
    found_after: Callable[..., KeptPage | None], query: Query
) -> None:
    assert found_after(query, [99], profile_version=2) is None


def test_what_only_the_rows_tell_depends_on_all_titles(
    found_after: Callable[..., KeptPage | None], query: Query
) -> None:
    heists = Keywords("parameter", frozenset({"heist"}))
    assert found_after(replace(query, constraints=Constraints((heists,))), [99]) is None
    new = FirstYear("parameter", 1990)
    assert found_after(replace(query, constraints=Constraints((new,))), [99]) is not None


def test_words_and_limits_depend_on_all_titles(
    found_after: Callable[..., KeptPage | None], query: Query
) -> None:
    in_words = replace(query, request=replace(query.request, text="heist"))
    assert found_after(in_words, [99]) is None
    limited = replace(query, versions=replace(query.versions, limits=Limits(max_age=12)))
    assert found_after(limited, [99]) is None
