"""The last lines that a run logged, as its row keeps them."""

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_MOST_LINES = 100
_LONGEST_LINE = 500
_OURS = ("api", "etl")  # other libraries may log what they were called with
# The run that this thread works on. Threads that a job starts have none.
_WRITING: ContextVar["RunLog | None"] = ContextVar("_WRITING", default=None)


def line_of(text: str, at: datetime) -> str:
    """A line as rows keep it: with its time, of bounded length, without NUL (as Postgres wants)."""
    return f"{at:%Y-%m-%d %H:%M:%S} {text}".replace("\x00", "")[:_LONGEST_LINE]


class RunLog(logging.Handler):
    """Collects what is logged while the run is at work.

    A line of a thread that a job started is taken by every run at work in this process: whose it is
    cannot be known.
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        """`lines` are those of an earlier attempt."""
        super().__init__()
        self._lines = deque(lines, maxlen=_MOST_LINES)

    @property
    def lines(self) -> list[str]:
        """The oldest first, each with its time in UTC."""
        return list(self._lines)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a record of ours."""
        if record.name.partition(".")[0] in _OURS and _WRITING.get() in (None, self):
            fields = getattr(record, "fields", {})
            words = [record.getMessage(), *(f"{name}={value}" for name, value in fields.items())]
            self._lines.append(
                line_of(" ".join(words), datetime.fromtimestamp(record.created, UTC))
            )

    def add(self, text: str) -> None:
        """Keeps a line whatever the level of the log."""
        self._lines.append(line_of(text, datetime.now(UTC)))

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """For the time of the block, which one thread runs."""
        before = _WRITING.set(self)
        logging.getLogger().addHandler(self)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(self)
            _WRITING.reset(before)
