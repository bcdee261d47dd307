"""Where else a table may begin than at its first line: below a title or somebody's comments."""

from collections.abc import Iterator

from api.viewers.imports.reading.document import Document

_MOST_LINES_BEFORE = 10


def begun_later(document: Document) -> Iterator[Document]:
    """The document without its first line, its first two and so on; nothing for JSON and XML."""
    if document.table is None:
        return
    start = 0
    for line in document.text.split("\n", _MOST_LINES_BEFORE)[:-1]:
        start += len(line) + 1
        yield Document(document.path, document.text[start:])
