"""What is asked of the database, apart from how it is sent: a thread may wait for the answer, or
the event loop (at_once.py)."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

Answer = TypeVar("Answer")
Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A statement of which one row is wanted, or that there is none."""

    sql: str
    parameters: Mapping[str, object]


# Yields what it has to know, is sent the row or None, and returns what it made of that.
Asking: TypeAlias = Generator[Question, Row | None, Answer]
