"""Letterboxd: the export in a zip, single files of it, and the format that its own import takes.

`watched.csv`, `watchlist.csv` and `likes/films.csv` have one header, so their names tell which they
are once the content has told that they are Letterboxd's. `Date` is the day a film was logged, and
no viewing; reviews repeat the diary.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from api.domain.items import MediaType
from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.table import Record, Table
from api.viewers.imports.row import Kind, Name, Row
from api.viewers.imports.sources.records import Columns, read_records
from api.viewers.imports.sources.source import Source

_FILM = (
    {"name", "letterboxd uri"},
    {"date", "name", "year", "url"},  # of older exports
    {"name", "year", "rewatch", "watched date"},  # a diary whose addresses somebody took out
)
_LIST = {"position", "name", "year", "url", "description"}
_OWN_IMPORT = {"letterboxduri", "tmdbid", "imdbid", "title", "rating10", "watcheddate"}
_PROFILE = {"date joined", "username"}
_OTHERS = (  # what else the zip holds
    {"date", "content", "comment"},
    {"date", "letterboxd uri"},
    {"date", "content"},
)
_OF_SEEN = {"rating", "rewatch", "watched date", "review"}
_SEEN = ("watched", "diary", "films", "ratings", "reviews")
_UNCLEAR = "seen or wanted: name the file watched.csv or watchlist.csv, as Letterboxd does"
_STARS = 5.0
# The diary first: of what the other files repeat, it knows the day.
_ORDER = ("diary", "reviews", "ratings", "watched", "films", "watchlist")
_LIKES = "likes"
_EITHER: tuple[MediaType, ...] = ("movie", "tv")


def _knows(document: Document) -> bool:
    table = document.table
    if table is None:
        return False
    if _is_of_films(table) or _of_own_import(table) or _is_list(document):
        return True
    return table.has >= _PROFILE or any(table.has == columns for columns in _OTHERS)


def _is_of_films(table: Table) -> bool:
    return any(table.has >= columns for columns in _FILM)


def _of_own_import(table: Table) -> Table | None:
    named = table.with_names(_OWN_IMPORT)
    return named if named.has >= _OWN_IMPORT else None


def _is_list(document: Document) -> bool:
    return document.text.startswith("Letterboxd list export") and document.has_columns(*_LIST)


def _read(documents: Sequence[Document]) -> Iterator[Row]:
    logged: set[tuple[str, int | None, object]] = set()  # of the diary
    for document in sorted(documents, key=_place):
        for row in map(_film_first, _of(document)):
            entry = (row.title, row.year, row.watched_at)
            if _stem(document) == "diary":
                logged.add(entry)
            elif _stem(document) == "reviews" and entry in logged:
                row = replace(row, skipped="in the diary already")
            yield row


def _film_first(row: Row) -> Row:
    """Some series are among its films: a name is one of a film, else of a series."""
    names = tuple(Name(name.title, media_type) for media_type in _EITHER for name in row.names)
    return replace(row, names=names)


def _of(document: Document) -> Iterator[Row]:
    table = document.table
    assert table is not None  # noqa: S101 - `_knows` asked for it
    if own := _of_own_import(table):
        yield from read_records(own, _OWN)
    elif _is_list(document):
        yield from read_records(table, Columns(title="name", year="year", kind=_on_a_list))
    elif _is_of_films(table):
        yield from read_records(table, _columns(document, table))


def _columns(document: Document, table: Table) -> Columns:
    kind = _kind(document, table)
    return Columns(
        title="name",
        year="year",
        watched="watched date",
        logged="date",
        rating="rating",
        scale=_STARS,
        kind=lambda _: kind,
    )


def _own(record: Record) -> Kind:
    """Its import takes stars or ten points, in columns of their own."""
    if not record.get("rating") and record.get("rating10"):
        record["rating"] = f"{record['rating10']}/10"
    return "watched"


_OWN = Columns(
    title="title",
    year="year",
    imdb="imdbid",
    tmdb="tmdbid",
    people="directors",
    watched="watcheddate",
    rating="rating",
    scale=_STARS,
    kind=_own,
)


def _kind(document: Document, table: Table) -> str:
    """The kind of the rows of a file, or why it cannot be known."""
    stem = _stem(document)
    if "watchlist" in stem:
        return "watchlist"
    parts = document.path.casefold().replace("\\", "/").split("/")
    if _LIKES in parts[:-1] or _LIKES in stem:
        return "liked"
    is_seen = not table.has.isdisjoint(_OF_SEEN) or any(one in stem for one in _SEEN)
    return "watched" if is_seen else _UNCLEAR


def _on_a_list(_: Record) -> str:
    return "on a list, which says neither that it was seen nor that it is wanted"


def _stem(document: Document) -> str:
    return document.name.removesuffix(".csv")


def _place(document: Document) -> tuple[int, str]:
    stem = _stem(document)
    return (_ORDER.index(stem) if stem in _ORDER else len(_ORDER), document.path)


LETTERBOXD = Source(
    "letterboxd",
    "Letterboxd",
    _knows,
    _read,
    history_in="diary.csv, watched.csv, ratings.csv or watchlist.csv",
)
