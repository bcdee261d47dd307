"""A table of one's own: which column says what is guessed from their names, and shown."""

from collections.abc import Iterator, Sequence

from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.ratings import to_ten
from api.viewers.imports.reading.table import Record, Table
from api.viewers.imports.row import Row
from api.viewers.imports.sources.records import Columns, read_records
from api.viewers.imports.sources.source import Source

# By what they are called, in the languages that people keep lists in; the first that is there.
_NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        *("title", "name", "movie", "film", "show", "movie title", "film title", "titel"),
        *("título", "titulo", "titre", "titolo", "название", "שם", "タイトル", "primary title"),
    ),
    "other": ("original title", "originaltitel", "título original", "titre original"),
    "year": ("year", "release year", "jahr", "año", "année", "anno", "ano", "год", "released"),
    "type": ("type", "media type", "kind", "typ", "tipo"),
    "imdb": ("imdb", "imdb id", "imdbid", "const", "tconst", "imdb url"),
    "tmdb": ("tmdb", "tmdb id", "tmdbid", "themoviedb id"),
    "watched": (
        *("watched", "watched date", "date watched", "watcheddate", "watched at", "watched on"),
        *("date", "seen", "seen on", "gesehen", "gesehen am", "datum", "fecha", "visto", "vu le"),
    ),
    "rating": (
        *("rating", "my rating", "your rating", "score", "stars", "bewertung", "note", "nota"),
        *("grade", "punteggio", "puntuación", "rating10", "оценка", "sterne"),
    ),
    "season": ("season", "season number", "staffel"),
    "episode": ("episode", "episode number", "folge"),
    "wish": ("watchlist", "on watchlist", "to watch"),
}
_SCALES = (5.0, 10.0, 100.0)
_YES = {"yes", "true", "1", "x", "ja", "sí", "oui"}


def guess(table: Table) -> dict[str, str]:
    """The column for each meaning that one was found for."""
    found = {}
    for meaning, names in _NAMES.items():
        column = next((name for name in names if name in table.has), None)
        if column is not None:
            found[meaning] = column
    return found


def _knows(document: Document) -> bool:
    if document.table is None:
        return False
    guessed = guess(document.table)
    return "imdb" in guessed or "tmdb" in guessed or ("title" in guessed and len(guessed) > 1)


def _read(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        table = document.table
        assert table is not None  # noqa: S101 - `_knows` asked for it
        yield from read_records(table, _columns(table, guess(table)))


def _columns(table: Table, guessed: dict[str, str]) -> Columns:
    def kind(record: Record) -> str:
        wished = record.get(guessed.get("wish", "\0"), "").casefold() in _YES
        return "watchlist" if wished else "watched"

    return Columns(
        title=guessed.get("title", ""),
        other_title=guessed.get("other", ""),
        year=guessed.get("year", ""),
        media_type=guessed.get("type", ""),
        imdb=guessed.get("imdb", ""),
        tmdb=guessed.get("tmdb", ""),
        watched=guessed.get("watched", ""),
        rating=guessed.get("rating", ""),
        season=guessed.get("season", ""),
        episode=guessed.get("episode", ""),
        scale=_scale(table, guessed.get("rating")),
        year_in_title="year" not in guessed,
        zone_is_utc=False,
        kind=kind,
    )


def _scale(table: Table, column: str | None) -> float:
    """The smallest usual scale that holds every rating of the file."""
    highest = 0.0
    for _, record in table if column else ():
        try:
            highest = max(highest, to_ten(record.get(column or "", ""), 1000) or 0)
        except ValueError:
            continue
    return next((top for top in _SCALES if highest * 100 <= top), _SCALES[-1])


PLAIN = Source("csv", "a table of your own", _knows, _read)
