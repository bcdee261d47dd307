"""An export from its bytes to its rows: which source it is of, and what it says."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import BinaryIO

from api.platform.errors import UnusableImport
from api.viewers.imports.reading.archive import open_export
from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.first_lines import begun_later
from api.viewers.imports.reading.notes import without_notes
from api.viewers.imports.row import Row
from api.viewers.imports.sources.amazon import AMAZON
from api.viewers.imports.sources.by_columns import TABLES
from api.viewers.imports.sources.imdb import IMDB
from api.viewers.imports.sources.jellyfin import EMBY, JELLYFIN
from api.viewers.imports.sources.kodi import KODI
from api.viewers.imports.sources.letterboxd import LETTERBOXD
from api.viewers.imports.sources.netflix import NETFLIX, with_header
from api.viewers.imports.sources.others import OTHERS
from api.viewers.imports.sources.owned import RADARR, SONARR
from api.viewers.imports.sources.plain_table import PLAIN, Guessed, guess
from api.viewers.imports.sources.plex import PLEX, TAUTULLI
from api.viewers.imports.sources.simkl import SIMKL
from api.viewers.imports.sources.source import Source
from api.viewers.imports.sources.trakt import TRAKT
from api.viewers.imports.sources.tvtime import TVTIME

# The first that knows a file has it; a table of one's own is what nobody else knows.
SOURCES: tuple[Source, ...] = (
    *(LETTERBOXD, IMDB, NETFLIX, TRAKT, TVTIME, SIMKL),
    *(PLEX, TAUTULLI, JELLYFIN, EMBY, KODI, RADARR, SONARR),
    *(AMAZON, *OTHERS, *TABLES),
    PLAIN,
)
_TITLES = {source.name: source.title for source in SOURCES}
MOST_ROWS = 200_000
ANOTHER_SHAPE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_NOTHING_GUESSED = Guessed({}, (), None)
_AHEAD = timedelta(days=1)  # of UTC, in the zone that is furthest ahead


@dataclass(frozen=True, slots=True)
class Export:
    """What an export turned out to be. `guessed` is what was made of the columns of a table of
    one's own."""

    source: Source
    rows: list[Row]
    guessed: Guessed
    accounts: tuple[str, ...]  # of several people in it, the one with the most rows first


def title_of(source: str) -> str:
    """How a source writes itself, by its name here: IMDb for imdb."""
    return _TITLES.get(source, source)


def read_export(
    stream: BinaryIO,
    name: str,
    *,
    now: datetime,
    source: str | None = None,
    account: str | None = None,
) -> Export:
    """Raises UnusableImport, with one sentence, for what cannot be read or is of no source.

    `source` overrules what the content says. Of an export of several people, the rows of one count:
    of `account`, by its name in any case, else of whom it has most.
    """
    documents, unread = _documents(stream, name)
    chosen, known = _known(documents, source)
    rows = list(islice(_rows(chosen, known), MOST_ROWS + 1)) + unread
    if not rows:
        raise UnusableImport(_nothing_in(chosen, known))
    if len(rows) > MOST_ROWS:
        raise UnusableImport(f"The export has more than {MOST_ROWS:,} rows.")
    counted = Counter(row.account for row in rows if row.account)
    accounts = tuple(one for one, _ in counted.most_common())
    kept = next((one for one in accounts if account and one.casefold() == account.casefold()), None)
    kept = kept or (accounts[0] if accounts else None)
    own = known[0].table if chosen is PLAIN else None
    guessed = guess(own) if own else _NOTHING_GUESSED
    checked_rows = [without_notes(checked(row, now, kept)) for row in rows]
    return Export(chosen, checked_rows, guessed, accounts)


def _documents(stream: BinaryIO, name: str) -> tuple[list[Document], list[Row]]:
    """The files that can be read, and a row for each of the others; raises where there are none.

    Among the forty files of a data request, one that nobody needs must not keep the rest out.
    """
    documents: list[Document] = []
    unread, unknown = [], None
    for file in open_export(stream, name):
        try:
            document = Document.of(file)
            if _source_of(document) is None:
                # Of a file that nobody knows its name is enough, where it is one of several.
                unknown = unknown or document
                document = Document(file.path, "")
            documents.append(document)
        except UnusableImport as error:
            unread.append((file.path, error))
    if not documents and unread:
        raise unread[0][1]
    if len(documents) == 1 and unknown is not None:
        documents = [_begun_elsewhere(unknown)]
    return documents, [Row(1, path, skipped=f"not read: {error}") for path, error in unread]


def _begun_elsewhere(document: Document) -> Document:
    """The document from where it is known: below what stands before its header, or with one."""
    later = list(begun_later(document))
    readings = chain(later, filter(None, map(with_header, [document, *later])))
    return next((one for one in readings if _source_of(one)), document)


def _rows(source: Source, documents: Sequence[Document]) -> Iterator[Row]:
    """Raises UnusableImport where a file is not of the shape that its beginning promised."""
    try:
        yield from map(storable, source.read(documents))
    except ANOTHER_SHAPE as error:
        paths = ", ".join(document.path for document in documents[:3])
        raise UnusableImport(
            f"{paths} was read as {source.title}, but what is in it has another shape."
        ) from error


def storable(row: Row) -> Row:
    """Without the characters that Postgres keeps in no text."""
    if "\0" not in f"{row.title}{row.file}{row.episode}{row.account}":
        return row
    names = tuple(replace(name, title=name.title.replace("\0", "")) for name in row.names)
    return replace(
        row,
        title=row.title.replace("\0", ""),
        file=row.file.replace("\0", ""),
        episode=row.episode.replace("\0", "") if row.episode else None,
        account=row.account.replace("\0", "") if row.account else None,
        names=names,
    )


def checked(row: Row, now: datetime, account: str | None) -> Row:
    """The row, passed over where it is another's, of the future, or says nothing."""
    if row.skipped is not None:
        return row
    if row.account and row.account != account:
        return replace(row, skipped="of another person in this export")
    if not any(name.title for name in row.names) and not row.ids.written():
        return replace(row, skipped="names no title")
    if row.watched_at is not None and _day(row.watched_at) > (now + _AHEAD).date():
        return replace(row, skipped=f"{_day(row.watched_at)} is in the future")
    if row.kind == "rated" and row.rating is None:
        return replace(row, skipped="has no rating")
    return row


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _known(documents: Sequence[Document], wanted: str | None) -> tuple[Source, list[Document]]:
    if wanted is not None:
        chosen = next((one for one in SOURCES if one.name == wanted), None)
        if chosen is None:
            names = ", ".join(one.name for one in SOURCES)
            raise UnusableImport(f"There is no source {wanted!r}; there are {names}.")
        known = [document for document in documents if chosen.knows(document)]
        if not known:
            raise UnusableImport(f"No file of it reads as one of {chosen.title}.")
        return chosen, known
    found: dict[str, list[Document]] = {}
    for document in documents:
        if (source := _source_of(document)) is not None:
            found.setdefault(source.name, []).append(document)
    return _only_one(found, documents)


def _only_one(
    found: dict[str, list[Document]], documents: Sequence[Document]
) -> tuple[Source, list[Document]]:
    named = [source for source in SOURCES if source.name in found]
    real = [source for source in named if source is not PLAIN] or named
    if not real:
        raise UnusableImport(_unknown(documents))
    if len(real) > 1:
        titles = " and of ".join(source.title for source in real)
        raise UnusableImport(f"The zip has files of {titles}; import them one by one.")
    return real[0], found[real[0].name]


def _source_of(document: Document) -> Source | None:
    return next((source for source in SOURCES if source.knows(document)), None)


def _nothing_in(source: Source, documents: Sequence[Document]) -> str:
    told = (
        f"{_found_in(documents)} was read as {source.title}, but tells of nothing that was seen, "
        "rated, wanted or owned"
    )
    if source.history_in is None:
        return f"{told}."
    return f"{told}; send the whole export as it came, or of its files {source.history_in}."


def _unknown(documents: Sequence[Document]) -> str:
    looked = ", ".join(source.title for source in SOURCES[:-1])
    if not documents:
        return "The zip has no file that could be an export: no CSV, JSON, XML or TSV."
    found = _found_in(documents)
    return (
        f"{found} is of no source that is known here ({looked}), nor a table "
        "with a header that names a column of titles; of an export of several files the whole zip "
        "tells more than one of them."
    )


def _found_in(documents: Sequence[Document]) -> str:
    names = list(_names(documents))
    more = f" and {len(documents) - len(names)} more" if len(documents) > len(names) else ""
    return ", ".join(names) + more


def _names(documents: Sequence[Document]) -> Iterator[str]:
    yield from (document.path for document in documents[:3])
