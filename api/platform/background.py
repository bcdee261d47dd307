"""Priority of work that nobody waits for: jobs and publishing leave the processor to requests."""

import os
from contextlib import suppress

import psycopg

# Of 19 steps: under load it gets a tenth of what a request gets, and all of an idle processor.
NICENESS = 10


def step_back() -> None:
    """Lowers the priority of this thread, and of all that it starts from now on."""
    _lower(0)


def step_back_for(connection: psycopg.Connection[object]) -> None:
    """Lowers the priority of the process that serves a connection of this machine's own server."""
    _lower(connection.info.backend_pid)


def _lower(process: int) -> None:
    # Who may not, or has less priority already, works on as before.
    with suppress(OSError):
        if os.getpriority(os.PRIO_PROCESS, process) < NICENESS:
            os.setpriority(os.PRIO_PROCESS, process, NICENESS)
