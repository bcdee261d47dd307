"""Memory that a process takes, and gives back once it has no use for it any more."""

import ctypes
import gc
from contextlib import suppress

_M_ARENA_MAX = -8  # of glibc's malloc.h


def share_one_heap() -> None:
    """Lets all threads allocate from one heap; to be called before there are any.

    glibc gives up to eight a processor to threads that allocate at once, and each keeps what it
    once needed: 20 MB for 300 lists and a request in words, which are no faster for it, as Python
    runs one thread at a time anyway.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Returns to the system what reading whole tables left behind, 80 MB for 30,000 titles.

    glibc keeps freed memory for itself. Elsewhere, as on macOS, there is no such call. Other
    threads go on meanwhile. To look for cycles before it would hold them all and frees nothing.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def keep_for_good() -> None:
    """Has the search for cycles pass over all that lives by now: modules, routes, indexes.

    It comes when enough is new, in whatever request that is, and holds every thread while it looks
    through everything: 100 to 400 ms of a service that has started, and it finds nothing there.
    """
    gc.freeze()
