"""How far a job is: reported once, shown to whoever watches and in the run's row."""

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


class Display(Protocol):
    """Shows the steps of one stretch of work to whoever watches."""

    def track(self, label: str, total: int) -> AbstractContextManager[Advance]:
        """Shows `label` for the time of the block; the block calls what it gets with steps done."""
        ...


class TerminalBar:
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


class LogLines:
    """A line every tenth of the way, for a log that nobody watches live."""

    @contextmanager
    def track(self, label: str, total: int) -> Iterator[Advance]:
        done = 0

        def advance(steps: int) -> None:
            nonlocal done
            before, done = done, done + steps
            if total and done * _TENTHS // total > before * _TENTHS // total:
                log.info("%s: %d of %d", label, done, total)

        yield advance


def display_on(console: Console) -> Display:
    """A bar when `console` is a terminal, log lines otherwise."""
    return TerminalBar(console) if console.is_terminal else LogLines()


class Progress:
    """Where a job reports its steps; `step` takes the percent of the present stretch of work."""

    def __init__(self, display: Display, step: Callable[[float], None]) -> None:
        """`step` may raise to stop the job, between two of its steps."""
        self._display = display
        self._step = step

    @contextmanager
    def track(self, label: str, total: int) -> Iterator[Advance]:
        """One stretch of work; the block calls what it gets with steps done."""
        done = 0
        with self._display.track(label, total) as show:

            def advance(steps: int) -> None:
                nonlocal done
                done += steps
                show(steps)
                self._step(min(100.0, 100.0 * done / total) if total else 100.0)

            self._step(0.0)
            yield advance
