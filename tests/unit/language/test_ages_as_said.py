"""Ages of children as people say them: ranges, birthdays to come, grades, names for small children,
and numbers loosely put. What is unclear is decided for the younger age."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("movies for children between 6 and 9", 6),
        ("kids between 4 and 8 years old", 4),
        ("children from 3 to 7", 3),
        ("kids from six to nine", 6),
        ("aged between 5 and 10", 5),
        ("somewhere between 8 and 12 years old", 8),
        ("for a family with kids from 6 to 14", 6),
        ("a 7-to-10 crowd", 7),
        ("Kinder zwischen 6 und 9", 6),
        ("Film für Kinder zwischen 6 und 9", 6),
        ("niños entre 6 y 9 años", 6),
        ("enfants entre 6 et 9 ans", 6),
        ("8/10 ans", 8),
        ("tra i 6 e i 9 anni", 6),
        ("film per bambini tra i 6 e i 9 anni", 6),
        ("crianças entre 6 e 9 anos", 6),
    ],
)
def test_the_youngest_of_a_range_counts(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "movies from 10 to 15 years ago",
        "10-15 years old movies",
        "films between 8 and 12 years old",
        "from 2 to 3 hours",
        "kids from 8 to 10 pm",
        "two kids between a rock and a hard place",
        "a girl between 8 and 12 years old finds a ring",
    ],
)
def test_other_ranges_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("my daughter turns 8 next week", 8),
        ("he'll be seven in May", 7),
        ("my son will be 6 tomorrow", 6),
        ("Mein Sohn wird nächste Woche zehn", 10),
        ("für meine Nichte, sie wird bald 9", 9),
        ("mi hijo va a cumplir 8", 8),
        ("ma fille va avoir 7 ans", 7),
        ("mia figlia sta per compiere 8 anni", 8),
        ("meu filho vai fazer 6", 6),
        ("she will be 6 soon", 6),
        ("my nephew is turning 5 on Saturday", 5),
        ("mi nieta cumple 6 mañana", 6),
    ],
)
def test_who_is_to_be_that_old_watches_for_that_age(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("4th grader likes mysteries", 9),
        ("5th graders", 10),
        ("fifth grade", 10),
        ("my daughter is in second grade", 7),
        ("he is in 3rd grade", 8),
        ("my son is in kindergarten", 0),
        ("Meine Tochter geht in den Kindergarten", 0),
        ("mon fils est en maternelle", 0),
        ("mi hija va a la guardería", 0),
        ("class of 25 second graders", 7),
        ("middle schoolers sleepover movie", 11),
        ("movie for middle school kids", 11),
        ("sunday school kids", 8),
        ("school-age children", 8),
        ("für einen Zweitklässler", 7),
        ("meine Tochter geht in die zweite Klasse", 7),
        ("Film für Schulkinder", 8),
        ("pour un CP", 6),
        ("film pour des élèves de CM1", 9),
    ],
)
def test_pupils_are_as_old_as_the_youngest_of_their_grade(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "a third grader solves crimes",
        "my 5th grade teacher",
        "third class passengers",
        "a boy in kindergarten finds a map",
        "documentary about teachers in kindergarten",
        "class of 1984",
        "the second film",
    ],
)
def test_other_grades_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "preschoolers",
        "cartoon for a kindergartner",
        "nursery kids",
        "pre-k",
        "kindergarden kids",
        "for the wee ones",
        "a movie for a baby",
        "our baby is watching",
        "Kindergartenkinder",
        "Kita-Kinder",
        "Film für Vorschulkinder",
        "enfants de maternelle",
        "film pour enfants de maternelle",
        "bambini dell'asilo",
        "film per i bambini dell'asilo",
        "mi bebé",
    ],
)
def test_the_smallest_see_what_is_for_everybody(text: str) -> None:
    assert read(text).age_max == 0


@pytest.mark.parametrize(
    "text",
    [
        "youngsters",
        "movie for youngsters",
        "bedtime movie for the littles",
        "niños pequeños",
        "bimbi piccoli",
        "my grandson",
        "my granddaughter and I",
        "für meine Enkelin",
        "mit Enkelin",
        "con i nipoti",
        "Film für Groß und Klein",
        "pour petits et grands",
        "cartoons 4 kids",
        "famly movie nite",
        "for a yung kid",
    ],
)
def test_children_by_other_names_watch(text: str) -> None:
    assert read(text).age_max == 8


@pytest.mark.parametrize(
    "text",
    [
        "a movie about a baby",
        "three men and a baby",
        "horror with a baby",
        "baby boy",
        "a film about my grandson",
        "nicht über Liebe",
    ],
)
def test_those_of_a_plot_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("three boys 10 12 14", 10),
        ("mi hijo de ocho no quiere ver dibujos", 8),
        ("Enkelkind 6", 6),
        ("Filmabend mit Oma und den Enkeln, 5 und 9 Jahre", 5),
        ("kid movie 6yrs", 6),
        ("from 6 years", 6),
        ("under-fives", 4),
        ("for sevens and under", 7),
        ("8, girl", 8),
        ("USK 12", 12),
        ("USK12", 12),
        ("pegi 7", 7),
        ("pas au-dessus de 12 ans", 12),
        ("non oltre i 12 anni", 12),
        ("não acima de 12 anos", 12),
        ("kids movie for 6 years", 6),
        ("nicht über FSK 12", 12),
        ("nichts über FSK 12", 12),
    ],
)
def test_numbers_loosely_put_are_ages(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "ocean's 8 11 12",
        "in 8 1/2 years",
        "a film from 5 years ago",
        "she has 5 years to find a cure",
        "a man has 10 years left to live",
        "from the 20s",
        "lost boys 2",
        "top 5 10 movies",
    ],
)
def test_other_numbers_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("to see with my childrens, they have 6 and 10 years", 6),
        ("movie for my sun he has 8 years", 8),
        ("film for childrens of 5 years", 5),
        ("film for my 2 childs 5 and 8", 5),
        ("for my doughter of 6 years", 6),
        ("7 jear old boy", 7),
    ],
)
def test_ages_in_the_words_of_another_language_count(text: str, age: int) -> None:
    assert read(text).age_max == age


def test_nobody_called_little_or_klein_is_meant() -> None:
    for text in ("bedtime movie for the littles", "für Groß und Klein"):
        assert not any(one.field == "person" for one in read(text).mentions)


@pytest.mark.parametrize(
    "text",
    [
        "a man spends 5-6 years in prison for a crime he did not commit",
        "un hombre pasa 5-6 años en la cárcel",
        "a woman waits 3-4 years for her husband",
    ],
)
def test_a_span_of_years_is_no_age(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("our daughter turned 4 last week", 4),
        ("my twins turn 5 next saturday", 5),
        ("2nd grader approved movies", 7),
        ("5th grader sleepover movie", 10),
    ],
)
def test_birthdays_that_have_been_and_what_pupils_watch(text: str, age: int) -> None:
    assert read(text).age_max == age
