"""What servers on loopback have in common: a free port, and a thread of their own."""

import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that left in the middle of a request is no error of the double."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class QuietHandler(BaseHTTPRequestHandler, ABC):
    """Keeps connections, writes an answer as one packet, and logs nothing."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # two packets would wait for each other's receipt

    def do_GET(self) -> None:
        self.serve(b"")

    def do_POST(self) -> None:
        self.serve(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    @abstractmethod
    def serve(self, body: bytes) -> None:
        """Answers the request that came with this body."""

    def send(
        self, status: int, body: bytes, headers: Mapping[str, str], *, cut: bool = False
    ) -> None:
        """The answer; half of its body if it is `cut`, then the connection is closed."""
        self.head(status, len(body), headers)
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection |= cut

    def head(self, status: int, length: int, headers: Mapping[str, str]) -> None:
        """What comes before a body of this length."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Loopback:
    """Serves while the block runs."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"
