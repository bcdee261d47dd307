"""IMDb: ratings, lists and watchlists in the columns of before 11/2017, to 5/2024 and since.

What a rating is dated is no viewing. A row with a rating of one's own is seen, on a watchlist too.
The id of an episode names the episode, so its show is found by name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.table import Record, Table
from api.viewers.imports.row import NO_IDS, Name, Row
from api.viewers.imports.sources.records import Columns, read_records
from api.viewers.imports.sources.source import Source

_NOT_HERE = {
    "video game": "a video game",
    "videogame": "a video game",
    "music video": "a music video",
    "podcast series": "a podcast",
    "podcast episode": "a podcast",
}
_EPISODES = {"tv episode", "tvepisode"}
_PEOPLE = "a list of people, not of titles"


def _knows(document: Document) -> bool:
    if not document.has_columns("const"):
        return False
    if document.has_columns("known for") or document.has_columns("birth date"):
        return True
    if document.has_columns("position", "created") or document.has_columns("position", "modified"):
        return True
    return document.has_columns("title type") and (
        document.has_columns("url") or document.has_columns("your rating")
    )


def _read(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        table = document.table
        assert table is not None  # noqa: S101 - `_knows` asked for it
        rated, added = _columns(table)
        both = read_records(table, rated), read_records(table, added)
        for (_, record), as_rated, as_added in zip(table, *both, strict=True):
            row = as_rated if as_rated.kind == "rated" else as_added
            yield _of_episode(row) if _type(record) in _EPISODES else row


def _columns(table: Table) -> tuple[Columns, Columns]:
    """Of rows with a rating of one's own, and of those without: since 2024 a list has a column for
    the day of the rating as well, which is empty where there is none."""
    rating = "your rating" if "your rating" in table.has else "you rated"
    added = next((one for one in ("created", "date added") if one in table.has), "")
    logged = "date rated" if "date rated" in table.has else added
    # Ratings are all rated; a list keeps its name though its places were taken out.
    is_a_list = "position" in table.has or not any(record.get(rating) for _, record in table)
    rated = Columns(
        title="title",
        other_title="original title",
        year="year",
        media_type="title type",
        imdb="const",
        rating=rating,
        logged=logged,
        runtime="runtime (mins)",
        people="directors",
        kind=lambda record: _kind(record, rating, is_a_list=is_a_list),
    )
    return rated, replace(rated, logged=added)


def _kind(record: Record, rating: str, *, is_a_list: bool) -> str:
    if record.get("const", "").startswith("nm"):
        return _PEOPLE
    if _type(record) in _NOT_HERE:
        return f"{_NOT_HERE[_type(record)]}, which is not kept here"
    if record.get(rating):
        return "rated"
    return "watchlist" if is_a_list else "no rating of one's own"


def _of_episode(row: Row) -> Row:
    """ "Show: Episode"; the year and the opinion are the episode's."""
    show, _, episode = row.title.rpartition(": ")
    if not show:
        return replace(row, skipped=row.skipped or "an episode whose show is not named")
    names = tuple(name for whole in row.names for name in _shows_in(whole.title))
    return replace(
        row,
        names=names,
        ids=NO_IDS,
        media_type="tv",
        year=None,
        runtime=None,
        episode=episode or row.title,
        title=show,
        kind="watched" if row.kind == "rated" else row.kind,
        rating=None,
        scale=None,
    )


def _shows_in(title: str) -> Iterator[Name]:
    """The likeliest stands before the last colon; an episode may have one as well."""
    parts = title.split(": ")
    for end in range(len(parts) - 1, 0, -1):
        yield Name(": ".join(parts[:end]), "tv", is_certain=end == len(parts) - 1)


def _type(record: Record) -> str:
    return record.get("title type", "").casefold()


IMDB = Source("imdb", "IMDb", _knows, _read)
