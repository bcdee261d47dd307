"""Days and moments as exports write them. Which number is the day is decided over a whole file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from api.viewers.imports.row import When

Order = Literal["ymd", "dmy", "mdy"]

_NUMBERS = re.compile(
    r"(\d{1,4})\s*[./年-]\s*(\d{1,2})\s*[./月-]\s*(\d{1,4})日?\.?(?:[ T,]+(\S.*))?"
)
_NAMED = re.compile(
    r"(?:\w{3}\s+)?(\w{3})\s+(\d{1,2})(?:,?\s+(\d{4}),\s*([\d:]+)|\s+([\d:]+)\s+(\d{4}))"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_EARLIEST = 1900  # "1970-01-01", "0000-00-00" and "0001-01-01" stand for unknown
_UNKNOWN = date(1970, 1, 1)
_MOST_MONTHS = 12
# Days since the end of 1899, as a spreadsheet writes a date that lost its format: 1954 to 2064.
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
        if found := _NUMBERS.fullmatch(text):
            day = self._day((found[1], found[2], found[3]))
            return None if day is None else _known(self._with_clock(day, found[4]))
        return _known(self._named(text))

    def _day(self, parts: tuple[str, str, str]) -> date | None:
        first, second, third = parts
        if len(first) > 2:
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
        """ "Sat Apr 23 08:36:35 2011" and "Apr 23 2017, 08:18"."""
        found = _NAMED.fullmatch(text)
        if found is None or found[1].casefold() not in _MONTHS:
            return None
        month, day = _MONTHS[found[1].casefold()], int(found[2])
        known = _date(int(found[3] or found[6]), month, day)
        return None if known is None else self._with_clock(known, found[4] or found[5])


def _order(texts: Iterable[str]) -> Order | None:
    """What fits every date; where both do, what has them in order, as exports are sorted."""
    pairs: list[tuple[int, int, int]] = []
    for text in texts:
        found = _NUMBERS.fullmatch(text.strip())
        if found is None:
            continue
        if len(found[1]) > 2:
            return "ymd"
        pairs.append((int(found[1]), int(found[2]), _year(found[3])))
    can_be_dmy = all(second <= _MOST_MONTHS for _, second, _ in pairs)
    can_be_mdy = all(first <= _MOST_MONTHS for first, _, _ in pairs)
    if not pairs or not (can_be_dmy or can_be_mdy):
        return None
    if can_be_dmy != can_be_mdy:
        return "dmy" if can_be_dmy else "mdy"
    return _by_sequence(pairs)


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


def _of_epoch(number: float) -> datetime | None:
    seconds = number / 1000 if number > 1e11 else number
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError):
        return None


def _known(when: When | None) -> When | None:
    day = when.date() if isinstance(when, datetime) else when
    return None if day is None or day.year < _EARLIEST or day == _UNKNOWN else when
