"""What of a typed text is a name: the words around it that ask, and the marks of a file, are not.

"the movie Inception", "Fargo tv show", "Heat.1995.1080p.BluRay.x264".
"""

import re
from dataclasses import dataclass

from api.catalogue.names.canonical import plain_words_of

_FILMS = frozenset(("movie", "movies", "film", "films", "pelicula", "filme"))
_SHOWS = frozenset(("show", "series", "serie", "tv", "sitcom", "miniseries"))
_ASKING = frozenset(("watch", "stream", "online", "full", "hd", "trailer", "free", "official"))
# Where one of these stands behind a name, the rest of the text is of the file, not of the title.
_OF_A_FILE = re.compile(
    "(?:480|576|720|1080|2160)[pi]|4k|uhd|bluray|b[rd]rip|dvdrip|hdtv|web(?:rip|dl)?|[xh]26[45]"
    "|hevc|xvid|remux|remastered|extended|unrated|uncut|imax|s\\d\\d?(?:e\\d\\d?)?"
)
_YEAR = re.compile(r"(?:18|19|20)\d\d")


@dataclass(frozen=True, slots=True)
class TypedName:
    """A name as it was typed, and whether the words around it say that it is a show's."""

    name: str
    is_show: bool | None


def name_within(typed: str) -> TypedName | None:
    """The name alone; None where the text has nothing around it.

    >>> name_within("the movie Inception")
    TypedName(name='inception', is_show=False)
    """
    words = list(plain_words_of(typed))
    before, said = len(words), set[str]()
    marked = (place for place, word in enumerate(words) if place and _OF_A_FILE.fullmatch(word))
    words = words[: next(marked, before)]
    # "heat film 1995": the year stays.
    year = [words.pop()] if len(words) > 2 and _YEAR.fullmatch(words[-1]) else []
    while len(words) > 1 and _is_beside(words[-1]):
        said.add(words.pop())
    words += year
    asking = next((place for place, word in enumerate(words) if not _asks(word, place)), 0)
    # "The" alone belongs to the name.
    if any(map(_is_beside, words[:asking])):
        said.update(words[:asking])
        words = words[asking:]
    if len(words) == before:
        return None
    of_films, of_shows = bool(said & _FILMS), bool(said & _SHOWS)
    return TypedName(" ".join(words), of_shows if of_films != of_shows else None)


def _asks(word: str, place: int) -> bool:
    return _is_beside(word) or (place == 0 and word == "the")


def _is_beside(word: str) -> bool:
    return word in _FILMS or word in _SHOWS or word in _ASKING
