"""`python -m tests.benchmarks.held_memory FOLDER GROUP MEGABYTES [ROUNDS]`: how fast a service is
that is held to so much memory, what the system keeps of its files counted.

FOLDER has the embedded database (DATA_DIR), GROUP is a control group of Linux's memory controller
(version 1 or 2) that this process may enter, made for the run: `mkdir /sys/fs/cgroup/held`. The
system's page cache is emptied first, which needs root: what others have read costs the group
nothing. The requests are those of two_sizes.py. The database's own processes are not held.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.opened_catalogue import opened_catalogue
from tests.benchmarks.servers import service
from tests.benchmarks.timings import Timings
from tests.benchmarks.two_sizes import asked_in

_ROUNDS = 30
_WARM_UP = 15
_HISTORY = (3, 12, 40)  # titles seen by each of the viewers
_LIMITS = ("memory.max", "memory.limit_in_bytes")  # of version 2 and 1
_FREED = Path("/proc/sys/vm/drop_caches")


def main() -> int:
    """Prints the table, and what is resident at the end."""
    folder, group, megabytes = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else _ROUNDS
    os.environ["DATA_DIR"] = folder
    limit = next(file for name in _LIMITS if (file := group / name).exists())
    with (
        opened_catalogue() as (_, database, facts),
        made_viewers(database, facts, _HISTORY) as viewers,
    ):
        subprocess.run(["sync"], check=True)
        _FREED.write_text("1")
        limit.write_text(str(megabytes * 1_000_000))
        found = {name: Timings() for name in asked_in(0, viewers)}
        # What a process starts is in its group; this one goes back, so that it is not counted.
        with _inside(group), service({"RATE_LIMIT_PER_MINUTE": "0"}) as server:
            _enter(group.parent)
            for round_ in range(-_WARM_UP, rounds):
                for name, path in asked_in(round_ + _WARM_UP, viewers).items():
                    if round_ == 0:
                        found[name].runs.clear()
                    found[name].time(lambda: server.request(path))  # noqa: B023
            memory = server.resident_megabytes()
    print(f"{'ms':16}{'p50':>9}{'p95':>9}")
    for name, timings in found.items():
        print(f"{name:16}{timings.milliseconds(50):9.1f}{timings.milliseconds(95):9.1f}")
    print(f"{'resident MB':16}{memory:9.0f}")
    return 0


@contextmanager
def _inside(group: Path) -> Iterator[None]:
    _enter(group)
    try:
        yield
    finally:
        _enter(group.parent)


def _enter(group: Path) -> None:
    (group / "cgroup.procs").write_text(str(os.getpid()))


if __name__ == "__main__":
    sys.exit(main())
