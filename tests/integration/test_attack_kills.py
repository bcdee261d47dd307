"""The quick part of `make attack`: Postgres is killed, under load and while it cannot come back."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.attack.kills import names_the_database, trial
from tests.attack.target import target

_PATIENCE_SECONDS = 60


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="seenemall-kill-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


def test_the_service_answers_again_by_itself_and_has_lost_nothing(folder: Path) -> None:
    with target(folder) as found:
        findings = trial(found, kills=1, seed=1)
    assert findings.sound, str(findings)
    assert findings.acknowledged > 0


def test_readyz_names_the_database_for_as_long_as_it_is_down(folder: Path) -> None:
    with target(folder) as found:
        configuration = folder / "postgres" / "postgresql.conf"
        good = configuration.read_text()
        # A start that works may be over before anybody asks, so this one cannot work.
        configuration.write_text(f"{good}\nmax_connections = 'many'\n")
        postmaster = found.postmaster()
        assert postmaster is not None
        postmaster.kill()
        _until(lambda: names_the_database(found))
        configuration.write_text(good)
        _until(lambda: not names_the_database(found) and found.status_of("/readyz") != 0)
        assert found.status_of("/user/history?user_id=dana") == 200


def _until(holds: Callable[[], bool]) -> None:
    pause, ends = Event(), time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < ends
        pause.wait(0.05)
