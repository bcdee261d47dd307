"""Served lists: stored before page one is sent, read by every later page in any process."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import numpy as np

from api.language.intent import Interpreted
from api.platform import literals
from api.platform.database import Database
from api.recommend.constraints.kinds import FilterParameters
from api.recommend.constraints.parameters import from_json
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.list_provenance import ListProvenance, as_json, of_document
from api.recommend.lists.slate import Slate
from api.recommend.lists.stored_evidence import packed, unpacked
from api.recommend.request import RecommendRequest

Stored = TypeVar("Stored", RecommendRequest, Interpreted)

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


def store_slate(
    database: Database,
    slate: Slate,
    *,
    request_hash: bytes,
    now: datetime,
    kinds: Kinds = EVIDENCE,
) -> None:
    """Writes the whole list in one statement."""
    header = {
        "request": slate.request.fields(),
        "people": {str(key): value for key, value in slate.people.items()},
        "phrases": {str(key): value for key, value in slate.phrases.items()},
        "degraded": slate.degraded,
        "relaxed": slate.relaxed,
        "interpreted": slate.interpreted,
        "most_per_page": slate.most_per_page,
    }
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
                "evidence": packed(header, slate.evidence, kinds),
                "assignment": slate.assignment,
                "origin": None if slate.provenance is None else as_json(slate.provenance),
            },
        )


def read_slate(
    database: Database, slate_id: UUID, kinds: Kinds = EVIDENCE
) -> tuple[Slate, bytes, datetime] | None:
    """The list, the hash of the request it answered and when; None when it is no longer kept.

    Its origin is left out: only a replay asks for that.
    """
    with database.autocommit() as cursor:
        row = cursor.execute(_READ, {"id": slate_id}).fetchone()
    if row is None:
        return None
    created_at, request_hash, item_ids, scores, evidence, strategy, assignment = row
    header, records = unpacked(evidence, kinds)
    slate = Slate(
        id=slate_id,
        request=_request_of(header["request"]),
        item_ids=np.asarray(item_ids, dtype=np.int32),
        scores=np.asarray(scores, dtype=np.float32),
        evidence=records,
        people={int(key): (name, titles) for key, (name, titles) in header["people"].items()},
        phrases={int(key): phrase for key, phrase in header["phrases"].items()},
        degraded=tuple(header["degraded"]),
        relaxed=tuple(header["relaxed"]),
        interpreted=tuple(_known(Interpreted, chip) for chip in header["interpreted"]),
        most_per_page=header["most_per_page"],
        strategy=strategy,
        assignment=assignment,
    )
    return slate, bytes(request_hash), created_at


def read_provenance(database: Database, slate_id: UUID) -> ListProvenance | None:
    """What the list was made with; None for lists stored before that was noted, and for none."""
    with database.autocommit() as cursor:
        row = cursor.execute(_READ_ORIGIN, {"id": slate_id}).fetchone()
    return None if row is None or row[0] is None else of_document(row[0])


def is_kept(database: Database, slate_id: UUID) -> bool:
    """Whether the list is still there: deleting a user removes theirs."""
    with database.autocommit() as cursor:
        return cursor.execute(_IS_KEPT, {"id": slate_id}).fetchone() is not None


def prune_slates(database: Database, before: datetime) -> int:
    """Deletes lists older than `before`; returns how many."""
    with database.autocommit() as cursor:
        return cursor.execute(_PRUNE, {"before": before}).rowcount


def _known(of: type[Stored], stored: Mapping[str, Any]) -> Stored:
    """What was stored, as far as this version knows its fields."""
    names = [field.name for field in fields(of) if field.name in stored]
    return of(**{name: _as_passed(of, stored[name]) for name in names})


def _request_of(stored: Mapping[str, Any]) -> RecommendRequest:
    known = {name: value for name, value in stored.items() if name != "filters"}
    filters = from_json(FilterParameters, stored.get("filters", ()))
    return replace(_known(RecommendRequest, known), filters=filters)


def _as_passed(of: type[object], value: Any) -> Any:
    """A request is a key of caches, so its lists are tuples; JSON knows only the one kind."""
    if of is RecommendRequest and isinstance(value, list):
        return tuple(_as_passed(of, one) for one in value)
    return value
