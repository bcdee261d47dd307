"""What is asked of the database, apart from how it is sent: a thread may wait for the answer, or
the event loop (at_once.py)."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar

Answer = TypeVar("Answer")
Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A statement, of which one row is wanted, or that there is none, where rows are not said."""

    sql: str
    parameters: Mapping[str, object]
    columns: int | None = None  # how many the row has, of what may be asked beside another


# Yields what it has to know, is sent the row or None, and returns what it made of that.
Asking: TypeAlias = Generator[Question, Row | None, Answer]

# The same of any number of rows each.
AskingRows: TypeAlias = Generator[Question, list[Row], Answer]


class Ask(Protocol):
    """Asks the first question and returns what waits for its rows, and asks on by them."""

    def __call__(self, asking: AskingRows[Answer], /) -> Callable[[], Answer]:
        """The answer is to be called for once, before the block that asks is left."""
        ...


# Both are one row each or none; the mark tells none from a row of NULLs.
_BOTH = """
SELECT one.*, other.* FROM (SELECT) AS always
LEFT JOIN (SELECT true, question.* FROM ({one}) AS question) AS one ON true
LEFT JOIN (SELECT true, question.* FROM ({other}) AS question) AS other ON true
"""


def both(one: Question, other: Question) -> Question:
    """Two questions in one statement; their parameters have different names."""
    sql = _BOTH.format(one=one.sql, other=other.sql)
    return Question(sql, {**one.parameters, **other.parameters})


def rows_of_both(row: Row, *, columns: int) -> tuple[Row | None, Row | None]:
    """The rows of both, where the other's has so many columns."""
    start = len(row) - columns
    return row[1 : start - 1] if row[0] else None, row[start:] if row[start - 1] else None
