"""One trace per request, three views of it: Server-Timing, a log line, the body under `debug`."""

import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Span:
    """What one component did: how long its block took, what came out, whether it failed."""

    stage: str
    component: str
    milliseconds: float = 0.0
    degraded: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    begun: float = 0.0  # seconds of the performance counter

    # A generator's context manager would cost a page of forty spans a tenth of a millisecond.
    def __enter__(self) -> "Span":
        self.begun = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.milliseconds = (time.perf_counter() - self.begun) * 1000


class Trace:
    """The spans of one run, in order."""

    def __init__(self) -> None:
        self.spans: list[Span] = []

    def span(self, stage: str, component: str) -> Span:
        """Times a component; the caller writes down what came out of it."""
        span = Span(stage, component)
        self.spans.append(span)
        return span

    @property
    def degraded(self) -> tuple[str, ...]:
        """Components that failed and were left out, without repeats."""
        return tuple(dict.fromkeys(s.component for s in self.spans if s.degraded is not None))

    def server_timing(self) -> str:
        """The header's value: milliseconds per stage."""
        totals: dict[str, float] = {}
        for span in self.spans:
            totals[span.stage] = totals.get(span.stage, 0.0) + span.milliseconds
        return ", ".join(f"{stage};dur={total:.1f}" for stage, total in totals.items())

    def as_dicts(self) -> list[dict[str, Any]]:
        """The spans for the body and the log; no free text of a viewer is in them."""
        return [
            {
                "stage": span.stage,
                "component": span.component,
                "ms": round(span.milliseconds, 2),
                **({"degraded": span.degraded} if span.degraded else {}),
                **span.facts,
            }
            for span in self.spans
        ]
