"""What streaming services are called: the one place for parameters, profiles, links and texts.

TMDB and JustWatch name one service in two ways ("Disney+", "Disney Plus") and give a country's
branch a row of its own; people have short names for both. Every one of them means all the rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.catalogue.names.near_words import is_a_slip
from api.domain.folding import fold

# What people call services, by the words of the names that TMDB and JustWatch give them; the best
# first.
NICKNAMES = {
    "amazon prime video": ("prime video", "amazon prime", "prime"),
    "disney plus": ("disney",),
    "hbo max": ("max",),
    "apple tv plus": ("apple tv",),
    "apple tv": ("apple tv plus",),
    "paramount plus": ("paramount",),
    "paramount plus premium": ("paramount plus", "paramount"),
    "peacock premium": ("peacock",),
}
_PLUS = "plus"


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A streaming service with everything it is called."""

    short_name: str
    name: str
    aliases: Sequence[str] = ()


def service_words(name: str) -> str:
    """The folded words of a service's name; "+" is said "plus".

    >>> service_words("Disney+"), service_words("discovery-plus")
    ('disney plus', 'discovery plus')
    """
    return fold(name.replace("+", f" {_PLUS} "))


def service_key(name: str) -> str:
    """What all ways to write a name have in common: spaces, hyphens, case and "+" do not count."""
    return service_words(name).replace(" ", "")


class ServiceSpellings:
    """Short names of services by whatever somebody calls them."""

    def __init__(self, services: Iterable[ServiceName]) -> None:
        own = list(services)
        self._names = {one.short_name: one.name for one in own}
        rows_of_name: defaultdict[str, set[str]] = defaultdict(set)
        for one in own:
            rows_of_name[service_key(one.name)].add(one.short_name)
        self._known: defaultdict[str, set[str]] = defaultdict(set)
        for one in own:
            for spelling in (one.name, one.short_name, *one.aliases):
                self._known[service_key(spelling)] |= rows_of_name[service_key(one.name)]
        for spelling, rows in [*_nicknamed(own, rows_of_name), *_without_plus(own, rows_of_name)]:
            self._known.setdefault(spelling, rows)

    def called(self, written: str) -> frozenset[str]:
        """The short names of the service, of all its rows; none where nothing is called so."""
        return frozenset(self._known.get(service_key(written), ()))

    def nearly_called(self, written: str) -> list[str]:
        """The names of services that are called so but for a slip, in the order of the alphabet."""
        key = service_key(written)
        rows = [rows for spelling, rows in self._known.items() if is_a_slip(key, spelling)]
        return sorted({self._names[one] for some in rows for one in some})


def _nicknamed(
    own: Iterable[ServiceName], rows_of_name: dict[str, set[str]]
) -> Iterable[tuple[str, set[str]]]:
    names = {service_words(one.name) for one in own}
    for name, nicknames in NICKNAMES.items():
        for nickname in nicknames if name in names else ():
            yield service_key(nickname), rows_of_name[service_key(name)]


def _without_plus(
    own: Iterable[ServiceName], rows_of_name: dict[str, set[str]]
) -> Iterable[tuple[str, set[str]]]:
    """Names by what a query makes of "MGM+" where the sign was not escaped: "MGM " and no more."""
    for one in own:
        words = service_words(one.name).split()
        if len(words) > 1 and words[-1] == _PLUS:
            yield service_key(" ".join(words[:-1])), rows_of_name[service_key(one.name)]
