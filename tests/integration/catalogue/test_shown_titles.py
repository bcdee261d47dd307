"""What may be shown of the whole catalogue is what may be shown of each of its titles."""

import random
from itertools import product

import numpy as np
import pytest

from api.catalogue.facts.load_facts import load_facts
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import NO_LIMITS, Limits
from api.platform.database import Database
from tests.builders import NOON, add_certificate, add_item
from tests.facts_builder import RANKING

_AGES = (None, 0, 8, 13, 18)
_MOST = [
    Limits(max_age=a, hides_unrated=b, country=c)
    for a, b, c in product(_AGES, (False, True), ("US", "FR"))
]
_TOGETHER = [
    Limits(max_age=8, country="US", others=(Limits(max_age=13, hides_unrated=True, country="DE"),)),
    Limits(country="DE", others=(Limits(hides_unrated=True), Limits(max_age=6))),
]
_RATED = {
    "US": ("G", "PG", "PG-13", "R", "NR"),
    "DE": ("0", "6", "12", "18"),
    "FR": ("U", "12"),
    "JP": ("R18+",),
}


@pytest.fixture
def catalogue(database: Database) -> Database:
    drawn = random.Random(7)
    for number in range(120):
        age = drawn.choice([None, 0, 7, 12, 18])
        item = add_item(database, tmdb_id=number + 1, maturity_age=age)
        for country in drawn.sample(sorted(_RATED), drawn.randint(0, 3)):
            add_certificate(database, item, country, drawn.choice(_RATED[country]))
    return database


def test_the_mask_shows_what_is_shown_title_by_title(catalogue: Database) -> None:
    facts = load_facts(catalogue, NOON, trend=RANKING.trend)
    shown = ShownTitles(catalogue)
    counts = set()
    for limits in (*_MOST, *_TOGETHER):
        mask = shown.mask(facts, limits)
        one_by_one = shown.among(facts.ids.tolist(), limits)
        of_mask = facts.ids if mask is None else facts.ids[mask]
        assert set(of_mask.tolist()) == one_by_one, limits
        counts.add(len(one_by_one))
    assert len(counts) > 8  # the limits differ in what they leave
    assert shown.mask(facts, NO_LIMITS) is None


def test_of_nothing_that_may_be_shown_the_mask_is_empty(database: Database) -> None:
    add_certificate(database, add_item(database, tmdb_id=1), "US", "R")
    facts = load_facts(database, NOON, trend=RANKING.trend)
    mask = ShownTitles(database).mask(facts, Limits(max_age=6, country="US"))
    assert mask is not None
    assert np.count_nonzero(mask) == 0
