"""A show without a certificate is likely for the age that others of its network are for."""

import numpy as np
import pytest

from api.catalogue.facts.likely_ages import likely_ages
from tests.builders import ints

HBO, CBS = 1, 2
_UNKNOWN = -1


def likely(ages: list[int], networks: dict[int, list[int]], *, shows: bool = True) -> list[int]:
    """Of titles 1 to n, the first of which matters."""
    ids = ints(range(1, len(ages) + 1))
    found = likely_ages(
        ids, np.full(len(ids), shows), np.array(ages, dtype=np.int8), networks.items()
    )
    return [int(age) for age in found]


def test_it_is_that_of_the_certified_shows_of_its_network() -> None:
    networks = {1: [HBO], 2: [HBO], 3: [HBO], 4: [CBS], 5: [CBS], 6: [CBS]}
    ages = [_UNKNOWN, 17, 17, _UNKNOWN, 14, 14]
    assert likely(ages, networks) == [17, 17, 17, 14, 14, 14]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([17], _UNKNOWN),  # one show says nothing of a network
        ([17, 17, 0], 17),
        ([15, 14, 15, 14, 0], 14),  # boards that disagree by a year
        ([0, 3, 14, 17], _UNKNOWN),  # of every age
    ],
)
def test_most_of_them_have_to_be_of_one_age(others: list[int], expected: int) -> None:
    networks = {n: [HBO] for n in range(1, len(others) + 2)}
    assert likely([_UNKNOWN, *others], networks)[0] == expected


def test_a_show_of_two_networks_is_for_the_age_that_most_shows_of_both_are_for() -> None:
    networks = {1: [HBO, CBS], 2: [HBO], 3: [HBO], 4: [HBO], 5: [CBS]}
    assert likely([_UNKNOWN, 17, 17, 17, 14], networks)[0] == 17


def test_what_a_board_says_stays_and_films_and_shows_of_no_network_have_no_likely_age() -> None:
    networks = {1: [HBO], 2: [HBO], 3: [HBO], 9: [HBO]}  # 9 is retired
    assert likely([8, 17, 17], networks) == [8, 17, 17]
    assert likely([_UNKNOWN, 17, 17], networks, shows=False) == [_UNKNOWN, 17, 17]
    assert likely([_UNKNOWN, 17, 17], {2: [HBO], 3: [HBO]}) == [_UNKNOWN, 17, 17]
