"""Nearest neighbours under filters: a router between an exact scan and HNSW.

Measured on Postgres 18.4 with pgvector 0.8.5: comparing every match has recall 1 and is the faster
way up to some ten thousand of them; HNSW with iterative scan is faster beyond and still finds k
rows when some are filtered out. One statement for both would let the planner choose HNSW for a
filter of 5 % and return 10 rows of 200. The source that calls decides (ann.py).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from api.domain.arrays import Floats, Ints
from api.platform import literals
from api.platform.database import Database
from api.recommend.constraints.constraint_clauses import clauses_of
from api.recommend.constraints.constraints import Constraints
from api.recommend.pool import Retrieved

# Scanned as often as the filter asks for, up to this many tuples; the default of 20,000 ends a
# search early where the router's limit is above it.
_MAX_SCAN_TUPLES = 200_000


def nearest(
    database: Database,
    *,
    space_id: int,
    vectors: Sequence[Floats],
    k: int,
    constraints: Constraints,
    excluded: Ints,
    exact: bool,
    ef_search: int,
    among: Ints | None = None,
) -> Retrieved:
    """At most k ids for each vector (unit length) by cosine, best first, in one statement.

    An id that several vectors find has its best cosine. With `exact` every match is compared; else
    hnsw_space_<id> is searched with breadth max(ef_search, k), because a smaller breadth silently
    returns fewer rows than k. `among` names the ids that keep constraints and exclusions, where
    they are known and few: looked up one by one they need no scan of the items.
    """
    statement, parameters = statement_for(
        space_id=space_id,
        vectors=vectors,
        k=k,
        constraints=constraints,
        excluded=excluded,
        exact=exact,
        among=among,
    )
    with database.autocommit() as cursor:
        if not exact:
            _set_breadth(cursor, max(ef_search, k))
        rows = cursor.execute(statement, parameters).fetchall()
    table = np.array(rows, dtype=np.float64).reshape(-1, 2)
    # The iterative scan is only nearly ordered, and several vectors are several lists.
    best_first = table[np.lexsort((table[:, 0], table[:, 1]))]
    if len(vectors) > 1:
        _, first = np.unique(best_first[:, 0], return_index=True)
        best_first = best_first[np.sort(first)]
    return Retrieved(best_first[:, 0].astype(np.int32), (1 - best_first[:, 1]).astype(np.float32))


def statement_for(
    *,
    space_id: int,
    vectors: Sequence[Floats],
    k: int,
    constraints: Constraints,
    excluded: Ints,
    exact: bool,
    among: Ints | None = None,
) -> tuple[str, dict[str, Any]]:
    """The statement and its parameters; the benchmark times the very same one."""
    if among is not None:
        clauses = ["e.item_id = ANY(%(among)s::int[])"]
        parameters: dict[str, Any] = {"among": literals.int_array(among)}
    else:
        clauses, parameters = clauses_of(constraints)
        clauses.insert(0, "i.retired_at IS NULL")
        if len(excluded):
            clauses.append("e.item_id <> ALL(%(excluded)s::int[])")
            parameters["excluded"] = literals.int_array(excluded)
    parameters["k"] = k
    for number, vector in enumerate(vectors):
        parameters[f"vector_{number}"] = literals.vector(vector)
    return _text(
        space_id, len(vectors[0]), len(vectors), tuple(clauses), exact or among is not None
    ), parameters


@lru_cache(maxsize=256)
def _text(
    space_id: int, dimension: int, vectors: int, clauses: tuple[str, ...], exact: bool
) -> str:
    """Space and dimension are literals, because a partial index is only used for a constant."""
    where = " AND ".join((f"e.space_id = {space_id:d}", *clauses))
    reads_items = any("i." in clause for clause in clauses)
    items = " JOIN items i ON i.id = e.item_id" if reads_items else ""
    searches = []
    for number in range(vectors):
        cast = f"::halfvec({dimension:d})"
        distance = f"e.embedding{cast} <=> %(vector_{number:d})s{cast}"
        # Adding 0 hides the expression from the index: the exact path.
        order = f"({distance}) + 0" if exact else distance
        searches.append(
            f"(SELECT e.item_id, ({distance})::float8 AS distance "  # noqa: S608 - integers of ours
            f"FROM item_embeddings e{items} WHERE {where} ORDER BY {order} LIMIT %(k)s)"
        )
    return " UNION ALL ".join(searches)


def session_settings(breadth: int) -> tuple[str, tuple[str, str]]:
    """The statement, with parameters, that sets the breadth of a connection's HNSW scans."""
    return _SESSION, (str(_MAX_SCAN_TUPLES), str(breadth))


_SESSION = (
    "SELECT set_config('hnsw.iterative_scan', 'relaxed_order', false), "
    "set_config('hnsw.max_scan_tuples', %s, false), set_config('hnsw.ef_search', %s, false)"
)


def _set_breadth(cursor: Any, breadth: int) -> None:
    # Settings of a pooled connection: sent once, and again only when the breadth changes.
    connection = cursor.connection
    if getattr(connection, "hnsw_breadth", None) != breadth:
        cursor.execute(*session_settings(breadth))
        connection.hnsw_breadth = breadth
