"""What jobs remember between runs: watermarks, and the references that failed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

FIRST_WAIT = timedelta(hours=1)
NO_WAIT = timedelta(0)
LONGEST_WAIT = timedelta(days=30)
MOST_FAILURES = 8  # from an hour, doubled, the last of them comes five days after the first

_RECORD_FAILURE = text(
    "INSERT INTO job_failures AS known (job, reference, failures, reason, failed_at, next_try_at) "
    "VALUES (:job, :reference, 1, :reason, :now, CAST(:now AS timestamptz) + :wait) "
    "ON CONFLICT (job, reference) DO UPDATE "
    "SET failures = known.failures + 1, reason = EXCLUDED.reason, failed_at = EXCLUDED.failed_at, "
    "next_try_at = CASE WHEN known.failures + 1 < :most OR CAST(:wait AS interval) = interval '0' "
    "THEN EXCLUDED.failed_at "
    "+ least(CAST(:wait AS interval) * power(2, least(known.failures, 20)), :longest) END"
)
_COUNT_FAILURES = text(
    "SELECT count(*) FILTER (WHERE next_try_at <= :now) AS due, "
    "count(*) FILTER (WHERE next_try_at > :now) AS later, "
    "count(*) FILTER (WHERE next_try_at IS NULL) AS given_up "
    "FROM job_failures WHERE job = :job"
)


def read_watermark(connection: Connection, name: str) -> str | None:
    """The value kept under `name`, or None."""
    return connection.execute(
        text("SELECT value FROM watermarks WHERE name = :name"), {"name": name}
    ).scalar_one_or_none()


def write_watermark(connection: Connection, name: str, value: str) -> None:
    """Keeps `value` under `name`."""
    connection.execute(
        text(
            "INSERT INTO watermarks (name, value) VALUES (:name, :value) "
            "ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value, updated_at = now()"
        ),
        {"name": name, "value": value},
    )


def clear_watermark(connection: Connection, name: str) -> None:
    """Forgets `name`."""
    connection.execute(text("DELETE FROM watermarks WHERE name = :name"), {"name": name})


@dataclass(frozen=True, slots=True)
class FailureCounts:
    """How the references of a job stand that do not succeed."""

    due: int  # to be tried by the next run
    later: int
    given_up: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.due + self.later + self.given_up


def count_failures(connection: Connection, job: str, *, now: datetime) -> FailureCounts:
    """How many references fail, by when they are tried again."""
    row = connection.execute(_COUNT_FAILURES, {"job": job, "now": now}).one()
    return FailureCounts(due=row.due, later=row.later, given_up=row.given_up)


def record_failures(
    connection: Connection,
    job: str,
    reasons: Mapping[str, str],
    *,
    now: datetime,
    first_wait: timedelta = FIRST_WAIT,
) -> None:
    """Counts one more failure of each reference, keeps its newest reason, sets when to try again.

    The wait doubles from `first_wait` to LONGEST_WAIT; after MOST_FAILURES the reference is given
    up. Without a wait it is tried by every run.
    """
    rows = [
        {"job": job, "reference": reference, "reason": reason, "now": now, "wait": first_wait}
        for reference, reason in sorted(reasons.items())
    ]
    if rows:
        connection.execute(
            _RECORD_FAILURE.bindparams(most=MOST_FAILURES, longest=LONGEST_WAIT), rows
        )


def clear_failures(connection: Connection, job: str, references: Iterable[str]) -> None:
    """Forgets the failures of references that succeeded."""
    connection.execute(
        text("DELETE FROM job_failures WHERE job = :job AND reference = ANY(:references)"),
        {"job": job, "references": list(references)},
    )
