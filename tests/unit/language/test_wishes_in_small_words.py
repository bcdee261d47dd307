"""Wishes in the words that people have for them: to laugh, to end well, something short."""

import pytest

from api.domain.genres import genre_id
from api.language.vocabulary.moods import MOODS
from tests.names_builder import read

COMEDY = frozenset({genre_id("Comedy")})


@pytest.mark.parametrize(
    "text",
    [
        "etwas zum Lachen",
        "was zum Totlachen",
        "voglio ridere",
        "un film da ridere",
        "algo para reír",
        "tengo ganas de reír",
        "una de risa",
        "j'ai envie de rire",
        "un film pour rigoler",
        "quero rir",
        "um filme para rir",
        "I want to laugh",
        "we need to laugh",
        "ich will lachen",
    ],
)
def test_who_wants_to_laugh_wants_a_comedy(text: str) -> None:
    intent = read(text)
    assert intent.genres == (COMEDY,)
    assert intent.topics == ()


def test_who_laughs_in_a_story_wants_none() -> None:
    assert read("a film about a man who learns to laugh").genres == ()


@pytest.mark.parametrize(
    "text",
    [
        "Liebesfilm mit Happy End",
        "romance with a happy ending",
        "con final feliz",
        "a lieto fine",
        "avec une fin heureuse",
        "que acaba bem",
    ],
)
def test_what_ends_well_is_feel_good(text: str) -> None:
    assert MOODS["feel good"] in read(text).moods


@pytest.mark.parametrize("text", ["no happy ending", "sin final feliz", "kein Happy End"])
def test_what_must_not_end_well_is_not(text: str) -> None:
    intent = read(text)
    assert intent.moods == ()
    assert intent.excluded_moods == (MOODS["feel good"],)


@pytest.mark.parametrize("text", ["un film émouvant", "un film commovente", "ein rührender Film"])
def test_what_moves_is_sad(text: str) -> None:
    assert MOODS["sad"] in read(text).moods


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("lustig und kurz", 95),
        ("romántica y corta", 95),
        ("short and funny", 95),
        ("Was Kurzes", 95),
        ("moins d'une heure et demie", 89),
    ],
)
def test_a_length_beside_a_kind_is_wanted(text: str, longest: int) -> None:
    assert read(text).runtime_max == longest


@pytest.mark.parametrize("text", ["short and sweet", "a man both short and old", "nicht kurz"])
def test_a_length_beside_something_else_is_not(text: str) -> None:
    assert read(text).runtime_max is None


def test_a_decade_in_the_dative_is_one() -> None:
    assert read("Filme aus den Neunzigern").years == ((1990, 1999),)


@pytest.mark.parametrize("text", ["una de vaqueros", "una de terror", "uno de miedo"])
def test_one_of_a_kind_in_spanish_counts_nothing(text: str) -> None:
    assert read(text).count is None


def test_a_number_of_titles_counts() -> None:
    assert read("two films").count == 2


@pytest.mark.parametrize(
    "text", ["a film to show my class", "a movie I can show my parents", "a film to show them"]
)
def test_to_show_asks_for_no_shows(text: str) -> None:
    assert read(text).media_types == {"movie"}


def test_a_show_is_one() -> None:
    assert read("a show for tonight").media_types == {"tv"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Film auf Englisch mit deutschen Untertiteln", "en"),
        ("film giapponese con sottotitoli in italiano", "ja"),
        ("película japonesa con subtítulos en español", "ja"),
        ("film japonais avec sous-titres français", "ja"),
    ],
)
def test_the_language_of_subtitles_is_none_of_the_film(text: str, language: str) -> None:
    assert read(text).languages == {language}


@pytest.mark.parametrize(
    ("text", "kept", "left_out"),
    [("European but not French", "it", "fr"), ("Indian film not Bollywood", "ta", "hi")],
)
def test_of_several_languages_one_is_left_out(text: str, kept: str, left_out: str) -> None:
    intent = read(text)
    assert kept in intent.languages
    assert left_out not in intent.languages
    assert all(one.note is None for one in intent.mentions)


@pytest.mark.parametrize(
    ("text", "genres"),
    [
        ("he wants action, she wants romance", {"Action", "Romance"}),
        ("my husband loves action but I prefer romance", {"Action", "Romance"}),
    ],
)
def test_what_each_of_two_likes_is_wanted(text: str, genres: set[str]) -> None:
    intent = read(text)
    assert intent.genres == tuple(frozenset({genre_id(one)}) for one in sorted(genres))
    assert intent.topics == ()


@pytest.mark.parametrize(
    "text", ["either a comedy or a thriller", "entweder Komödie oder Thriller"]
)
def test_either_of_two_is_one_of_them(text: str) -> None:
    assert read(text).genres == (frozenset({genre_id("Comedy"), genre_id("Thriller")}),)


def test_older_children_make_no_older_film() -> None:
    assert read("like Alien but for older kids").years == ()
    assert read("like Alien but older").years == ((1870, 1978),)


@pytest.mark.parametrize("text", ["horor movies", "a drma", "sience fiction", "crme series"])
def test_short_words_with_a_slip_are_meant(text: str) -> None:
    assert len(read(text).genres) == 1


@pytest.mark.parametrize("text", ["hero movies", "a wtr film", "cries in the dark"])
def test_other_short_words_are_not(text: str) -> None:
    assert read(text).genres == ()


def test_a_noun_behind_a_german_negation_is_nobodys_name() -> None:
    assert read("Liebesfilm ohne Whitaker").excluded_parts == ()
    assert read("Komödie ohne Nicholson").excluded_parts != ()
