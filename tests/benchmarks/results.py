"""Results of `make bench`, a line of JSON for each run, and what changed since the run before.

A run is compared with the last of its kind: as many titles and rounds, on the same machine. A ratio
is worse where all of its interval lies above all of the other's. Rounds of one run agree better
than runs do, so where a commit was measured several times its intervals are taken together.
"""

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ValidationError

from tests.benchmarks.timings import Timings

_DRAWS = 1000
_SEED = 40
_PROJECT = Path(__file__).parents[2]


class Ratio(BaseModel, frozen=True):
    """A quotient of two medians, and where 95 of 100 runs like it would have had it."""

    value: float
    low: float
    high: float


class Machine(BaseModel, frozen=True):
    """What it ran on; figures of different ones are not compared."""

    processor: str
    cores: int


class Run(BaseModel, frozen=True):
    """One run. `load` is of the machine's last minute, as the run began and ended."""

    at: datetime
    commit: str  # with a "+" where files were changed since
    machine: Machine
    load: tuple[float, float]
    titles: int
    rounds: int
    milliseconds: dict[str, tuple[float, float]]  # median and 95th percentile
    ratios: dict[str, Ratio]
    megabytes: dict[str, float]

    def is_like(self, other: "Run") -> bool:
        """Whether the two may be compared."""
        ours = (self.machine, self.titles, self.rounds)
        return ours == (other.machine, other.titles, other.rounds)


@dataclass(frozen=True, slots=True)
class Change:
    """Of one ratio since the run before."""

    name: str
    before: Ratio
    now: Ratio

    @property
    def verdict(self) -> str:
        """Worse or better by more than chance, or nothing."""
        if self.now.low > self.before.high:
            return "worse"
        return "better" if self.now.high < self.before.low else ""


def ratio(one: Timings, other: Timings) -> Ratio:
    """Of the medians; the interval by drawing rounds, of which each has a run of both."""
    runs = np.array([one.runs, other.runs])
    drawn = np.random.default_rng(_SEED).integers(0, runs.shape[1], (_DRAWS, runs.shape[1]))
    medians = np.median(runs[:, drawn], axis=2)
    low, high = np.quantile(medians[0] / medians[1], (0.025, 0.975))
    value = one.milliseconds(50) / other.milliseconds(50)
    return Ratio(value=round(value, 4), low=round(float(low), 4), high=round(float(high), 4))


def new_run(
    *,
    titles: int,
    rounds: int,
    began_with_load: float,
    rows: Mapping[str, Timings],
    ratios: Mapping[str, Ratio],
    megabytes: Mapping[str, float],
) -> Run:
    """The run that has just ended, of the checkout that this is."""
    return Run(
        at=datetime.now(UTC),
        commit=_commit(),
        machine=Machine(processor=_processor(), cores=os.cpu_count() or 1),
        load=(round(began_with_load, 2), round(os.getloadavg()[0], 2)),
        titles=titles,
        rounds=rounds,
        milliseconds={
            name: (round(one.milliseconds(50), 3), round(one.milliseconds(95), 3))
            for name, one in rows.items()
        },
        ratios=dict(ratios),
        megabytes={name: round(one, 1) for name, one in megabytes.items()},
    )


def runs_of(path: Path) -> list[Run]:
    """Those that are kept, the oldest first; lines of another make are left out."""
    if not path.exists():
        return []
    runs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            runs.append(Run.model_validate_json(line))
        except ValidationError:
            continue
    return runs


def keep(run: Run, path: Path) -> None:
    """Appends it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(run.model_dump_json() + "\n")


def last_like(run: Run, kept: Sequence[Run]) -> Run | None:
    """The newest that it may be compared with, with the spread of all runs of that commit."""
    alike = [one for one in kept if run.is_like(one)]
    if not alike:
        return None
    last = alike[-1]
    of_commit = [one for one in alike if one.commit == last.commit]
    ratios = {
        name: one.model_copy(
            update={
                "low": min(run.ratios[name].low for run in of_commit if name in run.ratios),
                "high": max(run.ratios[name].high for run in of_commit if name in run.ratios),
            }
        )
        for name, one in last.ratios.items()
    }
    return last.model_copy(update={"ratios": ratios})


def changes(run: Run, before: Run) -> list[Change]:
    """Of every ratio that both have."""
    return [
        Change(name, before.ratios[name], now)
        for name, now in run.ratios.items()
        if name in before.ratios
    ]


def told(run: Run, before: Run | None) -> str:
    """What changed, to be read."""
    if before is None:
        return "The first run of its kind here: nothing to compare it with."
    lines = [
        f"Since {before.commit} of {before.at:%Y-%m-%d %H:%M} UTC, beside a load of "
        f"{before.load[0]:g}; now of {run.load[0]:g}:"
    ]
    found = changes(run, before)
    lines += [
        f"{one.name:36}{one.before.value:8.2f} [{one.before.low:.2f}, {one.before.high:.2f}]"
        f"  -> {one.now.value:.2f} [{one.now.low:.2f}, {one.now.high:.2f}]"
        f"  {one.now.value / one.before.value - 1:+.0%} {one.verdict}".rstrip()
        for one in found
    ]
    lines += [
        f"{name:36}{before.megabytes[name]:8.0f}  -> {now:.0f}"
        for name, now in run.megabytes.items()
        if name in before.megabytes
    ]
    worse = [one.name for one in found if one.verdict == "worse"]
    lines.append(f"Worse than the spread: {'; '.join(worse) or 'none'}.")
    return "\n".join(lines)


def draw(runs: Sequence[Run], path: Path) -> None:
    """Each ratio over the runs, with its interval, as PNG. The same runs give the same bytes."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    names = list(runs[-1].ratios)
    figure, axes = pyplot.subplots(
        len(names), 1, figsize=(8, 1.8 * len(names)), dpi=120, sharex=True, squeeze=False
    )
    for name, row in zip(names, axes[:, 0], strict=True):
        places = [place for place, run in enumerate(runs) if name in run.ratios]
        of_runs = [runs[place].ratios[name] for place in places]
        row.errorbar(
            places,
            [one.value for one in of_runs],
            yerr=[
                [max(0.0, one.value - one.low) for one in of_runs],
                [max(0.0, one.high - one.value) for one in of_runs],
            ],
            marker="o",
            markersize=3,
            capsize=2,
        )
        row.set_title(name, fontsize=9)
        row.set_ylim(0, 1.1 * max(one.high for one in of_runs))
        row.grid(alpha=0.3)
    axes[-1, 0].set_xticks(range(len(runs)), [run.commit for run in runs], rotation=60, fontsize=7)
    figure.tight_layout()
    # Without the version of the library in it, which is all that could change.
    figure.savefig(path, metadata={"Software": None})
    pyplot.close(figure)


def _commit() -> str:
    """The commit of the checkout, "unknown" where there is no git."""
    try:
        commit = _git("rev-parse", "--short=10", "HEAD")
        return commit + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(_PROJECT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
