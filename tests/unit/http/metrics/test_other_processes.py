"""Several processes behind one port: each answer tells of all, and nothing becomes smaller."""

import asyncio
import logging
import os
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.registry import Collector

from api.http.metrics.instruments import Counter
from api.http.metrics.metrics import Metrics
from api.http.metrics.other_processes import OtherProcesses
from tests.scrapes import Scrape


class Nothing(Collector):
    """Has no figures."""

    def collect(self) -> Any:
        return ()


class Process:
    """One of several, with a counter of its own."""

    def __init__(self, folder: Path, pid: int, *, parent: int = 1) -> None:
        self.lists = Counter("lists", "Lists.")
        nothing: Any = Nothing()
        self.others = OtherProcesses(folder, parent=parent, pid=pid)
        self.metrics = Metrics(
            counted=[self.lists], process=nothing, database=nothing, others=self.others
        )

    def leave(self) -> None:
        self.others.leave(self.lists.collect())

    def scrape(self) -> Scrape:
        return Scrape.of(asyncio.run(self.metrics.text()).decode())


def _lists(told: Scrape) -> dict[str, float]:
    return {
        dict(given)["process"]: value
        for (name, given), value in told.values.items()
        if name == "lists_total"
    }


def test_whichever_is_asked_tells_of_all_and_no_figure_falls(tmp_path: Path) -> None:
    processes = [Process(tmp_path, pid) for pid in (11, 12, 13)]
    for one in processes:
        one.leave()
    before: dict[str, float] = {}
    for turn in range(12):
        processes[turn * 5 % 3].lists.add()
        told = processes[turn * 7 % 3].scrape()
        assert told.value("seenemall_processes") == 3
        now = _lists(told)
        assert now.keys() == {"11", "12", "13"}
        assert all(now[pid] >= value for pid, value in before.items())
        before = now
    for one in processes:
        one.leave()
    assert sum(_lists(processes[0].scrape()).values()) == 12


def test_one_that_has_ended_is_forgotten(tmp_path: Path) -> None:
    alive, ended = Process(tmp_path, 11), Process(tmp_path, 12)
    ended.leave()
    assert _lists(alive.scrape()).keys() == {"11", "12"}
    (file,) = tmp_path.glob("*-12.json")
    os.utime(file, (0, 0))
    assert _lists(alive.scrape()).keys() == {"11"}
    assert not file.exists()


def test_another_service_in_the_same_folder_is_left_alone(tmp_path: Path) -> None:
    Process(tmp_path, 12, parent=2).leave()
    Process(tmp_path, 13, parent=11).leave()
    assert _lists(Process(tmp_path, 11).scrape()).keys() == {"11"}
    assert len(list(tmp_path.glob("*.json"))) == 3


def test_what_is_no_file_of_figures_is_passed_over(tmp_path: Path) -> None:
    one = Process(tmp_path, 11)
    one.leave()
    (file,) = tmp_path.glob("*.json")
    file.with_name(file.name.replace("-11.", "-12.")).write_bytes(b"[[")
    assert _lists(one.scrape()).keys() == {"11"}


def test_a_folder_that_cannot_be_written_costs_the_others_figures_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    no_folder = tmp_path / "metrics"
    no_folder.write_text("a file")
    one = Process(no_folder, 11)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert _lists(one.scrape()) == {"11": 0}
    assert [record.getMessage() for record in caplog.records] == [
        "figures not left for the other processes"
    ]
