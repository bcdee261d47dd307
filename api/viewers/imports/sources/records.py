"""Rows from the records of a table: what most sources that have columns share."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from api.domain.items import MediaType
from api.platform.largest_integer import LARGEST_INTEGER
from api.viewers.imports.reading.dates import Dates
from api.viewers.imports.reading.ratings import to_ten
from api.viewers.imports.reading.table import Record, Table
from api.viewers.imports.row import Ids, Kind, Name, Row

_IMDB = re.compile(r"(?:tt)?0*(\d{1,9})|(?:https?://)?\S*imdb\.com/\S*?title/tt0*(\d{1,9})\S*")
_PAGE_AT_TMDB = re.compile(r"(?:https?://)?\S*themoviedb\.org/(movie|tv)/(\d+)\S*")
_DIGITS = re.compile(r"\d+")
_TITLE_WITH_YEAR = re.compile(r"(.+?)\s*\((\d{4})\)\s*")
_SHORTEST_IMDB = 7
GIVEN_UP = "given up, which is neither liked nor refused"
_MOST_PEOPLE = 20

_FILMS = """
    movie, film, feature film, tv movie, tvmovie, short, video, tvspecial, tv special, tv short,
    tvshort, documentary, movies, films, feature, adult, adult movie, short film, filme, película,
    spielfilm, elokuva, фильм, 映画, 영화, 电影
"""
_SHOWS = """
    tv, show, series, tv series, tvseries, tv mini series, tvminiseries, mini series, miniseries,
    tv miniseries, tv show, tvshow, shows, season, episode, tv episode, tvepisode, anime, serie,
    série, serien, serial, сериал, ドラマ, 드라마, 电视剧
"""
_MEDIA_TYPES: dict[str, MediaType] = {
    **{word.strip(): "movie" for word in _FILMS.split(",")},
    **{word.strip(): "tv" for word in _SHOWS.split(",")},
}


def imdb_id(text: str | None) -> str | None:
    """An id of a title, of its page too; also where a spreadsheet took its "tt" or its zeros."""
    found = _IMDB.fullmatch((text or "").strip())
    digits = (found[1] or found[2]) if found else "0"
    return f"tt{digits:0>{_SHORTEST_IMDB}}" if int(digits) else None


def page_at_tmdb(text: str) -> tuple[MediaType, int] | None:
    """What the address of a page at TMDB names."""
    found = _PAGE_AT_TMDB.fullmatch(text.strip())
    return (_MEDIA_TYPES[found[1]], int(found[2])) if found and number(found[2]) else None


def number(text: object) -> int | None:
    """A whole number above 0; None for anything else."""
    written = str(text if text is not None else "").strip().removesuffix(".0")
    found = int(written) if _DIGITS.fullmatch(written) else 0
    return found if 0 < found <= LARGEST_INTEGER else None


def year_of(text: str | None) -> int | None:
    """The year of a year, a day or a moment."""
    found = re.search(r"(?<!\d)(1[89]\d\d|20\d\d|21\d\d)(?!\d)", text or "")
    return int(found[1]) if found else None


def media_type_of(text: str | None) -> MediaType | None:
    """What a source's word for a kind of title means here."""
    word = (text or "").strip().casefold()
    return _MEDIA_TYPES.get(word.replace("-", " ").replace("_", " "))


def people_of(text: str) -> tuple[str, ...]:
    """The names of a list with commas."""
    named = (name.strip() for name in text.split(","))
    return tuple(name for name in named if name)[:_MOST_PEOPLE]


def split_year(title: str) -> tuple[str, int | None]:
    """ "Heat (1995)" is Heat, of 1995."""
    found = _TITLE_WITH_YEAR.fullmatch(title)
    return (found[1], int(found[2])) if found else (title, None)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column says what, "" for none. `kind` decides from the record and its rating."""

    title: str = ""
    other_title: str = ""
    year: str = ""
    media_type: str = ""
    imdb: str = ""
    tmdb: str = ""
    watched: str = ""
    logged: str = ""
    rating: str = ""
    season: str = ""
    episode: str = ""
    runtime: str = ""
    tvdb: str = ""
    mal: str = ""
    people: str = ""  # several are parted by commas
    scale: float = 10.0
    zero_is_a_rating: bool = False
    zone_is_utc: bool = True
    always: MediaType | None = None
    year_in_title: bool = False
    kind: Callable[[Record], Kind | str] = field(default=lambda _: "watched")


# What `Columns.kind` may answer in place of the reason why a row is passed over.
_KINDS: Mapping[str, Kind] = {
    "watched": "watched",
    "rated": "rated",
    "liked": "liked",
    "disliked": "disliked",
    "watchlist": "watchlist",
    "owned": "owned",
}


def read_records(table: Table, columns: Columns) -> Iterator[Row]:
    """Every row of the table."""
    days = [
        record.get(column, "")
        for _, record in table
        for column in (columns.watched, columns.logged)
        if column and record.get(column)
    ]
    dates = Dates.of(days, zone_is_utc=columns.zone_is_utc)
    for place, record in table:
        yield read_record(table.path, place, record, columns, dates)


def read_record(path: str, place: int, record: Record, columns: Columns, dates: Dates) -> Row:
    """One row, with the dates of its file."""

    def cell(column: str) -> str:
        return record.get(column, "") if column else ""

    title, year = cell(columns.title), year_of(cell(columns.year))
    if columns.year_in_title:
        title, year = split_year(title)
    page = page_at_tmdb(cell(columns.tmdb))
    media_type = columns.always or media_type_of(cell(columns.media_type)) or (page and page[0])
    season, episode = cell(columns.season), cell(columns.episode)
    if season or episode:
        media_type = "tv"
    kind = columns.kind(record)
    skipped = None if kind in _KINDS else kind
    rating = None
    if "" in record and not skipped:
        skipped = "has more cells than the header has columns"
    try:
        rating = to_ten(
            cell(columns.rating), columns.scale, zero_is_a_rating=columns.zero_is_a_rating
        )
    except ValueError as error:
        skipped = skipped or str(error)
    other = cell(columns.other_title)
    return Row(
        number=place,
        file=path,
        kind=as_rated(_KINDS.get(kind, "watched"), rating),
        title=title,
        names=tuple(Name(name, media_type) for name in dict.fromkeys((title, other)) if name),
        media_type=media_type,
        year=year,
        ids=Ids(
            imdb_id(cell(columns.imdb)),
            page[1] if page else number(cell(columns.tmdb)),
            number(cell(columns.tvdb)),
            number(cell(columns.mal)),
        ),
        watched_at=dates.read(cell(columns.watched)),
        logged_at=dates.read(cell(columns.logged)),
        rating=rating,
        scale=None if rating is None else columns.scale,
        season=number(season) if season != "0" else 0,
        episode=episode or None,
        runtime=number(cell(columns.runtime)),
        people=people_of(cell(columns.people)),
        skipped=skipped,
    )


def as_rated(kind: Kind, rating: float | None) -> Kind:
    """A viewing or a wish that carries an opinion is the opinion: what is rated was seen."""
    return "rated" if rating is not None and kind in ("watched", "watchlist") else kind
