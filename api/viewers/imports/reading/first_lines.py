"""Where else a table may begin than at its first line: below a title or somebody's comments."""

from collections.abc import Iterator

from api.viewers.imports.reading.document import Document

_MOST_LINES_BEFORE = 10
_COMMENTS = ("#", "//")


def begun_later(document: Document) -> Iterator[Document]:
    """The document without its first line, its first two and so on; nothing for JSON and XML.

    What stands above a table has fewer cells than its header, or begins as comments do: else it
    could be the header itself, of a table that nobody knows.
    """
    if document.table is None:
        return
    above: list[str] = []
    for line in document.text.split("\n", _MOST_LINES_BEFORE)[:-1]:
        above.append(line)
        later = Document(document.path, document.text[sum(map(len, above)) + len(above) :])
        table = later.table
        if table is None:
            return
        width, separator = len(table.columns), table.separator
        if all(one.startswith(_COMMENTS) or _cells(one, separator) < width for one in above):
            yield later


def _cells(line: str, separator: str) -> int:
    """How many cells of a line say anything."""
    return sum(bool(cell.strip(' "')) for cell in line.split(separator))
