"""Jobs and publishing leave the processor to requests, down to the server's own processes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.platform.background import NICENESS
from api.platform.database import Database

# In a process of its own: who is not root cannot raise a priority again.
_JOB = """
import json, os, sys
from pathlib import Path
from api.platform.database import Database
from api.platform.embedded import EmbeddedPostgres

embedded = EmbeddedPostgres(Path(sys.argv[1]))
database = Database(embedded.url, embedded=embedded)
with database.engine.connect() as before:
    before.exec_driver_sql("SELECT 1")
database.work_in_background()
database.open_pool()
with database.engine.connect() as connection:
    engine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
with database.autocommit() as cursor:
    pool = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]
    with database.connect() as own:
        processes = {"job": 0, "engine": engine, "pool": pool, "own": own.info.backend_pid}
        for name, process in processes.items():
            processes[name] = os.getpriority(os.PRIO_PROCESS, process)
print(json.dumps(processes))
database.close()
"""
_PRIORITY_OF_THE_SERVER = """
import os, sys
print(os.getpriority(os.PRIO_PROCESS, int(sys.argv[1])))
"""


@pytest.fixture
def served(database: Database) -> Iterator[int]:
    """A process of the server that answers a request while a job is at work."""
    with database.engine.connect() as connection:
        yield connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()


def _answer_of(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.usefixtures("postgres")
def test_a_job_and_what_the_server_does_for_it_step_back_and_nobody_else(
    run_dir: Path, served: int
) -> None:
    before = int(_answer_of(_PRIORITY_OF_THE_SERVER, str(served)))
    priorities = json.loads(_answer_of(_JOB, str(run_dir / "postgres-of-the-run")))
    assert priorities == dict.fromkeys(("job", "engine", "pool", "own"), max(NICENESS, before))
    assert int(_answer_of(_PRIORITY_OF_THE_SERVER, str(served))) == before
