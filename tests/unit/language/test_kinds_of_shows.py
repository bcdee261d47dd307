"""Genres that TMDB gives to films alone are told, of shows, by what such shows have."""

import pytest

from api.domain.genres import genre_id
from api.language.intent import Intent
from api.language.vocabulary.kinds_of_shows import OF_FILMS_ALONE, SITCOM
from tests.names_builder import read


def genres_of(intent: Intent) -> set[frozenset[int]]:
    return set(intent.genres)


def one(*names: str) -> frozenset[int]:
    return frozenset(found for name in names if (found := genre_id(name)) is not None)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("horror series", ["Horror"]),
        ("scary tv shows", ["Horror"]),
        ("thriller shows", ["Thriller"]),
        ("romantic series", ["Romance"]),
        ("historical tv series", ["History"]),
        ("music series", ["Music"]),
        ("horror shows from the 2020s", ["Horror"]),
        ("horror and thriller series", ["Horror", "Thriller"]),
        ("spannende thriller serie", ["Exciting", "Thriller"]),
        ("series de terror", ["Horror"]),
        ("séries historiques", ["History"]),
    ],
)
def test_shows_of_a_genre_of_films_go_by_what_tells_them(text: str, labels: list[str]) -> None:
    intent = read(text)
    assert [mood.label for mood in intent.moods] == labels
    assert genres_of(intent) == set()
    chips = [one for one in intent.interpreted() if one.field in ("genre", "mood")]
    assert [(chip.field, chip.label, chip.status) for chip in chips] == [
        ("mood", label, "preferred") for label in labels
    ]
    assert all(chip.note for chip in chips)
    assert intent.description == " ".join(mood.story for mood in intent.moods)


def test_the_genres_that_shows_have_stay() -> None:
    intent = read("romantic comedy series")
    assert genres_of(intent) == {one("Comedy")}
    assert [mood.label for mood in intent.moods] == ["Romance"]
    alternatives = read("horror or comedy series")
    assert genres_of(alternatives) == {one("Horror", "Comedy")}
    assert alternatives.moods == ()


@pytest.mark.parametrize(
    "text",
    [
        "period drama series",
        "british period drama shows",
        "costume drama series",
        "Kostümserie",
        "series de época",
        "séries d'époque",
        "serie in costume",
    ],
)
def test_period_dramas_of_shows_go_by_what_tells_history(text: str) -> None:
    intent = read(text)
    assert [topic.keywords for topic in intent.topics] == [("period drama",)]
    assert [mood.label for mood in intent.moods] == ["History"]
    assert intent.free_text == ""
    assert intent.description == intent.moods[0].story
    labels = [(one.field, one.status) for one in intent.interpreted()]
    assert ("topic", "preferred") in labels
    assert ("mood", "preferred") in labels


@pytest.mark.parametrize("text", ["period dramas", "period drama films", "a zombie series"])
def test_of_films_and_of_other_topics_the_keyword_tells(text: str) -> None:
    intent = read(text)
    assert len(intent.topics) == 1
    assert intent.moods == ()
    assert intent.free_text != ""


@pytest.mark.parametrize(
    "text", ["horror", "horror films", "films and series of horror", "scary movies", "thriller"]
)
def test_of_films_the_genre_counts(text: str) -> None:
    intent = read(text)
    assert len(genres_of(intent)) == 1
    assert intent.moods == ()


def test_a_refusal_of_such_a_genre_stays_one() -> None:
    intent = read("shows without horror")
    assert intent.excluded_genres == one("Horror")
    assert intent.moods == ()


@pytest.mark.parametrize(
    "text", ["sitcoms", "a sitcom", "american sitcoms", "sitcoms from the 90s"]
)
def test_a_sitcom_is_more_than_a_funny_show(text: str) -> None:
    intent = read(text)
    assert genres_of(intent) == {one("Comedy")}
    assert intent.media_types == {"tv"}
    assert intent.moods == (SITCOM,)


def test_no_kind_goes_against_its_own_genres() -> None:
    for mood in (*OF_FILMS_ALONE.values(), SITCOM):
        assert not mood.wanted & mood.unwanted
        assert mood.wanted
