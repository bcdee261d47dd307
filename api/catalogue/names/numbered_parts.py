"""Names that parts of a series have by their place in it: "die hard 3", "harry potter 1"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from api.catalogue.names.canonical import ORDINALS, plain_words_of, spelled, without_article

_COLLECTION = " collection"
_ORDINAL = frozenset(ORDINALS)


@dataclass(frozen=True, slots=True)
class Part:
    """A title of a collection, with its row and all its names."""

    row: int
    names: Sequence[str]
    collection: str
    released: date


def numbered_parts(parts: Iterable[Part]) -> Iterator[tuple[int, str]]:
    """(row, name) by the order of release, where a collection counts so.

    A series that numbers its parts otherwise has none: Star Wars began with Episode IV. A part
    with a number of its own keeps that alone.
    """
    series = defaultdict[str, list[Part]](list)
    for part in parts:
        series[spelled(part.collection).removesuffix(_COLLECTION)].append(part)
    for name, own in series.items():
        in_order = sorted(own, key=lambda part: (part.released, part.row))
        numbers = [_numbers_behind(_bare(name), part.names) for part in in_order]
        if len(own) < 2 or any(
            known and place not in known for place, known in enumerate(numbers, start=1)
        ):
            continue
        for place, part in enumerate(in_order, start=1):
            if not numbers[place - 1]:
                yield part.row, f"{name} {place}"


def _numbers_behind(series: str, names: Sequence[str]) -> set[int]:
    """The numbers that names have right behind the series' own; "First Class" is none."""
    spellings = (_bare(one) for one in names if not _ORDINAL.intersection(plain_words_of(one)))
    words = (one[len(series) :].split() for one in spellings if one.startswith(f"{series} "))
    return {int(rest[0]) for rest in words if rest[0].isdecimal() and len(rest[0]) < 3}


def _bare(name: str) -> str:
    return " ".join(without_article(spelled(name).split()))
