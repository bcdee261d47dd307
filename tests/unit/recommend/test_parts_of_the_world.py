"""What is from a country or a part of the world is not what was only shot or spoken there."""

import numpy as np
import pytest

from api.domain.countries import are_from_alone
from api.recommend.constraints.countries import Countries, ExcludedCountries
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
    assert kept(frozenset({"KE"})) == [3]


def test_of_a_list_with_a_language_either_will_do() -> None:
    assert kept(frozenset({"ZA"}), frozenset({"fr"})) == [1, 3, 4, 5]


_SPOKEN_ELSEWHERE = (
    Title(1, countries=("ES",), language="es"),
    Title(2, countries=("MX", "ES"), language="es"),
    Title(3, countries=("MX",), language="es"),
    Title(4, countries=("ES", "US"), language="en"),  # shot there
    Title(5, countries=("ES",), language="ca"),
    Title(6, language="es"),
    Title(7, countries=("PL",), language="es"),
    Title(8, countries=("PT",), language="pt"),
    Title(9, language="pt"),  # more of them are from Brazil
    Title(10),
    Title(11, countries=("MX", "US"), language="en"),  # shot there as well
)


@pytest.mark.parametrize(
    ("countries", "in_any_language", "found"),
    [
        ({"ES"}, False, [1, 2, 5, 6]),
        ({"ES", "PT"}, False, [1, 2, 5, 6, 8]),
        ({"MX"}, False, [2, 3]),
        ({"ES"}, True, [1, 2, 4, 5]),
    ],
)
def test_from_a_country_is_what_it_made_in_its_language(
    countries: set[str], in_any_language: bool, found: list[int]
) -> None:
    facts = facts_of(_SPOKEN_ELSEWHERE)
    wanted = Countries("words", frozenset(countries), in_any_language=in_any_language)
    broken = wanted.broken(facts, slice(None))
    assert facts.ids[np.flatnonzero(~broken)].tolist() == found


def test_not_from_a_country_leaves_what_others_made_in_its_language() -> None:
    facts = facts_of(_SPOKEN_ELSEWHERE)
    broken = ExcludedCountries("words", frozenset({"ES"})).broken(facts, slice(None))
    assert facts.ids[np.flatnonzero(broken)].tolist() == [1, 2, 5, 6]


@pytest.mark.parametrize(
    ("country", "found"),
    [
        ("GB", [1, 3]),
        ("US", [4]),
        ("MX", [7]),
        ("ES", [8]),
    ],
)
def test_titled_as_from_a_country_is_what_no_other_may_claim(
    country: str, found: list[int]
) -> None:
    facts = facts_of(
        (
            Title(1, countries=("GB",)),
            Title(2, countries=("GB", "US")),
            Title(3, countries=("FR", "GB")),
            Title(4, countries=("US",)),
            Title(5, countries=("US", "HK", "GB")),
            Title(6, countries=("MX", "ES"), language="es"),
            Title(7, countries=("MX", "US"), language="es"),
            Title(8, countries=("ES",), language="es"),
            Title(9, countries=("GB", "JP"), language="ja"),
        )
    )
    is_from = are_from_alone([country], facts.countries, facts.language)[country]
    assert facts.ids[is_from].tolist() == found
