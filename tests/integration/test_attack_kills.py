"""The quick part of `make attack`: one kill of Postgres under load."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.kills import trial
from tests.attack.target import target


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
