"""What an import is asked to bring: its history, its ratings, its watchlist or its library."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from api.viewers.imports.row import Kind, Row

Family = Literal["history", "ratings", "watchlist", "library"]

_KINDS: dict[Family, tuple[Kind, ...]] = {
    "history": ("watched", "rated", "liked", "disliked"),
    "ratings": ("rated", "liked", "disliked"),
    "watchlist": ("watchlist",),
    "library": ("owned",),
}
_NOT_ASKED = "not what was asked for"


def only(rows: Sequence[Row], family: Family | None) -> list[Row]:
    """The rows of the family, the others passed over.

    Where there is none, a list is what was asked for, as by itself it does not tell whether it was
    seen, is wanted or owned. What says when it was seen or how it was liked does tell, and no list
    becomes a rating.
    """
    if family is None:
        return list(rows)
    wanted = _KINDS[family]
    asked = [_as_asked(row, family) for row in rows]
    if any(row.kind in wanted for row in asked if row.skipped is None):
        return [row if row.kind in wanted else _left_out(row) for row in asked]
    tells = any(row.watched_at is not None or row.rating is not None for row in rows)
    if tells or family == "ratings":
        return [_left_out(row) for row in asked]
    return [replace(row, kind=wanted[0]) for row in asked]


def _as_asked(row: Row, family: Family) -> Row:
    """What a library has is owned, whether it was seen or rated; of a history that is no part."""
    if family == "library" and row.is_owned:
        return replace(row, kind="owned", watched_at=None, rating=None, scale=None)
    return replace(row, is_owned=False)


def _left_out(row: Row) -> Row:
    return replace(row, skipped=row.skipped or _NOT_ASKED)
