"""What somebody asks not to be given, one thing after the other."""

from tests.names_builder import labels, read


def test_a_list_that_is_not_to_be_recommended_is_refused_to_its_end() -> None:
    intent = read("thrillers please, but don't recommend Heat, Collateral, Fargo")
    assert intent.excluded_titles >= {1, 21}
    assert intent.seeds == ()


def test_the_popular_ones_are_refused() -> None:
    assert "Not well known" in labels("weird thrillers, don't recommend the popular ones")


def test_of_two_genres_in_one_word_the_chips_tell_the_one_that_is_refused() -> None:
    assert labels("thrillers, no romcoms") == ["Thriller", "Not Romance"]


def test_nothing_is_refused_where_something_was_to_no_avail() -> None:
    assert "No avail" not in labels("i looked for it to no avail")
