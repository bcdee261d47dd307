"""What a job did, in numbers: the line at its end and the JSON kept in job_runs."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

_MOST_REASONS = 8  # in the line at the end; the record of the run has them all


@dataclass(slots=True)
class Report:
    """Counts of one run; only the job's own thread adds to them."""

    read: int = 0
    written: int = 0
    unchanged: int = 0
    rejected: Counter[str] = field(default_factory=Counter)  # by reason
    dropped: Counter[str] = field(default_factory=Counter)  # parts of what was kept, by reason
    notes: list[str] = field(default_factory=list)  # full sentences
    batches: int = 0  # committed
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The counts as job_runs keeps them."""
        return {
            "read": self.read,
            "written": self.written,
            "unchanged": self.unchanged,
            "rejected": dict(self.rejected),
            "dropped": dict(self.dropped),
            "notes": self.notes,
            "seconds": round(self.seconds, 1),
        }

    def sentence(self) -> str:
        """The counts in one line, then the notes."""
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in self.rejected.most_common())
        rejected = f"{self.rejected.total():,}" + (f" ({reasons})" if reasons else "")
        counts = (
            f"read {self.read:,}, written {self.written:,}, unchanged {self.unchanged:,}, "
            f"rejected {rejected} in {self.seconds:.1f} s."
        )
        changed = [] if self.written else ["Nothing changed."]
        return " ".join([counts, *changed, *self._left_out(), *self.notes])

    def _left_out(self) -> list[str]:
        if not self.dropped:
            return []
        reasons = "; ".join(
            f"{reason} {count:,}" for reason, count in self.dropped.most_common(_MOST_REASONS)
        )
        more = "; ..." if len(self.dropped) > _MOST_REASONS else ""
        return [f"Left out {self.dropped.total():,} parts that cannot be read ({reasons}{more})."]
