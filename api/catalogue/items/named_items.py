"""Whether clients may name a title: the catalogue has it, the viewer may know of it, it is served.

A title that the limits forbid is answered like one that there is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from api.catalogue.items.item_references import GIVEN, ITEM_ID, columns_of
from api.catalogue.limits.shown_titles import shown_clause
from api.domain.items import ItemRef
from api.domain.limits import Limits
from api.platform.database import Database
from api.platform.errors import NotFound, UnknownItems

_NAMED = f"""
    SELECT items.id, items.retired_at IS NOT NULL
    FROM (SELECT position, {ITEM_ID} AS item_id FROM {GIVEN}) AS named
    LEFT JOIN items ON items.id = named.item_id AND {{shown}}
    ORDER BY position
"""  # noqa: S608 - no value is part of the text


@dataclass(frozen=True, slots=True)
class _Named:
    ids: list[int]  # in the order of the references
    absent: list[str]  # references, without repeats
    retired: list[str]


def require_known_items(
    database: Database,
    references: Sequence[int | str],
    limits: Limits,
    *,
    retired_too: bool = False,
) -> list[int]:
    """The item of each reference, for what a body or a filter names; all of them, or

    UnknownItems (422) with those that are unknown, above the limits or, unless `retired_too`, gone
    from the catalogue.
    """
    named = _read(database, references, limits)
    if unknown := named.absent + ([] if retired_too else named.retired):
        raise UnknownItems(unknown)
    return named.ids


def require_found_items(
    database: Database,
    references: Sequence[int | str],
    limits: Limits,
    *,
    retired_too: bool = False,
) -> list[int]:
    """As `require_known_items`, for what is itself asked for: raises NotFound (404)."""
    named = _read(database, references, limits)
    if named.absent:
        raise NotFound(f"The catalogue has no item {', '.join(named.absent)}.")
    if named.retired and not retired_too:
        has = "has" if len(named.retired) == 1 else "have"
        raise NotFound(f"{', '.join(named.retired)} {has} left the catalogue.")
    return named.ids


def unknown_among(
    database: Database, references: Sequence[int | str], limits: Limits
) -> frozenset[str]:
    """Those that name no item, or one above the limits."""
    return frozenset(_read(database, references, limits).absent)


def _read(database: Database, references: Sequence[int | str], limits: Limits) -> _Named:
    shown, own = shown_clause(limits)
    given = columns_of(ItemRef.parse(one) for one in references)
    with database.autocommit() as cursor:
        rows = cursor.execute(_NAMED.format(shown=shown), given | own).fetchall()
    named, absent, retired = list[int](), dict[str, None](), dict[str, None]()
    for reference, (item_id, is_retired) in zip(references, rows, strict=True):
        if item_id is None:
            absent[str(reference)] = None
            continue
        named.append(item_id)
        if is_retired:
            retired[str(reference)] = None
    return _Named(named, list(absent), list(retired))
