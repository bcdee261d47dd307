"""What is kept of titles stays while they do, over all versions of the catalogue."""

from collections.abc import Callable

from api.catalogue.items.kept_by_title import ChangedBetween, KeptByTitle


def changing(steps: dict[int, frozenset[int] | None]) -> ChangedBetween:
    """Says what the steps up to a version changed; of a step that is not given, it may be any."""

    def between(earlier: int, later: int) -> frozenset[int] | None:
        told = [steps.get(version) for version in range(earlier + 1, later + 1)]
        known = [one for one in told if one is not None]
        return frozenset[int]().union(*known) if len(known) == len(told) else None

    return between


def kept_at(version: int, changed: ChangedBetween) -> KeptByTitle[str]:
    """ "one" and "two" of titles 1 and 2 in Britain, as of a version."""
    kept: KeptByTitle[str] = KeptByTitle(8, changed)
    _, found_at = kept.find([1, 2], of="GB", version=version)
    kept.keep({1: "one", 2: "two"}, of="GB", found_at=found_at)
    return kept


def test_what_changed_is_forgotten_and_the_rest_stays() -> None:
    kept = kept_at(1, changing({2: frozenset({2, 7}), 3: frozenset()}))
    assert kept.find([1, 2, 3], of="GB", version=3) == ({1: "one"}, 3)
    figures = kept.cache_figures()
    assert (figures.hits, figures.misses, figures.entries) == (1, 4, 1)


def test_all_is_forgotten_where_nothing_tells_what_changed() -> None:
    kept = kept_at(1, changing({2: frozenset(), 4: frozenset()}))
    assert kept.find([1, 2], of="GB", version=4) == ({}, 4)


def test_titles_are_kept_apart_by_what_else_they_are_of() -> None:
    kept = kept_at(1, changing({}))
    assert kept.find([1], of="FR", version=1) == ({}, 1)


def test_who_saw_an_older_catalogue_is_given_the_newer_and_moves_nothing_back() -> None:
    kept = kept_at(5, changing({}))
    assert kept.find([1, 2], of="GB", version=4) == ({1: "one", 2: "two"}, 5)
    assert kept.has([1, 2], of="GB", version=4)
    assert kept.has([1, 2], of="GB", version=5)


def test_a_newer_catalogue_is_not_at_hand_before_somebody_has_asked_what_changed() -> None:
    kept = kept_at(1, changing({2: frozenset()}))
    assert not kept.has([1, 2], of="GB", version=2)
    kept.find([1], of="GB", version=2)
    assert kept.has([1, 2], of="GB", version=2)
    assert not kept.has([1, 3], of="GB", version=2)


def test_what_was_read_before_the_catalogue_moved_is_not_kept_as_of_now() -> None:
    kept = kept_at(1, changing({2: frozenset({3})}))
    _, found_at = kept.find([3], of="GB", version=1)
    kept.find([1], of="GB", version=2)
    kept.keep({3: "three, as it was"}, of="GB", found_at=found_at)
    assert kept.find([3], of="GB", version=2) == ({}, 2)


def test_of_two_threads_that_move_it_the_slower_forgets_nothing_more() -> None:
    overtaken: list[Callable[[], object]] = []

    def between(_earlier: int, later: int) -> frozenset[int]:
        while overtaken:
            overtaken.pop()()
        return frozenset({1}) if later == 2 else frozenset({2})

    kept = kept_at(1, between)
    overtaken.append(lambda: kept.find([], of="GB", version=3))
    assert kept.find([1, 2], of="GB", version=2) == ({1: "one"}, 3)
