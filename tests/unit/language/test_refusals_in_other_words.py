"""Refusals in other words than "no" and "without", their lists, and what "free" stands behind."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a movie that doesn't have zombies", ["Films", "No zombies"]),
        ("movies that don't involve war", ["Films", "Not War"]),
        ("films that don't feature vampires", ["Films", "No vampires"]),
        ("something that does not contain violence", ["No violence"]),
        ("ein Film, der keine Zombies hat", ["Films", "No Zombies"]),
        ("un film qui n'a pas de zombies", ["Films", "No zombies"]),
        ("que no tenga zombis", ["No zombis"]),
        ("che non abbia zombie", ["No zombie"]),
        ("que não tenha zumbis", ["No zumbis"]),
        ("horror, not a heist", ["Horror", "No heist"]),
        ("german films not about the war", ["German", "Films", "Not War"]),
        ("nicht über den Krieg", ["Not War"]),
        ("rien sur la guerre", ["Not War"]),
        ("not hollywood", ["Not American"]),
        ("we don't do scary", ["Not Horror"]),
        ("rien avec tom cruise", ["Not Tom Cruise"]),
        ("nothing black and white", ["No black and white"]),
        ("no black and white", ["No black and white"]),
        ("fed up with true crime", ["No true crime"]),
        ("sick of zombies", ["No zombies"]),
        ("ich habe genug von Horror", ["Not Horror"]),
        ("j'en ai marre des zombies", ["No zombies"]),
        ("estoy harta de comedias", ["Not Comedy"]),
        ("stufo di horror", ["Not Horror"]),
        ("farto de terror", ["Not Horror"]),
    ],
)
def test_what_is_refused_in_other_words_is_not_asked_for(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    ["funny but not stupid", "funny not stupid", "lustig aber nicht dumm", "drôle mais pas bête"],
)
def test_a_quality_that_nothing_tells_of_is_refused_and_said_to_be_unknown(text: str) -> None:
    intent = read(text)
    assert [one.note is not None for one in intent.mentions] == [False, True]
    assert not intent.free_text.strip()


@pytest.mark.parametrize(
    "text", ["i'm not picky", "i don't have netflix", "a man tired of life", "not too bad!"]
)
def test_what_is_said_of_somebody_refuses_nothing(text: str) -> None:
    assert not [one for one in read(text).mentions if one.field.startswith("exclude_")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no ghosts, zombies or possession", ["No ghosts", "No zombies", "No possession"]),
        ("keine Zombies, Vampire oder Horror", ["No zombies", "No vampire", "Not Horror"]),
        ("no zombies, vampires, ghosts", ["No zombies", "No vampires", "No ghosts"]),
        ("tired of zombies, ghosts and heists", ["No zombies", "No ghosts", "No heists"]),
        ("no horror movies, vampires or gore", ["Not Horror", "No vampires", "No gore"]),
    ],
)
def test_a_list_is_refused_to_its_end(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_what_need_not_be_is_not_refused() -> None:
    assert not read("something funny, it doesn't have to be animated").excluded_genres


def test_a_list_of_studios_is_refused_to_its_end() -> None:
    intent = read("no marvel, pixar or a24")
    assert intent.excluded_companies >= {1, 3, 8}
    assert not intent.companies


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no horror, something funny", ["Not Horror", "Comedy"]),
        ("no zombies, french or german", ["No zombies", "French", "German"]),
        ("no zombies, time travel", ["No zombies", "time travel"]),
        ("no zombies, a heist or a wedding", ["No zombies", "heist"]),
    ],
)
def test_a_comma_that_begins_a_wish_ends_the_list(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gore free", ["No gore"]),
        ("horror free", ["Not Horror"]),
        ("romance-free", ["Not Romance"]),
        ("zombie free movies", ["No zombie", "Films"]),
        ("a gore free thriller", ["No gore", "Thriller"]),
        ("jump scare free horror", ["No jump scare", "Horror"]),
        ("gewaltfrei", ["No violence"]),
        ("gewaltfreie Filme", ["No violence", "Films"]),
        ("blutfreier Thriller", ["No gore", "Thriller"]),
        ("frei von Gewalt", ["No violence"]),
        ("libre de violencia", ["No violence"]),
        ("livre de violência", ["No violence"]),
        ("privo di violenza", ["No violence"]),
    ],
)
def test_what_is_free_of_something_is_no_offer(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
    assert not read(text).offer_types


@pytest.mark.parametrize(
    "text",
    [
        "a care free film",
        "carefree comedies",
        "guilt-free thrillers",
        "ad-free",
        "ad free movies",
        "sugar-free",
        "gluten free cooking shows",
        "stress free comedy",
        "werbefrei",
        "stressfreie Komödie",
    ],
)
def test_what_is_free_in_an_idiom_is_no_refusal_and_no_offer(text: str) -> None:
    intent = read(text)
    assert not [one for one in intent.mentions if one.field.startswith("exclude_")]
    assert not intent.offer_types


def test_jugendfrei_is_an_age() -> None:
    assert read("jugendfrei").age_max == 13
    assert read("nicht jugendfrei").age_min == 14


@pytest.mark.parametrize(
    "text", ["no true crime", "crime but no true crime", "no true crime documentaries"]
)
def test_true_crime_is_refused_alone(text: str) -> None:
    intent = read(text)
    assert not intent.excluded_genres
    assert intent.excluded_keywords == {"true crime"}
    assert intent.excluded_kinds == {frozenset({80, 99})}


@pytest.mark.parametrize(
    "text",
    [
        "less like Heat",
        "not so much like Heat",
        "unlike Heat",
        "the opposite of Heat",
        "nicht wie Heat",
        "weniger wie Heat",
        "anders als Heat",
        "menos como Heat",
        "moins comme Heat",
        "meno come Heat",
    ],
)
def test_a_title_that_others_shall_be_less_like_is_refused(text: str) -> None:
    intent = read(text)
    assert not intent.seeds
    assert intent.excluded_titles == {1}


def test_of_two_titles_one_may_be_wanted_and_one_not() -> None:
    intent = read("more like Heat, less like Alien")
    assert intent.seeds == (1,)
    assert 6 in intent.excluded_titles


@pytest.mark.parametrize(
    "text",
    [
        "free",
        "free movies",
        "movies for free",
        "horror movies free on tubi",
        "watch horror free",
        "horror free online",
        "funny free movies",
        "something free",
        "interstellar free",
    ],
)
def test_what_costs_nothing_is_an_offer(text: str) -> None:
    intent = read(text)
    assert "free" in intent.offer_types
    assert not intent.excluded_genres
