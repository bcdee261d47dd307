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
from api.domain.arrays import Ints, Mask, is_among
from api.domain.limits import Limits
from api.domain.maturity import WELL_KEPT
from api.platform.database import Database

# The strictest of the countries that count, by the primary key of certificates. Rated elsewhere
# only is not rated; a title without any row goes by the certificate that it is shown with.
_AGE = """(
    SELECT CASE WHEN count(*) = 0 THEN items.maturity_age
        ELSE max(age) FILTER (WHERE country = ANY(%(limit_countries_{n})s::text[])) END
    FROM certificates WHERE certificates.item_id = items.id
)"""
_RATED = f"{_AGE} <= coalesce(%(limit_age_{{n}})s::int, 99)"
# What is shown though nobody whose word counts has rated it may have been rated elsewhere.
_NOT_ABOVE = f"coalesce({_AGE}, items.maturity_age, 0) <= %(limit_age_{{n}})s::int"

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
# Reads the whole table: 30,000 titles in 80 ms, once for each limit and catalogue.
_ALL = "SELECT id FROM items WHERE retired_at IS NULL AND {shown}"

_KEPT_MASKS = 16  # a byte a title each
_MaskKey = tuple[Limits, int, object]


def shown_clause(limits: Limits) -> tuple[str, dict[str, Any]]:
    """A condition on `items` that holds for what may be shown, and its parameters."""
    conditions, parameters = ["TRUE"], dict[str, Any]()
    for n, one in enumerate((limits, *limits.others)):
        if one.max_age is not None or one.hides_unrated:
            conditions.append((_RATED if one.hides_unrated else _NOT_ABOVE).format(n=n))
            parameters[f"limit_age_{n}"] = one.max_age
            countries = sorted({*WELL_KEPT, one.country or WELL_KEPT[0]})
            parameters[f"limit_countries_{n}"] = countries
    return " AND ".join(conditions), parameters


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
        mask = is_among(facts.ids, np.sort(self._read(_ALL, limits)))
        with self._lock:
            self._masks[key] = mask
        return mask

    def _read(self, statement: str, limits: Limits, **parameters: Any) -> Ints:
        shown, own = shown_clause(limits)
        with self._database.autocommit() as cursor:
            rows = cursor.execute(statement.format(shown=shown), parameters | own)
            return np.fromiter((row[0] for row in rows), dtype=np.int32)
