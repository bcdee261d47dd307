"""Which hit of a search is meant: the stated rule, case by case."""

from typing import Any

import pytest

from api.language.entities import UnknownName
from api.language.entity_search.choice import KNOWN_VOTES, best_title, is_called
from api.language.entity_search.tmdb_answers import TitleHit


def _hit(number: int, title: str, *, votes: int = KNOWN_VOTES, **more: Any) -> TitleHit:
    document = {"id": number, "title": title, "vote_count": votes} | more
    return TitleHit.model_validate(document)


def _best(name: str, *hits: TitleHit, is_sure: bool = True, year: int | None = None) -> int | None:
    best = best_title(UnknownName("title", name, is_sure, year=year), hits)
    return None if best is None else best.id


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("salt ledger", "The Salt Ledger"),
        ("La Marée", "Maree"),
        ("Salt & Ledger", "Salt and Ledger"),
        ("Salt: The Ledger!", "salt the ledger"),
        ("The", "The"),
    ],
)
def test_the_same_words_are_the_same_name(name: str, title: str) -> None:
    assert _best(name, _hit(1, title, votes=0)) == 1


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Salt Ledger", "Salt Ledger II"),
        ("Salt", "Silt"),
        ("Salt Ledger", "Malt Ledger"),
        ("1917", "1918"),
        ("...", "..."),
        ("Ledger", ""),
    ],
)
def test_other_words_are_another_name(name: str, title: str) -> None:
    assert _best(name, _hit(1, title, votes=90_000)) is None


def test_a_slip_of_the_pen_wants_a_known_title() -> None:
    assert _best("Salt Legder", _hit(1, "Salt Ledger", votes=KNOWN_VOTES)) == 1
    assert _best("Salt Legder", _hit(1, "Salt Ledger", votes=KNOWN_VOTES - 1)) is None


def test_the_very_name_comes_before_a_known_one_that_is_near() -> None:
    assert _best("Salt Legder", _hit(1, "Salt Ledger", votes=9000), _hit(2, "Salt Legder")) == 2


def test_the_original_title_is_a_name_of_its_own() -> None:
    assert _best("Zoutboek", _hit(1, "The Salt Ledger", original_title="Zoutboek")) == 1


def test_of_one_name_the_best_known_is_meant() -> None:
    assert _best("Ledger", _hit(1, "Ledger", votes=9), _hit(2, "Ledger", votes=10)) == 2
    assert _best("Ledger", _hit(2, "Ledger"), _hit(1, "Ledger")) == 1


def test_the_year_itself_comes_before_the_ones_beside_it() -> None:
    hits = (
        _hit(1, "Ledger", release_date="1971-01-01", votes=9000),
        _hit(2, "Ledger", release_date="1972-01-01"),
        _hit(3, "Ledger", release_date="", votes=9000),
        _hit(4, "Ledger", release_date="1974-01-01", votes=9000),
    )
    assert _best("Ledger", *hits, year=1972) == 2
    assert _best("Ledger", *hits, year=1970) == 1
    assert _best("Ledger", *hits, year=1980) is None


def test_an_adult_title_is_never_meant() -> None:
    assert _best("Ledger", _hit(1, "Ledger", adult=True)) is None


def test_what_tmdb_does_not_know_is_null_or_empty() -> None:
    hit = TitleHit.model_validate(
        {"id": 1, "name": "Ledger", "first_air_date": None, "overview": None, "vote_count": None}
    )
    assert hit.entity().label == "Ledger"
    assert hit.entity().story == ""


def test_another_name_has_to_be_the_very_name() -> None:
    assert is_called("the salt ledger", ("Salzbuch", "Salt Ledger"))
    assert not is_called("het zoutboek", ("Het zoutboekje", ""))
