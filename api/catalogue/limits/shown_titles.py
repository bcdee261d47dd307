"""Which titles a profile may be shown: the one place that says it.

A route that shows or opens titles asks here, in the form that suits it: a condition for its own
statement, which of some titles, or a mask over the catalogue for a list.
"""

from collections.abc import Iterable
from threading import Lock
from typing import Any

import numpy as np
from cachetools import LRUCache

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.limits import Limits
from api.domain.maturity import WELL_KEPT
from api.platform import literals
from api.platform.database import Database

# The strictest of the countries that count, by the primary key of certificates. Rated elsewhere
# only is not rated; a title without any row goes by the certificate that it is shown with.
_STRICTEST = "max(age) FILTER (WHERE country = ANY(%(limit_countries_{n})s::text[]))"
_AGE = f"""(
    SELECT CASE WHEN count(*) = 0 THEN items.maturity_age ELSE {_STRICTEST} END
    FROM certificates WHERE certificates.item_id = items.id
)"""  # noqa: S608 - of this module's own text
# The same where the certificates of all titles are joined at once.
_AGE_OF_ALL = "CASE WHEN rated.item_id IS NULL THEN items.maturity_age ELSE rated.age_{n} END"
_RATED = "{age} <= coalesce(%(limit_age_{n})s::int, 99)"
# What is shown though nobody whose word counts has rated it may have been rated elsewhere.
_NOT_ABOVE = "coalesce({age}, items.maturity_age, 0) <= %(limit_age_{n})s::int"

_AMONG = "SELECT id FROM items WHERE id = ANY(%(ids)s::int[]) AND {shown}"
_SERIES = """
    SELECT DISTINCT collection_id FROM items
    WHERE collection_id = ANY(%(ids)s::int[]) AND retired_at IS NULL AND {shown}
"""
# By the index of item_keywords, keyword by keyword up to the first such title.
_KEYWORDS = """
    SELECT name FROM keywords WHERE name = ANY(%(names)s::text[]) AND EXISTS (
        SELECT FROM item_keywords JOIN items ON items.id = item_id
        WHERE keyword_id = keywords.id AND retired_at IS NULL AND {shown}
    )
"""
# Reads whole tables: 30,000 titles in 35 ms, once for each limit and catalogue.
_ALL = """
    SELECT array_send(array_agg(items.id ORDER BY items.id)) FROM items
    LEFT JOIN (SELECT item_id, {ages} FROM certificates GROUP BY item_id) AS rated
        ON rated.item_id = items.id
    WHERE retired_at IS NULL AND {shown}
"""

_KEPT_MASKS = 16  # a byte a title each
_MaskKey = tuple[Limits, int, object]


def shown_clause(limits: Limits) -> tuple[str, dict[str, Any]]:
    """A condition on `items` that holds for what may be shown, and its parameters."""
    return _clause(limits, _AGE)


def _clause(limits: Limits, age: str) -> tuple[str, dict[str, Any]]:
    """`age` is the form in which a statement has the age of a title."""
    conditions, parameters = ["TRUE"], dict[str, Any]()
    for n, one in _that_hide(limits):
        condition = _RATED if one.hides_unrated else _NOT_ABOVE
        conditions.append(condition.format(age=age.format(n=n), n=n))
        parameters[f"limit_age_{n}"] = one.max_age
        countries = sorted({*WELL_KEPT, one.country or WELL_KEPT[0]})
        parameters[f"limit_countries_{n}"] = countries
    return " AND ".join(conditions), parameters


def _that_hide(limits: Limits) -> list[tuple[int, Limits]]:
    """Those of all who watch that could hide a title, numbered."""
    numbered = enumerate((limits, *limits.others))
    return [(n, one) for n, one in numbered if one.max_age is not None or one.hides_unrated]


class ShownTitles:
    """Answers from the database. Thread-safe; two threads may each read the same mask once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._masks: LRUCache[_MaskKey, Mask] = LRUCache(_KEPT_MASKS)

    def among(self, item_ids: Iterable[int], limits: Limits) -> frozenset[int]:
        """Those of the titles that may be shown, as the catalogue is now."""
        if not limits.hide_titles:
            return frozenset(item_ids)
        return frozenset(self._read(_AMONG, limits, ids=list(item_ids)).tolist())

    def series_among(self, collection_ids: Iterable[int], limits: Limits) -> frozenset[int]:
        """Those of TMDB's collections with a title that may be shown."""
        ids = list(collection_ids)
        if not ids or not limits.hide_titles:
            return frozenset(ids)
        return frozenset(self._read(_SERIES, limits, ids=ids).tolist())

    def keywords_among(self, names: Iterable[str], limits: Limits) -> frozenset[str]:
        """Those of the keywords that a title has which may be shown."""
        wanted = list(names)
        if not wanted or not limits.hide_titles:
            return frozenset(wanted)
        shown, own = shown_clause(limits)
        with self._database.autocommit() as cursor:
            rows = cursor.execute(_KEYWORDS.format(shown=shown), {"names": wanted} | own)
            return frozenset(row[0] for row in rows)

    def mask(self, facts: CatalogueFacts, limits: Limits) -> Mask | None:
        """Which rows of the facts may be shown; None for all of them."""
        if not limits.hide_titles:
            return None
        key = (limits, facts.version, facts.read_at)
        with self._lock:
            known = self._masks.get(key)
        if known is not None:
            return known
        mask = facts.are_among(slice(None), self._all(limits))
        with self._lock:
            self._masks[key] = mask
        return mask

    def _all(self, limits: Limits) -> Ints:
        """Ids of all that may be shown, ascending."""
        shown, own = _clause(limits, _AGE_OF_ALL)
        ages = ", ".join(f"{_STRICTEST.format(n=n)} AS age_{n}" for n, _ in _that_hide(limits))
        statement = _ALL.format(ages=ages, shown=shown)
        with self._database.autocommit() as cursor:
            (sent,) = cursor.execute(statement, own).fetchone() or (None,)
        if sent is None:
            return np.empty(0, dtype=np.int32)
        return literals.read_arrays([sent], ">i4")[0].astype(np.int32)

    def _read(self, statement: str, limits: Limits, **parameters: Any) -> Ints:
        shown, own = shown_clause(limits)
        with self._database.autocommit() as cursor:
            rows = cursor.execute(statement.format(shown=shown), parameters | own)
            return np.fromiter((row[0] for row in rows), dtype=np.int32)
