"""What is traced: FastAPI writes what a request is, and this what each stage of its list took."""

import time
from typing import TYPE_CHECKING

from fastapi.telemetry import TelemetryConfig
from opentelemetry.trace import Tracer, TracerProvider

from api.recommend.lists.served import Served, SideEffect

if TYPE_CHECKING:
    from api.http.tracing.traces import Traces


def open_traces(endpoint: str | None) -> "Traces | None":
    """The traces of this process; None where nobody collects any."""
    if endpoint is None:
        return None
    # Takes a third of a second to import.
    from api.http.tracing.traces import Traces

    return Traces(endpoint)


def telemetry_of(provider: TracerProvider | None) -> TelemetryConfig:
    """What FastAPI records: by default nothing, whatever variables of its own say, since its
    records would hold the queries and the bodies of requests."""
    is_traced = provider is not None
    return TelemetryConfig(
        tracer_provider=provider,
        tracing=is_traced,
        operation_spans=is_traced,
        metrics=False,
        logs=False,
        auto_configure=False,
    )


class StageSpans(SideEffect):
    """Writes the components of a list's run into the trace of the request that asked for it."""

    name = "traces"

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def applies_to(self, served: Served) -> bool:  # noqa: ARG002 - of every list
        return True

    def follow(self, served: Served) -> None:
        since_epoch = time.time_ns() - time.perf_counter_ns()
        for span in served.run.trace.spans:
            if span.component == self.name:  # it is going on
                continue
            begun = since_epoch + int(span.begun * 1e9)
            counts = {name: one for name, one in span.facts.items() if isinstance(one, int)}
            written = self._tracer.start_span(
                f"{span.stage} {span.component}", start_time=begun, attributes=counts
            )
            if span.degraded is not None:
                written.set_attribute("degraded", span.degraded)
            written.end(begun + int(span.milliseconds * 1e6))
