"""Which hit of a search is meant by a name: the rule that keeps a wrong first hit out.

A hit is taken for one of its own names only: the same in the one spelling of api/catalogue/names, a
leading article apart, or, where the name is long enough, a slip of the pen. Slips, and names that
nothing in the text marks as one, want a hit that is known: KNOWN_VOTES for titles,
KNOWN_POPULARITY for people. A year in the text leaves titles of that year and of those beside it.
Of several hits the likest counts, then the one of that year or line of work, then the best known.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import TypeVar

from api.catalogue.names.canonical import without_article, words_of
from api.catalogue.names.near_words import is_a_slip
from api.language.entities import UnknownName
from api.language.entity_search.tmdb_answers import PersonHit, TitleHit

KNOWN_VOTES = 50
KNOWN_POPULARITY = 1.0
_SAME, _MISTYPED, _OTHER = 2, 1, 0
_DEPARTMENTS = {
    "cast": "Acting",
    "director": "Directing",
    "creator": "Writing",
    "writer": "Writing",
    "composer": "Sound",
    "producer": "Production",
}

Standing = tuple[bool, float, float]
Hit = TypeVar("Hit", TitleHit, PersonHit)


def is_called(name: str, names: Iterable[str]) -> bool:
    """Whether one of `names` is this very name."""
    return _likeness(name, names) == _SAME


def _likeness(name: str, names: Iterable[str]) -> int:
    """How near the nearest of `names` is to `name`: 2 the same, 1 a slip of the pen, 0 another."""
    wanted = _bare(name)
    others = list(filter(None, map(_bare, names)))
    if _glued(wanted) in map(_glued, others):
        return _SAME
    return _MISTYPED if any(is_a_slip(wanted, other) for other in others) else _OTHER


def fits_year(unknown: UnknownName, hit: TitleHit) -> bool:
    """Whether the text and the hit may speak of the same release: countries differ by a year."""
    return unknown.year is None or (hit.year is not None and abs(hit.year - unknown.year) <= 1)


def best_title(unknown: UnknownName, hits: Sequence[TitleHit]) -> TitleHit | None:
    """The title that is meant, by the hits' own names."""
    return _best(
        unknown,
        [hit for hit in hits if fits_year(unknown, hit)],
        is_known=is_known_title,
        standing=lambda hit: (hit.year == (unknown.year or 0), hit.vote_count, hit.popularity),
    )


def best_person(unknown: UnknownName, hits: Sequence[PersonHit]) -> PersonHit | None:
    """The person who is meant, by the hits' own names; somebody who did something."""
    departments = {_DEPARTMENTS[role] for role in unknown.roles}
    return _best(
        unknown,
        [hit for hit in hits if hit.known_for],
        is_known=is_known_person,
        standing=lambda hit: (hit.known_for_department in departments, hit.popularity, 0),
    )


def is_known_title(hit: TitleHit) -> bool:
    """Whether enough people rated it that it may be meant without its very name."""
    return not hit.adult and hit.vote_count >= KNOWN_VOTES


def is_known_person(hit: PersonHit) -> bool:
    """The same of a person."""
    return not hit.adult and bool(hit.known_for) and hit.popularity >= KNOWN_POPULARITY


def _best(
    unknown: UnknownName,
    hits: Sequence[Hit],
    *,
    is_known: Callable[[Hit], bool],
    standing: Callable[[Hit], Standing],
) -> Hit | None:
    fitting: list[tuple[tuple[int, Standing, int], Hit]] = []
    for hit in hits:
        alike = _likeness(unknown.name, hit.names)
        is_plain = alike == _SAME and unknown.is_sure
        if not hit.adult and (is_plain or (alike > _OTHER and is_known(hit))):
            fitting.append(((alike, standing(hit), -hit.id), hit))
    return max(fitting, key=itemgetter(0))[1] if fitting else None


def _bare(name: str) -> str:
    return " ".join(without_article(words_of(name)))


def _glued(name: str) -> str:
    return name.replace(" ", "")
