"""Wish and rules become constraints; the mask over the facts keeps every one of them."""

import numpy as np

from api.domain.constraints import Lookups
from api.stages.query_hydrators.constraints import ConstraintsAndRules
from config.business_rules import BusinessRules
from tests.facts_builder import Title, facts_of, query_over

TITLES = [
    Title(1, tmdb_id=603, genres=("Crime", "Drama"), year=1995, vote_count=9000),
    Title(2, tmdb_id=603, is_show=True, genres=("Crime",), year=2008),
    Title(3, genres=("Horror", "Thriller"), year=1999, vote_count=10),
    Title(4, genres=("Comedy",), year=0),
]


def allowed(rules: str = "{}", excluded=(), on_services=(), **wish) -> list[int]:
    facts = facts_of(TITLES)
    query = query_over(
        facts, rules=BusinessRules.model_validate_json(rules), excluded=excluded, **wish
    )
    offers = np.array(on_services, dtype=np.int32)
    offered = Lookups(offered=offers if wish.get("services") else None)
    hydrated = ConstraintsAndRules(lambda _constraints: offered).hydrate(query)
    assert hydrated.allowed is not None
    return [int(item) for item in facts.ids[hydrated.allowed]]


def test_nothing_asked_for_allows_everything_unseen() -> None:
    assert allowed() == [1, 2, 3, 4]
    assert allowed(excluded=[2, 99]) == [1, 3, 4]


def test_media_type_and_genres_of_the_wish() -> None:
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


def test_wished_and_excluded_media_type_leave_nothing() -> None:
    assert allowed('{"filters": {"exclude_media_types": ["tv"]}}', media_type="tv") == []


def test_genres_are_relaxed_when_they_cannot_fill_the_page_and_the_answer_says_so() -> None:
    facts = facts_of(TITLES)
    stage = ConstraintsAndRules(lambda _constraints: Lookups())
    hydrated = stage.hydrate(query_over(facts, genres=(35,), limit=3))
    assert hydrated.relaxed == ("genres",)
    strict = BusinessRules.model_validate_json('{"filters": {"require_intent_genres": true}}')
    hydrated = stage.hydrate(query_over(facts, rules=strict, genres=(35,), limit=3))
    assert hydrated.relaxed == ()
    assert hydrated.allowed is not None
    assert hydrated.allowed.sum() == 1
