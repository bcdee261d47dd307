"""What parts of a series are called by their place in it."""

from collections.abc import Iterable
from datetime import date

from api.catalogue.names.numbered_parts import Part, numbered_parts


def _numbered(collection: str, names: Iterable[str]) -> list[tuple[int, str]]:
    parts = [
        Part(row, [name], collection, date(1980 + row, 1, 1)) for row, name in enumerate(names)
    ]
    return sorted(numbered_parts(reversed(parts)))


def test_parts_are_counted_by_their_release() -> None:
    assert _numbered(
        "Die Hard Collection",
        ["Die Hard", "Die Hard 2", "Die Hard: With a Vengeance", "Live Free or Die Hard"],
    ) == [(0, "die hard 1"), (2, "die hard 3"), (3, "die hard 4")]


def test_a_series_that_counts_otherwise_is_not_counted() -> None:
    assert not _numbered(
        "Star Wars Collection", ["Star Wars: Episode IV - A New Hope", "The Empire Strikes Back"]
    )


def test_an_ordinal_in_a_name_counts_nothing() -> None:
    assert _numbered("X-Men Collection", ["X-Men", "X2", "X-Men: First Class"]) == [
        (0, "x men 1"),
        (1, "x men 2"),
        (2, "x men 3"),
    ]


def test_a_single_part_has_no_place() -> None:
    assert not _numbered("The Heat Collection", ["The Heat"])
