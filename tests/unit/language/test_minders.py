"""Children who are minded, or whose family is typed in a hurry, watch as well and limit."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "oldest"),
    [
        ("i'm babysitting", 8),
        ("babysitting tonight", 8),
        ("babysitting, something funny", 8),
        ("babysitting 3 monsters 5 7 and 9", 5),
        ("babysitting three monsters, 5, 7 and 9", 5),
        ("babysitting my 12 yr old nephew", 12),
        ("bin babysitten", 8),
        ("hago de canguro esta noche", 8),
        ("faccio la babysitter", 8),
    ],
)
def test_whoever_is_minded_watches(text: str, oldest: int) -> None:
    assert read(text).age_max == oldest


@pytest.mark.parametrize(
    "text",
    [
        "movie about babysitting",
        "babysitting movie",
        "a comedy where she is babysitting",
        "I hate babysitting",
    ],
)
def test_minding_in_a_plot_limits_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "oldest"),
    [
        ("smth the kids havent seen", 8),
        ("something the kids haven't seen yet", 8),
        ("a film the kids have not seen", 8),
        ("algo que los niños no han visto", 8),
        ("the neighbors kids are over", 8),
        ("my sisters kids are here", 8),
        ("my brothers kid is staying over", 8),
        ("her kid is coming", 8),
        ("kids over tonight", 8),
        ("teenagers and me", 13),
        ("2 teenagers and me", 13),
        ("lil man is 5", 5),
        ("mi enana de 5", 5),
        ("minha pequena de 6", 6),
        ("unsere mäuse, 4 und 6", 4),
    ],
)
def test_children_as_households_type_them_limit(text: str, oldest: int) -> None:
    assert read(text).age_max == oldest


@pytest.mark.parametrize(
    ("text", "oldest"),
    [
        ("with 3 kids", 8),
        ("for 3 kids", 8),
        ("in the car with 3 kids", 8),
        ("home with two sick kids", 8),
        ("for two bored teenagers", 13),
        ("mit 2 kranken Kindern", 8),
        ("hotel room w 2 kids", 8),
        ("on a plane with 2 toddlers", 0),
        ("with two teenagers", 13),
        ("with 2 kids 5 and 12", 5),
        ("mit zwei Kindern im Auto", 8),
        ("con 2 niños", 8),
        ("avec 2 enfants", 8),
        ("con due bambini", 8),
        ("com 2 crianças", 8),
    ],
)
def test_counted_children_limit_as_others_do(text: str, oldest: int) -> None:
    assert read(text).age_max == oldest


@pytest.mark.parametrize(
    "text",
    [
        "family with 3 kids lives in the country",
        "a couple with two kids in a haunted house",
        "movie about a woman with two kids",
        "with 3 films",
        "movie where the kids haven't seen the ocean",
        "movie about teenagers and me",
        "the brothers are here to fight",
    ],
)
def test_children_of_a_plot_limit_nothing(text: str) -> None:
    assert read(text).age_max is None
