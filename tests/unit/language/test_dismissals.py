"""Refusals behind what they refuse, and dislikes: "horror, no thanks", "not keen on zombies"."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    "text",
    [
        "horror, no thanks",
        "horror? no thanks",
        "horror - no thanks",
        "horror movies, no thank you",
        "horror never",
        "horror never again",
        "horror no",
        "horror? no",
        "horror isn't my thing",
        "Horror, nein danke",
        "Horror nie",
        "Horror? Nein",
        "terror, no gracias",
        "terror nunca",
        "horreur, non merci",
        "horreur jamais",
        "orrore, no grazie",
        "orrore mai",
        "terror, não obrigado",
        "not keen on horror",
        "not too keen on horror",
        "never again a horror movie",
        "please spare me the horror",
        "i dislike horror",
        "nie wieder Horror",
        "auf keinen Fall Horror",
        "ich mag keinen Horror",
        "nunca más terror",
        "no me va el terror",
        "je n'aime pas l'horreur",
        "plus jamais d'horreur",
        "mai più horror",
        "nunca mais terror",
    ],
)
def test_what_is_dismissed_or_disliked_is_refused(text: str) -> None:
    assert labels(text) == ["Not Horror"]


@pytest.mark.parametrize(
    "text",
    [
        "westerns are not my thing",
        "western movies are not my thing",
        "westerns aren't really my cup of tea",
        "westerns are not for us",
        "western films are really not my jam",
        "westerns ain't for me",
        "westerns bore me",
        "westerns do nothing for me",
        "westerns leave me cold",
        "Western sind nichts für mich",
        "Western sind einfach nicht so mein Ding",
        "Western mag ich nicht",
        "Western langweilen mich",
        "mich langweilen Western",
        "les westerns c'est pas mon truc",
        "les westerns, ce n'est pas pour moi",
        "les westerns ne sont pas mon genre",
        "les westerns, j'aime pas",
        "les westerns m'ennuient",
        "i western non fanno per me",
        "i western non sono il mio genere",
        "i western non mi piacciono",
        "mi annoiano i western",
        "westerns não são para mim",
        "westerns não são a minha praia",
        "westerns me entediam",
        "los westerns no son lo mío",
        "los westerns no son para mí",
        "los westerns no me gustan",
        "me aburren los westerns",
        "no time for westerns",
        "I have no patience for westerns",
        "keine Nerven für Western",
        "can't bear westerns",
    ],
)
def test_what_is_not_for_somebody_is_refused(text: str) -> None:
    assert labels(text) == ["Not Western"]
    assert not read(text).free_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tom cruise movies aren't my thing", ["Not Tom Cruise"]),
        ("Interstellar is not my cup of tea", ["Not Interstellar"]),
        ("interstellar bores me", ["Not Interstellar"]),
        ("zombies bore me", ["No zombies"]),
        ("90s movies are not for me", ["Not 1990–1999"]),
        ("war is not my thing", ["Not War"]),
        ("la guerra no es lo mío", ["Not War"]),
        ("we like comedies, but westerns are not for us", ["Comedy", "Not Western"]),
        ("not a fan of slow movies", ["No slow"]),
        ("no time for a series", ["Films"]),
    ],
)
def test_whatever_can_be_refused_is_dismissed_so(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a horror movie, not for me, for my brother", ["Horror", "Films"]),
        ("a comedy, not for me but for my dad", ["Comedy"]),
        ("eine Komödie, nicht für mich, sondern für Oma", ["Comedy"]),
        ("una comedia, no es para mí, es para mi amigo", ["Comedy"]),
        ("movies that bore me", ["Films"]),
        ("a movie that is not for me", ["Films"]),
        ("not for me", []),
        ("no, for me a comedy", ["Comedy"]),
    ],
)
def test_what_is_meant_for_somebody_else_is_asked_for(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vampires yes, zombies no", ["No zombies", "vampires"]),
        ("zombies no, vampires yes", ["No zombies", "vampires"]),
        ("comedy yes, horror no", ["Comedy", "Not Horror"]),
        ("zombies, no thanks", ["No zombies"]),
        ("zombies or vampires, no thanks", ["No vampires", "No zombies"]),
        ("tom cruise no thanks", ["Not Tom Cruise"]),
        ("movies with tom cruise, no thanks", ["Not Tom Cruise"]),
        ("not a fan of zombies", ["No zombies"]),
        ("not so fond of zombies or horror", ["No zombies", "Not Horror"]),
        ("not keen on horror, something funny", ["Comedy", "Not Horror"]),
        ("kein Freund von Zombies", ["No zombies"]),
    ],
)
def test_nothing_beside_it_is_refused(text: str, expected: list[str]) -> None:
    assert sorted(labels(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "a comedy, no?",
        "una comedia, ¿no?",
        "a comedy. No.",
        "something funny, no thanks",
        "a comedy, yes or no",
        "we want a comedy, never mind",
    ],
)
def test_what_asks_back_or_answers_something_else_refuses_nothing(text: str) -> None:
    assert not [one for one in read(text).mentions if one.field.startswith("exclude_")]


def test_the_limit_of_a_child_stays_where_films_for_children_are_dismissed() -> None:
    assert "For ages up to 8" in labels("kids movies, no thanks")


def test_of_an_origin_only_the_topic_behind_it_is_refused() -> None:
    assert labels("no american zombies") == ["No zombies"]
    assert labels("no korean zombies or vampires") == ["No zombies", "No vampires"]
    assert labels("no korean movies") == ["Not Korean"]
    assert labels("no korean or japanese") == ["Not Korean", "Not Japanese"]
