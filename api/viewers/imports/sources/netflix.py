"""Netflix: the short history of a profile, and viewing activity and ratings of a data request.

The short history has one row for a title and a day. The activity has one for each sitting, trailers
and seconds of autoplay among them: the bookmark says how far a sitting came. Its column names are
the account's language, so those of a foreign one are known by what stands in them.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from api.viewers.imports.reading.dates import Dates
from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.ratings import rating_of
from api.viewers.imports.reading.table import UNNAMED, Record, Table
from api.viewers.imports.row import Kind, Name, Row, only_looked_at
from api.viewers.imports.sources.column_names import meanings
from api.viewers.imports.sources.netflix_titles import read_title
from api.viewers.imports.sources.source import Source

_ACTIVITY_COLUMNS = 10
_ACTIVITY = (
    *("profile name", "start time", "duration", "attributes", "title"),
    *("supplemental video type", "device type", "bookmark", "latest bookmark", "country"),
)
_ACTIVITY_NEEDS = ("profile name", "start time", "duration", "title")
_SHORT = ("title", "date")
_PROFILES = ("profile", "profile name", "profil", "profilname", "perfil", "profilo")
# What columns may mean here that tools added: a table with ratings or ids is one of one's own.
_ALSO_SHORT = {"title", "watched", "type", "people"}
_ROWS_THAT_TELL = 100
_TITLES = (
    *("title", "titel", "titre", "título", "titulo", "titolo", "otsikko", "nimi", "tytuł"),
    *("název", "cím", "tittel", "başlık", "tajuk", "judul", "titlu", "naslov", "tiêu đề"),
    *(
        "τίτλος",
        "название",
        "назва",
        "כותרת",
        "العنوان",
        "タイトル",
        "제목",
        "标题",
        "標題",
        "片名",
    ),
)
_STARS = 5.0
_WISHES = ("profile name", "title name", "utc title add date")
_DAY = re.compile(r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}\.?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)")
_TRAILERS = re.compile(r"_hook_|\((?:trailer|teaser|clip|recap|tráiler|bande-annonce)\)", re.I)
_SITTING = timedelta(hours=24)  # between sittings of one viewing
_OTHER_SITTING = "another sitting of the same viewing"
_ROWS_OF_A_SHOW = 3  # that begin alike, for the beginning to be its name
_THUMBS: dict[str, Kind] = {"1": "disliked", "2": "liked", "3": "liked"}


def _knows(document: Document) -> bool:
    table = document.table
    if table is None:
        return False
    return (
        _is_short(table)
        or document.has_columns("title name", "thumbs value")
        or document.has_columns(*_WISHES)
        or _is_activity(table)
    )


def _is_short(table: Table) -> bool:
    """A title and a day, whatever an account's language calls them.

    With more columns, as tools and spreadsheets add them, where titles name seasons as only Netflix
    does.
    """
    named = tuple(one for one in table.columns if not one.startswith(UNNAMED))
    if named == _SHORT:
        return True
    columns = _short_columns(table)
    if columns is None:
        return False
    if len(named) == len(_SHORT):
        return True
    return meanings(table.columns).columns.keys() <= _ALSO_SHORT and any(
        read_title(record[columns[0]]).season is not None
        for _, record in islice(table, _ROWS_THAT_TELL)
    )


def _short_columns(table: Table) -> tuple[str, str] | None:
    """Which hold the title and the day."""
    title = next((one for one in table.columns if one in _TITLES), None)
    others = [one for one in table.columns if one != title]
    told = (
        one
        for _, record in islice(table, _ROWS_THAT_TELL)
        for one in others
        if _is_day(record.get(one, ""))
    )
    day = next(told, None)
    return (title, day) if title and day else None


def _is_day(text: str) -> bool:
    """In figures or with its month written out; figures alone would be an id or a year."""
    if text.isdecimal():
        return False
    return bool(_DAY.fullmatch(text)) or Dates("ymd").read(text) is not None


def with_header(document: Document) -> Document | None:
    """A short history that lost its header, with one: a title and a day from the first line on."""
    table = document.table
    columns = table.columns if table else ()
    are_days = tuple(map(_is_day, columns))
    if table is None or are_days not in ((False, True), (True, False)):
        return None
    header = table.separator.join("Date" if is_day else "Title" for is_day in are_days)
    return Document(document.path, f"{header}\n{document.text}")


def _is_activity(table: Table) -> bool:
    if table.has.issuperset(_ACTIVITY_NEEDS):
        return True
    if len(table.columns) != _ACTIVITY_COLUMNS:
        return False
    _, first = next(iter(table), (0, {}))
    cells = [first.get(column, "") for column in table.columns]
    return bool(_MOMENT.fullmatch(cells[1]) and _CLOCK.fullmatch(cells[2]))


def _read(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        table = document.table
        assert table is not None  # noqa: S101 - `_knows` asked for it
        if _is_activity(table):
            yield from _activity(table)
        elif "thumbs value" in table.has:
            yield from _ratings(table)
        elif table.has.issuperset(_WISHES):
            yield from _wishes(table)
        elif _is_short(table):
            yield from _short(table)


def _short(table: Table) -> Iterator[Row]:
    title_of, day_of = _short_columns(table) or _SHORT
    account_of = next((one for one in _PROFILES if one in table.has), "")
    is_title_first = table.columns == (title_of, day_of)

    def records() -> Iterator[tuple[int, Record]]:
        for place, record in table:
            yield place, _rejoined(record, table) if is_title_first and "" in record else record

    dates = Dates.of(record[day_of] for _, record in records())
    shows = _Shows.of(record[title_of] for _, record in records())
    for place, record in records():
        account = record.get(account_of) or None
        row = Row(place, table.path, watched_at=dates.read(record[day_of]), account=account)
        row = shows.row(row, record[title_of])
        more = "has more cells than the header has columns" if "" in record else None
        yield replace(row, skipped=row.skipped or more)


def _rejoined(record: Record, table: Table) -> Record:
    """A title whose commas parted it, as no quotes stand around it: the last cell is the day."""
    title_of, day_of = table.columns
    *rest, day = record[""].split(table.separator)
    if not _is_day(day.strip()):
        return record
    parts = (record[title_of], record[day_of], *(part.strip() for part in rest))
    return {title_of: f"{table.separator} ".join(parts), day_of: day.strip()}


def _activity(table: Table) -> Iterator[Row]:
    names = {name: name for name in _ACTIVITY}
    if not table.has.issuperset(_ACTIVITY_NEEDS):  # in the account's language
        names = dict(zip(_ACTIVITY, table.columns, strict=True))

    def cell(record: Record, name: str) -> str:
        return record.get(names[name], "")

    # A spreadsheet writes them its own way.
    dates = Dates.of((cell(record, "start time") for _, record in table), zone_is_utc=True)

    shows = _Shows.of(
        cell(record, "title") for _, record in table if not cell(record, "supplemental video type")
    )
    rows = []
    for place, record in table:
        account, title = cell(record, "profile name"), cell(record, "title")
        began = dates.read(cell(record, "start time"))
        row = shows.row(
            Row(
                place,
                table.path,
                watched_at=began,
                account=account,
                reached=_minutes(cell(record, "bookmark")),
            ),
            title,
        )
        rows.append(replace(row, skipped=row.skipped or _is_no_viewing(record, names, row)))
    kept = {row.number for row in _furthest(rows)}
    for row in rows:
        is_kept = row.skipped is not None or row.number in kept
        yield row if is_kept else replace(row, skipped=_OTHER_SITTING)


def _furthest(rows: Sequence[Row]) -> Iterator[Row]:
    """Of the sittings of each viewing the one that came furthest, else the one that is read first.

    Whoever opens a film once more on the next day, for its last song, has seen it the day before.
    """
    sittings: dict[tuple[str | None, str], list[list[Row]]] = {}
    for row in rows:
        if row.skipped is not None:
            continue
        viewings = sittings.setdefault((row.account, row.title), [])
        if viewings and _is_near(viewings[-1][-1], row):
            viewings[-1].append(row)
        else:
            viewings.append([row])
    for viewings in sittings.values():
        yield from (max(viewing, key=_reached) for viewing in viewings)


def _reached(row: Row) -> float:
    """Minutes; a sitting of which nobody says how far it came counts as one to the end."""
    return math.inf if row.reached is None else row.reached


def _is_near(last: Row, row: Row) -> bool:
    began, other = row.watched_at, last.watched_at
    if not isinstance(began, datetime) or not isinstance(other, datetime):
        return False
    return abs(other - began) < _SITTING


def _is_no_viewing(record: Record, names: dict[str, str], row: Row) -> str | None:
    kind = record.get(names["supplemental video type"], "")
    if kind or _TRAILERS.search(row.title):
        return f"no viewing: {kind.replace('_', ' ').lower() or 'a trailer'}"
    return only_looked_at(row.reached)


def _ratings(table: Table) -> Iterator[Row]:
    """Thumbs, and the stars of before; a title is a show or a film, never a part."""
    dates = Dates.of((record.get("event utc ts", "") for _, record in table), zone_is_utc=True)
    for place, record in table:
        kind = _THUMBS.get(record["thumbs value"])
        stars = _stars(record) if kind is None else None
        title = record.get("title name", "")
        yield Row(
            place,
            table.path,
            kind=kind or ("rated" if stars is not None else "liked"),
            title=title,
            names=(Name(title),),
            logged_at=dates.read(record.get("event utc ts", "")),
            rating=stars,
            scale=None if stars is None else _STARS,
            account=record.get("profile name"),
            skipped=None if kind or stars is not None else "no thumb, or one taken back",
        )


def _stars(record: Record) -> float | None:
    """Below 1 they say that somebody is not interested, or took them back."""
    return rating_of(record.get("star value", ""), _STARS)


def _wishes(table: Table) -> Iterator[Row]:
    """ "My List"."""
    dates = Dates.of(record["utc title add date"] for _, record in table)
    for place, record in table:
        yield Row(
            place,
            table.path,
            kind="watchlist",
            title=record["title name"],
            names=(Name(record["title name"]),),
            logged_at=dates.read(record["utc title add date"]),
            account=record["profile name"],
        )


@dataclass(frozen=True, slots=True)
class _Shows:
    """How often rows of a file begin alike, which tells a show from a film with a colon."""

    beginnings: Counter[str]
    with_seasons: frozenset[str]

    @classmethod
    def of(cls, titles: Iterator[str]) -> "_Shows":
        read = [read_title(title) for title in dict.fromkeys(titles)]
        beginnings = Counter(
            name.title for one in read for name in one.names if not name.is_certain
        )
        seasons = frozenset(
            one.names[0].title for one in read if one.names and one.season is not None
        )
        return cls(beginnings, seasons)

    def row(self, row: Row, title: str) -> Row:
        """The row with what its title means."""
        read = read_title(title)
        if not read.names:
            return replace(row, title=title, skipped="its title was withdrawn")
        names = tuple(self._sure(name) for name in read.names)
        return replace(
            row,
            title=title,
            names=names,
            season=read.season,
            episode=read.episode,
        )

    def _sure(self, name: Name) -> Name:
        """A special of a show whose episodes name their seasons is not an episode of it."""
        is_show = (
            self.beginnings[name.title] >= _ROWS_OF_A_SHOW and name.title not in self.with_seasons
        )
        return replace(name, is_certain=name.is_certain or is_show)


def _minutes(clock: str) -> float | None:
    found = _CLOCK.fullmatch(clock)
    if found is None:
        return None
    hours, minutes, seconds = map(int, found.groups())
    return hours * 60 + minutes + seconds / 60


NETFLIX = Source("netflix", "Netflix", _knows, _read)
