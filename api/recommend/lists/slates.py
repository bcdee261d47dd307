"""Served lists: stored before page one is sent, read by every later page in any process."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from api.language.intent import Interpreted
from api.platform import literals
from api.platform.database import Database
from api.recommend.constraints.kinds import FilterParameters
from api.recommend.constraints.parameters import from_json
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.list_provenance import ListProvenance, as_json, of_document
from api.recommend.lists.slate import ListRow, MemberOfList, Slate
from api.recommend.lists.stored_evidence import packed, unpacked
from api.recommend.lists.weeks import drop_weeks
from api.recommend.request import RecommendRequest
from api.viewers.events import ProfileKey

Stored = TypeVar("Stored", RecommendRequest, Interpreted)

# Losing the last moments of lists in a power cut costs a client one new first page, so the commit
# does not wait for the disk: half the time of the statement (0.7 ms instead of 1.4).
_NO_WAIT = "no_wait AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))"
_LIST = """
INSERT INTO slates (id, user_id, profile, request_hash, strategy, created_at,
                    item_ids, scores, evidence, assignment, origin, evening)
SELECT %(id)s, %(user_id)s, %(profile)s, %(request_hash)s, %(strategy)s, %(now)s,
       %(item_ids)s::int[], %(scores)s::real[], %(evidence)s,
       %(assignment)s, %(origin)s::jsonb, %(evening)s::date
FROM no_wait
"""
_INSERT = f"WITH {_NO_WAIT} {_LIST}"
# No list is ever without its members: removing what is held of one of them finds it by them.
_INSERT_FOR_SEVERAL = f"""
WITH {_NO_WAIT}, listed AS ({_LIST} RETURNING id)
INSERT INTO list_members (slate_id, place, user_id, profile, fits)
SELECT id, place, member.user_id, member.profile,
       (%(fits)s::real[])[(place - 1) * %(length)s::int + 1 : place * %(length)s::int]
FROM listed, unnest(%(users)s::text[], %(profiles)s::text[])
    WITH ORDINALITY AS member(user_id, profile, place)
"""  # noqa: S608 - no value is part of the text

# By the primary key.
_MEMBERS = """
SELECT user_id, profile, fits FROM list_members WHERE slate_id = %(id)s ORDER BY place
"""

# As a subselect: where Postgres knows the id it plans anew each time, to leave other weeks out,
# which takes longer than to leave them out when it looks.
_READ = """
SELECT created_at, request_hash, item_ids, scores, evidence, strategy, assignment
FROM slates WHERE id = (SELECT %(id)s)
"""

_READ_ORIGIN = "SELECT origin FROM slates WHERE id = %(id)s"

_IS_KEPT = "SELECT 1 FROM slates WHERE id = (SELECT %(id)s)"

# Those that lie in no week: see weeks.py.
_PRUNE = "DELETE FROM slate_weeks.others WHERE created_at < %(before)s"


@contextmanager
def storing_slate(
    database: Database,
    slate: Slate,
    *,
    request_hash: bytes,
    now: datetime,
    kinds: Kinds = EVIDENCE,
) -> Iterator[None]:
    """Writes the whole list in one statement, on which Postgres works while the block does.

    It is stored when the block has ended, and what the database raises is raised then.
    """
    header: dict[str, Any] = {
        "request": slate.request.fields(),
        "people": {str(key): value for key, value in slate.people.items()},
        "phrases": {str(key): value for key, value in slate.phrases.items()},
        "degraded": slate.degraded,
        "relaxed": slate.relaxed,
        "interpreted": slate.interpreted,
        "most_per_page": slate.most_per_page,
    }
    records, members = slate.evidence, dict[str, Any]()
    if slate.rows:
        header["rows"] = slate.rows
    if slate.members:
        header["people_of_members"] = [
            {str(key): value for key, value in one.people.items()} for one in slate.members
        ]
        records = np.concatenate([records, *(one.evidence for one in slate.members)])
        members = {
            "users": [one.viewer.user_id for one in slate.members],
            "profiles": [one.viewer.profile for one in slate.members],
            "fits": literals.real_array(np.concatenate([one.fits for one in slate.members])),
            "length": len(slate),
        }
    with database.pipelined() as connection, connection.cursor(binary=True) as cursor:
        cursor.execute(
            _INSERT_FOR_SEVERAL if members else _INSERT,
            {
                **members,
                "id": slate.id,
                "user_id": slate.request.user_id,
                "profile": slate.request.profile,
                "evening": slate.request.evening,
                "request_hash": request_hash,
                "strategy": slate.strategy,
                "now": now,
                "item_ids": literals.int_array(slate.item_ids),
                "scores": literals.real_array(slate.scores),
                "evidence": packed(header, records, kinds),
                "assignment": slate.assignment,
                "origin": None if slate.provenance is None else as_json(slate.provenance),
            },
        )
        yield


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
        evidence=records[: len(item_ids)],
        people={int(key): (name, titles) for key, (name, titles) in header["people"].items()},
        phrases={int(key): phrase for key, phrase in header["phrases"].items()},
        degraded=tuple(header["degraded"]),
        relaxed=tuple(header["relaxed"]),
        interpreted=tuple(_known(Interpreted, chip) for chip in header["interpreted"]),
        most_per_page=header["most_per_page"],
        strategy=strategy,
        assignment=assignment,
    )
    if "rows" in header:
        slate = replace(slate, rows=tuple(ListRow(**row) for row in header["rows"]))
    if "people_of_members" in header:
        members = _members(database, slate, records[len(item_ids) :], header["people_of_members"])
        slate = replace(slate, members=members)
    return slate, bytes(request_hash), created_at


def _members(
    database: Database,
    slate: Slate,
    records: NDArray[np.void],
    people: Sequence[Mapping[str, Any]],
) -> tuple[MemberOfList, ...]:
    """Whom the list is for; `records` are theirs, one list's length after the other."""
    with database.autocommit() as cursor:
        rows = cursor.execute(_MEMBERS, {"id": slate.id}).fetchall()
    return tuple(
        MemberOfList(
            ProfileKey(user_id, profile),
            np.asarray(fits, dtype=np.float32),
            records[place * len(slate) : (place + 1) * len(slate)],
            {int(key): (name, titles) for key, (name, titles) in named.items()},
        )
        for place, ((user_id, profile, fits), named) in enumerate(zip(rows, people, strict=True))
    )


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
    """Deletes lists older than `before`, those of a week once all of them are; returns how many."""
    dropped = drop_weeks(database, before)
    with database.autocommit() as cursor:
        return dropped + cursor.execute(_PRUNE, {"before": before}).rowcount


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
