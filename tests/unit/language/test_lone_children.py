"""A child whose age is said watches, though nobody says "for" or "my"; that of a plot does not."""

import pytest

from tests.names_builder import mention_of, read


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("7 year old girl", 7),
        ("a 7 year old boy", 7),
        ("no disney, 7 year old girl", 7),
        ("comedy for the evening, seven-year-old girl, no disney", 7),
        ("funny film 6 year old boy no violence", 6),
        ("comedy 7 year old", 7),
        ("7 year old girl horror movie", 7),
        ("10 year old movies", 10),
        ("6yo son", 6),
        ("4yo and 9yo", 4),
        ("kid is 6", 6),
        ("funny movie, the kid is 6", 6),
        ("her son is 9", 9),
        ("boy of 5", 5),
        ("girl, 7", 7),
        ("boy (5)", 5),
        ("daughter 7", 7),
        ("grandson, 9, likes trains", 9),
        ("kids 4 and 9", 4),
        ("girls 9 and 4", 4),
        ("7 year old girl and 5 year old boy", 5),
        ("7 year old girl unicorns", 7),
        ("7 year old girl who loves horses", 7),
        ("7 year old girl who is scared of clowns", 7),
        ("something a 6 year old girl can handle", 6),
        ("what can a 7 year old watch", 7),
        ("Komödie, Mädchen 7 Jahre, kein Disney", 7),
        ("7-jähriges Mädchen", 7),
        ("Kind ist 6", 6),
        ("Junge von 5 Jahren", 5),
        ("sin Disney, niña de 7 años", 7),
        ("el niño tiene 6", 6),
        ("hijos 4 y 9 años", 4),
        ("sans Disney, fille de 7 ans", 7),
        ("7 ans, fille", 7),
        ("l'enfant a 6 ans", 6),
        ("garçons, 4 et 9 ans", 4),
        ("senza Disney, bambina di 7 anni", 7),
        ("figlio 6 anni", 6),
        ("sem Disney, menina de 7 anos", 7),
        ("o menino tem 6 anos", 6),
    ],
)
def test_a_child_whose_age_is_said_watches(text: str, age: int) -> None:
    assert read(text).age_max == age


def test_the_child_is_not_searched_for() -> None:
    intent = read("no horror, 7 year old girl")
    assert intent.free_text == ""
    assert intent.topics == ()


@pytest.mark.parametrize(
    "text",
    [
        "a 7 year old girl finds a magic ring",
        "a 7 year old girl who finds a ring",
        "a 7 year old girl is kidnapped",
        "7 year old girl in a haunted house",
        "8 year old boy who sees dead people",
        "they adopt a 9 year old girl",
        "a horror movie, the 8 year old boy is possessed",
        "ein 7-jähriges Mädchen findet einen Ring",
        "una niña de 7 años encuentra un anillo",
        "une fille de 7 ans trouve un anneau",
        "una bambina di 7 anni trova un anello",
        "uma menina de 7 anos encontra um anel",
    ],
)
def test_the_child_of_a_plot_watches_nothing(text: str) -> None:
    assert read(text).age_max is None


def test_the_child_of_a_long_story_watches_nothing() -> None:
    told = "A 7 year old girl, the kid is alone. " + "There was a man in a house. " * 8
    assert read(told).age_max is None


@pytest.mark.parametrize("text", ["12 year old whisky", "movies 10 years old", "lost boys 2"])
def test_the_age_of_a_thing_is_no_limit(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "a movie my kids can watch",
        "something our grandchildren can see",
        "my children might like a comedy",
        "movie for my two small boys",
        "scary movie, little kids",
        "ein Film, den meine Kinder sehen können",
        "une comédie que mes enfants peuvent voir",
        "qualcosa che i miei figli possono vedere",
    ],
)
def test_children_of_no_said_age_who_are_to_watch_limit(text: str) -> None:
    assert mention_of(text, "maturity").label == "For ages up to 8"


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("thriller for my 1st grader", 6),
        ("film for second graders", 7),
        ("funny movie for a preschooler", 0),
        ("Film für unsere Kleinkinder", 0),
    ],
)
def test_what_children_are_called_says_their_age(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text", ["movie without my kids", "my kids are asleep, thriller", "small kids find a monster"]
)
def test_children_who_do_not_watch_limit_nothing(text: str) -> None:
    assert not any(one.field == "maturity" for one in read(text).mentions)


@pytest.mark.parametrize(
    "text",
    [
        "coming of age story of a 12 year old girl",
        "coming-of-age tale of a 10 year old boy in the war",
        "the story of a 12 year old girl",
        "a film about a 9 year old boy",
        "a film where a 12 year old girl runs away",
    ],
)
def test_a_child_of_a_story_limits_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("15 year old movie", (2010, 2012)),
        ("a 15 year old movie", (2010, 2012)),
        ("a funny 17 year old film on Netflix", (2008, 2010)),
        ("ein 15 Jahre alter Film", (2010, 2012)),
    ],
)
def test_a_film_may_be_as_old(text: str, years: tuple[int, int]) -> None:
    intent = read(text)
    assert intent.age_max is None
    assert intent.years == (years,)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("10 year old movie", 10),
        ("15 year old movies", 15),
        ("15 year old movie night", 15),
        ("15 year old girl movie", 15),
        ("movie for a 15 year old", 15),
        ("13 and 15 year old movie", 13),
        ("a 15 year old movie for my kids", 8),
    ],
)
def test_what_may_be_somebodys_age_limits(text: str, age: int) -> None:
    assert read(text).age_max == age
