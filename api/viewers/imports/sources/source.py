"""What a source of exports is: a way to know its files, and a way to read them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from api.viewers.imports.reading.document import Document
from api.viewers.imports.row import Row


@dataclass(frozen=True, slots=True)
class Source:
    """`knows` looks at the content of a file alone; `read` gets all those files that it knows.

    `history_in` are the files of its export that tell what was seen, rated or wanted, where others
    are known that do not.
    """

    name: str
    title: str
    knows: Callable[[Document], bool]
    read: Callable[[Sequence[Document]], Iterator[Row]]
    history_in: str | None = None
