"""Requests and rules become constraints; the mask over the facts keeps every one of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from api.catalogue.names.text_names import TextNames
from api.domain.years import YearRange
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from api.recommend.boost_factors import boost_factors
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.excluded_titles import ExcludedTitles
from api.recommend.constraints.hydrator import ConstraintsAndRules, constraints_of
from api.recommend.constraints.keywords import Keywords
from api.recommend.constraints.offers import Offers
from config.business_rules import BusinessRules
from tests.facts_builder import NOW, Title, facts_of, query_over

TITLES = [
    Title(1, tmdb_id=603, genres=("Crime", "Drama"), year=1995, vote_count=9000),
    Title(2, tmdb_id=603, is_show=True, genres=("Crime",), year=2008),
    Title(3, genres=("Horror", "Thriller"), year=1999, vote_count=10),
    Title(4, genres=("Comedy",), year=0),
]


def _nothing_to_look_up(constraints: Constraints, _: int) -> Constraints:
    return constraints


def allowed(
    rules: str = "{}",
    excluded: Sequence[int] = (),
    on_services: Sequence[int] = (),
    **request: Any,
) -> list[int]:
    facts = facts_of(TITLES)
    query = query_over(
        facts, rules=BusinessRules.model_validate_json(rules), excluded=excluded, **request
    )
    offered = np.array(on_services, dtype=np.int32)

    def looked_up(one: Constraint) -> Constraint:
        return replace(one, titles=offered) if isinstance(one, Offers) else one

    hydrated = ConstraintsAndRules(lambda constraints, _: constraints.map(looked_up)).hydrate(query)
    return [int(item) for item in facts.ids[hydrated.allowed]]


def test_nothing_asked_for_allows_everything_unseen() -> None:
    assert allowed() == [1, 2, 3, 4]
    assert allowed(excluded=[2, 99]) == [1, 3, 4]


def test_media_type_and_genres_of_the_request() -> None:
    assert allowed(media_type="tv") == [2]
    assert allowed(genres=(80,), limit=2) == [1, 2]


def test_only_what_the_services_offer() -> None:
    assert allowed(services=("nfx",), on_services=[3, 77]) == [3]


def test_every_filter_of_the_rules() -> None:
    for rules, expected in (
        ('{"exclude_genres": ["horror"]}', [1, 2, 4]),
        ('{"include_genres": ["CRIME", "comedy"]}', [1, 2, 4]),
        ('{"min_vote_count": 100}', [1, 2, 4]),
        ('{"min_release_year": 1999}', [2, 3]),
        ('{"max_release_year": 1999}', [1, 3]),
        ('{"exclude_media_types": ["movie"]}', [2]),
        ('{"exclude_ids": [4]}', [1, 2, 3]),
        ('{"exclude_tmdb_ids": [603]}', [3, 4]),
        ('{"exclude_tmdb_ids": ["tv:603"]}', [1, 3, 4]),
    ):
        assert allowed(f'{{"filters": {rules}}}') == expected, rules


def test_rules_follow_a_title_whose_id_moved() -> None:
    facts = replace(
        facts_of([Title(1), Title(2), Title(3)]),
        moved_ids={90: 1},
        moved_tmdb_ids={(False, 900): 2, (True, 901): 3},
    )
    for named, ids in (
        ('"exclude_ids": [90, 2]', {1, 2}),
        ('"exclude_tmdb_ids": ["movie:900"]', {2}),
        ('"exclude_tmdb_ids": ["901"]', {3}),
    ):
        rules = BusinessRules.model_validate_json(f'{{"filters": {{{named}}}}}')
        query = query_over(facts, rules=rules)
        (excluded,) = (one for one in constraints_of(query) if isinstance(one, ExcludedTitles))
        assert excluded.ids == ids, named
    for boosted, factors in (
        ('"id_multipliers": {"90": 2}', [2, 1, 1]),
        ('"tmdb_id_multipliers": {"movie:900": 2}', [1, 2, 1]),
        ('"tmdb_id_multipliers": {"tv:900": 2}', [1, 1, 1]),
        ('"tmdb_id_multipliers": {"901": 2}', [1, 1, 2]),
    ):
        boosts = BusinessRules.model_validate_json(f'{{"boosts": {{{boosted}}}}}').boosts
        rows = np.arange(3, dtype=np.int32)
        assert boost_factors(boosts, facts, rows).tolist() == factors, boosted


def test_two_rows_of_one_title_are_known_together() -> None:
    facts = replace(
        facts_of([Title(1), Title(2), Title(3)]), same_titles=np.array([[1, 3], [3, 1]])
    )
    assert facts.with_same_titles(np.array([1, 2])).tolist() == [1, 2, 3]
    assert facts.with_same_titles(np.array([2])).tolist() == [2]


@pytest.mark.parametrize(
    ("asked", "kept", "behind"),
    [
        ({}, [2, 4], [1, 3]),  # 1, 2 and 3 are one title; most know the second
        ({"excluded": [4]}, [2], [1, 3]),
        ({"media_type": "tv"}, [3], []),
        ({"excluded": [2, 3]}, [1, 4], []),
    ],
)
def test_of_a_title_that_is_there_twice_the_best_known_row_that_may_be_listed_is(
    asked: dict[str, Any], kept: list[int], behind: list[int]
) -> None:
    facts = replace(
        facts_of(
            [
                Title(1, vote_count=5),
                Title(2, vote_count=900),
                Title(3, vote_count=5, is_show=True),
                Title(4),
            ]
        ),
        same_titles=np.array([[a, b] for a in (1, 2, 3) for b in (1, 2, 3) if a != b]),
    )
    hydrated = ConstraintsAndRules(_nothing_to_look_up).hydrate(query_over(facts, **asked))
    assert facts.ids[hydrated.allowed].tolist() == kept
    broken = [
        item
        for row, item in enumerate(facts.ids.tolist())
        if "same_title" in {one.code for one in hydrated.constraints.broken_by(facts, row)}
    ]
    assert broken == behind


def test_requested_and_excluded_media_type_leave_nothing() -> None:
    assert allowed('{"filters": {"exclude_media_types": ["tv"]}}', media_type="tv") == []


_THIS_DAY, _NEXT_DAY = NOW.date(), NOW.date() + timedelta(days=1)
_DATED = [
    Title(1, year=2026, released=_THIS_DAY),
    Title(2, year=2026, released=_NEXT_DAY),
    Title(3, year=2028, released=date(2028, 5, 4)),
    Title(4, year=0),
]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((), [1, 4]),
        (((2026, 2026),), [1]),
        (((2020, 2100),), [1]),
        (((1990, 1999), (2027, 2100)), []),
        (((2027, 2100),), [3]),
    ],
    ids=["no year", "this year", "since years", "years past or to come", "years to come"],
)
def test_what_is_not_out_is_left_out_unless_it_is_asked_for(
    years: tuple[YearRange, ...], expected: list[int]
) -> None:
    facts = facts_of(_DATED)
    # A page without places, so that no year is relaxed.
    query = replace(query_over(facts, limit=0), intent=Intent("in words", (), years=years))
    hydrated = ConstraintsAndRules(_nothing_to_look_up).hydrate(query)
    assert facts.ids[hydrated.allowed].tolist() == expected


def test_genres_are_relaxed_when_they_cannot_fill_the_page_and_the_answer_says_so() -> None:
    facts = facts_of(TITLES)
    stage = ConstraintsAndRules(_nothing_to_look_up)
    intent = Intent("comedies", genres=(frozenset({35}),))
    query = replace(query_over(facts, limit=3), intent=intent)
    hydrated = stage.hydrate(query)
    assert hydrated.relaxed == ("genres",)
    strict = BusinessRules.model_validate_json('{"filters": {"require_intent_genres": true}}')
    hydrated = stage.hydrate(replace(query, rules=strict))
    assert hydrated.relaxed == ()
    assert hydrated.allowed.sum() == 1


@pytest.mark.parametrize(
    ("marked", "status"),
    [([], "unsupported"), ([1], "unsupported"), ([2], "relaxed"), ([1, 2], "relaxed")],
    ids=["nothing", "a film", "a show", "both"],
)
def test_a_keyword_that_no_show_here_has_is_told_to_be_unsupported(
    marked: list[int], status: str
) -> None:
    titles = np.array(marked, dtype=np.int32)
    facts = facts_of([*TITLES, Title(5, is_show=True), Title(6, is_show=True)])
    intent = parse("miniseries", names=names_of(TextNames.of()), today=NOW.date())

    def looked_up(constraints: Constraints, _: int) -> Constraints:
        return constraints.map(
            lambda one: replace(one, titles=titles) if isinstance(one, Keywords) else one
        )

    query = replace(query_over(facts, limit=3), intent=intent)
    hydrated = ConstraintsAndRules(looked_up).hydrate(query)
    told = next(one for one in hydrated.interpreted if one.field == "keyword")
    assert hydrated.relaxed == ("keyword",)
    assert (told.status, bool(told.note)) == (status, status == "unsupported")
    assert facts.ids[hydrated.allowed].tolist() == [2, 5, 6]
