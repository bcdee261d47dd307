"""What every request adds to the figures: its route by its template, its status, its time."""

from collections.abc import Iterator

from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from starlette.types import Scope

from api.http.metrics.instruments import Counter, Histogram, gauge

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# Anything that parses as a method may be sent.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NONE = "none"


class RequestMetrics(Collector):
    """Counted where the request is logged; one per process."""

    def __init__(self) -> None:
        self._in_flight = 0
        self._seconds = Histogram(
            "seenemall_http_request_duration_seconds",
            "From the head of a request to the end of its answer.",
            ("method", "route"),
            bounds=_SECONDS,
        )
        self._answers = Counter(
            "seenemall_http_requests",
            "Requests by status; route none for what was refused before it was routed.",
            ("method", "route", "status"),
        )

    def begin(self) -> None:
        """A request is here."""
        self._in_flight += 1

    def end(self, scope: Scope, *, status: int, seconds: float) -> None:
        """It is answered, with status 0 where nobody waited for the answer."""
        self._in_flight -= 1
        method = scope["method"] if scope["method"] in _METHODS else "other"
        # The template, not the path, which has ids and whatever a client types.
        route = getattr(scope.get("route"), "path_format", NONE)
        self._seconds.observe([((method, route), seconds)])
        self._answers.add(method, route, str(status) if status else NONE)

    def collect(self) -> Iterator[Metric]:
        """The families as they stand."""
        yield from self._seconds.collect()
        yield from self._answers.collect()
        yield gauge(
            "seenemall_http_requests_in_flight",
            "Requests that are being answered, this one among them.",
            self._in_flight,
        )
