"""Films of a part of the world are not those that were only shot there."""

import numpy as np

from api.recommend.constraints.countries import Countries
from tests.facts_builder import Title, facts_of

_AFRICAN = frozenset({"ZA", "NG", "MA", "KE"})
_TITLES = (
    Title(1, countries=("ZA",), language="en"),
    Title(2, countries=("US", "MA"), language="en"),  # shot in the desert
    Title(3, countries=("ZA", "KE", "GB"), language="en"),
    Title(4, countries=("US", "GB", "NG"), language="fr"),
    Title(5, countries=("US",), language="fr"),
)


def kept(countries: frozenset[str], or_languages: frozenset[str] = frozenset()) -> list[int]:
    facts = facts_of(_TITLES)
    broken = Countries("words", countries, or_languages).broken(facts, slice(None))
    return [int(one) for one in facts.ids[np.flatnonzero(~broken)]]


def test_of_a_part_of_the_world_those_in_english_are_mostly_from_there() -> None:
    assert kept(_AFRICAN) == [1, 3, 4]


def test_of_a_country_co_productions_count() -> None:
    assert kept(frozenset({"MA"})) == [2]


def test_of_a_list_with_a_language_either_will_do() -> None:
    assert kept(frozenset({"ZA"}), frozenset({"fr"})) == [1, 3, 4, 5]
