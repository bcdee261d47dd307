"""Exceptions to what is refused, and what may be: neither refused nor asked for."""

import pytest

from tests.names_builder import labels, read


def honoured(text: str) -> list[str]:
    """Labels of the parts that count."""
    return [one.label for one in read(text).mentions if one.note is None]


def excepted(text: str) -> list[tuple[str, str]]:
    """Field and label of the parts that are told, and cannot be honoured."""
    return [(one.field, one.label) for one in read(text).mentions if one.note is not None]


@pytest.mark.parametrize(
    "text",
    [
        "no horror except zombies",
        "no horror, except zombies",
        "no horror except for zombies or vampires",
        "no horror, except Hitchcock",
        "no horror other than Alien",
        "no horror apart from Star Wars",
        "no horror but Tom Hanks is fine",
        "no horror but zombies are ok",
        "kein Horror außer Zombies",
        "sin terror excepto zombis",
        "pas d'horreur sauf les zombies",
        "niente horror tranne gli zombie",
        "sem terror exceto zumbis",
    ],
)
def test_what_is_taken_out_of_a_refusal_is_neither_refused_nor_asked_for(text: str) -> None:
    assert honoured(text) == ["Not Horror"]
    assert not read(text).free_text.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no horror except zombies", [("topic", "zombies")]),
        (
            "no horror, except for zombies or vampires",
            [("topic", "zombies"), ("topic", "vampires")],
        ),
        ("no horror except the slow kind", [("topic", "slow")]),
        ("no horror but Tom Hanks is fine", [("person", "Tom Hanks")]),
        ("no horror but Interstellar is fine", [("topic", "Interstellar")]),
        ("no horror except from the 80s", [("year", "1980–1989")]),
        ("no violence except gore", [("topic", "gore")]),
        ("no comedies, except romantic movies", [("genre", "Romance")]),
        (
            "no animation but anime is ok",
            [("language", "Japanese"), ("genre", "Animation")],
        ),
        ("kein Horror außer Zombies", [("topic", "Zombies")]),
        ("sin terror excepto zombis", [("topic", "zombis")]),
        ("pas d'horreur sauf les vampires", [("topic", "vampires")]),
        ("niente horror tranne gli zombie", [("topic", "zombie")]),
        ("sem terror exceto zumbis", [("topic", "zumbis")]),
    ],
)
def test_an_exception_is_told_as_a_part_that_cannot_be_honoured(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert excepted(text) == expected
    chips = [one for one in read(text).interpreted() if one.status == "unsupported"]
    assert {one.note for one in chips} == {
        "No exception can be made: what is refused is left out, whatever it is besides."
    }


@pytest.mark.parametrize("name", ["zombies", "Alien", "Interstellar", "Star Wars", "Blorg Zap"])
def test_whether_the_catalogue_knows_what_is_excepted_is_not_told(name: str) -> None:
    (told,) = (one for one in read(f"no horror except {name}").mentions if one.note is not None)
    assert (told.field, told.value, told.label) == ("topic", None, name)


@pytest.mark.parametrize(
    "text",
    [
        "gore is fine",
        "a thriller, I don't mind violence",
        "a comedy, may be scary",
        "horror except zombies",
        "I don't remember anything except for one scene of a man who was locked in his place",
        "they never leave the house except to buy food, and wait there for a natural thing of fear",
    ],
)
def test_what_is_taken_out_of_no_refusal_is_told_as_no_exception(text: str) -> None:
    assert not excepted(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anything except horror", ["Not Horror"]),
        ("comedies except with Tom Cruise", ["Comedy", "Not Tom Cruise"]),
        ("horror except zombies", ["Horror", "No zombies"]),
        ("everything except horror and westerns", ["Not Horror", "Not Western"]),
        ("tom hanks is fine", ["Tom Hanks"]),
    ],
)
def test_an_exception_to_what_is_wanted_is_refused(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing except horror", ["Horror"]),
        ("nothing other than comedies", ["Comedy"]),
        ("no movies except horror", ["Films", "Horror"]),
        ("no movies, except westerns", ["Films", "Western"]),
        ("no tv shows other than comedies", ["Shows", "Comedy"]),
        ("no films except from the 80s", ["Films", "1980–1989"]),
        ("nothing except Tom Hanks movies", ["Tom Hanks", "Films"]),
        ("nothing except short films", ["At most 40 minutes", "Films"]),
        ("nothing apart from zombies", ["zombies"]),
        ("nichts außer Horror", ["Horror"]),
        ("nada excepto terror", ["Horror"]),
        ("rien sauf des comédies", ["Comedy"]),
        ("niente tranne commedie", ["Comedy"]),
        ("nada exceto comédias", ["Comedy"]),
        ("no movies except for my 6 year old", ["Films", "For ages up to 5"]),
    ],
)
def test_nothing_except_something_asks_for_it_alone(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a comedy, may be scary",
        "a comedy but it can be scary",
        "a comedy, can be sad",
        "eine Komödie, darf gruselig sein",
        "a comedy, black and white is fine",
    ],
)
def test_what_may_be_is_not_asked_for(text: str) -> None:
    assert labels(text) == ["Comedy"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a film that can be funny", ["Films", "Comedy"]),
        ("can be a comedy or a drama", ["Comedy", "Drama"]),
        ("darf nicht gruselig sein", ["Not Horror"]),
        ("for my kids, may be scary", ["For ages up to 8"]),
        ("no horror for my 6 year old except zombies", ["Not Horror", "For ages up to 6"]),
    ],
)
def test_what_can_be_among_others_is_asked_for_and_limits_stay(
    text: str, expected: list[str]
) -> None:
    assert sorted(honoured(text)) == sorted(expected)
