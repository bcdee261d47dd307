"""A table of one's own: which column says what is guessed from their names, and shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.ratings import number_of
from api.viewers.imports.reading.table import Record, Table
from api.viewers.imports.row import Row
from api.viewers.imports.sources.column_names import meanings
from api.viewers.imports.sources.records import GIVEN_UP, Columns, read_records
from api.viewers.imports.sources.source import Source

_SCALES = (5.0, 10.0, 100.0)
_WANTED = """
    plan to watch, planned, planning, want to watch, to watch, watchlist, wishlist, wish, unwatched,
    not watched, not seen, unseen, backlog, queue, queued, geplant, merkliste, à voir, por ver,
    da vedere, plantowatch
"""
_STATES: dict[str, str] = {
    **{word.strip(): "watchlist" for word in _WANTED.split(",")},
    **dict.fromkeys(("dropped", "abandoned", "abgebrochen"), GIVEN_UP),
}
_YES = {"yes", "true", "1", "x", "ja", "sí", "oui", "sì", "sim", "tak", "да"}


@dataclass(frozen=True, slots=True)
class Guessed:
    """What was made of a table's columns. `scale` is the top of that of its ratings, if it has
    any."""

    columns: dict[str, str]  # the column for each meaning that one was found for
    left: tuple[str, ...]
    scale: float | None


def guess(table: Table) -> Guessed:
    """What the columns are taken for."""
    meant = meanings(table.columns)
    rating = meant.columns.get("rating")
    scale = None if rating is None else meant.stated_scale or _scale(table, rating)
    return Guessed(meant.columns, meant.left, scale)


def _knows(document: Document) -> bool:
    if document.table is None:
        return False
    guessed = meanings(document.table.columns).columns
    if "imdb" in guessed or "tmdb" in guessed:
        return True
    return "title" in guessed and (len(guessed) > 1 or len(document.table.columns) == 1)


def _read(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        table = document.table
        assert table is not None  # noqa: S101 - `_knows` asked for it
        yield from read_records(table, _columns(guess(table)))


def _columns(guess_of: Guessed) -> Columns:
    guessed = guess_of.columns

    def kind(record: Record) -> str:
        wished = record.get(guessed.get("wish", "\0"), "").casefold() in _YES
        state = record.get(guessed.get("state", "\0"), "").casefold().replace("_", " ")
        return "watchlist" if wished else _STATES.get(state, "watched")

    return Columns(
        title=guessed.get("title", ""),
        other_title=guessed.get("other", ""),
        year=guessed.get("year", ""),
        media_type=guessed.get("type", ""),
        imdb=guessed.get("imdb", ""),
        tmdb=guessed.get("tmdb", ""),
        tvdb=guessed.get("tvdb", ""),
        mal=guessed.get("mal", ""),
        people=guessed.get("people", ""),
        watched=guessed.get("watched", ""),
        rating=guessed.get("rating", ""),
        season=guessed.get("season", ""),
        episode=guessed.get("episode", ""),
        scale=guess_of.scale or _SCALES[-1],
        year_in_title="year" not in guessed,
        zone_is_utc=False,
        kind=kind,
    )


def _scale(table: Table, column: str) -> float:
    """The smallest usual scale that holds every rating of the file.

    A row with more cells than the header has its rating elsewhere, and tells nothing.
    """
    whole = (record for _, record in table if "" not in record)
    written = (number_of(record.get(column, "")) for record in whole)
    highest = max((one for one in written if one is not None), default=0.0)
    return next((top for top in _SCALES if highest <= top), _SCALES[-1])


PLAIN = Source("csv", "a table of your own", _knows, _read)
