"""Whose taste ranks for one of several, and whose reasons may tell of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.limits import NO_LIMITS, Limits
from api.recommend.hydrate.viewer import LoadViewer
from api.recommend.pool import Pool
from api.viewers.taste.taste import Taste
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import Versions
from api.viewers.viewer import STRANGER, Viewer
from tests.builders import ints
from tests.facts_builder import Title, facts_of, query_over

_FACTS = facts_of([Title(1, age=17), Title(2, age=0)])
_CHILDS = Limits(max_age=6, hides_unrated=True, is_child=True)


class _Known:
    """Viewers who like everything that their limits show them."""

    def of(self, versions: Versions, facts: CatalogueFacts, now: datetime) -> Viewer:
        assert versions.taste_limits is None  # the taste is learned within its own limits alone
        liked = [1, 2] if versions.limits.max_age is None else [2]
        return replace(STRANGER, taste=Taste(known_ids=ints(liked)))


_LOAD = LoadViewer(cast("Viewers", _Known()))


def _loaded(versions: Versions, **more: Any) -> tuple[list[int], list[int] | None]:
    """Of the taste that ranks, and of the one that is told."""
    query = _LOAD.hydrate(replace(query_over(_FACTS), versions=versions, **more))
    told = query.told_viewer
    return (
        query.viewer.taste.known_ids.tolist(),
        None if told is None else told.taste.known_ids.tolist(),
    )


def _versions(limits: Limits) -> Versions:
    return replace(query_over(_FACTS).versions, limits=limits)


def test_a_grown_up_beside_a_child_has_all_of_a_taste_and_tells_what_the_child_may_hear() -> None:
    assert _loaded(_versions(NO_LIMITS).among(_CHILDS)) == ([1, 2], [2])


def test_a_child_beside_a_grown_up_has_no_more_than_before() -> None:
    assert _loaded(_versions(_CHILDS).among(_CHILDS)) == ([2], None)


def test_who_watches_alone_is_told_of_all_of_a_taste() -> None:
    assert _loaded(_versions(NO_LIMITS)) == ([1, 2], None)
    assert _loaded(_versions(_CHILDS)) == ([2], None)


def test_both_leave_out_what_nobody_of_the_group_is_shown() -> None:
    versions = _versions(NO_LIMITS).among(_CHILDS)
    query = replace(query_over(_FACTS), versions=versions, excluded_ids=ints([2]))
    loaded = _LOAD.hydrate(query)
    assert loaded.told_viewer is not None
    assert loaded.viewer.excluded_ids.tolist() == loaded.told_viewer.excluded_ids.tolist() == [2]


def test_a_list_stays_within_the_limits_of_all() -> None:
    assert _versions(NO_LIMITS).among(_CHILDS).limits == _CHILDS


def test_a_widened_pool_remembers_who_found_what() -> None:
    rows = np.array([1], dtype=np.int32)
    words = np.array([5], dtype=np.uint64)
    pool = Pool(_FACTS, rows, {"popular": np.array([0.5], dtype=np.float32)}, words)
    wide = pool.widened(np.array([0, 1], dtype=np.int32))
    assert wide.ids.tolist() == [1, 2]
    assert wide.found_by("popular").tolist() == [False, True]
    assert wide.retrieved["popular"][1] == 0.5
    assert wide.words is not None
    assert wide.words.tolist() == [0, 5]
