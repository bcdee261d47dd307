"""OpenAI and Gemini on one loopback port, in the wire formats of both, with faults on demand."""

import gzip
import json
import select
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tests.doubles.loopback import Loopback, QuietHandler

OPENAI_KEY = "sk-canary-of-openai-0123456789"
GEMINI_KEY = "canary-of-gemini-0123456789"
_BEAT_SECONDS = 0.01
_JSON = {"Content-Type": "application/json"}


class Fault(Enum):
    """What comes instead of an answer."""

    DRIP = "drip"  # a byte at a time, for ever
    HANG = "hang"  # nothing at all
    TOO_MANY = 429
    SERVER_ERROR = 500
    DEAD_MODEL = 404
    BAD_KEY = 401
    REDIRECT = 307
    INVALID_JSON = "invalid json"  # of the answer in the message
    OTHER_FORM = "other form"  # JSON, but not what was asked for
    HALF_AN_ANSWER = "half an answer"  # as when the tokens run out
    CUT = "cut"  # the connection closes in the middle of the body
    NO_MESSAGE = "no message"  # a body without a message
    WEB_PAGE = "web page"
    TOO_LARGE = "too large"
    COMPRESSED = "compressed"


@dataclass(frozen=True)
class Received:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]  # names in lower case
    body: dict[str, Any]

    @property
    def turns(self) -> list[str]:
        """The texts in order, instructions first."""
        if "messages" in self.body:
            return [message["content"] for message in self.body["messages"]]
        system = self.body["systemInstruction"]["parts"][0]["text"]
        return [system, *(turn["parts"][0]["text"] for turn in self.body["contents"])]

    @property
    def question(self) -> dict[str, Any]:
        """The data of the last turn."""
        data = self.turns[-1].removeprefix("<data>\n").removesuffix("\n</data>")
        return dict(json.loads(data))


def reversed_order(question: dict[str, Any]) -> Any:
    """The last candidate first, and no sentence."""
    numbers = [candidate["n"] for candidate in reversed(question["candidates"])]
    return {"places": [{"n": n, "score": 1 - i / 50, "why": None} for i, n in enumerate(numbers)]}


class LlmDouble(Loopback):
    """`answer` makes the answer to a question; `fault`, while it is set, comes instead."""

    def __init__(self) -> None:
        super().__init__(type("Handler", (_Handler,), {"double": self}))
        self.answer: Callable[[dict[str, Any]], Any] = reversed_order
        self.fault: Fault | None = None
        self.faults_once: list[Fault] = []
        self.retry_after: str | None = None  # what a refusal says of when to come back
        self.retry_delay: str | None = None  # the same as Gemini says it, in the body
        self.requests: list[Received] = []
        self.hung_up = threading.Event()  # a client left before it had its answer
        self.released = threading.Event()
        self._arrived = threading.Condition()

    def __exit__(self, *of_error: object) -> None:
        self.release()
        super().__exit__(*of_error)

    @property
    def environment(self) -> dict[str, str]:
        """Settings under which both providers are this one."""
        return {
            "OPENAI_BASE_URL": f"{self.url}/v1",
            "OPENAI_API_KEY": OPENAI_KEY,
            "GEMINI_ENDPOINT": self.url,
            "GEMINI_API_KEY": GEMINI_KEY,
        }

    def release(self) -> None:
        """Ends every drip and hang."""
        self.released.set()

    def wait_for(self, requests: int) -> None:
        """Returns when so many have arrived in all."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.requests) >= requests, timeout=60)

    def take(self, received: Received) -> Fault | None:
        with self._arrived:
            self.requests.append(received)
            self._arrived.notify_all()
            return self.faults_once.pop(0) if self.faults_once else self.fault


class _Handler(QuietHandler):
    double: LlmDouble

    def serve(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.path, headers, json.loads(body))
        fault = self.double.take(received)
        try:
            self._reply(received, fault)
        except OSError:
            self.double.hung_up.set()
            self.close_connection = True

    def _reply(self, received: Received, fault: Fault | None) -> None:
        if fault is Fault.HANG:
            self._hang()
        elif fault is Fault.DRIP:
            self._drip()
        elif fault is Fault.CUT:
            body = _message(received, json.dumps(self.double.answer(received.question)))
            self.send(200, body, _JSON, cut=True)
        elif fault is not None and isinstance(fault.value, int):
            self._refuse(received, fault.value)
        elif fault is Fault.COMPRESSED:
            body = gzip.compress(_message(received, " " * 2**20))
            self.send(200, body, _JSON | {"Content-Encoding": "gzip"})
        else:
            self.send(200, _body(received, fault, self.double.answer), _JSON)

    def _refuse(self, received: Received, status: int) -> None:
        # Servers like to quote what they were sent, the key included.
        error: dict[str, Any] = {"message": str((received.headers, received.body))}
        if self.double.retry_delay is not None:
            kind = "type.googleapis.com/google.rpc.RetryInfo"
            error["details"] = [{"@type": kind, "retryDelay": self.double.retry_delay}]
        more = _JSON | {"Location": f"{self.double.url}/x"}
        if self.double.retry_after is not None:
            more["Retry-After"] = self.double.retry_after
        self.send(status, json.dumps({"error": error}).encode(), more)

    def _hang(self) -> None:
        while not self.double.released.is_set():
            readable, _, _ = select.select([self.connection], [], [], _BEAT_SECONDS)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                raise ConnectionResetError
        self.send(500, b"{}", _JSON)

    def _drip(self) -> None:
        self.head(200, 2**20, _JSON)
        while not self.double.released.wait(_BEAT_SECONDS):
            self.wfile.write(b" ")
            self.wfile.flush()
        self.close_connection = True


def _body(
    received: Received, fault: Fault | None, answer: Callable[[dict[str, Any]], Any]
) -> bytes:
    match fault:
        case Fault.INVALID_JSON:
            return _message(received, "Certainly! Here is your list: {1, 2, 3")
        case Fault.OTHER_FORM:
            return _message(received, '{"places": [{"n": "the first", "score": null}]}')
        case Fault.HALF_AN_ANSWER:
            whole = json.dumps(answer(received.question))
            return _message(received, whole[: len(whole) // 2])
        case Fault.NO_MESSAGE:
            return b'{"choices": [], "candidates": []}'
        case Fault.WEB_PAGE:
            return b"<html>a proxy's page</html>"
        case Fault.TOO_LARGE:
            return _message(received, " " * 2**21)
        case _:
            return _message(received, json.dumps(answer(received.question)))


def _message(received: Received, text: str) -> bytes:
    """The text as the model's, in the format of whoever was asked."""
    if received.path == "/v1/chat/completions":
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        completion = {"id": "1", "object": "chat.completion", "created": 1, "model": "double"}
        return json.dumps(completion | {"choices": [choice]}).encode()
    assert received.path.startswith("/v1beta/models/"), received.path
    assert received.path.endswith(":generateContent"), received.path
    content = {"role": "model", "parts": [{"text": text}]}
    return json.dumps({"candidates": [{"content": content, "finishReason": "STOP"}]}).encode()


def closed_port_url() -> str:
    """Where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"
