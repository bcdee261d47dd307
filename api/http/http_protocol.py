"""uvicorn's HTTP/1.1, answering what it cannot parse with a problem as well.

Left to itself it keeps a request target of any length in memory and answers one beyond 64 KiB
with a line of text.
"""

from typing import Any

from fastapi import Request
from starlette.datastructures import State
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.http.middleware import NO_SNIFFING, request_id_of
from api.platform.wire.problems import MALFORMED, TARGET_TOO_LONG, problem

# Long enough for every parameter of /recommend at its own bound, in percent-encoded UTF-8.
MOST_TARGET_BYTES = 32 * 1024


class BoundedHttp(HttpToolsProtocol):
    """One connection. A target that is too long is read to its end, so that the client, which is
    still sending, gets the answer instead of a reset."""

    target_is_too_long = False

    def on_url(self, url: bytes) -> None:
        """Keeps the target up to its bound and forgets the rest."""
        self.target_is_too_long |= len(self.url) + len(url) > MOST_TARGET_BYTES
        if not self.target_is_too_long:
            super().on_url(url)

    def on_headers_complete(self) -> None:
        """Raises, which the parser reports to `send_400_response`, when the target is too long."""
        if self.target_is_too_long:
            raise ValueError("the request target is too long")
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Answers with a problem and closes the connection."""
        # Nothing of the request is known when not even its first line could be read.
        known: Any = self.scope
        scope = known or {"type": "http", "headers": []}
        scope["state"] = State({"request_id": request_id_of(scope)})
        if self.target_is_too_long:
            detail = f"At most {MOST_TARGET_BYTES} bytes of path and query are read."
            answer = problem(Request(scope), TARGET_TOO_LONG, detail)
        else:
            answer = problem(Request(scope), MALFORMED, msg)
        headers = [
            *answer.raw_headers,
            (b"x-request-id", scope["state"].request_id.encode()),
            NO_SNIFFING,
            (b"connection", b"close"),
        ]
        lines = [name + b": " + value + b"\r\n" for name, value in headers]
        self.transport.write(
            b"".join([STATUS_LINE[answer.status_code], *lines, b"\r\n", bytes(answer.body)])
        )
        self.transport.close()
