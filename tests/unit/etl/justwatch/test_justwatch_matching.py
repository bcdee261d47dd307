"""A title of JustWatch is ours by an id, or by title, year and type together, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from etl.justwatch.matching import SURE_ENOUGH, find_match, score
from etl.justwatch.search import Candidate
from etl.justwatch.title_nodes import DueTitle

FILM = DueTitle(
    item_id=1,
    media_type="movie",
    tmdb_id=603,
    imdb_id="tt0000603",
    names=("The Lantern Keeper",),
    year=2021,
    node_id=None,
    country="IL",
    checked_at=datetime(1970, 1, 1, tzinfo=UTC),
    obscurity=-1.0,
)


def candidate(title: str = "The Lantern Keeper", **more: Any) -> Candidate:
    plain = Candidate(
        node_id="tm1", media_type="movie", title=title, year=2021, tmdb_id=None, imdb_id=None
    )
    return replace(plain, **more)


def test_the_tmdb_id_decides_whatever_the_title() -> None:
    found = find_match(FILM, [candidate(), candidate("Anders", node_id="tm2", tmdb_id=603)])
    assert (found.node_id, found.matched_by, found.score) == ("tm2", "tmdb_id", None)


def test_the_imdb_id_decides_where_there_is_no_tmdb_id() -> None:
    found = find_match(FILM, [candidate("Anders", imdb_id="tt0000603", year=None)])
    assert (found.node_id, found.matched_by) == ("tm1", "imdb_id")


def test_two_titles_without_a_tmdb_id_are_not_one_for_that() -> None:
    own = replace(FILM, tmdb_id=None, imdb_id=None)
    assert find_match(own, [candidate("Anders")]).node_id is None
    assert find_match(own, [candidate()]).matched_by == "title"


def test_a_tmdb_id_of_the_other_type_is_another_title() -> None:
    assert find_match(FILM, [candidate(media_type="tv", tmdb_id=603)]).node_id is None


def test_title_year_and_type_together_are_enough() -> None:
    found = find_match(FILM, [candidate("the lantern-keeper")])
    assert (found.node_id, found.matched_by, found.score) == ("tm1", "title", 1.0)


def test_a_film_never_matches_an_old_show_of_its_name() -> None:
    dune = replace(FILM, names=("Dune",))
    found = find_match(dune, [candidate("Dune", media_type="tv", year=1950)])
    assert found.node_id is None
    assert not found.is_near_miss


@pytest.mark.parametrize("year", [1950, 2019, 2023, None])
def test_another_year_or_none_excludes(year: int | None) -> None:
    assert score(FILM, candidate(year=year)) == 0


def test_a_title_of_ours_without_a_year_matches_by_ids_alone() -> None:
    undated = replace(FILM, year=None)
    assert find_match(undated, [candidate(year=None)]).node_id is None
    assert find_match(undated, [candidate(tmdb_id=603)]).node_id == "tm1"


@pytest.mark.parametrize("year", [2020, 2022])
def test_a_year_off_by_one_costs(year: int) -> None:
    assert SURE_ENOUGH <= score(FILM, candidate(year=year)) < score(FILM, candidate())


def test_accents_case_and_punctuation_do_not_count() -> None:
    assert score(replace(FILM, names=("Amélie: le retour",)), candidate("AMELIE - Le Retour")) == 1


def test_original_and_alternative_titles_count() -> None:
    known = replace(FILM, names=("The Lantern Keeper", "Il Guardiano", "Der Wärter"))
    assert score(known, candidate("Der Warter")) == 1


@pytest.mark.parametrize("title", ["The Lantern Keeper 2", "2 The Lantern Keeper"])
def test_a_sequel_of_the_same_year_is_another_title(title: str) -> None:
    assert score(FILM, candidate(title)) == 0


def test_a_candidate_with_another_id_is_another_title() -> None:
    assert score(FILM, candidate(tmdb_id=604)) == 0
    assert score(FILM, candidate(imdb_id="tt0000604")) == 0


def test_two_equally_good_ones_prove_neither() -> None:
    found = find_match(FILM, [candidate(), candidate(node_id="tm2")])
    assert (found.node_id, found.score, found.is_near_miss) == (None, 1.0, True)


def test_a_title_somewhat_alike_is_a_near_miss() -> None:
    found = find_match(FILM, [candidate("The Lantern Keepers' Daughter")])
    assert found.node_id is None
    assert found.is_near_miss
    assert found.nearest is not None
    assert found.nearest.title == "The Lantern Keepers' Daughter"


def test_no_candidate_is_no_match() -> None:
    found = find_match(FILM, [])
    assert (found.node_id, found.score, found.is_near_miss) == (None, None, False)


@pytest.mark.parametrize("title", ["", "!!!", "夜"])
def test_titles_that_fold_to_nothing_or_other_letters_do_not_match(title: str) -> None:
    assert score(FILM, candidate(title)) == 0
