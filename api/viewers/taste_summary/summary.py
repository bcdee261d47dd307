"""What is known of a taste, in counts and shares beside those of the catalogue. Pure arithmetic."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts, decades_of
from api.domain.arrays import Ints, Mask
from api.domain.genres import GENRES, genre_bits
from api.domain.languages import language_of

_RECENT = 20  # of the newest liked titles, where there are twice as many at least

# Facts and the rows of some titles -> what any of these is, with all rows that are the same.
Groups = Callable[[CatalogueFacts, Ints], Iterator[tuple[str, Mask]]]


@dataclass(frozen=True, slots=True)
class Part:
    """A genre, decade, language, kind or region of a taste; shares are of titles, in [0, 1]."""

    value: str
    titles: int  # liked ones in it
    share: float
    catalogue_share: float
    recent_share: float | None  # of the newest twenty; None where there is little before them


def genres(facts: CatalogueFacts, rows: Ints) -> Iterator[tuple[str, Mask]]:
    """Genres by name; a title may have several."""
    present = int(np.bitwise_or.reduce(facts.genres[rows]))
    for genre_id, name in GENRES.items():
        if (bit := genre_bits([genre_id])) & present:
            yield name, np.asarray(facts.genres & np.uint32(bit) != 0)


def decades(facts: CatalogueFacts, rows: Ints) -> Iterator[tuple[str, Mask]]:
    """ "1990s"; nothing for an unknown year."""
    yield from _values(decades_of(facts.year), rows, lambda first: f"{first}s")


def languages(facts: CatalogueFacts, rows: Ints) -> Iterator[tuple[str, Mask]]:
    """ISO 639-1; nothing for an unknown language."""
    yield from _values(facts.language, rows, language_of)


def kinds(facts: CatalogueFacts, rows: Ints) -> Iterator[tuple[str, Mask]]:
    """Films and shows."""
    yield from _values(facts.is_show + np.int16(1), rows, lambda code: ("movie", "tv")[code - 1])


def _values(
    column: NDArray[np.int16], rows: Ints, name: Callable[[int], str]
) -> Iterator[tuple[str, Mask]]:
    for value in np.unique(column[rows]).tolist():
        if value > 0:
            yield name(value), np.asarray(column == value)


def parts(facts: CatalogueFacts, liked: Ints, groups: Groups) -> list[Part]:
    """Of the liked titles, the newest first, what they are; the largest part first.

    Titles that have left the catalogue count nowhere. 0.5 ms for 30,000 titles.
    """
    rows = facts.known_rows(liked)
    if len(rows) == 0:
        return []
    has_before = len(rows) >= 2 * _RECENT
    found = [
        Part(
            value,
            titles=int(mask[rows].sum()),
            share=float(mask[rows].mean()),
            catalogue_share=float(mask.mean()),
            recent_share=float(mask[rows[:_RECENT]].mean()) if has_before else None,
        )
        for value, mask in groups(facts, rows)
        if mask[rows].any()
    ]
    return sorted(found, key=lambda part: (-part.titles, part.value))
