"""Whatever is typed is read: no error, only what was written, and time that grows with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.countries import COUNTRIES
from api.domain.genres import GENRES
from tests.names_builder import NAMES, read

_MEANINGS = NAMES.lexicon.terms.meanings
_WORDS = st.sampled_from(
    [
        *sorted(_MEANINGS)[::7],
        *sorted(NAMES.lexicon.negation.negations)[::3],
        *("like", "Heat", ",", "and", "or", "90s", "1994", "two", "hours", "under", "between"),
        *("by", "with", "Al", "Pacino", "12", "A", ":", '"', "'", "-", "(", "newer", "than"),
        *("free", "on", "netflix", "top", "5", "for a six year old", "PG", "13", "about", "where"),
    ]
)


@given(st.text(max_size=500) | st.lists(_WORDS, max_size=60).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    intent = read(text)
    for mention in intent.mentions:
        assert 0 <= mention.start < mention.end <= len(intent.text)
    assert not {genre for group in intent.genres for genre in group} & intent.excluded_genres
    assert all(first <= last for first, last in intent.years)
    for low, high in ((intent.runtime_min, intent.runtime_max), (intent.age_min, intent.age_max)):
        assert low is None or high is None or low <= high


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "'; DROP TABLE items; --",
        "{{7*7}} ${x} %(k)s",
        "\u202eegral si siht",
        "🍿🍿🍿",
        "سينما مصرية",
        "x" * 500,
        "!" * 500,
        "\x01\x02",
    ],
    ids=ascii,
)
def test_noise_asks_for_nothing(text: str) -> None:
    assert read(text).mentions == ()


@pytest.mark.parametrize(
    "text",
    [
        "no " * 166,
        "like " * 100,
        '"a" ' * 125,
        "with A, " * 62,
        "90s " * 125,
        "A " * 250,
        "1 " * 250,
    ],
    ids=lambda text: text[:6],
)
def test_words_over_and_over_are_read_as_well(text: str) -> None:
    read(text)


def test_the_vocabulary_is_of_the_catalogue() -> None:
    meanings = _MEANINGS.values()
    assert {genre for meaning in meanings for genre in meaning.genres} <= GENRES.keys()
    assert {one for meaning in meanings for one in meaning.countries} <= set(COUNTRIES)
    assert all(len(code) == 2 for meaning in meanings for code in meaning.languages)


def test_names_are_found_by_their_parts() -> None:
    titles = NAMES.titles
    assert titles.named("big short") == titles.named("the big short")
    assert titles.near("x") == ()
    assert NAMES.people.last_name("hanks", standing=1000) == ()
