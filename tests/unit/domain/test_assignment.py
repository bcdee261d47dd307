"""Viewers are drawn for strategies by a hash that must never change."""

from collections import Counter

import pytest

from api.domain.assignment import Arm, drawn_arm, place_of


@pytest.mark.parametrize(
    ("salt", "user_id", "profile", "place"),
    [
        ("bold", "dana", None, 0.2798311791822795),
        ("bold", "dana", "", 0.3595507607914561),
        ("bold", "a", "b::c", 0.9960357860842899),
        ("bold", "a::b", "c", 0.6638813707285673),
        ("second try", "dana", None, 0.44657449090685886),
        ("bold", "🍿 דנה", "kids", 0.030680173427262702),
    ],
)
def test_a_viewer_falls_where_they_always_fell(
    salt: str, user_id: str, profile: str | None, place: float
) -> None:
    assert place_of(salt, user_id, profile) == place


def test_shares_are_met_and_everyone_else_gets_the_champion() -> None:
    arms = [Arm("bold", 0.2, "bold"), Arm("calm", 0.3, "calm"), Arm("off", 0.0, "off")]
    drawn = Counter(drawn_arm(arms, f"user {number}", None) for number in range(5_000))
    # Five standard deviations of a binomial draw.
    assert abs(drawn["bold"] / 5_000 - 0.2) < 0.029
    assert abs(drawn["calm"] / 5_000 - 0.3) < 0.033
    assert drawn["off"] == 0
    assert sum(drawn.values()) == 5_000


def test_everyone_is_drawn_by_shares_that_add_up_to_one() -> None:
    arms = [Arm("bold", 0.5, "bold"), Arm("calm", 0.5, "calm")]
    assert all(drawn_arm(arms, f"user {number}", None) for number in range(500))
    assert drawn_arm([], "dana", None) is None


def test_a_larger_share_moves_nobody_between_two_other_strategies() -> None:
    def drawn(first: float) -> list[str | None]:
        arms = [Arm("bold", first, "bold"), Arm("calm", 0.3, "calm")]
        return [drawn_arm(arms, f"user {number}", "kids") for number in range(1_000)]

    moves = Counter(zip(drawn(0.1), drawn(0.2), strict=True))
    assert moves["bold", "bold"] > 0
    assert moves["bold", "calm"] == moves["bold", None] == moves["calm", None] == 0


def test_another_salt_draws_others() -> None:
    first = [drawn_arm([Arm("bold", 0.5, "one")], f"user {n}", None) for n in range(400)]
    second = [drawn_arm([Arm("bold", 0.5, "two")], f"user {n}", None) for n in range(400)]
    both = sum(one is not None and one == other for one, other in zip(first, second, strict=True))
    assert 50 < both < 150
