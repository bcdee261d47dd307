"""`python -m tests.benchmarks.neighbours INTERACTIONS`: what learning neighbours costs.

Invented viewers with a Zipf-like popularity of titles, as many interactions each as in MovieLens
(155) and about as many titles (one per 400 interactions, 60,000 at most). In memory alone: reading
and storing come on top.
"""

import argparse
import resource
import sys
import time

import numpy as np

from etl.neighbours.histories import Histories
from etl.neighbours.learn import learn

_EACH = 155
_PER_TITLE = 400
_MOST_TITLES = 60_000
_SKEW = 0.9


def main() -> int:
    """Prints seconds and the peak of the whole process."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.neighbours")
    parser.add_argument("interactions", type=int)
    asked = parser.parse_args()
    histories = invented(asked.interactions)
    before = _peak()
    started = time.perf_counter()
    model = learn(histories)
    seconds = time.perf_counter() - started
    print(
        f"{len(histories):,} interactions of {histories.viewers:,} viewers, "
        f"{len(model.item_ids):,} titles covered: {seconds:.0f} s, "
        f"{_peak():,} MB at the peak, {before:,} MB of them before."
    )
    return 0


def invented(interactions: int) -> Histories:
    """That many events, less what a viewer would have seen twice."""
    chance = np.random.default_rng(1)
    titles = min(_MOST_TITLES, max(100, interactions // _PER_TITLE))
    viewer = np.sort(chance.integers(0, max(interactions // _EACH, 2), interactions))
    popularity = 1 / np.arange(1, titles + 1) ** _SKEW
    item = np.searchsorted(popularity.cumsum() / popularity.sum(), chance.random(interactions))
    _, first = np.unique(viewer * titles + item, return_index=True)
    first = chance.permutation(first)
    first = first[np.argsort(viewer[first], kind="stable")]
    _, viewers = np.unique(viewer[first], return_inverse=True)
    return Histories(
        viewers.astype(np.int32),
        item[first].astype(np.int32),
        chance.uniform(-0.5, 1, len(first)).astype(np.float32),
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
