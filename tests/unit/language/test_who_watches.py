"""How many watch, and who: it is no number of titles, no name and no topic."""

import pytest

from api.language.vocabulary.moods import MOODS
from tests.names_builder import labels, read


@pytest.mark.parametrize(
    "text",
    [
        "something for the two of us tonight",
        "two of us want something",
        "there are three of us",
        "for the 4 of us",
        "for two",
        "for two tonight",
        "for 2",
        "we are five people",
        "something for both of us",
        "für zwei",
        "etwas für uns beide",
        "für uns zwei",
        "wir sind zu dritt",
        "zwei von uns",
        "für vier Personen",
        "para dos",
        "somos dos",
        "para nosotros dos",
        "para cuatro personas",
        "pour deux",
        "on est trois",
        "pour nous deux",
        "nous sommes quatre amis",
        "per due",
        "siamo in due",
        "per noi due",
        "per quattro persone",
        "para dois",
        "somos dois",
        "para nós dois",
    ],
)
def test_how_many_watch_is_no_number_of_titles(text: str) -> None:
    intent = read(text)
    assert intent.mentions == ()
    assert intent.count is None
    assert intent.rest == ()
    assert intent.free_text == ""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("two films for the three of us", 2),
        ("5 comedies for two", 5),
        ("three good thrillers", 3),
        ("zwei Filme für uns beide", 2),
    ],
)
def test_titles_are_counted_beside_those_who_watch(text: str, count: int) -> None:
    assert read(text).count == count


def test_two_people_in_a_story_are_of_it() -> None:
    assert "two people" in read("two people fall in love in a lighthouse").free_text


@pytest.mark.parametrize("text", ["a film for two hours", "for two hours"])
def test_two_hours_are_no_viewers(text: str) -> None:
    assert read(text).runtime_max is not None


@pytest.mark.parametrize(
    ("text", "oldest"),
    [
        ("for two year olds", 2),
        ("for two-year-olds", 2),
        ("for two or three year olds", 2),
        ("for two, three and five year olds", 2),
        ("for two, aged 4 and 6", 4),
        ("for two kids", 8),
        ("wir sind zwei", 2),
        ("we are four adults and two kids", 8),
        ("we are 2 adults and a toddler", 0),
        ("for two people and a baby", 0),
        ("wir sind zwei Erwachsene und zwei Kinder", 8),
        ("nous sommes deux adultes et un enfant", 8),
        ("somos dos adultos y dos niños", 8),
        ("siamo due adulti e un bambino", 8),
        ("somos dois adultos e duas crianças", 8),
    ],
)
def test_children_among_them_limit(text: str, oldest: int) -> None:
    assert read(text).age_max == oldest


@pytest.mark.parametrize(
    "text",
    [
        "something my grandmother would like",
        "something for grandma",
        "for my mother in law",
        "something for mum and dad",
        "with the in-laws",
        "to watch with my in-laws",
        "something for my boss",
        "with friends",
        "für meine Oma",
        "für Oma und Opa",
        "mit den Schwiegereltern",
        "para mis padres",
        "para la abuela",
        "con mis suegros",
        "pour ma grand-mère",
        "avec mes beaux-parents",
        "entre amis",
        "per mia nonna",
        "con i suoceri",
        "para os meus avós",
        "com os meus sogros",
    ],
)
def test_who_a_title_is_for_is_no_topic(text: str) -> None:
    intent = read(text)
    assert intent.mentions == ()
    assert intent.age_max is None
    assert intent.free_text == ""


def test_what_they_hate_is_refused() -> None:
    assert labels("my granny hates horror") == ["Not Horror"]


@pytest.mark.parametrize(
    "text",
    [
        "a film about a grandmother",
        "a horror film with a grandmother",
        "films about friends",
        "a mother in law from hell",
        "for friends of horror",
    ],
)
def test_somebody_in_a_story_is_searched_for(text: str) -> None:
    assert set(text.split()) & {"grandmother", "friends", "mother"} <= set(
        read(text).free_text.split()
    )


@pytest.mark.parametrize(
    "text",
    [
        "something for a long flight",
        "something for sunday afternoon",
        "something for my lunch break",
        "for a sleepover",
        "alone tonight",
        "my parents are coming over",
        "something everyone will like",
        "for my 80-year-old grandmother",
        "for a 70 year old",
        "für Freitagabend",
        "meine Eltern kommen zu Besuch",
        "para un vuelo largo",
        "pour un long vol",
        "per un lungo volo",
        "para um voo longo",
    ],
)
def test_when_it_is_watched_asks_for_nothing(text: str) -> None:
    intent = read(text)
    assert intent.mentions == ()
    assert intent.rest == ()
    assert intent.free_text == ""


def test_a_flight_in_a_story_is_of_it() -> None:
    assert "flight" in read("a thriller on a long haul flight to Tokyo").free_text
    assert "visiting" in read("an alien is visiting a farm").free_text


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("while knitting", "background"),
        ("zum Bügeln", "background"),
        ("para planchar", "background"),
        ("en tricotant", "background"),
        ("mentre lavoro", "background"),
        ("enquanto trabalho", "background"),
        ("something for our anniversary", "date night"),
        ("für das erste Date", "date night"),
        ("para una primera cita", "date night"),
        ("un premier rendez-vous", "date night"),
        ("per il primo appuntamento", "date night"),
        ("para um primeiro encontro", "date night"),
        ("I'm sad, cheer me up", "feel good"),
        ("ich bin traurig", "feel good"),
        ("estoy triste", "feel good"),
        ("je suis triste", "feel good"),
        ("sono triste", "feel good"),
        ("estou triste", "feel good"),
        ("not a sad ending", "feel good"),
        ("a sad film", "sad"),
        ("una película triste", "sad"),
        ("für einen Winterabend", "cosy"),
        ("für einen Mädelsabend", "light"),
    ],
)
def test_what_an_evening_is_for_is_a_mood(text: str, mood: str) -> None:
    assert {one.label for one in read(text).moods} == {MOODS[mood].label}
