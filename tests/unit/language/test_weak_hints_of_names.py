"""Words that are somebody's last name or the name of a title, and here mean what they say."""

import pytest

from api.catalogue.names.group_names import GroupName
from api.catalogue.names.person_names import PersonName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.catalogue.names.topics import Keyword
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import Names, names_of
from tests.names_builder import TODAY, read

_PEOPLE = (
    PersonName(1, "Charlie Day", 29, ("cast", "director")),
    PersonName(2, "Michael Jai White", 39, ("cast", "director")),
    PersonName(3, "Jack Black", 76, ("cast", "director")),
    PersonName(4, "James Whale", 15, ("director",)),
    PersonName(5, "Rachel House", 15, ("cast", "director")),
    PersonName(6, "Nicolas Cage", 155, ("cast", "director")),
    PersonName(7, "Mimi Rogers", 23, ("cast", "director")),
    PersonName(8, "Wes Anderson", 57, ("director",)),
    PersonName(9, "Paul Thomas Anderson", 46, ("director",)),
    PersonName(10, "Martin Scorsese", 136, ("director",)),
    PersonName(11, "Dennis Franz", 20, ("cast",)),
    PersonName(12, "Al Pacino", 90, ("cast", "director")),
    PersonName(13, "Adam Sandler", 80, ("cast",)),
    PersonName(14, "Michael Corrente", 15, ("director",)),
    PersonName(16, "Sandra Oh", 35, ("cast", "director")),
    PersonName(15, "Éric Rohmer", 50, ("director",)),
)
_TITLES = (
    TitleName(1, False, 1995, 60, 7_000, "Heat"),
    TitleName(2, False, 1995, 60, 20_000, "Se7en", ("7",)),
    TitleName(3, False, 1999, 50, 9_000, "Ronin"),
    TitleName(4, False, 2026, 300, 22_000, "The Drama"),
    TitleName(5, False, 2009, 30, 6_000, "The International"),
    TitleName(6, True, 2024, 60, 7_000, "The Agency"),
    TitleName(7, False, 1997, 60, 9_000, "The Game"),
    TitleName(8, False, 2015, 20, 2_000, "Spoiler Alert"),
    TitleName(9, True, 2022, 60, 7_000, "Cyberpunk: Edgerunners"),
    TitleName(10, False, 2024, 60, 7_000, "It Follows"),
    TitleName(11, False, 2015, 60, 7_000, "Adam"),
    TitleName(12, False, 2017, 60, 7_000, "Once in a Lifetime"),
    TitleName(13, False, 2025, 60, 7_000, "War 2"),
    TitleName(14, False, 1988, 90, 9_000, "Die Hard"),
    *(TitleName(100 + n, False, 2000, 1, 100, f"Other {n}") for n in range(400)),
)
_STORIES = 2 * (
    "By day a white whale and a black one swim by the house, a thing of heat that follows the game "
    "of an agency; it was locked in once.",
)
_NAMES: Names = names_of(
    TextNames.of(
        _TITLES,
        _PEOPLE,
        (),
        [GroupName("character", 0, "Hercule Poirot", 3)],
        [Keyword("scorsese", 1), Keyword("world war 2", 90)],
        _STORIES,
    )
)


def _read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=TODAY)


def _people(text: str) -> list[str]:
    return [one.label for one in _read(text).mentions if one.field == "person"]


def _titles(text: str) -> list[str]:
    return [one.label for one in _read(text).mentions if one.field in ("seed", "title")]


@pytest.mark.parametrize(
    "text",
    [
        "a film about the White House and its staff",
        "White House movies",
        "a Black-and-white film with a castle",
        "1940s Black and white film about a woman",
        "people are eaten by whale and live with a man",
        "a gothic castle by day, where a child plays",
        "White British woman falls in love with Indian man",
        "the singer Kenny Rogers.. One of the guys was fat",
        "a copy of metamorphosis by Franz Kafka",
        "michael corleone and kay adams",
        "Oh horror films please",
    ],
)
def test_a_word_or_a_part_of_another_name_is_nobody(text: str) -> None:
    assert _people(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("directed by day", "Charlie Day"),
        ("a comedy by Day", "Charlie Day"),
        ("films by whale", "James Whale"),
        ("comedies with Black", "Jack Black"),
        ("a Nicholas Cage movie about films", "Nicolas Cage"),
        ("some classic Cage films", "Nicolas Cage"),
        ("scorsese films", "Martin Scorsese"),
        ("I like Rohmer's seasons", "Éric Rohmer"),
        ("movies like adam sandler has made", "Adam Sandler"),
    ],
)
def test_where_the_text_says_so_or_nothing_else_is_meant_it_is_somebody(
    text: str, name: str
) -> None:
    assert _people(text) == [name]


def test_a_last_name_of_several_makers_lifts_beside_what_is_told() -> None:
    for text in ("Anderson movies about a castle", "movies by anderson, with a dog in it"):
        assert _people(text) == ["Wes Anderson"]
        assert "person" in _read(text).preferred
    assert "person" not in _read("movies by wes anderson about a castle").preferred


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("anderson", "Wes Anderson"),
        ("Anderson movies", "Wes Anderson"),
        ("movies by anderson", "Wes Anderson"),
        ("funny Anderson movies", "Wes Anderson"),
        ("anderson comedies", "Wes Anderson"),
        ("scorsese", "Martin Scorsese"),
        ("scorsese films", "Martin Scorsese"),
    ],
)
def test_a_guessed_last_name_filters_where_every_word_is_understood(text: str, name: str) -> None:
    assert _people(text) == [name]
    assert "person" not in _read(text).preferred


def test_a_guessed_last_name_means_whatever_somebody_did() -> None:
    assert [part.roles for part in _read("scorsese films").parts] == [frozenset()]


@pytest.mark.parametrize(
    "text",
    [
        "like heat for my 6 year old",
        "like heat with al pacino",
        "like heat with more songs",
        "like heat without gore",
        "like heat in german",
        "like heat, but newer",
    ],
)
def test_a_request_that_begins_with_like_may_go_on_behind_the_title(text: str) -> None:
    assert _titles(text) == ["Heat"]


@pytest.mark.parametrize(
    "text", ["like seven but less gore", "like seven for tonight", "movies like seven but funny"]
)
def test_a_number_with_nothing_to_count_behind_it_is_a_title(text: str) -> None:
    assert _titles(text) == ["Se7en"]


def test_a_person_with_a_title_may_only_say_which_one_is_meant() -> None:
    assert "person" in _read("movies like Heat with Al Pacino").preferred
    for text in ("movies like Heat, with Al Pacino", "movies like Heat starring Al Pacino"):
        assert "person" not in _read(text).preferred


@pytest.mark.parametrize(
    "text",
    [
        "I am like 7 when I watched this movie",
        "they had like 7 guys",
        "some NASA like agency that builds platforms",
        "a cage like thing in his room",
        "I like Drama, romantic movies",
        "I like international films",
        "they fall in love. The game is on",
        "a guy who plays a 'game' and does as he is told",
        "SPOILER ALERT because I tell of it",
        'uses the song "Once in a Lifetime" by a band',
        "a World War 2 film of old",
        "Also we saw Live Free Die Hard in there",
    ],
)
def test_words_that_say_something_else_name_no_title(text: str) -> None:
    assert _titles(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("something like heat", ["Heat"]),
        ("like heat", ["Heat"]),
        ("I loved heat and ronin", ["Heat", "Ronin"]),
        ("i already watched heat", ["Heat"]),
        ("movies like 7", ["Se7en"]),
        ("movies that feel like it follows (2014)? good", ["It Follows"]),
        ("I have seen >!Ronin!< already", ["Ronin"]),
        ("I like The Drama", ["The Drama"]),
        ('movies like "heat"', ["Heat"]),
        ("movies like Cyberpunk 2077", ["Cyberpunk: Edgerunners"]),
        ("similar to Die Hard please", ["Die Hard"]),
    ],
)
def test_names_as_they_are_typed_are_titles(text: str, names: list[str]) -> None:
    assert _titles(text) == names


def test_a_number_of_a_name_and_a_year_too_far_ahead_are_no_years() -> None:
    for text in ("movies like Cyberpunk 2077", "movies from 2077", "films like Qwxyz Trucks 1996"):
        assert _read(text).years == ()
    assert _read("movies of 2027").years == ((2027, 2027),)
    assert _read("Oscar winners of 1994").years == ((1994, 1994),)


@pytest.mark.parametrize(
    "text",
    ["movies from Iran or Turkey", "films from Iran and Turkey", "Turkey and Iran films"],
)
def test_every_place_of_a_list_is_asked_for(text: str) -> None:
    assert read(text).languages == {"fa", "tr"}


def test_places_right_before_a_medium_are_where_titles_are_from() -> None:
    assert read("Korea movies").languages == {"ko"}
    assert read("US and UK films").countries == {"US", "GB"}
    assert {"ja", "fr"} <= read("films from Europe and Asia").languages
    for text in ("give us movies", "vietnam movies", "a film set in Iran and Turkey"):
        assert not read(text).languages | read(text).countries


def test_scotland_is_a_topic_for_most_british_films_are_not_from_there() -> None:
    assert not read("films from scotland").countries
    assert read("films from england").countries == {"GB"}


def test_a_language_and_a_country_of_one_list_are_alternatives() -> None:
    assert read("movies from Iran or Nigeria").either_origin
    assert read("korean, british and french comedies").either_origin
    assert not read("Canadian films in French").either_origin
    assert not read("films from Iran or Turkey").either_origin


def test_nationalities_of_those_in_a_story_lift_and_do_not_filter() -> None:
    assert {"language", "country"} <= read("British woman marries Indian man").preferred
    assert not {"language", "country"} & read("british gang films").preferred


def test_international_films_are_foreign() -> None:
    assert read("international films").excluded_languages == {"en"}
    assert not read("an international conspiracy").excluded_languages
