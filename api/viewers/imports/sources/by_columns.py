"""Sources that are tables and nothing else: what their columns are called, and what they say."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import islice

from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.table import Record, Table
from api.viewers.imports.row import NO_IDS, Ids, Name, Row, only_looked_at
from api.viewers.imports.sources.records import (
    GIVEN_UP,
    Columns,
    media_type_of,
    number,
    read_records,
)
from api.viewers.imports.sources.source import Source

_STATES = {
    "plantowatch": "watchlist",
    "plan to watch": "watchlist",
    "planning": "watchlist",
    "planned": "watchlist",
    "completed": "watched",
    "in progress": "watched",
    "watching": "watched",
    "paused": "watched",
    "hold": "watched",
    "dropped": GIVEN_UP,
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """A table of a source: the columns it is known by, and what they mean."""

    known_by: frozenset[str]
    columns: Columns
    read_beside: frozenset[str] = frozenset()  # by functions, which name no columns here

    def of(self, table: Table) -> Table | None:
        """The table with the columns' names as they are here; None for one of another shape."""
        said = (getattr(self.columns, one.name) for one in fields(self.columns))
        named = table.with_names(
            {
                *self.known_by,
                *self.read_beside,
                *(one for one in said if isinstance(one, str) and one),
            }
        )
        return named if self.known_by <= named.has else None


def _source(
    name: str, title: str, *shapes: _Shape, mend: Callable[[Row, Record], Row] | None = None
) -> Source:
    def tables(document: Document) -> Iterator[tuple[Table, Columns]]:
        for shape in shapes if document.table else ():
            if document.table and (table := shape.of(document.table)):
                yield table, shape.columns

    def read(documents: Sequence[Document]) -> Iterator[Row]:
        for document in documents:
            for table, columns in islice(tables(document), 1):
                for (_, record), row in zip(table, read_records(table, columns), strict=True):
                    yield mend(row, record) if mend else row

    return Source(name, title, lambda document: any(tables(document)), read)


def _shape(known_by: str, columns: Columns, *, read_beside: str = "") -> _Shape:
    return _Shape(frozenset(known_by.split(",")), columns, frozenset(read_beside.split(",")))


# --- Movary: a row for each play, ratings, the watchlist -----------------------------------------

_MOVARY = Columns(title="title", year="year", imdb="imdbid", tmdb="tmdbid", always="movie")
MOVARY = _source(
    "movary",
    "Movary",
    _shape("tmdbid,imdbid,watchedat", replace(_MOVARY, watched="watchedat")),
    _shape("tmdbid,imdbid,userrating", replace(_MOVARY, rating="userrating")),
    _shape("tmdbid,imdbid,addedat", replace(_MOVARY, logged="addedat", kind=lambda _: "watchlist")),
)


# --- TMDB: ratings and watchlists; the id of an episode's row is the episode's -------------------


def _tmdb_episode(row: Row, record: Record) -> Row:
    if not record.get("season number"):
        return row
    show = row.title.rpartition(" S")[0] or row.title
    names = (Name(show, "tv"),)
    return replace(
        row, title=show, names=names, ids=NO_IDS, year=None, kind="watched", rating=None, scale=None
    )


TMDB = _source(
    "tmdb",
    "TMDB",
    _shape(
        "tmdb id,imdb id,type,name,your rating",
        Columns(
            title="name",
            year="release date",
            media_type="type",
            imdb="imdb id",
            tmdb="tmdb id",
            logged="date rated",
            rating="your rating",
            season="season number",
            episode="episode number",
            kind=lambda record: "rated" if record.get("your rating") else "watchlist",
        ),
    ),
    mend=_tmdb_episode,
)


# --- MovieLens: ids at IMDb and TMDB, stars, no dates --------------------------------------------

MOVIELENS = _source(
    "movielens",
    "MovieLens",
    _shape(
        "movie id,imdb id,tmdb id,rating,title",
        Columns(
            title="title",
            imdb="imdb id",
            tmdb="tmdb id",
            rating="rating",
            scale=5,
            always="movie",
            year_in_title=True,
        ),
    ),
)


# --- FilmAffinity, as scrapers write it ----------------------------------------------------------


def _filmaffinity(record: Record) -> str:
    if not record.get("rating") and record.get("rating10"):
        record["rating"] = record["rating10"] + "/10"
    return "watched"


def _without_kind(row: Row, _: Record) -> Row:
    """ "(Serie de TV)" and the like stand behind its titles."""
    title, bracket, kind = row.title.partition(" (")
    if not bracket:
        return row
    return replace(row, names=(Name(title, "tv" if "serie" in kind.casefold() else None),))


FILMAFFINITY = _source(
    "filmaffinity",
    "FilmAffinity",
    _shape(
        "title,year,directors,watcheddate,rating10",
        Columns(
            title="title",
            year="year",
            people="directors",
            watched="watcheddate",
            rating="rating",
            scale=5,
            kind=_filmaffinity,
        ),
    ),
    mend=_without_kind,
)


# --- Yamtrack: rows for a show, its seasons and each episode -------------------------------------


def _yamtrack_kind(record: Record) -> str:
    if record.get("row type", "media") != "media":
        return "on a list, which says neither that it was seen nor that it is wanted"
    kind = record.get("media type", "").casefold()
    if kind not in ("movie", "tv", "season", "episode", "anime"):
        return f"not a film or show: {kind or 'of no kind'}"
    return _STATES.get(record.get("status", "").casefold(), "watched")


def _yamtrack_ids(row: Row, record: Record) -> Row:
    """Whose the id is stands beside it; a part's opinion is not the show's."""
    source = record.get("source", "").casefold()
    if source != "tmdb":
        found = {"tvdb": Ids(tvdb=row.ids.tmdb), "mal": Ids(mal=row.ids.tmdb)}
        row = replace(row, ids=found.get(source, NO_IDS))
    if row.is_of_a_part and row.kind == "rated":
        row = replace(row, kind="watched", rating=None, scale=None)
    return row


YAMTRACK = _source(
    "yamtrack",
    "Yamtrack",
    _shape(
        "media id,source,media type,title,status",
        Columns(
            title="title",
            media_type="media type",
            tmdb="media id",
            watched="end date",
            rating="score",
            season="season number",
            episode="episode number",
            kind=_yamtrack_kind,
        ),
    ),
    mend=_yamtrack_ids,
)


# --- Simkl: its export, and the format that its import takes -------------------------------------


def _simkl_kind(record: Record) -> str:
    return _STATES.get(record.get("watchlist", "").casefold(), "watched")


_FIRST_SEASON = re.compile(r"(?:s0*1)?e(\d+)")


def _simkl_mark(row: Row, record: Record) -> Row:
    """ "s1e2" means everything up to there: beyond a first season nobody says how many."""
    mark = record.get("lastepwatched", "").casefold()
    of_first_season = _FIRST_SEASON.fullmatch(mark)
    kind = record.get("type", "").casefold()
    media_type = media_type_of(kind) or ("tv" if mark else None)
    return replace(
        row,
        media_type=media_type,
        names=tuple(replace(name, media_type=media_type) for name in row.names),
        episodes=number(of_first_season[1]) if of_first_season else None,
    )


_SIMKL = Columns(
    title="title",
    year="year",
    imdb="imdb",
    tmdb="tmdb",
    tvdb="tvdb",
    mal="mal",
    watched="watcheddate",
    rating="rating",
    kind=_simkl_kind,
    zone_is_utc=False,
)
SIMKL_TABLES = _source(
    "simkl",
    "Simkl",
    _shape("simkl id,title,lastepwatched,imdb", _SIMKL, read_beside="watchlist"),
    _shape(
        *("simkl id,title,lastepwatched,imdb id", replace(_SIMKL, imdb="imdb id")),
        read_beside="watchlist",
    ),
    mend=_simkl_mark,
)


# --- Disney+: what converters make of the PDF ----------------------------------------------------


def _disney_show(row: Row, record: Record) -> Row:
    minutes = _disney_minutes(record)
    row = replace(row, account=record.get("profile id"), reached=minutes)
    row = replace(row, skipped=row.skipped or only_looked_at(minutes))
    show = record.get("season title", "").partition(": Season")[0]
    if not show:
        return row
    return replace(
        row,
        episode=row.title,
        title=show,
        media_type="tv",
        names=(Name(show, "tv"),),
    )


def _disney_minutes(record: Record) -> float | None:
    """Between the times of its beginning and its end; a film over midnight ends the next day."""
    try:
        began, ended = (
            datetime.strptime(record[name], "%H:%M:%S")  # noqa: DTZ007 - two times of one clock
            for name in ("create time", "end time")
        )
    except (KeyError, ValueError):
        return None
    return ((ended - began).total_seconds() % 86_400) / 60


DISNEY = _source(
    "disneyplus",
    "Disney+",
    _shape(
        "program title,season title,create date",
        Columns(title="program title", watched="create date", zone_is_utc=False),
    ),
    mend=_disney_show,
)

TABLES = (MOVARY, TMDB, MOVIELENS, FILMAFFINITY, YAMTRACK, DISNEY)
