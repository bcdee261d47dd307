"""Who wrote what is adapted, and in which role a bare last name is meant."""

from datetime import date

import pytest

from api.catalogue.names.person_names import PersonName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.topics import Keyword
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of

_BOTH = ("cast", "director")
_PEOPLE = (
    PersonName(1, "Stephen King", 11, ("creator", "director", "writer"), None, ("creator",)),
    PersonName(2, "Stephen Lang", 60, ("cast",)),
    PersonName(3, "Jake T. Austin", 20, ("cast",)),
    PersonName(4, "Al Pacino", 97, _BOTH, None, ("cast",)),
    PersonName(5, "Clint Eastwood", 210, _BOTH, None, _BOTH),
    PersonName(6, "Christopher Nolan", 60, ("director", "writer"), None, ("director",)),
    PersonName(7, "Johnny Depp", 130, ("cast",), None, ("cast",)),
    PersonName(8, "Robin Williams", 120, ("cast",)),
    PersonName(9, "John Williams", 110, ("composer",)),
    PersonName(10, "Tom Hardy", 90, ("cast",)),
    PersonName(11, "Kristin Scott Thomas", 90, ("cast",)),
    PersonName(12, "Robert De Niro", 170, _BOTH, None, ("cast",)),
    PersonName(13, "Bud Spencer", 90, _BOTH, None, ("cast",)),
    *(PersonName(20 + one, f"Thomas Other{one}", 2, ("cast",)) for one in range(6)),
)
_NAMES = names_of(
    TextNames.of(
        (),
        _PEOPLE,
        (),
        (),
        [Keyword("jane austen", 20), Keyword("based on novel or book", 870), Keyword("horror", 9)],
    )
)


def _read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=date(2026, 11, 1))


def _people(text: str) -> list[set[int]]:
    return [set(part.people) for part in _read(text).parts]


@pytest.mark.parametrize(
    "text",
    [
        "stephen king adaptations",
        "adaptations of stephen king",
        "stephen king books",
        "Stephen-King-Verfilmung",
        "Verfilmungen von Stephen King",
        "adaptación de stephen king",
        "adaptation de stephen king",
        "adattamento di stephen king",
        "adaptação de stephen king",
    ],
)
def test_an_author_is_lifted_where_credited_and_filters_nothing(text: str) -> None:
    intent = _read(text)
    assert [(set(one.people), one.roles) for one in intent.parts] == [({1}, frozenset())]
    assert "person" in intent.preferred


def test_adaptations_are_a_topic() -> None:
    topics = _read("stephen king adaptations").topics
    assert [one.keywords for one in topics] == [("based on novel or book",)]
    assert [one.keywords for one in _read("book adaptations").topics] == [
        ("based on novel or book",)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "jane austen adaptation",
        "nach einem Roman von Jane Austen",
        "thomas hardy",
        "by thomas hobbes",
    ],
)
def test_nobody_is_taken_for_another(text: str) -> None:
    assert _people(text) == []


@pytest.mark.parametrize(
    ("text", "person", "roles"),
    [
        ("pacino", 4, {"cast"}),
        ("Pacino films", 4, {"cast"}),
        ("eastwood", 5, {"cast", "director", "creator"}),
        ("nolan", 6, {"director", "creator"}),
        ("nolan movies", 6, {"director", "creator"}),
        ("depp", 7, {"cast"}),
        ("de niro", 12, {"cast"}),
        ("directed by Al Pacino", 4, {"director", "creator"}),
        ("with Al Pacino", 4, {"cast"}),
        ("Filme von Bud Spencer", 13, set()),
        ("películas de Bud Spencer", 13, set()),
        ("films de Christopher Nolan", 6, {"director", "creator"}),
    ],
)
def test_a_last_name_asks_for_what_its_bearer_is_known_for(
    text: str, person: int, roles: set[str]
) -> None:
    (part,) = _read(text).parts
    assert (set(part.people), set(part.roles)) == ({person}, roles)


def test_a_last_name_of_several_means_nobody() -> None:
    assert _people("williams") == []


def test_several_last_names_are_still_several_people() -> None:
    assert _people("nolan pacino") == [{6}, {4}]
