"""What a viewer says: known values alone, hard where they say never, a push where they do not."""

from dataclasses import replace

import numpy as np
import pytest

from api.language.intent import Intent
from api.platform.errors import InvalidInput
from api.recommend.constraints.hydrator import constraints_of
from api.viewers.preferences.preference import (
    Preference,
    PreferenceKind,
    Stance,
    balance,
    preference,
)
from tests.facts_builder import Title, facts_of, query_over


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("genre", " science fiction ", "Science Fiction"),
        ("genre", "Kids", "Family"),
        ("language", "KO", "ko"),
        ("language", "cn", "cn"),
        ("decade", "1990", "1990s"),
        ("decade", "1990s", "1990s"),
        ("media_type", "TV", "tv"),
        ("maturity", "018", None),
        ("maturity", "18", "18"),
        ("maturity", "08", "8"),
        ("genre", "Sharks", None),
        ("language", "english", None),
        ("language", "qq", None),
        ("decade", "1995", None),
        ("decade", "90s", None),
        ("decade", "1860s", None),
        ("media_type", "series", None),
        ("maturity", "0", None),
        ("maturity", "22", None),
        ("maturity", "²", None),
        ("maturity", "-1", None),
    ],
)
def test_a_value_has_one_spelling_or_is_refused(
    kind: PreferenceKind, written: str, kept: str | None
) -> None:
    if kept is None:
        with pytest.raises(InvalidInput, match=f"is no {kind}; "):
            preference(kind, written, "never")
    else:
        assert preference(kind, written, "never") == Preference(kind, kept, "never")


@pytest.mark.parametrize("stance", ["prefer", "avoid"])
def test_maturity_is_never_a_push(stance: Stance) -> None:
    with pytest.raises(InvalidInput, match="has no meaning for maturity; say never"):
        preference("maturity", "16", stance)


def left(*preferences: Preference, intent: Intent | None = None) -> list[int]:
    facts = facts_of(
        [
            Title(1, genres=("Horror",), year=1994, language="en", age=18),
            Title(2, genres=("Comedy", "Music"), year=2003, language="en", age=12),
            Title(3, genres=("Comedy",), year=1999, language="ko", age=16, is_show=True),
            Title(4, genres=("Drama",), year=0, language=None, age=-1),
        ]
    )
    query = replace(query_over(facts, preferences=preferences), intent=intent)
    return [int(item_id) for item_id in facts.ids[constraints_of(query).allowed(facts)]]


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("genre", "Music", [1, 3, 4]),
        ("language", "en", [3, 4]),
        ("decade", "1990s", [2, 4]),
        ("media_type", "tv", [1, 2, 4]),
        ("maturity", "18", [2, 3, 4]),
        ("maturity", "16", [2, 4]),
        # A cap for children keeps out what nobody has rated, as in a request.
        ("maturity", "13", [2]),
    ],
)
def test_never_is_never(kind: PreferenceKind, value: str, kept: list[int]) -> None:
    assert left(Preference(kind, value, "never")) == kept


def test_never_narrows_what_the_request_asks_for() -> None:
    asked = Intent("in words", age_max=17, excluded_genres=frozenset({18}))
    assert left(intent=asked) == [2, 3]
    assert left(Preference("maturity", "21", "never"), intent=asked) == [2, 3]
    assert left(Preference("genre", "Music", "never"), intent=asked) == [3]


def test_prefer_and_avoid_are_no_constraints() -> None:
    pushes = [Preference("genre", "Horror", "avoid"), Preference("language", "ko", "prefer")]
    assert left(*pushes) == [1, 2, 3, 4]


def test_the_balance_counts_what_a_title_has() -> None:
    facts = facts_of(
        [
            Title(1, genres=("Comedy", "Crime"), year=1994, language="ko"),
            Title(2, genres=("Horror",), year=2003, is_show=True),
            Title(3, genres=("Drama",), year=0),
        ]
    )
    stated = [
        Preference("genre", "Comedy", "prefer"),
        Preference("language", "ko", "prefer"),
        Preference("decade", "1990s", "prefer"),
        Preference("genre", "Crime", "avoid"),
        Preference("media_type", "tv", "avoid"),
        Preference("genre", "Horror", "never"),
    ]
    assert balance(stated, facts, np.arange(3, dtype=np.int32)).tolist() == [2, -1, 0]
