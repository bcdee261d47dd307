"""A title typed beside the name of somebody who made it: "heat al pacino", "up pixar"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from api.catalogue.names.canonical import plain_words_of
from api.catalogue.names.catalogue_names import CatalogueNames
from api.catalogue.names.name_index import Match
from api.catalogue.search.statements import made_at, made_by
from api.platform.database import Database

_MOST_WORDS = 8  # each place between two is two guesses
_MOST_TITLES = 40
_MOST_MAKERS = 20  # of a last name
_JOINTS = frozenset(("by", "with", "from", "starring", "of", "von", "mit", "de", "con", "avec"))


@dataclass(frozen=True, slots=True)
class _Guess:
    """One way to read the text: titles by one half, by the other who may have made them."""

    titles: Sequence[Match]
    people: frozenset[int]
    companies: frozenset[int]


def titles_beside_their_makers(database: Database, names: CatalogueNames, text: str) -> list[Match]:
    """Titles named by one half of a text that somebody made whom the other half names, the best
    first."""
    guesses = list(_guesses(names, plain_words_of(text)))
    items = {_id_of(names, match) for guess in guesses for match in guess.titles}
    people = frozenset[int]().union(*(guess.people for guess in guesses))
    companies = frozenset[int]().union(*(guess.companies for guess in guesses))
    if not items:
        return []
    with database.autocommit() as cursor:
        persons = made_by(cursor, items=sorted(items), people=sorted(people))
        studios = made_at(cursor, items=sorted(items), companies=sorted(companies))
    found = {
        match
        for guess in guesses
        for match in guess.titles
        if any(item == _id_of(names, match) and one in guess.people for item, one in persons)
        or any(item == _id_of(names, match) and one in guess.companies for item, one in studios)
    }
    return sorted(found, key=lambda match: (match.grade, -names.titles.fame[match.row], match.row))


def _guesses(names: CatalogueNames, words: Sequence[str]) -> Iterator[_Guess]:
    if len(words) > _MOST_WORDS:
        return
    for place in range(1, len(words)):
        behind = place + (words[place] in _JOINTS)
        for title, maker in ((words[:place], words[behind:]), (words[place:], words[:place])):
            if not maker:
                continue
            people, companies = _makers(names, " ".join(maker))
            if people or companies:
                titles = islice(names.titles_with_every_word(" ".join(title)), _MOST_TITLES)
                yield _Guess(tuple(titles), people, companies)


def _makers(names: CatalogueNames, who: str) -> tuple[frozenset[int], frozenset[int]]:
    """Those of the name and, where there are none, of the name without the s of "Carpenter's"."""
    found = names.makers_called(who, most=_MOST_MAKERS)
    if any(found) or not who.endswith("s"):
        return found
    return names.makers_called(who.removesuffix("s"), most=_MOST_MAKERS)


def _id_of(names: CatalogueNames, match: Match) -> int:
    return int(names.title_ids[match.row])
