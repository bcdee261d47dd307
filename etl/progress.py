"""How far a job is: a bar on a terminal, a log line every tenth of the way elsewhere."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

log = logging.getLogger(__name__)

Advance = Callable[[int], None]
_TENTHS = 10


class Progress(Protocol):
    """Shows the steps of one stretch of work."""

    def track(self, label: str, total: int) -> AbstractContextManager[Advance]:
        """Shows `label` for the time of the block; the block calls what it gets with steps done."""
        ...


class TerminalProgress:
    """A bar that moves, with the time that is left."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def track(self, label: str, total: int) -> Iterator[Advance]:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Bar(*columns, console=self._console) as bar:
            task = bar.add_task(label, total=total)
            yield lambda steps: bar.advance(task, steps)


class LogProgress:
    """Lines for a log that nobody watches live."""

    @contextmanager
    def track(self, label: str, total: int) -> Iterator[Advance]:
        done = 0

        def advance(steps: int) -> None:
            nonlocal done
            before, done = done, done + steps
            if total and done * _TENTHS // total > before * _TENTHS // total:
                log.info("%s: %d of %d", label, done, total)

        yield advance


def progress_on(console: Console) -> Progress:
    """A bar when `console` is a terminal, log lines otherwise."""
    return TerminalProgress(console) if console.is_terminal else LogProgress()
