"""Served lists: stored before page one is sent, read by every later page in any process."""

from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import orjson
from numpy.typing import NDArray
from pydantic import TypeAdapter

from api.language.intent import Interpreted
from api.platform import literals
from api.platform.database import Database
from api.recommend.constraints.kinds import FilterParameters
from api.recommend.constraints.parameters import from_json
from api.recommend.explain.evidence_record import EVIDENCE
from api.recommend.lists.list_provenance import ListProvenance
from api.recommend.lists.slate import Slate
from api.recommend.request import RecommendRequest

# Losing the last moments of lists in a power cut costs a client one new first page, so the commit
# does not wait for the disk: half the time of the statement (0.7 ms instead of 1.4).
_INSERT = """
WITH no_wait AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
INSERT INTO slates (id, user_id, profile, request_hash, strategy, created_at,
                    item_ids, scores, evidence, assignment, origin)
SELECT %(id)s, %(user_id)s, %(profile)s, %(request_hash)s, %(strategy)s, %(now)s,
       %(item_ids)s::int[], %(scores)s::real[], %(evidence)s,
       %(assignment)s, %(origin)s::jsonb
FROM no_wait
"""

_READ = """
SELECT created_at, request_hash, item_ids, scores, evidence, strategy, assignment
FROM slates WHERE id = %(id)s
"""

_READ_ORIGIN = "SELECT origin FROM slates WHERE id = %(id)s"

_IS_KEPT = "SELECT 1 FROM slates WHERE id = %(id)s"

_PRUNE = "DELETE FROM slates WHERE created_at < %(before)s"


def store_slate(database: Database, slate: Slate, *, request_hash: bytes, now: datetime) -> None:
    """Writes the whole list in one statement."""
    header = orjson.dumps(
        {
            "wish": slate.request.fields(),
            "people": {str(key): value for key, value in slate.people.items()},
            "phrases": {str(key): value for key, value in slate.phrases.items()},
            "degraded": slate.degraded,
            "relaxed": slate.relaxed,
            "interpreted": slate.interpreted,
            "most_per_page": slate.most_per_page,
        }
    )
    with database.autocommit() as cursor:
        cursor.execute(
            _INSERT,
            {
                "id": slate.id,
                "user_id": slate.request.user_id,
                "profile": slate.request.profile,
                "request_hash": request_hash,
                "strategy": slate.strategy,
                "now": now,
                "item_ids": literals.int_array(slate.item_ids),
                "scores": literals.real_array(slate.scores),
                # The arrays behind the header: fixed-width records need no parsing.
                "evidence": len(header).to_bytes(4, "little") + header + slate.evidence.tobytes(),
                "assignment": slate.assignment,
                "origin": _json(slate.provenance),
            },
        )


def read_slate(database: Database, slate_id: UUID) -> tuple[Slate, bytes, datetime] | None:
    """The list, the hash of the request it answered and when; None when it is no longer kept.

    Its origin is left out: only a replay asks for that.
    """
    with database.autocommit() as cursor:
        row = cursor.execute(_READ, {"id": slate_id}).fetchone()
    if row is None:
        return None
    created_at, request_hash, item_ids, scores, evidence, strategy, assignment = row
    header, records = unpacked(evidence)
    slate = Slate(
        id=slate_id,
        request=_request_of(header["wish"]),
        item_ids=np.asarray(item_ids, dtype=np.int32),
        scores=np.asarray(scores, dtype=np.float32),
        evidence=records,
        people={int(key): (name, titles) for key, (name, titles) in header["people"].items()},
        phrases={int(key): phrase for key, phrase in header["phrases"].items()},
        degraded=tuple(header["degraded"]),
        relaxed=tuple(header["relaxed"]),
        interpreted=tuple(Interpreted(**chip) for chip in header["interpreted"]),
        most_per_page=header["most_per_page"],
        strategy=strategy,
        assignment=assignment,
    )
    return slate, bytes(request_hash), created_at


def unpacked(evidence: bytes) -> tuple[dict[str, Any], NDArray[np.void]]:
    """The header of a stored list, and its EVIDENCE array."""
    size = int.from_bytes(evidence[:4], "little")
    header: dict[str, Any] = orjson.loads(evidence[4 : 4 + size])
    return header, np.frombuffer(evidence, dtype=EVIDENCE, offset=4 + size)


def read_provenance(database: Database, slate_id: UUID) -> ListProvenance | None:
    """What the list was made with; None for lists stored before that was noted, and for none."""
    with database.autocommit() as cursor:
        row = cursor.execute(_READ_ORIGIN, {"id": slate_id}).fetchone()
    return None if row is None or row[0] is None else _ORIGIN.validate_python(row[0])


def is_kept(database: Database, slate_id: UUID) -> bool:
    """Whether the list is still there: deleting a user removes theirs."""
    with database.autocommit() as cursor:
        return cursor.execute(_IS_KEPT, {"id": slate_id}).fetchone() is not None


def prune_slates(database: Database, before: datetime) -> int:
    """Deletes lists older than `before`; returns how many."""
    with database.autocommit() as cursor:
        return cursor.execute(_PRUNE, {"before": before}).rowcount


def _request_of(stored: dict[str, Any]) -> RecommendRequest:
    tuples = {name: _tupled(stored[name]) for name in _TUPLES}
    filters = from_json(FilterParameters, stored.get("filters", ()))
    return RecommendRequest(**{**stored, **tuples, "filters": filters})


def _json(provenance: ListProvenance | None) -> str | None:
    # Sets become lists.
    return None if provenance is None else orjson.dumps(provenance, default=sorted).decode()


_ORIGIN = TypeAdapter(ListProvenance)
_TUPLES = ("services", "genres", "weights")


def _tupled(value: object) -> tuple[object, ...]:
    return tuple(tuple(v) if isinstance(v, list) else v for v in value)  # type: ignore[attr-defined]
