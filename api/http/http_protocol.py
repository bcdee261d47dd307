"""uvicorn's HTTP/1.1 within bounds: of a head's size, of patience, and of connections.

Left to itself uvicorn keeps a head of any size in memory and a silent connection for ever, and
answers what it cannot parse with a line of text. Whatever is refused here is a problem too.
"""

import asyncio
from typing import Any

from fastapi import Request
from starlette.datastructures import State
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.http.connections import Counted, Phase, Waiting
from api.http.middleware import Refusal, request_id_of
from api.http.security_headers import SECURITY_HEADERS
from api.platform.sizes import in_words
from api.platform.wire.problems import (
    BUSY,
    HEAD_TOO_LARGE,
    MALFORMED,
    TARGET_TOO_LONG,
    TOO_SLOW,
    problem,
)

# Long enough for every parameter of /recommend at its own bound, in percent-encoded UTF-8.
MOST_TARGET_BYTES = 32 * 1024
MOST_HEAD_BYTES = 64 * 1024  # of all headers, and of the trailers of a body in chunks
_MOST_HEADERS = 128
# What is too long is read on, without being kept, up to here: a client that is still sending
# would get a reset in place of the answer.
_MOST_DISCARDED_BYTES = 4 * 1024 * 1024
_LINGER_SECONDS = 5.0
_PIECE_BYTES = 16 * 1024  # parsed at once, so that no more is parsed before it is counted
_HEALTH = (b"/healthz", b"/readyz")


class BoundedHttp(HttpToolsProtocol):
    """One connection.

    The numbers are attributes, so that tests can be quick. `head_seconds` is for a whole head,
    from the connection or its first byte on; a body has `body_seconds` and a second more for each
    `body_bytes_per_second` that came; a client that does not read has `write_seconds`.
    """

    head_seconds = 10.0
    body_seconds = 20.0
    body_bytes_per_second = 16 * 1024
    write_seconds = 30.0
    # Each holds a file descriptor, and many systems allow 1,024 to a process. When all are taken,
    # the one that has waited longest without a whole request makes room; where every one is at
    # work, only the spare ones for health checks are left.
    most_connections = 640
    spare_connections = 32
    counted = Counted()  # one for the process, like the class

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.waiting = Waiting(self.loop.time())
        self._deadline: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._discarded: int | None = None  # bytes since the refusal, once there was one
        self._refusal: Refusal | None = None
        self._is_excess = False
        self._unparsed = 0  # bytes since the parser last came to the end of something
        self._head = 0
        self._target = 0
        self._body = 0

    # --- The connection -----------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Lets it in if there is room."""
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            self._is_excess = not self._makes_room()
            if len(self.connections) > self.most_connections + self.spare_connections:
                self.counted.add("no_room", self.loop)
                self.transport.abort()
                return
        self._wait(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets its timers."""
        self._stop_waiting()
        self._stop_waiting_for_reader()
        super().connection_lost(exc)

    def _makes_room(self) -> bool:
        others = (one for one in self.connections if isinstance(one, BoundedHttp))
        longest = max(
            (one for one in others if one is not self and one.waiting.can_be_closed),
            key=lambda one: one.waiting.rank,
            default=None,
        )
        if longest is None:
            return False
        self.counted.add("made_room", self.loop)
        self.connections.discard(longest)
        longest.transport.abort()
        return True

    # --- Reading ------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Parses piece by piece, counting each before it is parsed."""
        for start in range(0, len(data), _PIECE_BYTES):
            if self._discarded is not None:
                self._discard(len(data) - start)
                return
            if self.transport.is_closing():
                return
            piece = data[start : start + _PIECE_BYTES]
            self._unparsed += len(piece)
            if self._unparsed > MOST_HEAD_BYTES:
                self._refuse(_head_too_large())
                continue
            super().data_received(piece)
        self._be_patient()

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._head = self._target = self._body = 0
        self.waiting.enter(Phase.HEAD, self.loop.time())

    def on_url(self, url: bytes) -> None:
        """Keeps the target up to its bound and forgets the rest."""
        self._target += len(url)
        if self._target <= MOST_TARGET_BYTES:
            super().on_url(url)
        elif self._target <= _MOST_DISCARDED_BYTES:
            self._unparsed = 0
        else:
            self._fail(_target_too_long())

    def on_header(self, name: bytes, value: bytes) -> None:
        """Counts what adds up; trailers are read and not kept."""
        self._head += len(name) + len(value)
        if self._head > MOST_HEAD_BYTES or len(self.headers) >= _MOST_HEADERS:
            self._fail(_head_too_large())
        if self.waiting.phase is Phase.HEAD:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Starts the request, or has the application refuse it."""
        self._unparsed = self._head = 0
        self.waiting.enter(Phase.BODY, self.loop.time())
        if self._target > MOST_TARGET_BYTES:
            self._have_refused(_target_too_long())
        elif self._is_excess and not self.url.startswith(_HEALTH):
            self.counted.add("busy", self.loop)
            self._have_refused(Refusal(BUSY, "Every connection is at work; come back soon."))
        super().on_headers_complete()
        if self.parser.should_upgrade():  # nothing here speaks another protocol
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Takes a part of the body."""
        self._unparsed = 0
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is here as a whole."""
        self._unparsed = 0
        is_answered = self.cycle.response_complete  # a body that was too large, for one
        self.waiting.enter(Phase.IDLE if is_answered else Phase.WHOLE, self.loop.time())
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The connection is idle, unless the next request has come already."""
        if self.waiting.phase is Phase.WHOLE:
            self.waiting.enter(Phase.IDLE, self.loop.time())
        super().on_response_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """Says nothing: any client can ask for an upgrade."""

    def _fail(self, refusal: Refusal) -> None:
        """Ends the parsing; the parser hands the error to `send_400_response`."""
        self._refusal = refusal
        raise ValueError(refusal.detail)

    def _have_refused(self, refusal: Refusal) -> None:
        self.url = b"/"
        self.scope["state"]["refusal"] = refusal

    # --- Patience -----------------------------------------------------------------------------

    def _be_patient(self) -> None:
        """Sets the deadline of what the connection waits for now."""
        if self._discarded is not None or self.transport.is_closing():
            return
        if self.waiting.phase is Phase.WHOLE:
            self._stop_waiting()
        elif self.waiting.phase is Phase.IDLE:
            # A blank line begins no head, and makes uvicorn forget that it waits.
            if self.timeout_keep_alive_task is not None:
                self._stop_waiting()
            elif self._deadline is None:
                self._wait(self.head_seconds)
        elif self._deadline is None or self.waiting.is_new:
            self.waiting.is_new = False
            is_head = self.waiting.phase is Phase.HEAD
            self._wait(self.head_seconds if is_head else self.body_seconds)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(seconds, self._lose_patience)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _lose_patience(self) -> None:
        self._deadline = None
        if self.transport.is_closing():
            return
        if self.waiting.phase is Phase.BODY:
            allowed = self.body_seconds + self._body / self.body_bytes_per_second
            left = allowed - (self.loop.time() - self.waiting.since)
            if left > 0.01:
                self._wait(left)
                return
        if self.waiting.phase is Phase.IDLE:
            self.counted.add("silent", self.loop)
            self.transport.close()
            return
        self._refuse(Refusal(TOO_SLOW, "The request did not come in time."))

    def pause_writing(self) -> None:
        """The client does not read: it may not keep the answer here for ever."""
        super().pause_writing()
        self._unread = self.loop.call_later(self.write_seconds, self._give_up_writing)

    def resume_writing(self) -> None:
        """It reads again."""
        self._stop_waiting_for_reader()
        super().resume_writing()

    def _stop_waiting_for_reader(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _give_up_writing(self) -> None:
        self.counted.add("unread", self.loop)
        self.transport.abort()

    # --- Refusing -----------------------------------------------------------------------------

    def send_400_response(self, msg: str) -> None:
        """What the parser could not or must not go on with."""
        self._refuse(self._refusal or Refusal(MALFORMED, msg))

    def _refuse(self, refusal: Refusal) -> None:
        """Answers with a problem where an answer is still possible, and closes the connection."""
        self._stop_waiting()
        self.counted.add(refusal.kind.code, self.loop)
        cycle = self.cycle
        is_between = cycle is None or cycle.response_complete
        is_this = not is_between and cycle.scope is self.scope and not cycle.response_started
        if not is_between:
            cycle.disconnected = True
            cycle.message_event.set()
        if is_between or is_this:
            self.transport.write(self._written(refusal))
        self._discarded = 0
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.resume_reading()
        self._deadline = self.loop.call_later(_LINGER_SECONDS, self.transport.abort)

    def _discard(self, count: int) -> None:
        self._discarded = (self._discarded or 0) + count
        if self._discarded > _MOST_DISCARDED_BYTES:
            self.transport.abort()

    def _written(self, refusal: Refusal) -> bytes:
        # Nothing of the request is known when not even its first line could be read.
        known: Any = self.scope
        scope = known or {"type": "http", "headers": []}
        scope["state"] = State({"request_id": request_id_of(scope)})
        answer = problem(Request(scope), refusal.kind, refusal.detail)
        headers = [
            *answer.raw_headers,
            (b"x-request-id", scope["state"].request_id.encode()),
            *SECURITY_HEADERS,
            (b"connection", b"close"),
        ]
        lines = [name + b": " + value + b"\r\n" for name, value in headers]
        return b"".join([STATUS_LINE[answer.status_code], *lines, b"\r\n", bytes(answer.body)])


def _head_too_large() -> Refusal:
    detail = f"At most {in_words(MOST_HEAD_BYTES)} and {_MOST_HEADERS} headers are read."
    return Refusal(HEAD_TOO_LARGE, detail)


def _target_too_long() -> Refusal:
    return Refusal(
        TARGET_TOO_LONG, f"At most {in_words(MOST_TARGET_BYTES)} of path and query are read."
    )
