"""The service under attack: `seenemall serve` in a process group of its own, on a free port."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

SEENEMALL = (sys.executable, "-m", "api.commands.seenemall")
_START_SECONDS = 300  # on a machine that is busy with other things


@dataclass(frozen=True)
class Target:
    """A running service."""

    process: psutil.Process
    port: int
    data_dir: Path

    def connect(self, timeout: float = 30) -> http.client.HTTPConnection:
        """A connection of its own."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def status_of(self, path: str, timeout: float = 30) -> int:
        """What a GET over a fresh connection is answered; 0 when it is not."""
        connection = self.connect(timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def resident_megabytes(self) -> float:
        """Resident memory of the process that answers."""
        return float(self.process.memory_info().rss) / 1e6

    def postmaster(self) -> psutil.Process | None:
        """The embedded server's first process, while it lives."""
        try:
            text = (self.data_dir / "postgres" / "postmaster.pid").read_text(encoding="utf-8")
            return psutil.Process(int(text.splitlines()[0]))
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return None


@contextmanager
def target(
    data_dir: Path,
    environment: Mapping[str, str] | None = None,
    *,
    code: Path | None = None,
    log: Path | None = None,
    worker: bool = False,
) -> Iterator[Target]:
    """The service on the embedded database of `data_dir`, alive; it logs to `data_dir`/api.log.

    `code` is the folder of another version of the project that is to be served; `worker` runs a
    worker beside it.
    """
    os.chmod(data_dir, 0o755)  # as root the server runs as a user of its own
    port = free_port()
    values = {**os.environ, "DATA_DIR": str(data_dir), "RATE_LIMIT_PER_MINUTE": "0"}
    values |= {"PORT": str(port), "LOG_LEVEL": "warning", **(environment or {})}
    with (log or data_dir / "api.log").open("ab") as errors:
        process = subprocess.Popen(
            [*SEENEMALL, "serve", *(["--worker"] if worker else [])],
            env=values,
            stderr=errors,
            cwd=code,
            start_new_session=True,
        )
    found = Target(psutil.Process(process.pid), port, data_dir)
    try:
        _wait_until_alive(process, found)
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_alive(process: subprocess.Popen[bytes], found: Target) -> None:
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"the service ended with {process.returncode}; see api.log")
        if found.status_of("/healthz", timeout=5) == 200:
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.1)
    raise RuntimeError(f"the service was not alive within {_START_SECONDS} s")
