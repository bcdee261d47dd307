"""The last lines of a run: ours, of this run, bounded."""

import logging
import threading

import pytest

from etl.running.run_log import RunLog

_LOG = logging.getLogger("etl.test")


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def _texts(run_log: RunLog) -> list[str]:
    return [line.partition(" ")[2].partition(" ")[2] for line in run_log.lines]


def test_keeps_what_is_logged_while_the_run_is_at_work() -> None:
    run_log = RunLog()
    _LOG.info("before")
    with run_log.collecting():
        _LOG.info("read %d", 5, extra={"fields": {"page": 2}})
        logging.getLogger("httpx2").info("GET https://api.example/?api_key=secret")
    _LOG.info("after")
    assert _texts(run_log) == ["read 5 page=2"]


def test_goes_on_where_an_earlier_attempt_ended() -> None:
    assert RunLog(["then"]).lines == ["then"]


def test_keeps_the_last_hundred_lines_each_of_bounded_length() -> None:
    run_log = RunLog()
    for number in range(150):
        run_log.add(f"{number}\x00{'x' * 1000}")
    assert len(run_log.lines) == 100
    assert _texts(run_log)[0].startswith("50x")
    assert {len(line) for line in run_log.lines} == {500}


def test_a_step_within_a_run_has_lines_of_its_own() -> None:
    outer, inner = RunLog(), RunLog()
    with outer.collecting():
        with inner.collecting():
            _LOG.info("of the step")
        _LOG.info("of the run")
    assert (_texts(outer), _texts(inner)) == (["of the run"], ["of the step"])


def test_takes_what_threads_of_the_job_log() -> None:
    run_log = RunLog()
    with run_log.collecting():
        thread = threading.Thread(target=lambda: _LOG.info("from a thread"))
        thread.start()
        thread.join()
    assert _texts(run_log) == ["from a thread"]
