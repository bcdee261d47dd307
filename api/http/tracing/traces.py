"""Sends traces to an OpenTelemetry collector, over HTTP.

Who asks, for what and in which words stays here: a trace has routes, statuses, times and counts.
"""

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from api import __version__

_EXPORT_SECONDS = 5.0  # for a batch with all its attempts, and at the end for all that waits
# What clients write themselves. The template of the route and the method say enough.
_OF_CLIENTS = ("url.path", "url.query", "http.request.method_original", "server.address")


class Traces:
    """Of one process, from when it is made until it is closed.

    A collector that is away costs its traces and no request: they wait in a bounded queue, beside
    a thread of their own.
    """

    def __init__(self, endpoint: str) -> None:
        """`endpoint` is the collector's base URL.

        What it gets besides (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER,
        OTEL_EXPORTER_OTLP_HEADERS) the library reads.
        """
        ours = Resource({"service.name": "seenemall", "service.version": __version__})
        self.provider = TracerProvider(
            resource=ours.merge(OTELResourceDetector().detect()), shutdown_on_exit=False
        )
        exporter = OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=_EXPORT_SECONDS)
        self.provider.add_span_processor(_WithoutWordsOfClients())
        self.provider.add_span_processor(BatchSpanProcessor(exporter))

    def close(self) -> None:
        """Sends what waits, as far as the collector takes it in time."""
        self.provider.force_flush(int(_EXPORT_SECONDS * 1000))
        self.provider.shutdown()


class _WithoutWordsOfClients(SpanProcessor):
    """Paths and queries name viewers and hold what they wrote."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:  # noqa: ARG002
        for name in _OF_CLIENTS:
            if name in (span.attributes or {}):
                span.set_attribute(name, "")
