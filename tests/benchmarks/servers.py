"""Real servers in processes of their own, and one keep-alive connection to each."""

import http.client
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

_START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server."""

    process: psutil.Process
    connection: http.client.HTTPConnection

    @property
    def port(self) -> int:
        """Of loopback."""
        return self.connection.port

    def request(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """The body of an answer; anything but 200 is an error of the benchmark."""
        idle = self.connection.sock
        # What arrives before anything is asked is the end of the connection.
        if idle is not None and select.select([idle], [], [], 0)[0]:
            self.connection.close()
        self.connection.request(method, path, body, dict(headers or {}))
        response = self.connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{method} {path}: {response.status} {content[:300]!r}")
        return content

    def resident_megabytes(self) -> float:
        """Resident memory of the process that answers."""
        return float(self.process.memory_info().rss) / 1e6

    def own_megabytes(self) -> float:
        """What of it no other process shares: not the published catalogue, nor libraries."""
        return float(self.process.memory_full_info().uss) / 1e6


@contextmanager
def service(environment: Mapping[str, str], *, ready: str = "/readyz") -> Iterator[Server]:
    """`seenemall serve` with these settings, once the path `ready` answers 200."""
    port = _free_port()
    values = {**os.environ, **environment, "PORT": str(port), "LOG_LEVEL": "warning"}
    with _process(
        [sys.executable, "-m", "api.commands.seenemall", "serve"], values, port, ready
    ) as server:
        yield server


@contextmanager
def bare(body_file: str) -> Iterator[Server]:
    """The bare FastAPI app on the same server software."""
    port = _free_port()
    command = [
        sys.executable, "-m", "uvicorn", "tests.benchmarks.bare_app:app", "--port", str(port),
        "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning",
    ]  # fmt: skip
    with _process(command, {**os.environ, "BENCH_BODY": body_file}, port, "/bytes") as server:
        yield server


@contextmanager
def barest(
    database_url: str, statements: Path, *, breadth: int, workers: int = 1
) -> Iterator[Server]:
    """The bare app that runs the statements of this file, on the same server software."""
    port = _free_port()
    command = [
        sys.executable, "-m", "uvicorn", "tests.benchmarks.barest_app:app", "--port", str(port),
        "--workers", str(workers),
        "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning",
    ]  # fmt: skip
    values = {
        **os.environ,
        "BENCH_DATABASE": database_url,
        "BENCH_STATEMENTS": str(statements),
        "BENCH_EF": str(breadth),
    }
    with _process(command, values, port, "/ready") as server:
        yield server


@contextmanager
def _process(
    command: list[str], environment: Mapping[str, str], port: int, ready: str
) -> Iterator[Server]:
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_until_ready(process, port, ready)
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            yield Server(psutil.Process(process.pid), connection)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    for _ in range(_START_SECONDS * 10):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
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
    raise RuntimeError(f"the server was not ready within {_START_SECONDS} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
