"""`python -m tests.attack`, or `make attack`: every attack one after the other; minutes.

Each is a program of its own too, with options: `python -m tests.attack.kills --help`.
"""

import sys
from collections.abc import Callable

from tests.attack import (
    faults,
    floods,
    import_kills,
    kept_out,
    kills,
    limits,
    older,
    publishing,
    shapes,
    worker_kills,
    writers,
)

_ATTACKS: dict[str, Callable[[], int]] = {
    "faults": faults.main,
    "floods": floods.main,
    "import_kills": import_kills.main,
    "kept_out": kept_out.main,
    "kills": kills.main,
    "limits": limits.main,
    "older": older.main,
    "publishing": publishing.main,
    "shapes": shapes.main,
    "worker_kills": worker_kills.main,
    "writers": writers.main,
}


def main() -> int:
    """1 when any of them did not hold."""
    failed = []
    for name, attack in _ATTACKS.items():
        print(f"--- {name}", flush=True)
        if attack():
            failed.append(name)
    print(f"did not hold: {', '.join(failed)}" if failed else "all held")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
