"""Jobs, as the command line, the queue and the service speak of them."""

import datetime
from dataclasses import dataclass
from typing import Literal

JobName = Literal["refresh", "tmdb", "justwatch", "embed", "neighbours", "sample"]
JobState = Literal["pending", "started", "progress", "success", "failure", "revoked"]
RequestedBy = Literal["command", "schedule", "admin", "job"]


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What may be asked of a job; each job's own page says which of these it heeds."""

    dry_run: bool = False
    limit: int | None = None  # titles at most
    full: bool = False  # everything anew
    since: datetime.date | None = None  # what changed from this day on
    countries: tuple[str, ...] = ()  # ISO 3166-1, in place of the configured ones
    items: tuple[int, ...] = ()  # these alone, by our ids
