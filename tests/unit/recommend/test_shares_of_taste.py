"""Each kind of a mixed taste has its share of the first places, by its own best titles."""

from typing import Any

import numpy as np
import pytest

from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.select.shares_of_taste import SharesOfTaste
from api.viewers.taste.taste import Taste
from tests.builders import ints
from tests.facts_builder import RANKING, Title, facts_of, ids_of, query_over, ranking_of

_ANIME, _DOCUMENTARY = ("Animation",), ("Documentary",)


def _select(**numbers: object) -> SharesOfTaste:
    return SharesOfTaste(RANKING.diversify.model_copy(update=numbers))


def _list(liked: list[Title], ranked: list[Title], **more: Any) -> tuple[Query, Ranking]:
    """What is liked has ids from 1 on, and what is ranked from 101 on, the best first."""
    facts = facts_of([*liked, *ranked])
    named = ints([title.id for title in liked])
    weights, is_named = np.ones(len(named), np.float32), np.ones(len(named), np.bool_)
    taste = Taste(known_ids=named, known_weights=weights, known_named=is_named)
    query = query_over(facts, taste=taste, **more)
    scores = [1 - place / 1000 for place in range(len(ranked))]
    return query, ranking_of(facts, [title.id for title in ranked], scores)


def _shows_before_films(shows: int = 40, films: int = 10) -> list[Title]:
    titles = [Title(101 + n, is_show=True, genres=_ANIME) for n in range(shows)]
    return titles + [Title(201 + n, genres=_ANIME) for n in range(films)]


def _liked(shows: int, films: int) -> list[Title]:
    titles = [Title(1 + n, is_show=True, genres=_ANIME) for n in range(shows)]
    return titles + [Title(11 + n, genres=_ANIME) for n in range(films)]


def _films_in(ids: list[int], places: int) -> int:
    return sum(item > 200 for item in ids[:places])


@pytest.mark.parametrize(
    ("shows", "films", "among_ten", "among_twenty"),
    [(4, 3, 4, 8), (6, 2, 2, 5), (5, 1, 1, 3), (19, 1, 0, 1), (1, 1, 5, 10), (7, 3, 3, 6)],
)
def test_the_smaller_kind_has_its_share_of_the_first_places(
    shows: int, films: int, among_ten: int, among_twenty: int
) -> None:
    liked = [Title(1 + n, is_show=True, genres=_ANIME) for n in range(shows)]
    liked += [Title(51 + n, genres=_ANIME) for n in range(films)]
    ids = ids_of(_select().select(*_list(liked, _shows_before_films())))
    assert _films_in(ids, 10) == among_ten
    assert _films_in(ids, 20) == among_twenty


def test_each_kind_keeps_its_own_order_and_nothing_is_lost() -> None:
    query, ranking = _list(_liked(4, 3), _shows_before_films())
    ids = ids_of(_select().select(query, ranking))
    assert [item for item in ids if item < 200] == list(range(101, 141))
    assert [item for item in ids if item > 200] == list(range(201, 211))
    assert ids[0] == 101


def test_a_played_show_is_another_kind_than_a_drawn_one() -> None:
    liked = [Title(1 + n, is_show=True, genres=_ANIME) for n in range(5)]
    liked += [Title(11 + n, is_show=True) for n in range(3)]
    ranked = [Title(101 + n, is_show=True, genres=_ANIME) for n in range(30)]
    ranked += [Title(201 + n, is_show=True) for n in range(10)]
    ids = ids_of(_select().select(*_list(liked, ranked)))
    assert _films_in(ids, 16) == 6


def test_documentaries_are_a_kind_of_their_own_even_if_drawn() -> None:
    liked = [Title(1), Title(2), Title(3, genres=("Documentary", "Animation"))]
    ranked = [Title(101 + n) for n in range(9)] + [Title(201, genres=_DOCUMENTARY)]
    assert ids_of(_select().select(*_list(liked, ranked)))[2] == 201


@pytest.mark.parametrize("liked", [_liked(5, 0), _liked(0, 5), []])
def test_a_taste_of_one_kind_keeps_the_order_of_the_scores(liked: list[Title]) -> None:
    query, ranking = _list(liked, _shows_before_films())
    assert ids_of(_select().select(query, ranking)) == ids_of(ranking)


def test_a_kind_that_has_its_share_by_score_moves_nothing() -> None:
    ranked = [Title(101 + n, is_show=n % 2 == 0, genres=_ANIME) for n in range(30)]
    query, ranking = _list(_liked(3, 3), ranked)
    assert ids_of(_select().select(query, ranking)) == ids_of(ranking)


def test_places_that_a_kind_cannot_fill_go_to_the_best_of_all() -> None:
    query, ranking = _list(_liked(4, 3), _shows_before_films(films=1))
    ids = ids_of(_select().select(query, ranking))
    assert ids[:5] == [101, 102, 201, 103, 104]


def test_no_share_of_a_kind_fills_a_franchise() -> None:
    films = [Title(201 + n, genres=_ANIME, collection=7) for n in range(4)]
    shows = [Title(101 + n, is_show=True, genres=_ANIME) for n in range(40)]
    query, ranking = _list(_liked(1, 1), [*shows, *films])
    select = _select(mmr_pool=20, mmr_head=20, franchise_cap=2)
    assert _films_in(ids_of(select.select(query, ranking)), 20) == 2


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_share_is_a_number_of_the_ranking(share: float) -> None:
    query, ranking = _list(_liked(1, 1), _shows_before_films())
    select = _select(share_of_kinds=share)
    assert select.applies_to(query) == (share > 0)
    assert _films_in(ids_of(select.select(query, ranking)), 20) == 10 * share


@pytest.mark.parametrize(
    "request_",
    [{"text": "a heist"}, {"like": (1,)}, {"diversify": False}, {"members": (("ada", None),)}],
)
def test_what_is_asked_for_otherwise_is_left_to_it(request_: dict[str, Any]) -> None:
    query, _ = _list(_liked(1, 1), _shows_before_films(), **request_)
    assert not _select().applies_to(query)
