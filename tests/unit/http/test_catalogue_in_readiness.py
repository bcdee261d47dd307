"""A probe tells what is served of the published catalogue, but not why publishing failed."""

from datetime import UTC, datetime

import psycopg

from api.catalogue.published.published_catalogue import SnapshotState
from api.catalogue.published.snapshot_store import Published
from api.http.health_schemas import Ready
from api.http.readiness import Readiness

_PUBLISHED = Published(
    number=4,
    version=7,
    digest="",
    size=900,
    seconds=2.0,
    built_at=datetime(2026, 11, 1, tzinfo=UTC),
)
_STATE = SnapshotState(
    published=_PUBLISHED,
    age_seconds=60.0,
    catalogue_version=9,
    served=7,
    reads_from="snapshot",
    problem="the catalogue was not published: No space left on device.",
)


def test_an_older_snapshot_is_told_and_is_no_lack() -> None:
    told = Readiness({"database": lambda: None}, {}, lambda: _STATE).run_checks()
    assert told.missing == {}
    assert Ready.of(told.catalogue, told.faults).model_dump() == {
        "status": "ok",
        "faults": {},
        "catalogue": {
            "reads_from": "snapshot",
            "version": 7,
            "age_seconds": 60.0,
            "bytes": 900,
            "waiting": True,
        },
    }


def test_without_a_database_it_is_not_asked_for() -> None:
    def away() -> SnapshotState:
        raise psycopg.OperationalError("connection refused")

    asked = []
    gone = Readiness(
        {"database": lambda: "It does not answer."}, {"strategies": lambda: asked.append(1)}, away
    ).run_checks()
    assert gone.missing == {"database": "It does not answer."}
    assert (gone.faults, asked) == ({}, [])
    assert gone.catalogue is None
    meanwhile = Readiness({"database": lambda: None}, {}, away).run_checks()
    assert Ready.of(meanwhile.catalogue, {}).catalogue is None
