"""Nearest neighbours among allowed titles: a router between an exact scan and HNSW.

Measured on Postgres 18.4 with pgvector 0.8.5: comparing every match has recall 1 and is the faster
way up to some ten thousand of them; HNSW with iterative scan is faster beyond and still finds k
rows when some are filtered out. The source that calls decides (ann.py).
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints, Mask
from api.platform import literals
from api.platform.database import Database
from api.recommend.pipeline.protocols import Answer
from api.recommend.pool import Retrieved

# Scanned as often as the filter asks for, up to this many tuples; the default of 20,000 ends a
# search early where the router's limit is above it.
_MAX_SCAN_TUPLES = 200_000
# A mask of wider gaps between the ids is longer than the ids themselves.
_MOST_BITS_PER_ID = 32

# Ids that are few are looked up one by one, by the primary key.
_AMONG = "e.item_id = ANY(%(ids)s::int[])"
# The planner takes one value in 200 for granted where it has no statistics, so "= 1" looks as if it
# kept 0.5 % of the rows, and HNSW is never chosen; "<> 0" looks as if it kept nearly all of them.
# The last bit is 0: it stands for every id beyond the mask, of titles newer than the facts.
_IN_MASK = "get_bit(%(mask)b, least(e.item_id, %(last)s)) <> 0"

Among = Ints | bytes  # ids, or their mask


class Nearest(Protocol):
    """nearest() below with its database bound."""

    def __call__(
        self,
        *,
        space_id: int,
        vectors: Sequence[Floats],
        k: int,
        among: Among,
        exact: bool,
        ef_search: int,
    ) -> Retrieved:
        """At most k ids for each vector by cosine, best first, each once."""
        ...


class AskNearest(Protocol):
    """asked_nearest() below with its database bound."""

    def __call__(
        self,
        *,
        space_id: int,
        vectors: Sequence[Floats],
        k: int,
        among: Among,
        exact: bool,
        ef_search: int,
    ) -> AbstractContextManager[Answer]:
        """The same question, sent when the block is entered; its answer is read within."""
        ...


def mask_of(facts: CatalogueFacts, rows: Mask) -> Among:
    """The ids of such rows as one bit each for get_bit; the ids where a mask would be longer.

    30 us at 30k titles, 4 KB.
    """
    if int(facts.ids[-1]) > _MOST_BITS_PER_ID * np.count_nonzero(rows):
        return facts.ids[rows]
    return np.packbits(facts.by_id(rows), bitorder="little").tobytes()


def nearest(
    database: Database,
    *,
    space_id: int,
    vectors: Sequence[Floats],
    k: int,
    among: Among,
    exact: bool,
    ef_search: int,
) -> Retrieved:
    """At most k ids for each vector (unit length) by cosine, best first, in one statement.

    An id that several vectors find has its best cosine. With `exact` every one of `among` is
    compared; else hnsw_space_<id> is searched with breadth max(ef_search, k), because a smaller
    breadth silently returns fewer rows than k, and with 1000 at most.
    """
    statement, parameters = statement_for(
        space_id=space_id, vectors=vectors, k=k, among=among, exact=exact
    )
    with database.autocommit() as cursor:
        if not exact:
            _set_breadth(cursor, ef_search, k)
        rows = cursor.execute(statement, parameters).fetchall()
    return _retrieved(rows, lists=len(vectors))


@contextmanager
def asked_nearest(
    database: Database,
    *,
    space_id: int,
    vectors: Sequence[Floats],
    k: int,
    among: Among,
    exact: bool,
    ef_search: int,
) -> Iterator[Answer]:
    """The question of `nearest`, sent but not waited for: within the block its answer is read.

    Postgres searches meanwhile on a processor of its own, and no other thread is needed for that.
    """
    statement, parameters = statement_for(
        space_id=space_id, vectors=vectors, k=k, among=among, exact=exact
    )
    with database.pipelined() as connection, connection.cursor(binary=True) as cursor:
        try:
            if not exact:
                _set_breadth(cursor, ef_search, k)
            cursor.execute(statement, parameters)
            yield lambda: _retrieved(cursor.fetchall(), lists=len(vectors))
        except BaseException:
            _forget_breadth(cursor)  # it may have been taken back with the rest
            raise


def _retrieved(rows: Sequence[tuple[bytes | None, bytes | None]], *, lists: int) -> Retrieved:
    """The ids that so many lists found, best first; two arrays each, both NULL for an empty one."""
    found = [(ids, distances) for ids, distances in rows if ids and distances]
    ids = literals.read_arrays([sent for sent, _ in found], ">i4")[0].astype(np.int32)
    distances = literals.read_arrays([sent for _, sent in found], ">f4")[0].astype(np.float32)
    # The iterative scan is only nearly ordered, and several vectors are several lists.
    best_first = np.lexsort((ids, distances))
    if lists > 1:
        _, first = np.unique(ids[best_first], return_index=True)
        best_first = best_first[np.sort(first)]
    return Retrieved(ids[best_first], 1 - distances[best_first])


def statement_for(
    *, space_id: int, vectors: Sequence[Floats], k: int, among: Among, exact: bool
) -> tuple[str, dict[str, Any]]:
    """The statement and its parameters; the benchmark times the very same one."""
    parameters: dict[str, Any] = {"k": k}
    if isinstance(among, bytes):
        parameters |= {"mask": among, "last": 8 * len(among) - 1}
    else:
        parameters["ids"] = literals.int_array(among)
    for number, vector in enumerate(vectors):
        parameters[f"vector_{number}"] = literals.half_vector(vector)
    condition = _IN_MASK if isinstance(among, bytes) else _AMONG
    return _text(space_id, len(vectors[0]), len(vectors), condition, exact), parameters


@lru_cache(maxsize=64)
def _text(space_id: int, dimension: int, vectors: int, condition: str, exact: bool) -> str:
    """Space and dimension are literals, because a partial index is only used for a constant."""
    searches = []
    for number in range(vectors):
        cast = f"::halfvec({dimension:d})"
        distance = f"e.embedding{cast} <=> %(vector_{number:d})s{cast}"
        # Adding 0 hides the expression from the index: the exact path.
        order = f"({distance}) + 0" if exact else distance
        searches.append(
            f"(SELECT e.item_id, ({distance})::float4 AS distance "  # noqa: S608 - integers of ours
            f"FROM item_embeddings e WHERE e.space_id = {space_id:d} AND {condition} "
            f"ORDER BY {order} LIMIT %(k)s)"
        )
    # Two arrays in place of 200 rows: each row is a tuple to make and to read.
    return (
        "SELECT array_send(array_agg(item_id)), array_send(array_agg(distance)) "  # noqa: S608
        f"FROM ({' UNION ALL '.join(searches)}) AS found"
    )


# What pgvector takes. The iterative scan goes on for more.
_MOST_BREADTH = 1000


def session_settings(breadth: int) -> tuple[str, tuple[str, str]]:
    """The statement, with parameters, that sets the breadth of a connection's HNSW scans."""
    return _SESSION, (str(_MAX_SCAN_TUPLES), str(breadth))


_SESSION = (
    "SELECT set_config('hnsw.iterative_scan', 'relaxed_order', false), "
    "set_config('hnsw.max_scan_tuples', %s, false), set_config('hnsw.ef_search', %s, false)"
)


def _set_breadth(cursor: Any, ef_search: int, k: int) -> None:
    # Settings of a pooled connection: sent once, and again only when the breadth changes.
    connection, breadth = cursor.connection, min(max(ef_search, k), _MOST_BREADTH)
    if getattr(connection, "hnsw_breadth", None) != breadth:
        cursor.execute(*session_settings(breadth))
        connection.hnsw_breadth = breadth


def _forget_breadth(cursor: Any) -> None:
    cursor.connection.hnsw_breadth = None
