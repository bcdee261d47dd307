"""Catalogue items and the ways a client may name one."""

import re
from dataclasses import dataclass
from typing import Literal

from api.platform.largest_integer import LARGEST_INTEGER

MediaType = Literal["movie", "tv"]
OfferType = Literal["subscription", "free", "ads", "rent", "buy"]
CompanyKind = Literal["production", "network"]

EVERY_MEDIA_TYPE: frozenset[MediaType] = frozenset(("movie", "tv"))
# Rent and buy are not "on the service".
INCLUDED_OFFERS: frozenset[OfferType] = frozenset(("subscription", "free", "ads"))

# Sources whose ids are columns of a title, and have forms of their own.
NAMED_BY_TMDB = frozenset(("movie", "tv", "tmdb", "imdb"))

_TMDB = re.compile(r"(movie|tv):([1-9]\d{0,9})")
_IMDB = re.compile(r"imdb:(tt\d{5,10})")
_EXTERNAL = re.compile(r"([a-z][a-z0-9_-]{1,31}):([A-Za-z0-9._-]{1,64})")
_ID = re.compile(r"[1-9]\d{0,9}")


@dataclass(frozen=True, slots=True)
class ItemRef:
    """An item as a client names it; exactly one of the four forms is set."""

    id: int | None = None
    tmdb: tuple[MediaType, int] | None = None
    imdb: str | None = None
    external: tuple[str, str] | None = None  # (source, the title's id there)

    @classmethod
    def parse(cls, reference: int | str) -> "ItemRef | None":
        """Reads `17`, `"17"`, `"movie:603"`, `"tv:1399"`, `"imdb:tt0133093"`, and ids of any other
        source as `"tvdb:121361"` or `"archive:reel-7"`; else None."""
        written = str(reference).strip()
        if _ID.fullmatch(written) and int(written) <= LARGEST_INTEGER:
            return cls(id=int(written))
        if (found := _TMDB.fullmatch(written)) and int(found[2]) <= LARGEST_INTEGER:
            return cls(tmdb=("movie" if found[1] == "movie" else "tv", int(found[2])))
        if found := _IMDB.fullmatch(written):
            return cls(imdb=found[1])
        if (found := _EXTERNAL.fullmatch(written)) and found[1] not in NAMED_BY_TMDB:
            return cls(external=(found[1], found[2]))
        return None
