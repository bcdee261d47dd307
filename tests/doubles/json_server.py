"""A server on loopback that answers in JSON, as each test says."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.doubles.loopback import Loopback, QuietHandler


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: dict[str, Any] = field(default_factory=dict)


Answer = Callable[[Asked], Any]  # JSON, or (status, JSON)


class JsonServer(Loopback):
    """`answers` are by path; `asked` tells what came."""

    def __init__(self) -> None:
        super().__init__(self._handler())
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []

    def asked_for(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path == path]

    def _answer(self, asked: Asked) -> tuple[int, Any]:
        self.asked.append(asked)
        if asked.path not in self.answers:
            return 404, {}
        answer = self.answers[asked.path](asked)
        return answer if isinstance(answer, tuple) else (200, answer)

    def _handler(self) -> type[QuietHandler]:
        double = self

        class Handler(QuietHandler):
            def serve(self, body: bytes) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                headers = {name.casefold(): value for name, value in self.headers.items()}
                status, answer = double._answer(
                    Asked(parts.path, query, headers, json.loads(body or b"{}"))
                )
                content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send(status, content, {"Content-Type": "application/json"})

        return Handler
