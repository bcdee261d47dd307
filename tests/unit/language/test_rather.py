"""Of two things the one that is not wanted is no wish."""

import pytest

from tests.names_builder import labels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rather a drama than a comedy", ["Drama", "Not Comedy"]),
        ("I prefer thrillers to horror", ["Thriller", "Not Horror"]),
        ("comedy over drama", ["Comedy", "Not Drama"]),
        ("comedies > dramas", ["Comedy", "Not Drama"]),
        ("lieber Drama als Komödie", ["Drama", "Not Comedy"]),
        ("plutôt un drame qu'une comédie", ["Drama", "Not Comedy"]),
        ("prefiero un drama a una comedia", ["Drama", "Not Comedy"]),
        ("meglio un dramma che una commedia", ["Drama", "Not Comedy"]),
        ("prefiro um drama a uma comédia", ["Drama", "Not Comedy"]),
        ("rather French than Italian", ["French", "Not Italian"]),
        ("I like thrillers more than horror", ["Thriller"]),
        ("plutôt drôle que triste", ["Comedy", "Not Sad"]),
        ("rather eat glass than watch a western", ["Not Western"]),
        ("suspense over gore", ["Thriller", "No gore"]),
        # Both are to be in it.
        ("more comedy than drama", ["Comedy"]),
        ("más comedia que drama", ["Comedy"]),
        # Nothing is compared.
        ("rather a comedy", ["Comedy"]),
        ("I prefer comedies and dramas", ["Comedy", "Drama"]),
        ("comedies over two hours", ["Comedy", "At least 121 minutes"]),
    ],
)
def test_the_less_preferred_is_no_wish(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seen all James Bond, want something else", ["Not James Bond Collection"]),
        ("already seen all the Star Wars films", ["Not Star Wars Collection"]),
        ("seen everything by Quentin Tarantino, what next", ["Not Quentin Tarantino"]),
        ("ich kenne alle Star Wars", ["Not Star Wars Collection"]),
        ("I haven't seen all the Star Wars films", []),
        ("I have seen all the classics", ["Acclaimed"]),
    ],
)
def test_what_somebody_has_seen_all_of_is_left_out(text: str, expected: list[str]) -> None:
    left_out = [label for label in labels(text) if label.startswith("Not")]
    assert left_out == [label for label in expected if label.startswith("Not")]
