"""What jobs remember between runs: watermarks, and the references that failed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, text


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


def read_failures(connection: Connection, job: str) -> list[str]:
    """The references that failed last time, in order."""
    return list(
        connection.execute(
            text("SELECT reference FROM job_failures WHERE job = :job ORDER BY reference"),
            {"job": job},
        ).scalars()
    )


def record_failures(
    connection: Connection, job: str, reasons: Mapping[str, str], *, now: datetime
) -> None:
    """Counts one more failure of each reference and keeps its newest reason."""
    rows = [
        {"job": job, "reference": reference, "reason": reason, "now": now}
        for reference, reason in sorted(reasons.items())
    ]
    if rows:
        connection.execute(
            text(
                "INSERT INTO job_failures AS known (job, reference, failures, reason, failed_at) "
                "VALUES (:job, :reference, 1, :reason, :now) ON CONFLICT (job, reference) "
                "DO UPDATE SET failures = known.failures + 1, reason = EXCLUDED.reason, "
                "failed_at = EXCLUDED.failed_at"
            ),
            rows,
        )


def clear_failures(connection: Connection, job: str, references: Iterable[str]) -> None:
    """Forgets the failures of references that succeeded."""
    connection.execute(
        text("DELETE FROM job_failures WHERE job = :job AND reference = ANY(:references)"),
        {"job": job, "references": list(references)},
    )
