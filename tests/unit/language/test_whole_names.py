"""A text that is a name is read as what bears it: a person, a studio, a franchise, a character."""

import pytest

from api.catalogue.names.person_names import PersonName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import TODAY, labels, mention_of, read


@pytest.mark.parametrize("text", ["Quentin Tarantino", "quentin tarantino", "Quentin  Tarantino?"])
def test_a_known_person_comes_before_a_documentary_that_few_know(text: str) -> None:
    intent = read(text)
    assert [part.people for part in intent.parts] == [{3}]
    assert intent.named_title is None
    assert intent.free_text == ""


@pytest.mark.parametrize(
    ("text", "companies"),
    [
        ("pixar", {1, 2}),
        ("Pixar Animation Studios", {2}),
        ("a24", {3}),
        ("studio ghibli", {4}),
        ("StudioGhibli", {4}),
        ("ghibli", {4}),
        ("marvel", {8}),
        ("Pixar movies", {1, 2}),
        ("something by A24", {3}),
        ("horror from a24", {3}),
        ("A24 horror films", {3}),
        ("foghorn films", set()),
        ("mythology", set()),
        ("a dimension movie", set()),
        ("dimension films", {10}),
        ("epic films longer than three hours", set()),
        ("5 films", set()),
        ("a live action film", set()),
        ("a ballad by Gracie Abrams", set()),
        ("I watched it on Pixar. Films are good.", set()),
        ("horror", set()),
        ("horror movies", set()),
        ("netflix", set()),
        ("a film about pixar animation", set()),
    ],
)
def test_a_studio_alone_or_beside_a_filter_is_asked_for(text: str, companies: set[int]) -> None:
    assert set().union(*read(text).companies) == companies


def test_all_of_one_name_are_told_and_what_is_beside_them_too() -> None:
    assert labels("pixar movies for kids")[:2] == ["Pixar and 1 more", "Films"]
    assert mention_of("pixar", "company").value == [1, 2]


@pytest.mark.parametrize("text", ["no marvel movies", "comedies but not marvel films"])
def test_a_company_may_be_refused(text: str) -> None:
    intent = read(text)
    assert intent.excluded_companies == {8}
    assert intent.companies == ()


@pytest.mark.parametrize("text", ["james bond", "James Bond movies", "show me james bond films"])
def test_a_series_without_a_title_of_its_name_is_all_of_its_titles(text: str) -> None:
    intent = read(text)
    assert intent.franchises == {645}
    assert intent.seeds == ()
    assert intent.named_title is None


def test_a_well_known_title_stays_one_though_a_series_has_its_name() -> None:
    assert read("alien").named_title == 6
    assert read("alien movies").franchises == {10}


def test_a_character_of_several_titles_is_asked_for() -> None:
    assert read("Hercule Poirot").characters == {"hercule poirot"}
    assert labels("hercule poirot movies") == ["Hercule Poirot", "Films"]


def test_what_somebody_likes_of_a_studio_only_lifts() -> None:
    assert "company" in read("I love pixar movies").preferred


@pytest.mark.parametrize("text", ["Alfred Hitchcock", "alfred hitchcock movies"])
def test_a_person_comes_before_their_own_company(text: str) -> None:
    intent = read(text)
    assert [part.people for part in intent.parts] == [{8}]
    assert intent.companies == ()


@pytest.mark.parametrize(
    "text", ["Films like *Heat* and *The Godfather*", "__Heat__, **The Godfather**"]
)
def test_emphasis_names_titles_as_quotation_marks_do(text: str) -> None:
    assert set(read(text).seeds) == {1, 16}


@pytest.mark.parametrize(
    "text", ["I *really* love good films", "*heat* and dust", "I love fun", "I loved the last one"]
)
def test_emphasis_and_small_letters_alone_make_no_title_of_a_word(text: str) -> None:
    assert read(text).seeds == ()


def test_familiar_with_something_asks_for_no_family() -> None:
    assert labels("Are you familiar with dramas like Heat?") == ["Drama", "Heat"]


def test_a_word_of_the_vocabulary_is_no_slip_in_a_title() -> None:
    assert read("drama").named_title is None
    assert read("drama").genres


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("fargo", 18),
        ("the series Fargo", 19),
        ("the movie Fargo", 18),
        ("show me the show fargo", 19),
    ],
)
def test_a_medium_before_a_name_tells_which_of_two(text: str, title: int) -> None:
    assert read(text).named_title == title


_OF_SMALL_WORDS = names_of(
    TextNames.of(
        (
            TitleName(1, False, 2012, 3, 470, "No"),
            TitleName(2, False, 2007, 9, 770, "I'm Not There"),
            TitleName(3, False, 2013, 20, 7800, "Rush"),
            TitleName(4, False, 2019, 20, 8000, "Us"),
            TitleName(5, False, 2021, 9, 2600, "Tom Clancy's Without Remorse"),
            TitleName(6, False, 0, 1, 0, "Without Remorse"),
            TitleName(7, False, 2007, 9, 1600, "Charlie Wilson's War"),
            TitleName(8, False, 1985, 9, 3500, "Brazil"),
            TitleName(9, False, 1969, 3, 800, "More"),
            *(TitleName(at, False, 2000, 0, 0, f"Nobody's {at}") for at in range(20, 60)),
        ),
        (
            PersonName(1, "Tom Clancy", 9, ("writer",)),
            PersonName(2, "Geoffrey Rush", 60, ("cast",)),
            PersonName(3, "Charlie Wilson", 2, ("cast",)),
        ),
        stories=("They rush home.", "A gold rush begins."),
    )
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("No", "No"),
        ("No.", "No"),
        ("I'm Not There", "I'm Not There"),
        ("i'm not there", "I'm Not There"),
        ("like Us", "Us"),
        ("like us", "Us"),
        ("movies like Rush", "Rush"),
        ("something like rush", "Rush"),
        ("Without Remorse", "Tom Clancy's Without Remorse"),
        ("without remorse", "Tom Clancy's Without Remorse"),
        ("movies like Without Remorse", "Tom Clancy's Without Remorse"),
    ],
)
def test_a_text_in_which_nothing_else_is_found_is_the_title(text: str, title: str) -> None:
    found = parse(text, names=_OF_SMALL_WORDS, today=TODAY)
    assert [one.label for one in found.mentions if one.field in ("title", "seed")] == [title]
    assert not found.excluded_words


@pytest.mark.parametrize(
    "text",
    ["no", "like US", "Brazil", "brazil", "war", "no remorse", "us movies"],
)
def test_words_that_say_something_else_are_none(text: str) -> None:
    found = parse(text, names=_OF_SMALL_WORDS, today=TODAY)
    assert not [one for one in found.mentions if one.field in ("title", "seed")]
