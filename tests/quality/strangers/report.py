"""Prints per kind of request what the service and each baseline reach, with intervals."""

from collections.abc import Sequence

import numpy as np

from tests.evaluation.bootstrap import Interval, intervals
from tests.quality.strangers.asking import Answered
from tests.quality.strangers.requests import Key, StrangersRequest
from tests.quality.strangers.scores import COLUMNS, score

Rankings = dict[str, list[list[Key]]]  # by name, request for request

_SEED = 7
_RESAMPLES = 1000


def print_report(
    kind: str, requests: Sequence[StrangersRequest], answered: Answered, rankings: Rankings
) -> None:
    """A row per ranking; below it what the service did wrong, whatever its score."""
    print(f"\n{kind}: {len(requests)} requests")
    print(f"{'':22}" + "".join(f"{column:24}" for column in COLUMNS))
    measured = {name: _scores(requests, found) for name, found in rankings.items()}
    for name, values in measured.items():
        cells = intervals(values, _SEED, _RESAMPLES)
        print(f"{name:22}" + "".join(f"{_cell(cell):24}" for cell in cells))
    own = measured["service"]
    if others := {name: values for name, values in measured.items() if name != "service"}:
        best = max(others, key=lambda name: float(others[name][:, 0].mean()))
        (gain,) = intervals((own - others[best])[:, :1], _SEED, _RESAMPLES)
        ratio = own[:, 0].mean() / max(others[best][:, 0].mean(), 1e-9)
        print(f"service - {best}: {_cell(gain)}, {ratio:.2f} times")
    print(_faults(len(requests), answered))


def _scores(
    requests: Sequence[StrangersRequest], found: Sequence[Sequence[Key]]
) -> np.typing.NDArray[np.float64]:
    pairs = zip(requests, found, strict=True)
    return np.array([score(one, request.grades) for request, one in pairs])


def _cell(cell: Interval) -> str:
    return f"{cell.mean:.3f} [{cell.low:.3f}, {cell.high:.3f}]"


def _faults(asked: int, answered: Answered) -> str:
    wrong = sum(bool(codes) for codes in answered.contradicted)
    by_code = ", ".join(f"{code} {n}" for code, n in answered.contradicting.most_common())
    slow = np.quantile(answered.milliseconds, 0.95)
    return (
        f"filters against the answers: {wrong} of {asked} ({wrong / asked:.1%}) {by_code}\n"
        f"empty pages {answered.empty}, short {answered.short}; "
        f"votes of shown, median {np.median(answered.votes or [0]):.0f}; "
        f"a list p50 {np.median(answered.milliseconds):.0f} ms, p95 {slow:.0f} ms, "
        f"reading p50 {np.median(answered.reading):.2f} ms"
    )
