"""Days and moments as exports write them. Which number is the day is decided over a whole file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from api.domain.folding import fold
from api.viewers.imports.row import When

Order = Literal["ymd", "dmy", "mdy", "short ymd"]  # the last with two digits for the year

_NUMBERS = re.compile(
    r"(\d{1,4})\s*[./年-]\s*(\d{1,2})\s*[./月-]\s*(\d{1,4})日?\.?(?:[ T,]+(\S.*))?"
)
_AT = r"(?:,?\s+(?:at\s+|um\s+|à\s+)?(?P<clock>\d{1,2}:\d{2}.*))?"
_WEEKDAY = r"(?:[^\W\d]+\.?,?\s+)?"
_MONTH = r"(?P<month>[^\W\d]{3,12})\.?"
# A month by its name: "Sat Apr 23 08:36:35 2011", "Apr 23 2017, 08:18", "23. April 2017".
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+(?P<clock>[\d:]{{4,}})\s+(?P<year>\d{{4}})",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_AT}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+)?{_MONTH},?[\s-]+(?:de\s+)?"
        rf"(?P<year>\d{{4}}){_AT}",
    )
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
# How the names of months begin, folded, in seven languages of Western Europe.
_MONTH_NAMES = (
    *("jan ene gen", "feb fev fevr", "mar maa mrt", "apr abr avr", "may mai mag mei"),
    *("jun juin giu", "jul juil lug", "aug ago aou", "sep set", "oct okt out ott", "nov"),
    "dec dez dic",
)
_MONTHS = {
    beginning: number
    for number, beginnings in enumerate(_MONTH_NAMES, start=1)
    for beginning in beginnings.split()
}
_EARLIEST = 1900  # "1970-01-01", "0000-00-00" and "0001-01-01" stand for unknown
_UNKNOWN = date(1970, 1, 1)
_MOST_MONTHS = 12
_MOST_DAYS = 31
_STREAMED = range(7, 60)  # 2007 on: years before it are not written short
_DAYS_A_YEAR_HAS = 2  # at least, in a file, for a column of years and one of days to be told apart
# Days since the end of 1899, as a spreadsheet writes a date that lost its format: 1954 to 2064.
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)")
_SERIAL = re.compile(r"[2-5]\d{4}")
_BEFORE_SERIALS = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Dates:
    """Reads the dates of one file. `order` None: its days and months cannot be told apart."""

    order: Order | None
    zone_is_utc: bool = False  # of a clock time without a zone; else only its day is known

    @classmethod
    def of(cls, texts: Iterable[str], *, zone_is_utc: bool = False) -> "Dates":
        """From every date of the file, in its order."""
        return cls(_order(texts), zone_is_utc)

    def read(self, text: str) -> When | None:
        """A day, a moment in UTC, or None where nothing is told."""
        text = text.strip()
        if not text:
            return None
        if _EPOCH.fullmatch(text):
            return _known(_of_epoch(float(text)))
        if _SERIAL.fullmatch(text):
            return _BEFORE_SERIALS + timedelta(days=int(text))
        if found := _COMPACT.fullmatch(text):
            return _date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(text):
            day = self._day((found[1], found[2], found[3]))
            return None if day is None else _known(self._with_clock(day, found[4]))
        return _known(self._named(text))

    def _day(self, parts: tuple[str, str, str]) -> date | None:
        first, second, third = parts
        if len(first) > 2 or self.order == "short ymd":
            year, month, day = first, second, third
        elif self.order == "mdy":
            month, day, year = first, second, third
        elif self.order in ("dmy", "ymd"):
            day, month, year = first, second, third
        else:
            return None
        return _date(_year(year), int(month), int(day))

    def _with_clock(self, day: date, clock: str | None) -> When:
        found = _CLOCK.fullmatch(clock.strip()) if clock else None
        if found is None or (found[4] is None and not self.zone_is_utc):
            return day
        zone = found[4] or "Z"
        zone = "+00:00" if zone in ("Z", "UTC") else zone
        text = f"{day}T{int(found[1]):02}:{found[2]}:{found[3] or '00'}{zone}"
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            return day

    def _named(self, text: str) -> When | None:
        """A day whose month is written out."""
        found = next((one for pattern in _NAMED if (one := pattern.fullmatch(text))), None)
        month = _month(found["month"]) if found else None
        if found is None or month is None:
            return None
        known = _date(int(found["year"]), month, int(found["day"]))
        return None if known is None else self._with_clock(known, found["clock"])


UTC_DATES = Dates("ymd", zone_is_utc=True)  # of sources that always write them so


def _order(texts: Iterable[str]) -> Order | None:
    """What fits every date; where both do, what has them in order, as exports are sorted.

    Dates that begin with their year tell nothing of others, which may stand beside them.
    """
    pairs: list[tuple[int, int, int]] = []
    are_short, have_years_first = True, False
    for text in texts:
        found = _NUMBERS.fullmatch(text.strip())
        if found is None:
            continue
        if len(found[1]) > 2:
            have_years_first = True
            continue
        are_short &= len(found[3]) <= 2
        pairs.append((int(found[1]), int(found[2]), _year(found[3])))
    if not pairs:
        return "ymd" if have_years_first else None
    if are_short and _begins_with_years(pairs):
        return "short ymd"
    can_be_dmy = all(second <= _MOST_MONTHS for _, second, _ in pairs)
    can_be_mdy = all(first <= _MOST_MONTHS for first, _, _ in pairs)
    if not (can_be_dmy or can_be_mdy):
        return None
    if can_be_dmy != can_be_mdy:
        return "dmy" if can_be_dmy else "mdy"
    return _by_sequence(pairs)


def _begins_with_years(numbers: list[tuple[int, int, int]]) -> bool:
    """Whether what comes first changes as years do, and what comes last as days do.

    Korean and Japanese accounts write "24. 1. 25." where others mean the 24th of January.
    """
    fit = all(
        year in _STREAMED and month <= _MOST_MONTHS and last % 100 <= _MOST_DAYS
        for year, month, last in numbers
    )
    years, days = {year for year, _, _ in numbers}, {last for _, _, last in numbers}
    return fit and len(years) * _DAYS_A_YEAR_HAS <= len(days)


def _by_sequence(pairs: list[tuple[int, int, int]]) -> Order | None:
    if all(first == second for first, second, _ in pairs):
        return "dmy"  # the same either way
    breaks_dmy = _breaks([(year, second, first) for first, second, year in pairs])
    breaks_mdy = _breaks([(year, first, second) for first, second, year in pairs])
    if breaks_dmy == breaks_mdy:
        return None
    return "dmy" if breaks_dmy < breaks_mdy else "mdy"


def _breaks(days: list[tuple[int, int, int]]) -> int:
    """How often a sequence that rises or falls turns."""
    rising = sum(one > other for one, other in pairwise(days))
    falling = sum(one < other for one, other in pairwise(days))
    return min(rising, falling)


def _year(text: str) -> int:
    if len(text) > 2:
        return int(text)
    return 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int | None:
    folded = fold(name)
    return _MONTHS.get(folded[:4]) or _MONTHS.get(folded[:3])


def _of_epoch(number: float) -> datetime | None:
    seconds = number / 1000 if number > 1e11 else number
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError):
        return None


def _known(when: When | None) -> When | None:
    day = when.date() if isinstance(when, datetime) else when
    return None if day is None or day.year < _EARLIEST or day == _UNKNOWN else when
