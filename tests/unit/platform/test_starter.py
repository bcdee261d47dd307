"""A process that is started for another one's sake does not outlive it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from api.platform.starter import held_input
from config.settings import PROJECT_ROOT

_PATIENCE_SECONDS = 60  # on a machine that is busy with other tests
_BEGIN = """
import time
from api.platform.starter import end_with_starter
end_with_starter()
"""
_CLEANS_UP = """
try:
    print("begun", flush=True)
    time.sleep(600)
finally:
    print("cleaned up")
"""
_DOES_NOT_END = """
while True:
    try:
        print("begun", flush=True)
        time.sleep(600)
    except KeyboardInterrupt:
        pass
"""


@contextmanager
def begun(code: str) -> Iterator[subprocess.Popen[str]]:
    """A process whose starter is gone as soon as the block begins."""
    with held_input() as held:
        process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN + code],
            cwd=PROJECT_ROOT,
            stdin=held,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        assert process.poll() is None
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_process_cleans_up_and_ends_with_its_starter() -> None:
    with begun(_CLEANS_UP) as process:
        said, _ = process.communicate(timeout=_PATIENCE_SECONDS)
        assert said == "cleaned up\n"


def test_a_process_that_does_not_end_by_itself_ends_too() -> None:
    with begun(_DOES_NOT_END) as process:
        said, _ = process.communicate(timeout=_PATIENCE_SECONDS)
        assert (said, process.returncode) == ("begun\n", 1)
