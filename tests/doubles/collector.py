"""A collector of OpenTelemetry traces on loopback."""

from collections.abc import Iterator
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.doubles.loopback import Loopback, QuietHandler


class Collector(Loopback):
    """`received` are the bodies that came to /v1/traces."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        received = self.received

        class Handler(QuietHandler):
            def serve(self, body: bytes) -> None:
                is_known = self.path == "/v1/traces"
                if is_known:
                    received.append(body)
                self.send(200 if is_known else 404, b"", {})

        super().__init__(Handler)

    def spans(self) -> Iterator[Any]:
        """Every span that came."""
        for body in self.received:
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    yield from scope.spans
