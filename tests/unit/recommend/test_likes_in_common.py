"""What all liked titles have in common, a medium or a country, others step back for."""

from dataclasses import replace

import numpy as np

from api.language.intent import Interpreted
from api.recommend.likeness.likeness import likeness_of
from api.recommend.likeness.likes_in_common import LikesInCommon
from tests.facts_builder import Title, facts_of, query_over

_TITLES = [
    Title(1, is_show=True, countries=("GB",)),
    Title(2, is_show=True, countries=("GB", "US")),
    Title(3, is_show=True, countries=("GB",)),
    Title(4, countries=("GB",)),
    Title(5, is_show=True, countries=("US",)),
    Title(6, countries=("US",)),
]


def _scores(
    like: tuple[int, ...], words: tuple[str, ...] = (), chips: tuple[Interpreted, ...] = ()
) -> list[float]:
    """Of titles 3 to 6, which all are as alike."""
    facts = facts_of(_TITLES)
    query = query_over(facts, like=like, like_words=words)
    ids = like + (0,) * len(words)
    likeness = likeness_of(ids, np.ones((len(ids), len(facts)), dtype=np.float32))
    found = LikesInCommon().hydrate(replace(query, likeness=likeness, interpreted=chips)).likeness
    assert found is not None
    return [round(float(score), 2) for score in found.scores[2:]]


def test_shows_bring_shows_and_a_country_its_own() -> None:
    same, film, elsewhere, neither = _scores((1, 2))
    assert same == 1
    assert same > elsewhere > film > neither


def test_one_title_alone_has_nothing_in_common() -> None:
    assert _scores((1,)) == [1, 1, 1, 1]


def test_films_and_shows_have_no_medium_in_common() -> None:
    assert _scores((1, 4)) == [1, 1, 0.7, 0.7]


def test_words_do_not_share_the_country_of_a_title() -> None:
    same, film, elsewhere, _ = _scores((1,), ("a small town",))
    assert same == elsewhere > film


def test_words_that_say_a_medium_overrule_that_of_the_titles() -> None:
    chip = Interpreted("media_type", "movie", "Films", "films", "preferred")
    assert _scores((1,), ("films",), (chip,)) == [1, 1, 1, 1]
