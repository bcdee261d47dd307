"""A last name before a genre or a topic is the maker's who is known for such titles."""

import pytest

from api.catalogue.names.person_names import PersonName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.topics import Keyword
from api.domain.genres import genre_id
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import TODAY

_DIRECTS, _PLAYS = ("director",), ("cast",)
_WESTERN, _COMEDY, _HORROR, _FANTASY, _WAR = (
    genre_id(name) or 0 for name in ("Western", "Comedy", "Horror", "Fantasy", "War")
)
_PEOPLE = (
    PersonName(1, "Harrison Ford", 92, _PLAYS, None, _PLAYS),
    PersonName(2, "John Ford", 45, _DIRECTS, None, _DIRECTS, (_WESTERN, _WAR)),
    PersonName(3, "Akira Kurosawa", 48, _DIRECTS, None, _DIRECTS),
    PersonName(4, "Neil Jordan", 44, _DIRECTS, None, _DIRECTS, (_HORROR,)),
    PersonName(5, "Joel Coen", 76, _DIRECTS, None, _DIRECTS, (_COMEDY,)),
    PersonName(6, "Ethan Coen", 72, _DIRECTS, None, _DIRECTS, (_COMEDY,)),
    PersonName(7, "Sally Potter", 22, _DIRECTS, None, _DIRECTS),
    PersonName(8, "Stanley Kubrick", 56, _DIRECTS, None, _DIRECTS),
    PersonName(9, "Keira Knightley", 60, _PLAYS, None, _PLAYS),
)
_KEYWORDS = ("samurai", "basketball", "harry potter", "michael jordan", "henry ford", "pirate")
_NAMES = names_of(
    TextNames.of((), _PEOPLE, keywords=[Keyword(name, 30) for name in _KEYWORDS]),
)


def _read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=TODAY)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("ford westerns", {2}),
        ("Ford westerns", {2}),
        ("Ford's westerns", {2}),
        ("ford western movies", {2}),
        ("the best ford westerns", {2}),
        ("kurosawa samurai", {3}),
        ("Kurosawa samurai films", {3}),
        ("something early kurosawa samurai", {3}),
        ("kubrick war films", {8}),
        ("coen comedies", {5, 6}),
        ("jordan horror", {4}),
    ],
)
def test_a_last_name_before_a_kind_is_the_makers(text: str, people: set[int]) -> None:
    (part,) = _read(text).parts
    assert part.people == people
    assert "director" in part.roles


@pytest.mark.parametrize(
    "text",
    [
        "jordan basketball",  # whom titles are about
        "potter samurai",
        "ford comedies",  # of which nobody of the name makes many
        "knightley pirates",
        "a man called ford westerns",
        "a samurai named kurosawa samurai",
        "kurosawa samurai swords",
        "german kurosawa samurai",
        "a couple with their German Kurosawa samurai",
    ],
)
def test_others_of_the_name_are_nobody(text: str) -> None:
    assert _read(text).parts == ()


def test_a_whole_name_is_whose_it_is() -> None:
    (part,) = _read("harrison ford westerns").parts
    assert part.people == {1}


def test_the_chip_tells_everybody_who_will_do() -> None:
    (label,) = [one.label for one in _read("coen comedies").mentions if one.field == "person"]
    assert label == "Joel Coen or Ethan Coen"
