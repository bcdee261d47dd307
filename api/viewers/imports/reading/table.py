"""Tables as people send them: whatever separates their cells, within bounds."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import chain, islice, zip_longest

from api.platform.errors import UnusableImport
from api.platform.sizes import in_words

_MOST_COLUMNS = 100
_LONGEST_CELL = 128 * 1024  # a review has 20,000 letters at most
_SEPARATORS = ",;\t|"
# Follows the last line: a quote that is still open swallows it.
_END = "\x1e"
_BLANKS = re.compile(r"[\s_]+")
UNNAMED = "column "  # how those are called that have no name, before their place
Record = dict[str, str]
_DECLARED = re.compile(r'"?sep=([^\w\s"])"?\s*', re.IGNORECASE)
# A cell within quotation marks as a word processor or a phone writes them.
_QUOTED = re.compile(
    r"(?m)(?P<before>^|[,;\t|])[“„”«»](?P<cell>(?:(?![,;\t|][“„”«»]).)*?)[“”«»](?=[,;\t|]|$)"
)
# As pages write what CSV needs no sign for; "&copy=" of an address is none of these.
_ENTITY = re.compile(r"&(?:amp|quot|apos|lt|gt|#0?39|#x27);")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header. Iterating reads the text anew, so that it is never held as rows."""

    path: str
    text: str
    separator: str
    columns: tuple[str, ...]  # folded: see `folded_column`
    first_line: int = 0  # of the header
    # Whether a blank may stand between a separator and the quote of a cell.
    has_blanks_before_quotes: bool = False

    def __iter__(self) -> Iterator[tuple[int, Record]]:
        """(number from 1, cells by column); cells beyond the header are under the name "".

        One column has no such cells: "The Good, the Bad and the Ugly" is one title of a list.
        """
        all_rows = _rows(self.text, self.separator, self.path, self.has_blanks_before_quotes)
        rows = islice(all_rows, self.first_line + 1, None)
        number, width = 0, len(self.columns)
        cleaned = _without_entities if _ENTITY.search(self.text) else str.strip
        for cells in rows:
            if not any(cell.strip() for cell in cells) and len(self.columns) > 1:
                continue
            number += 1
            if len(self.columns) == 1:
                cells = [self.separator.join(_without_empty_ends(cells))]
            record = dict(zip_longest(self.columns, map(cleaned, cells[:width]), fillvalue=""))
            if len(cells) > len(self.columns):
                record[""] = self.separator.join(cells[len(self.columns) :])
            yield number, record

    @property
    def has(self) -> frozenset[str]:
        """The columns as a set."""
        return frozenset(self.columns)

    def with_names(self, names: Iterable[str]) -> "Table":
        """The same with these names for columns that are called so but for their blanks."""
        written = {name.replace(" ", ""): name for name in names}
        columns = (written.get(one.replace(" ", ""), one) for one in self.columns)
        return replace(self, columns=tuple(columns))


def read_table(text: str, path: str, *, first_line: int = 0) -> Table:
    """The table whose header is that line; raises UnusableImport for what cannot be one."""
    if '"' not in text:  # else they belong to the titles
        text = _QUOTED.sub(r'\g<before>"\g<cell>"', text)
    first_line += _lines_before(text) if first_line == 0 else 0
    lines = [*text.split("\n", first_line + 2)[: first_line + 2], "", ""]
    declared = _DECLARED.fullmatch(lines[first_line - 1]) if first_line else None
    separator = declared[1] if declared else max(_SEPARATORS, key=lines[first_line].count)
    has_blanks = any(f'{separator} "' in line for line in lines[first_line : first_line + 2])
    columns = next(islice(_rows(text, separator, path, has_blanks), first_line, None), [])
    if len(columns) == 1 and separator in columns[0]:  # a spreadsheet took each line for a cell
        unpacked = "".join(f"{separator.join(row)}\n" for row in _rows(text, separator, path))
        return read_table(unpacked, path, first_line=first_line)
    if len(columns) > _MOST_COLUMNS:
        raise UnusableImport(
            f"{path} has {len(columns)} columns; at most {_MOST_COLUMNS} are read."
        )
    # "" is what is beyond the header: a column without a name, as spreadsheets add them, gets one.
    names = (folded_column(name) or f"{UNNAMED}{place}" for place, name in enumerate(columns, 1))
    return Table(path, text, separator, tuple(names), first_line, has_blanks)


def _without_empty_ends(cells: list[str]) -> list[str]:
    filled = [place for place, cell in enumerate(cells, 1) if cell.strip()]
    return cells[: max(filled, default=0)]


def _without_entities(cell: str) -> str:
    return _ENTITY.sub(lambda found: unescape(found[0]), cell).strip()


def _lines_before(text: str) -> int:
    """Empty lines, and "sep=;" as spreadsheets write it."""
    for before, line in enumerate(_lines(text[:_LONGEST_CELL])):
        if line.strip() and not line.casefold().startswith(("sep=", '"sep=')):
            return before
    return 0


def folded_column(name: str) -> str:
    """The name of a column as it is compared: IMDb and Ryot write blanks and lines elsewhere."""
    return _BLANKS.sub(" ", name.strip().lstrip("\ufeff").casefold())


def _rows(
    text: str, separator: str, path: str, has_blanks_before_quotes: bool = False
) -> Iterator[list[str]]:
    """Refuses quotes that never close and cells that are longer than any export has."""
    csv.field_size_limit(_LONGEST_CELL)
    lines = chain(_lines(text), (_END,))
    number, last = 0, [""]
    try:
        for cells in csv.reader(
            lines, delimiter=separator, skipinitialspace=has_blanks_before_quotes
        ):
            number, last = number + 1, cells
            if cells != [_END]:
                yield cells
    except csv.Error as error:
        raise UnusableImport(_sentence(error, path, number + 1)) from error
    if last != [_END]:
        raise UnusableImport(f"{path}: row {number} has a quote that never closes.")


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _sentence(error: csv.Error, path: str, number: int) -> str:
    if "field larger" in str(error):
        most = in_words(_LONGEST_CELL)
        return f"{path}: row {number} has a cell of more than {most}, or an open quote before."
    return f"{path}: row {number} cannot be read: {error}."
