"""What sources write behind a title in brackets: its year, its country, its cut, its dubbing."""

import re
from collections.abc import Iterator
from dataclasses import replace

from api.viewers.imports.row import Name, Row

_NOTED = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]{2,40})[)\]]")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Namesakes of another country are what it is there for, so the name alone does not tell.
_COUNTRY = re.compile(r"u\.?s\.?a?\.?|u\.?k\.?|[a-z]{2}", re.IGNORECASE)
_EDITION = re.compile(
    r"\b(?:dubbed|dub|subtitled|sub|subbed|omu|ov|synchronisé|vostfr|vf|vost|version originale|4k|"
    r"uhd|hd|hdr|imax|3d|extended|theatrical|unrated|uncut|remastered|restored|director.?s|"
    r"edition|cut|anniversary|deutsch|english|español|français)\b",
    re.IGNORECASE,
)


def without_notes(row: Row) -> Row:
    """The row, also by its title without what stands behind it in brackets."""
    if row.skipped is not None or not any(
        "(" in one.title or "[" in one.title for one in row.names
    ):
        return row
    year = row.year
    for name in row.names:
        found = _NOTED.fullmatch(name.title)
        if year is None and found and _YEAR.fullmatch(found[2]):
            year = int(found[2])
    return replace(row, year=year, names=tuple(dict.fromkeys(_names(row))))


def _names(row: Row) -> Iterator[Name]:
    """As written first: some titles have brackets of their own."""
    yield from row.names
    for name in row.names:
        found = _NOTED.fullmatch(name.title)
        if found is None:
            continue
        if _YEAR.fullmatch(found[2]) or _EDITION.search(found[2]):
            yield replace(name, title=found[1])
        elif _COUNTRY.fullmatch(found[2]):
            yield replace(name, title=found[1], is_certain=False)
