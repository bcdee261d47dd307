"""A refusal is sure only of titles of which its fact is known; the others come behind them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.language.intent import Intent, Mention, Part
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.hydrator import ConstraintsAndRules, constraints_of
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.select.known_first import KnownFirst
from api.viewers.preferences.preference import Preference
from config.business_rules import BusinessRules
from tests.builders import ints
from tests.facts_builder import Title, facts_of, ids_of, query_over, ranking_of

_SELECT = KnownFirst()
_TITLES = [
    Title(1, genres=(), year=0, has_keywords=False, has_credits=False, has_companies=False),
    Title(2, genres=("Comedy",), language="en", countries=("GB",), age=13),
    Title(3, genres=("Drama",), language="en", has_credits=False),
    Title(4, genres=("Drama",), language="da", age=7, has_keywords=False),
    Title(5, genres=("Drama",), language="de", countries=("AT",), age=0, has_companies=False),
]


def _looked_up(constraints: Constraints, _: int = 0) -> Constraints:
    def found(one: Any) -> Any:
        return replace(one, titles=ints([])) if one.is_looked_up else one

    return constraints.map(found)


def _asking(intent: Intent | None = None, **more: Any) -> tuple[Query, Ranking]:
    facts = facts_of(_TITLES)
    query = replace(query_over(facts, **more), intent=intent)
    constraints = _looked_up(constraints_of(query))
    return replace(query, constraints=constraints), ranking_of(facts, range(1, 6))


def _order(intent: Intent | None = None, **more: Any) -> list[int]:
    query, ranking = _asking(intent, **more)
    return ids_of(_SELECT.select(query, ranking)) if _SELECT.applies_to(query) else ids_of(ranking)


@pytest.mark.parametrize(
    ("refused", "order"),
    [
        ({"excluded_countries": frozenset({"US"})}, [2, 4, 5, 1, 3]),
        ({"excluded_countries": frozenset({"GB", "IE"})}, [2, 4, 5, 1, 3]),
        ({"excluded_countries": frozenset({"AT"})}, [2, 3, 4, 5, 1]),
        ({"excluded_companies": frozenset({9})}, [2, 3, 4, 1, 5]),
        ({"excluded_parts": (Part(frozenset({7})),)}, [2, 4, 5, 1, 3]),
        ({"excluded_keywords": frozenset({"zombie"})}, [2, 3, 5, 1, 4]),
        ({"excluded_words": frozenset({"zombie"})}, [2, 3, 5, 1, 4]),
        ({"excluded_names": frozenset({"Frozen"})}, [2, 3, 5, 1, 4]),
        ({"excluded_genres": frozenset({27})}, [2, 3, 4, 5, 1]),
        ({"excluded_kinds": frozenset({frozenset({80, 99})})}, [2, 3, 4, 5, 1]),
        ({"excluded_years": ((1990, 1999),)}, [2, 3, 4, 5, 1]),
        ({"age_max": 17}, [2, 4, 5, 1, 3]),
    ],
)
def test_what_may_be_refused_comes_behind_what_surely_is_not(
    refused: dict[str, Any], order: list[int]
) -> None:
    assert _order(Intent("", **refused)) == order


def test_of_a_refused_language_what_is_let_through_comes_last() -> None:
    assert _order(preferences=[Preference("language", "en", "never")]) == [2, 3, 4, 5, 1]


def test_what_a_viewer_never_wants_counts_without_words() -> None:
    assert _order(preferences=[Preference("genre", "Horror", "never")]) == [2, 3, 4, 5, 1]


@pytest.mark.parametrize(
    "intent",
    [
        Intent(""),
        Intent("", languages=frozenset({"da"})),
        Intent("", genres=(frozenset({18}),)),
        Intent("", excluded_franchises=frozenset({10})),
        Intent("", excluded_titles=frozenset({99})),
        Intent("", age_max=8),  # of a child: what nobody rated is not shown at all
    ],
)
def test_the_order_stays_where_nothing_unknown_could_be_refused(intent: Intent) -> None:
    assert _order(intent) == [1, 2, 3, 4, 5]


def test_what_the_operator_leaves_out_moves_nothing() -> None:
    rules = BusinessRules.model_validate_json('{"filters": {"exclude_genres": ["horror"]}}')
    assert _order(rules=rules) == [1, 2, 3, 4, 5]


def test_a_plot_and_a_name_mean_one_title_however_little_is_known_of_it() -> None:
    refused = frozenset({"US"})
    plot = " ".join(["word"] * 60)
    assert _order(Intent(plot, excluded_countries=refused), text=plot) == [1, 2, 3, 4, 5]
    assert _order(Intent("", named_title=1, excluded_countries=refused)) == [1, 2, 3, 4, 5]


def _notes(intent: Intent, titles: list[Title]) -> list[str | None]:
    query = replace(query_over(facts_of(titles)), intent=intent)
    hydrated = ConstraintsAndRules(_looked_up).hydrate(query)
    return [one.note for one in hydrated.interpreted]


def test_the_chip_of_a_refusal_says_what_is_not_known() -> None:
    mention = Mention("exclude_country", ["US"], "Not American", 0, 12)
    intent = Intent("not American", (mention,), excluded_countries=frozenset({"US"}))
    unknown = Title(1, language="en")
    known = Title(2, language="en", countries=("GB",))
    said = "Titles of which the catalogue does not say it come last."
    assert _notes(intent, [unknown, known]) == [said]
    assert _notes(intent, [known]) == [None]
    marked = replace(intent, mentions=(replace(mention, remark="Goes by keywords."),))
    assert _notes(marked, [unknown, known]) == [f"Goes by keywords. {said}"]


def test_nothing_is_lost() -> None:
    query, ranking = _asking(Intent("", excluded_countries=frozenset({"US"})))
    selected = _SELECT.select(query, ranking)
    assert sorted(ids_of(selected)) == [1, 2, 3, 4, 5]
    assert np.array_equal(np.sort(selected.scores), np.sort(ranking.scores))
