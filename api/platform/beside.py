"""Threads for what a request has done beside its own work: what waits for the database mostly."""

import sys
from concurrent.futures import ThreadPoolExecutor

# As many as there are threads that answer requests, so that no request waits for another one's.
BESIDE = ThreadPoolExecutor(max_workers=40, thread_name_prefix="beside")

_SWITCH_SECONDS = 0.0005


def switch_often() -> None:
    """Lets a thread that computes be interrupted ten times as often as Python does by itself.

    Whoever comes back from the database waits for that, several times in a request, and so does
    the event loop.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
