"""One version of the service on one folder of data, and one connection to it."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

Json = Any
MOMENT = datetime(2026, 11, 1, 12, tzinfo=UTC)  # when everything is said and asked

_LAUNCHER = Path(__file__).with_name("launcher.py")
_START_SECONDS = 120
_ANSWER_SECONDS = 120

# No limit of time or number may decide about an answer, and nothing outside is asked. A page once
# made is kept to the end, or how fast the machine is would decide whether it is made again.
_SETTINGS = {
    "HOST": "127.0.0.1",
    "WORKERS": "1",
    "LOG_LEVEL": "error",
    "RATE_LIMIT_PER_MINUTE": "0",
    "RECOMMEND_CACHE_TTL_SECONDS": "86400",
    "SLATE_TTL_SECONDS": "86400",
    "SMALL_RERANK_TIMEOUT": "60",
    "SMALL_RERANK_CACHE_TTL": "86400",
    "ENTITY_SEARCH": "false",
    "INTENT_PROVIDER": "none",
    "RERANK_PROVIDER": "none",
    "JUSTWATCH_COUNTRY": "US",
    "PYTHONHASHSEED": "0",
}
_INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")

# Rows without a stated order come in the same one, and no plan changes halfway.
_STEADY = """
# Written by tests.same_answers into its copy.
autovacuum = off
synchronize_seqscans = off
max_parallel_workers_per_gather = 0
fsync = off
"""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: Json  # None for an empty one


@dataclass(frozen=True)
class Service:
    """A running one."""

    connection: http.client.HTTPConnection

    def ask(
        self,
        request_id: str,
        method: str,
        path: str,
        *,
        parameters: Mapping[str, Json] | None = None,
        body: Json = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Sends one request and waits for its answer, whatever its status."""
        target = f"{path}?{urlencode(parameters)}" if parameters else path
        sent = {"X-Request-ID": request_id} | dict(headers or {})
        content = None
        if body is not None:
            sent["Content-Type"] = "application/json"
            content = json.dumps(body).encode()
        self.connection.request(method, target, content, sent)
        response = self.connection.getresponse()
        answer = response.read()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, found, json.loads(answer) if answer else None)


@contextmanager
def started(
    code: Path, data_dir: Path, settings: Mapping[str, str] | None = None
) -> Iterator[Service]:
    """The service of the checkout `code`, ready, on DATA_DIR itself; with more settings."""
    port = _free_port()
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment |= _SETTINGS | dict(settings or {})
    environment |= {"DATA_DIR": str(data_dir.resolve()), "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, str(_LAUNCHER), MOMENT.isoformat()], env=environment, cwd=code
    )
    try:
        _wait_until_ready(process, port)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER_SECONDS)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield Service(connection)
        connection.close()
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def copied(data_dir: Path, scratch: Path | None) -> Iterator[Path]:
    """A copy of a DATA_DIR whose service is stopped, removed afterwards."""
    if (data_dir / "postgres" / "postmaster.pid").exists():
        raise RuntimeError(f"the database in {data_dir} is running; stop it first")
    with tempfile.TemporaryDirectory(prefix="same-answers-", dir=scratch) as name:
        # As root the embedded server runs as a user of its own, who must get in and own its files.
        folder = Path(name)
        folder.chmod(0o755)
        copy = folder / "data"
        program = shutil.which("cp") or "cp"
        subprocess.run([program, "-a", str(data_dir), str(copy)], check=True)
        with (copy / "postgres" / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.write(_STEADY)
        yield copy


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(_START_SECONDS * 10):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        try:
            process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"the service ended with {process.returncode}")
    raise RuntimeError(f"the service was not ready within {_START_SECONDS} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
