"""Names as they are typed on a phone: people by one name, and lists of titles."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tarantino", "Quentin Tarantino"),
        ("hanks", "Tom Hanks"),
        ("nolan movies", "Christopher Nolan"),
        ("hitchcock thrillers", "Alfred Hitchcock"),
        ("something with denzel", "Denzel Washington"),
        ("movies with leo dicaprio", "Leonardo DiCaprio"),
        ("leo dicaprio", "Leonardo DiCaprio"),
    ],
)
def test_one_name_of_somebody_known_is_theirs(text: str, name: str) -> None:
    assert name in labels(text)
    assert read(text).parts


@pytest.mark.parametrize(
    "text",
    [
        "black movies",
        "with jack",
        "a nolan in town",
        "harry nolan films",
        "with denzel qwxyz",
    ],
)
def test_a_word_that_means_something_else_or_several_people_is_nobody(text: str) -> None:
    assert read(text).parts == ()


def test_a_text_that_lists_titles_names_them() -> None:
    assert read("pulp fiction, fight club, the godfather").seeds == (36, 37, 16)
    assert read("pulp fiction, fight club and heat").seeds == (36, 37, 1)
    assert read("pulp fiction, fight club, qwxyz, the godfather").seeds == (36, 37, 16)


@pytest.mark.parametrize(
    "text",
    ["pulp fiction, fight club", "vampire, friendship, heist", "heat, rain, snow, pulp fiction"],
)
def test_too_few_titles_and_ordinary_words_are_no_list(text: str) -> None:
    assert read(text).seeds == ()


def test_a_number_says_how_short() -> None:
    intent = read("something short, 20 minute episodes")
    assert (intent.runtime_min, intent.runtime_max) == (10, 30)
    assert intent.media_types == {"tv"}
    assert read("something short").runtime_max == 95


@pytest.mark.parametrize(
    "text",
    ["oscar winners", "award winning dramas", "classics from the 50s", "películas premiadas"],
)
def test_awards_are_told_by_votes(text: str) -> None:
    (chip,) = (one for one in read(text).interpreted() if one.field == "renown")
    assert chip.label == "Acclaimed"
    assert "TMDB" in (chip.note or "")


def test_the_letters_of_a_famous_name_are_it() -> None:
    assert read("himym").named_title == 40
    assert read("something like himym").seeds == (40,)
    assert read("hims").named_title is None


@pytest.mark.parametrize("text", ["star wars in order", "the star wars saga", "star wars movies"])
def test_a_series_may_be_asked_for_as_one(text: str) -> None:
    assert read(text).franchises == {11}


@pytest.mark.parametrize(
    ("text", "company"),
    [("disney movies", 17), ("disney classics", 17), ("disney princess movies", 17)],
)
def test_a_maker_that_is_a_service_too_is_meant_without_on(text: str, company: int) -> None:
    intent = read(text)
    assert intent.companies == (frozenset({company}),)
    assert intent.services == frozenset()


def test_a_service_is_known_by_what_people_call_it() -> None:
    assert read("comedies on prime").services == {"amp"}
    assert read("prime cut comedies").services == frozenset()
