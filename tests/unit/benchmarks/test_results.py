"""Runs of `make bench` are kept by commit, and a slower one shows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from tests.benchmarks.results import (
    Machine,
    Ratio,
    Run,
    changes,
    draw,
    keep,
    last_like,
    new_run,
    ratio,
    runs_of,
    told,
)
from tests.benchmarks.timings import Timings

_NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def _run(value: float, *, spread: float = 0.05, titles: int = 30_000, hours: int = 0) -> Run:
    return Run(
        at=_NOON + timedelta(hours=hours),
        commit=f"{hours:010x}",
        machine=Machine(processor="a processor", cores=2),
        load=(0.5, 1.0),
        titles=titles,
        rounds=300,
        milliseconds={"page 1": (14.8, 18.0)},
        ratios={"page 1 / B": Ratio(value=value, low=value - spread, high=value + spread)},
        megabytes={"resident": 270.0},
    )


def _timings(mean: float, seed: int) -> Timings:
    return Timings(list(np.random.default_rng(seed).normal(mean, 0.1 * mean, 300)))


def test_a_ratio_is_that_of_the_medians_and_its_interval_holds_it() -> None:
    one, other = _timings(0.03, 1), _timings(0.01, 2)
    found = ratio(one, other)
    assert abs(found.value - one.milliseconds(50) / other.milliseconds(50)) < 1e-4
    assert 2.85 < found.low < found.value < found.high < 3.15


def test_of_one_machine_two_runs_of_the_same_are_no_change_and_a_slower_one_is() -> None:
    rows = {"page": _timings(0.030, 1), "same": _timings(0.030, 3), "slow": _timings(0.033, 4)}
    ratios = {name: ratio(one, _timings(0.01, 2)) for name, one in rows.items()}
    usual, same, slow = (
        _run(1).model_copy(update={"ratios": {"page 1 / B": one}}) for one in ratios.values()
    )
    assert [one.verdict for one in changes(same, usual)] == [""]
    assert [one.verdict for one in changes(slow, usual)] == ["worse"]
    assert [one.verdict for one in changes(usual, slow)] == ["better"]


def test_what_is_worse_than_the_spread_is_named() -> None:
    assert told(_run(2.38), None).startswith("The first run of its kind")
    text = told(_run(2.6), _run(2.38))
    assert "2.38 [2.33, 2.43]  -> 2.60 [2.55, 2.65]  +9% worse" in text
    assert text.endswith("Worse than the spread: page 1 / B.")
    assert told(_run(2.40), _run(2.38)).endswith("Worse than the spread: none.")


def test_runs_are_kept_and_the_last_of_the_kind_is_found(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "benchmarks.jsonl"
    assert runs_of(path) == []
    runs = [_run(2.0), _run(2.1, hours=1), _run(2.2, titles=1000, hours=2)]
    for one in runs:
        keep(one, path)
    with path.open("a") as file:
        file.write('{"of": "another make"}\n')
    assert runs_of(path) == runs
    assert last_like(_run(2.3, hours=3), runs_of(path)) == runs[1]
    assert last_like(_run(2.3, titles=7), runs_of(path)) is None


def test_several_runs_of_a_commit_are_one_spread() -> None:
    again = _run(2.6)
    before = last_like(_run(2.7, hours=2), [_run(9, hours=1), _run(2.38), again])
    assert before is not None
    assert before.ratios["page 1 / B"] == Ratio(value=2.6, low=2.38 - 0.05, high=2.6 + 0.05)
    assert [one.verdict for one in changes(_run(2.69), before)] == [""]


def test_a_run_tells_its_commit_and_its_machine() -> None:
    rows = {"page 1": _timings(0.015, 1)}
    run = new_run(
        titles=1000, rounds=300, began_with_load=0.5, rows=rows, ratios={}, megabytes={"own": 1.25}
    )
    assert run.commit
    assert run.machine.processor
    assert run.milliseconds["page 1"][0] == round(rows["page 1"].milliseconds(50), 3)


def test_the_same_runs_are_the_same_picture(tmp_path: Path) -> None:
    runs = [_run(2.0), _run(2.1, hours=1)]
    for name in ("one.png", "other.png"):
        draw(runs, tmp_path / name)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "other.png").read_bytes()
