"""Children of whom a text says nothing watch, those of a plot do not; and the youngest counts."""

import pytest

from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import TODAY, read


@pytest.mark.parametrize(
    "text",
    [
        "kids",
        "kids tonight",
        "Kids tonight",
        "me and the kids",
        "with grandma and the kids",
        "kids and grandma",
        "kids and dad night",
        "kids horror",
        "kids thriller",
        "kids comedy, 90s",
        "kids christmas movie",
        "comedy, kids",
        "children",
        "Kinder",
        "Kinder Horrorfilm",
        "Oma und die Kinder",
        "niños",
        "enfants",
        "dessin animé enfants",
        "bambini",
        "crianças",
        "before the kids go to bed",
    ],
)
def test_children_of_whom_nothing_is_said_watch(text: str) -> None:
    assert read(text).age_max == 8


def test_whoever_watches_with_them_is_not_searched_for() -> None:
    assert read("with grandma and the kids").free_text == ""
    assert read("kids and dad night").free_text == ""


@pytest.mark.parametrize(
    "text",
    [
        "kids in a haunted house",
        "a film about kids who fight",
        "movies about kids",
        "kids stealing cars",
        "killer kids",
        "kids with guns",
        "films starring children",
        "I hate kids",
        "no kids",
        "horror, no kids",
        "horror without kids",
        "children of men",
        "movie about (abandoned?) kids. One of the kids dies and they bury her near an airport",
    ],
)
def test_children_of_a_plot_and_refused_ones_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


def test_a_title_that_is_called_so_is_asked_for_with_its_year() -> None:
    film = TitleName(1, False, 1995, 20, 2000, "Kids")
    names = names_of(TextNames.of((film,), (), (), (), (), ()))
    assert parse("Kids", names=names, today=TODAY).age_max == 8
    assert parse("Kids film", names=names, today=TODAY).age_max == 8
    for text in ("Kids (1995)", "kids 1995", '"Kids"'):
        assert parse(text, names=names, today=TODAY).age_max is None
    assert parse("Kids tonight", names=names, today=TODAY).age_max == 8


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("preschool cartoons", 0),
        ("preschool show", 0),
        ("tween girls sleepover", 13),
        ("film with tween girls", 13),
        ("for my 10th grade students", 15),
        ("with my 7th grader", 12),
        ("thriller for my 1st grader", 6),
        ("for kindergarten kids", 0),
        ("for nursery children", 0),
    ],
)
def test_what_they_are_called_says_their_age(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text", ["a teacher of eighth grade", "my 5th grade teacher", "3rd grade crime"]
)
def test_a_grade_without_pupils_who_watch_limits_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("with my niece Lily, who is 6", 6),
        ("with our nephew Tom, 9", 9),
        ("our son Max (8) wants dinosaurs", 8),
        ("mit Enkelin Mia, 6", 6),
        ("mit meinem Neffen Paul, der 7 ist", 7),
        ("pour ma filleule Zoé, 6 ans", 6),
        ("para mi nieta Ana, 6", 6),
    ],
)
def test_the_name_of_a_relative_may_stand_before_the_age(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text", ["a film about my niece Lily, who is 6", "my brother, 16 episodes"]
)
def test_a_relative_of_a_plot_limits_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("babysitting a 6 and a 9 year old tonight", 6),
        ("taking care of a six and a nine year old", 6),
        ("a 5 and a 12 year old", 5),
        ("a 4, a 6 and a 9 year old", 4),
        ("my 6 and my 9 year old", 6),
        ("eine 6- und eine 9-Jährige", 6),
        ("con un niño de 6 y otro de 9 años", 6),
        ("my son is 8 and a 10 minute film", 8),
        ("my son is 8, a 90s movie", 8),
    ],
)
def test_of_several_ages_with_articles_the_youngest_counts(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "after the kids go to bed",
        "once my kids fall asleep",
        "nachdem die Kinder ins Bett gegangen sind",
        "después de que los niños se duerman",
        "une fois que les enfants se couchent",
    ],
)
def test_children_who_went_to_bed_limit_nothing(text: str) -> None:
    intent = read(text)
    assert (intent.age_min, intent.age_max, intent.free_text) == (None, None, "")


def test_a_film_with_children_that_is_not_for_them_is_for_older_ones() -> None:
    intent = read("a movie with kids in the lead but not for kids")
    assert (intent.age_min, intent.age_max) == (9, None)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("a movie with kids, not for kids under 6", 5),
        ("a movie with my kids but not for kids", 8),
        ("a movie with kids", 8),
    ],
)
def test_a_film_with_children_is_for_them_where_it_may_be(text: str, age: int) -> None:
    assert read(text).age_max == age


def test_grown_ups_only_is_for_adults() -> None:
    intent = read("grown ups only, no kids stuff")
    assert (intent.age_min, intent.free_text) == (17, "")
