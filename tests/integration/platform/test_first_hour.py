"""The first hour in a fresh clone: no command asks for another one before it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psutil
import pytest

from api.platform import migrations
from api.platform.database import Database
from config.settings import PROJECT_ROOT
from tests.doubles.job_site import wait_for_end

_COMMAND = [sys.executable, "-m", "api.commands.seenemall"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the embedded server's own user can reach, unlike those of pytest."""
    path = Path(tempfile.mkdtemp(prefix="seenemall-first-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


def _environment(**more: str) -> dict[str, str]:
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return clean | more


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_COMMAND, *arguments],
        env=_environment(**environment),
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_first_job_brings_the_schema_of_the_embedded_database(folder: Path) -> None:
    first = _run("job", "sample", "--limit", "5", DATA_DIR=str(folder))
    assert (first.returncode, "written 5" in first.stdout + first.stderr) == (0, True), first.stderr
    told = _run("migrate", "head", DATA_DIR=str(folder)).stdout
    assert f"current: {migrations.newest_revision()}" in told


@pytest.mark.parametrize(
    "arguments", [("job", "sample"), ("job", "worker"), ("job", "spaces"), ("strategies", "list")]
)
def test_the_schema_of_another_database_is_its_operators(
    database: Database, arguments: tuple[str, ...]
) -> None:
    migrations.downgrade(database, "base")
    done = _run(*arguments, DATABASE_URL=database.libpq_url)
    assert done.returncode == 1
    assert done.stderr == (
        "The database of DATABASE_URL is not at the newest schema; run `make migrate`.\n"
    )
    assert migrations.current_revision(database) is None


def test_a_worker_runs_beside_the_service_and_ends_with_it(
    database: Database, data_dir: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = _environment(
        DATABASE_URL=database.libpq_url, DATA_DIR=str(data_dir), PORT=str(port)
    )
    service = subprocess.Popen([*_COMMAND, "serve", "--worker"], env=environment, cwd=PROJECT_ROOT)
    try:
        transport = httpx2.HTTPTransport(retries=8)
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", transport=transport) as client:
            body = {"job": "sample", "options": {"limit": 5}}
            run = client.post("/admin/jobs", json=body, timeout=30).json()
            wait_for_end(database, run["id"])
            assert client.get(f"/admin/jobs/{run['id']}").json()["state"] == "success"
            (killed,) = psutil.Process(service.pid).children()
            killed.kill()
            run = client.post("/admin/jobs", json=body, timeout=30).json()
            wait_for_end(database, run["id"])  # by the one that took its place
        (worker,) = psutil.Process(service.pid).children()
        assert worker.pid != killed.pid
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(timeout=90)
    assert not worker.is_running()
