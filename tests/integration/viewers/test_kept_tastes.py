"""A taste that was learned serves on while the catalogue moves, and is learned anew beside it."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from api.catalogue.facts.load_facts import load_facts
from api.platform.database import Database
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import Versions, read_versions
from tests.builders import NOON, add_event, add_items, add_profile
from tests.facts_builder import RANKING

_LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def versions(database: Database) -> Versions:
    profile = add_profile(database)
    for item in add_items(database, 3):
        add_event(database, profile, item, "liked")
    return read_versions(database, "dana", None)


def _learned_beside() -> None:
    """Waits for what is learned beside requests."""
    for thread in threading.enumerate():
        if thread.name == "taste":
            thread.join(30)


def test_of_a_large_catalogue_nobody_waits_for_newer_facts(
    database: Database, versions: Versions
) -> None:
    viewers = Viewers(database, TasteNumbers.of(RANKING), large=1)
    facts = load_facts(database, NOON, trend=RANKING.trend)
    first = viewers.of(versions, facts, NOON)
    newer = replace(facts, version=facts.version + 1)
    meanwhile = viewers.of(versions, newer, _LATER)
    assert meanwhile.learned_at == NOON
    assert meanwhile.excluded_ids.tolist() == first.excluded_ids.tolist()
    _learned_beside()
    assert viewers.of(versions, newer, _LATER).learned_at == _LATER
    # A request that still has the facts of before learns nothing back.
    assert viewers.of(versions, facts, _LATER).learned_at == _LATER


def test_of_a_small_one_the_taste_is_of_the_newest_facts(
    database: Database, versions: Versions
) -> None:
    viewers = Viewers(database, TasteNumbers.of(RANKING), large=100)
    facts = load_facts(database, NOON, trend=RANKING.trend)
    viewers.of(versions, facts, NOON)
    newer = replace(facts, version=facts.version + 1)
    assert viewers.of(versions, newer, _LATER).learned_at == _LATER


def test_what_was_written_counts_at_once(database: Database, versions: Versions) -> None:
    viewers = Viewers(database, TasteNumbers.of(RANKING), large=1)
    facts = load_facts(database, NOON, trend=RANKING.trend)
    viewers.of(versions, facts, NOON)
    moved = replace(versions, profile_version=versions.profile_version + 1)
    assert viewers.of(moved, facts, _LATER).learned_at == _LATER


def test_what_cannot_be_learned_beside_is_tried_again_by_the_next_request(
    database: Database, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewers = Viewers(database, TasteNumbers.of(RANKING), large=1)
    facts = load_facts(database, NOON, trend=RANKING.trend)
    viewers.of(versions, facts, NOON)
    newer = replace(facts, version=facts.version + 1)
    with monkeypatch.context() as broken:
        broken.setattr(viewers, "_learn", lambda *_: 1 / 0)
        assert viewers.of(versions, newer, _LATER).learned_at == NOON
        _learned_beside()
    assert viewers.of(versions, newer, _LATER).learned_at == NOON
    _learned_beside()
    assert viewers.of(versions, newer, _LATER).learned_at == _LATER
