"""GET /recommend with ages and certificates in words: no title above the youngest is shown."""

from itertools import islice

import pytest

from tests.acceptance.conftest import Service
from tests.builders import rows_of
from tests.unit.language.test_ages_are_never_lifted import requests

_CHILD = 13  # up to this age nothing unrated is shown
_LIMITS = {
    "for a six year old but not rated R": 6,
    "no R-rated": 16,
    "never rated R": 16,
    "without TV-MA": 16,
    "not for adults": 16,
    "nicht ab 18": 16,
    "for my 9 year old and my 14 year old": 9,
    "Kinder 5 und 9 Jahre": 5,
    "R-rated, for my daughter of 7": 7,
    "PG-13 at most, comedies for adults": 13,
}


def _shown_above(service: Service, text: str, oldest: int) -> list[tuple[str, str | None]]:
    """Titles with their certificates that a list shows and should not."""
    page = service.recommend("parent", query=text, limit=50)
    shown = [item["id"] for item in page["items"]]
    unrated = "OR maturity_age IS NULL" if oldest <= _CHILD else ""
    found = rows_of(
        service.database,
        "SELECT title, maturity_rating FROM items WHERE id = ANY(%(shown)s)"
        f" AND (maturity_age > %(oldest)s {unrated})",
        shown=shown,
        oldest=oldest,
    )
    return [(row[0], row[1]) for row in found]


@pytest.mark.parametrize("text", _LIMITS)
def test_nothing_above_the_age_is_shown(sample: Service, text: str) -> None:
    assert _shown_above(sample, text, _LIMITS[text]) == []


@pytest.mark.parametrize("text", ["no R-rated", "not for adults", "for a six year old, R-rated"])
def test_a_refused_certificate_leaves_a_list(sample: Service, text: str) -> None:
    assert len(sample.recommend("parent", query=text, limit=10)["items"]) == 10


def test_generated_requests_show_nothing_above_their_limit(sample: Service) -> None:
    above = [
        (text, oldest, shown)
        for text, oldest in islice(requests(seed=2121), 150)
        if (shown := _shown_above(sample, text, oldest))
    ]
    assert above == []


def test_the_lost_wish_is_explained(sample: Service) -> None:
    page = sample.recommend("parent", query="for a six year old, R-rated")
    first, second = page["interpreted"]
    assert (first["label"], first["status"]) == ("For ages up to 6", "enforced")
    assert second["note"] == "Contradicts a younger age in the request, which counts."
    assert second["status"] != "enforced"
