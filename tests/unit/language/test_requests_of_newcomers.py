"""Short requests as people type them who were never told how."""

import pytest

from api.catalogue.names.service_spellings import ServiceName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.topics import Keyword
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import TODAY, labels, read


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("films from nigeria", {"NG"}),
        ("egyptian movies", {"EG"}),
        ("latin american dramas", {"AR", "BR", "MX"}),
        ("african movies", {"NG", "ZA", "SN", "KE"}),
        ("afrikanische filme", {"NG", "ZA", "SN", "KE"}),
        ("cine africano", {"NG", "ZA", "SN", "KE"}),
        ("films africains", {"NG", "ZA", "SN", "KE"}),
        ("film africani", {"NG", "ZA", "SN", "KE"}),
        ("filmes africanos", {"NG", "ZA", "SN", "KE"}),
    ],
)
def test_parts_of_the_world_are_the_countries_that_lie_there(
    text: str, countries: set[str]
) -> None:
    assert read(text).countries >= countries


@pytest.mark.parametrize("text", ["asian horror", "films from asia", "asiatische horrorfilme"])
def test_parts_of_the_world_with_their_own_languages_are_those(text: str) -> None:
    assert read(text).languages >= {"ja", "ko", "zh", "hi"}


@pytest.mark.parametrize(
    "text", ["african american history", "a boy from africa flees", "a trip to turkey"]
)
def test_a_place_in_a_story_asks_for_no_origin(text: str) -> None:
    intent = read(text)
    assert not intent.countries
    assert not intent.languages


@pytest.mark.parametrize(
    "text", ["kid movies", "childrens movies", "children films", "kid shows", "childrens shows"]
)
def test_films_for_children_keep_to_their_age(text: str) -> None:
    assert read(text).age_max == 8


def test_films_for_children_are_first_of_all_those_for_the_family() -> None:
    (mood,) = read("kid movies").moods
    assert mood.label == "Family night"
    assert "mood" in read("kid movies").preferred
    (age,) = (one for one in read("kid movies").mentions if one.field == "maturity")
    assert age.remark is not None
    assert read("horror for kids").moods == ()
    assert read("movies for teenagers").moods == ()


def test_a_franchise_is_asked_for_in_a_sentence_too() -> None:
    assert read("i think i want a star wars movie but which one").franchises
    assert not read("i have seen every star wars movie").franchises


@pytest.mark.parametrize(
    "text",
    [
        "upcoming movies",
        "upcoming horror",
        "coming soon",
        "kommende filme",
        "próximos estrenos",
        "films à venir",
        "prossimamente",
        "filmes em breve",
    ],
)
def test_what_is_to_come_is_not_out_yet(text: str) -> None:
    intent = read(text)
    assert intent.is_to_come
    assert intent.years == ((TODAY.year, 2100),)
    assert "Not out yet" in labels(text)


def test_what_comes_in_a_story_may_be_out() -> None:
    assert not read("a film about an upcoming wedding").is_to_come


@pytest.mark.parametrize("text", ["a show with 10 episodes", "serie mit 8 folgen"])
def test_episodes_are_no_titles_to_count(text: str) -> None:
    assert read(text).count is None


@pytest.mark.parametrize(
    "text", ["one season series", "short series", "kurze serien", "série courte", "serie corta"]
)
def test_short_shows_are_those_of_one_season(text: str) -> None:
    assert read(text).keywords == {"miniseries"}


def test_a_hint_of_a_genre_does_not_filter() -> None:
    assert "genre" in read("stories with horror undertones").preferred
    assert "genre" not in read("horror stories").preferred


def test_words_on_both_sides_of_a_slash_are_no_phrase() -> None:
    assert "TV Movie" not in labels("[tv/movie] a cat in space")


def test_a_service_of_two_countries_is_meant_by_its_name_in_both() -> None:
    services = [
        ServiceName("one", "Amazon Prime Video"),
        ServiceName("other", "Amazon Prime Video"),
        ServiceName("ads", "Amazon Prime Video with Ads"),
    ]
    names = names_of(TextNames.of(services=services))
    intent = parse("shows on amazon prime video", names=names, today=TODAY)
    assert intent.services == {"one", "other"}
    assert [one.label for one in intent.mentions] == ["Shows", "Amazon Prime Video"]


_CALLED_LIKE_TOPICS = names_of(
    TextNames.of(
        services=(
            ServiceName("hst", "History"),
            ServiceName("dsc", "Discovery"),
            ServiceName("nfx", "Netflix"),
        ),
        keywords=(Keyword("discovery", 40),),
    )
)


@pytest.mark.parametrize(
    ("text", "services"),
    [
        ("movies based on history", set()),
        ("documentary on discovery of dna", set()),
        ("documentaries on History", {"hst"}),
        ("documentaries on Discovery", {"dsc"}),
        ("documentaries on netflix", {"nfx"}),
    ],
)
def test_a_topic_behind_on_is_no_service_of_that_name(text: str, services: set[str]) -> None:
    assert parse(text, names=_CALLED_LIKE_TOPICS, today=TODAY).services == services


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("comedies from 2020 on netflix", [(2020, 2020)]),
        ("films from 2019 on Hulu", [(2019, 2019)]),
        ("comedies from 2020 on", [(2020, 2100)]),
    ],
)
def test_the_on_of_a_service_is_none_of_a_year(text: str, years: list[tuple[int, int]]) -> None:
    assert list(read(text).years) == years
