"""Ratings of any scale onto 0 to 10, in halves."""

import math
import re

_LETTER = re.compile(r"([A-DF])([+-]?)", re.IGNORECASE)
_OF_LETTER = {"A": 9.5, "B": 8.0, "C": 6.0, "D": 4.0, "F": 1.5}
_SHIFT = {"+": 0.5, "-": -0.5, "": 0.0}
_HALVES = 2
# What people write where they have no rating.
_NONE = {"", "-", "–", "—", "?", "n/a", "na", "none", "null", "nan", "unrated", "not rated"}
_MOST_STARS = 5.0
_STARS = re.compile(r"([★⭐*✮✭]*)[☆✩]*(½)?[☆✩]*")
_NUMBER = re.compile(r"(-?\d+(?:[.,]\d+)?)(?:\s*/\s*(\d+)|\s*%)?")


def to_ten(text: str, top: float, *, zero_is_a_rating: bool = False) -> float | None:
    """None without one. Raises ValueError for what is no number of that scale or no letter."""
    text = text.strip()
    if text.casefold() in _NONE:
        return None
    if letter := _LETTER.fullmatch(text):
        return _OF_LETTER[letter[1].upper()] + _SHIFT[letter[2]]
    if (stars := _STARS.fullmatch(text.replace("\ufe0f", "").replace(" ", ""))) and any(
        stars.groups()
    ):
        text, top = f"{len(stars[1]) + (0.5 if stars[2] else 0)}", _MOST_STARS
    number = _NUMBER.fullmatch(text)
    if number is None:
        raise ValueError(f"{text[:20]!r} is no rating")
    value = float(number[1].replace(",", "."))
    top = float(number[2]) if number[2] else top
    if value == 0 and not zero_is_a_rating:
        return None
    if not 0 <= value <= top:
        raise ValueError(f"a rating of {value:g} is not on a scale to {top:g}")
    return math.floor(value * 10 / top * _HALVES + 0.5) / _HALVES


def number_of(text: str) -> float | None:
    """The number that a rating is written with, where it tells no scale of its own."""
    found = _NUMBER.fullmatch(text.strip())
    return float(found[1].replace(",", ".")) if found and not found[2] else None


def rating_of(text: str, top: float) -> float | None:
    """The same for programs' own files: what is not on their scale is no rating."""
    try:
        return to_ten(text, top)
    except ValueError:
        return None
