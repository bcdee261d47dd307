"""Jobs and their options, as the command line, the queue and the service name them."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from api.platform.errors import InvalidInput

JobName = Literal[
    "refresh", "tmdb", "justwatch", "embed", "neighbours", "map", "sample", "sync", "lists"
]
JobState = Literal["pending", "started", "progress", "success", "failure", "revoked"]
RequestedBy = Literal["command", "schedule", "admin", "job"]
OptionName = Literal["dry_run", "limit", "full", "since", "countries", "items", "ratings", "source"]

JOB_NAMES: tuple[JobName, ...] = get_args(JobName)
ENDED: frozenset[JobState] = frozenset({"success", "failure", "revoked"})
# What a refresh runs, in this order: titles, their offers, their vectors, their neighbours.
REFRESH_STEPS: tuple[JobName, ...] = ("tmdb", "justwatch", "embed", "neighbours", "map")

# Which options each job takes; any other is refused, here and on the command line.
ACCEPTED_OPTIONS: Mapping[JobName, tuple[OptionName, ...]] = {
    "refresh": ("dry_run", "limit", "since", "countries"),
    "tmdb": ("dry_run", "limit", "full", "since"),
    "justwatch": ("dry_run", "limit", "countries"),
    "embed": ("dry_run", "limit", "full", "items"),
    "neighbours": ("dry_run", "ratings"),
    "map": ("dry_run",),
    "sample": ("dry_run", "limit"),
    "sync": ("dry_run", "full", "source"),
    "lists": ("dry_run",),
}


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What may be asked of a job; ACCEPTED_OPTIONS says which of them a job takes."""

    dry_run: bool = False
    limit: int | None = None  # titles at most
    full: bool = False  # everything anew
    since: datetime.date | None = None  # what changed from this day on
    countries: tuple[str, ...] = ()  # ISO 3166-1, in place of the configured ones
    items: tuple[int, ...] = ()  # these alone, by our ids
    ratings: str | None = None  # the path of a ratings set, or "off"
    source: str | None = None  # the connections with this one alone

    def given(self) -> dict[str, Any]:
        """What differs from the default, as JSON values: how job_runs keeps it."""
        default = JobOptions()
        return {
            name: value.isoformat() if isinstance(value, datetime.date) else value
            for name, value in asdict(self).items()
            if value != getattr(default, name)
        }

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "JobOptions":
        """The options that `given()` wrote."""
        values = dict(given)
        if since := values.get("since"):
            values["since"] = datetime.date.fromisoformat(since)
        for name in ("countries", "items"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values)

    def accepted_by(self, job: JobName) -> "JobOptions":
        """These options without those that `job` does not take."""
        kept = ACCEPTED_OPTIONS[job]
        return JobOptions(
            **{one.name: getattr(self, one.name) for one in fields(self) if one.name in kept}
        )

    def refuse_unfit(self, job: JobName, *, today: datetime.date) -> None:
        """Raises InvalidInput for an option that `job` does not take, or a day in the future."""
        for name in self.given():
            if name not in ACCEPTED_OPTIONS[job]:
                raise InvalidInput(f"the job {job} does not take it", field=name)
        if self.since is not None and self.since > today:
            raise InvalidInput(f"{self.since} is in the future", field="since")
