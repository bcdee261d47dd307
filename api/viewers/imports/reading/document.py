"""One file of an export as what its content is: a table, JSON or XML."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import orjson
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from api.platform.errors import UnusableImport
from api.viewers.imports.reading.archive import File
from api.viewers.imports.reading.table import Table, read_table
from api.viewers.imports.reading.text import decode

_XML = re.compile(r"\s*<(\?xml|!--|[A-Za-z])")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
SEVERAL = "several"  # what holds the roots of a file that has more than one
_LETTERBOXD_LIST = "Letterboxd list export"
_LINES_BEFORE_A_LIST = 4  # a title, a table of one row, an empty line


@dataclass(frozen=True)
class Document:
    """A file with its text; each reading of it is made once."""

    path: str
    text: str

    @classmethod
    def of(cls, file: File) -> "Document":
        """Raises UnusableImport for what is no text."""
        return cls(file.path, decode(file.content, file.path))

    @property
    def name(self) -> str:
        """The last part of the path, in lower case."""
        return PurePosixPath(self.path).name.casefold()

    @cached_property
    def json(self) -> Any:
        """What it holds as JSON; None for what is none. Raises UnusableImport where it breaks."""
        if self.text.lstrip()[:1] not in ("{", "["):
            return None
        try:
            return orjson.loads(self.text)
        except orjson.JSONDecodeError as error:
            if (lines := self._json_lines()) is not None:
                return lines
            raise UnusableImport(f"{self.path} is JSON that breaks off: {error.msg}.") from error

    def _json_lines(self) -> list[Any] | None:
        """JSON Lines as the list that they are: an object on each line; None for anything else."""
        written = [line for line in self.text.split("\n") if line.strip()]
        try:
            first = orjson.loads(written[0])
        except orjson.JSONDecodeError:
            return None
        if len(written) == 1 or not isinstance(first, dict):
            return None
        entries: list[Any] = []
        try:
            entries.extend(map(orjson.loads, written))
        except orjson.JSONDecodeError as error:
            raise UnusableImport(
                f"{self.path} is JSON that breaks off in entry {len(entries) + 1}: {error.msg}."
            ) from error
        return entries

    @cached_property
    def xml(self) -> Element | None:
        """Its root as XML; None for what is none. Entities are refused, as they can explode."""
        if not _XML.match(self.text):
            return None
        try:
            return _root_of(self.text)
        except (ParseError, DefusedXmlException) as error:
            raise UnusableImport(f"{self.path} is XML that cannot be read.") from error

    @cached_property
    def table(self) -> Table | None:
        """What it holds as a table with a header; None for JSON and XML."""
        if self.text.lstrip()[:1] in ("{", "[", "<"):
            return None
        first = _LINES_BEFORE_A_LIST if self.text.startswith(_LETTERBOXD_LIST) else 0
        return read_table(self.text, self.path, first_line=first)

    def has_columns(self, *columns: str) -> bool:
        """Whether it is a table with all of these."""
        return self.table is not None and self.table.has.issuperset(columns)


def _root_of(text: str) -> Element:
    """Its root. Kodi's files may have several, and the address of a page behind them."""
    try:
        root: Element = fromstring(text.strip())
    except ParseError:
        body = _DECLARATION.sub("", text, count=1)
        whole = body[: body.rindex(">") + 1] if ">" in body else body
        root = fromstring(f"<{SEVERAL}>{whole}</{SEVERAL}>")
    return root
