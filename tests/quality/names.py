"""`python -m tests.quality.names`: how often a name is found as people type it.

1,000 titles and 300 people of the catalogue of DATABASE_URL or DATA_DIR, half of them the best
known and half drawn at random, each typed in every way that applies to its name. Printed are the
shares that come first and among the first five, by way and by fame, and the milliseconds. Then the
same titles as requests in words, alone and behind "something like".
"""

import operator
import random
import re
import statistics
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice

from api.catalogue.names.catalogue_names import CatalogueNames, read_catalogue_names
from api.catalogue.names.read_text_names import read_text_names
from api.language.parser import parse
from api.language.vocabulary.names import Names, names_of
from api.platform.database import open_database
from api.platform.errors import SeenEmAllError
from config.settings import Settings

_TITLES, _PEOPLE, _SEED = 1000, 300, 7
_WELL_KNOWN = 5000
_NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "s": "d", "t": "y", "r": "t"}
_ROMAN = {" II": " 2", " III": " 3", " IV": " 4", " V": " 5", " VI": " 6"}
_ARTICLE = re.compile(r"^(The|A|An) (?=\S)")


@dataclass(frozen=True)
class Sought:
    """A title or person."""

    row: int
    name: str
    year: int
    rank: int  # by fame, from 0


@dataclass
class Tally:
    """Of one way of typing."""

    ranks: list[int | None] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def share(self, within: int) -> float:
        """Of those sought, how many are among the first."""
        return sum(rank is not None and rank < within for rank in self.ranks) / len(self.ranks)


def _lower(one: Sought, _: random.Random) -> str:
    return one.name.lower()


def _without_accents(one: Sought, _: random.Random) -> str | None:
    bare = unicodedata.normalize("NFKD", one.name).encode("ascii", "ignore").decode()
    return bare if bare != one.name and len(bare) > len(one.name) / 2 else None


def _without_article(one: Sought, _: random.Random) -> str | None:
    return _ARTICLE.sub("", one.name) if _ARTICLE.match(one.name) else None


def _without_signs(one: Sought, _: random.Random) -> str | None:
    bare = " ".join(re.sub(r"[^\w\s]", "", one.name).split())
    return bare if bare and bare != one.name else None


def _unfinished(one: Sought, _: random.Random) -> str | None:
    words = one.name.split()
    return one.name[: -len(words[-1]) // 2] if len(words[-1]) > 3 else None


def _typo(kind: str) -> Callable[[Sought, random.Random], str | None]:
    def typed(one: Sought, chance: random.Random) -> str | None:
        places = [place for place in range(1, len(one.name) - 1) if one.name[place].isalpha()]
        if len(one.name) < 5 or not places:
            return None
        place = chance.choice(places)
        before, letter, after = one.name[:place], one.name[place], one.name[place + 1 :]
        return {
            "missing": before + after,
            "doubled": before + letter * 2 + after,
            "swapped": before + after[0] + letter + after[1:],
            "wrong": before + _NEIGHBOURS.get(letter.lower(), "x") + after,
        }[kind]

    return typed


def _glued(one: Sought, _: random.Random) -> str | None:
    return one.name.replace(" ", "").lower() if one.name.count(" ") in {1, 2} else None


def _with_year(one: Sought, _: random.Random) -> str | None:
    return f"{one.name.lower()} {one.year}" if one.year else None


def _year_in_brackets(one: Sought, _: random.Random) -> str | None:
    return f"{one.name} ({one.year})" if one.year else None


def _arabic(one: Sought, _: random.Random) -> str | None:
    for roman, arabic in _ROMAN.items():
        if one.name.endswith(roman):
            return one.name.removesuffix(roman) + arabic
    return None


def _last_word_first(one: Sought, _: random.Random) -> str | None:
    words = one.name.split()
    return " ".join([words[-1], *words[:-1]]) if len(words) > 1 else None


Way = Callable[[Sought, random.Random], str | None]
_WAYS: dict[str, Way] = {
    "lower case": _lower,
    "without accents": _without_accents,
    "without the article": _without_article,
    "without signs": _without_signs,
    "last word unfinished": _unfinished,
    "a letter missing": _typo("missing"),
    "a letter doubled": _typo("doubled"),
    "two letters swapped": _typo("swapped"),
    "a wrong letter": _typo("wrong"),
    "glued": _glued,
    "with the year": _with_year,
    "year in brackets": _year_in_brackets,
    "arabic for roman": _arabic,
    "last word first": _last_word_first,
}
# What is typed letter by letter into a search box, and no request.
_OF_A_SEARCH = ("last word unfinished", "last word first")
_TODAY = date(2026, 11, 1)


def _drawn(
    names: Sequence[tuple[str, int]], fame: Sequence[float], number: int
) -> Iterator[Sought]:
    """Half of them by fame, half at random."""
    by_fame = sorted(range(len(names)), key=lambda row: -fame[row])
    rank = {row: place for place, row in enumerate(by_fame)}
    known = by_fame[: number // 2]
    others = random.Random(_SEED).sample(by_fame[number // 2 :], number - len(known))
    for row in (*known, *others):
        yield Sought(row, *names[row], rank=rank[row])


def _titles_of(names: CatalogueNames, typed: str) -> list[int]:
    return list(dict.fromkeys(one.row for one in islice(names.titles_called(typed), 20)))


def _people_of(names: CatalogueNames, typed: str) -> list[int]:
    found = [one.row for one in islice(names.people_called(typed), 5)]
    return found or [one.row for one in islice(names.people_meant(typed), 5)]


def _rows_behind(before: str, names: Names, rows: Mapping[int, int], typed: str) -> list[int]:
    intent = parse(before + typed, names=names, today=_TODAY)
    named = intent.seeds if intent.named_title is None else (intent.named_title,)
    return [rows[one] for one in named]


def measure(
    sought: Sequence[Sought],
    find: Callable[[str], list[int]],
    is_the_same: Callable[[int, int], bool] = operator.eq,
    ways: Mapping[str, Way] = _WAYS,
) -> dict[str, Tally]:
    """How each is found in each way that applies to it, and in all of them by fame."""
    chance, tallies = random.Random(_SEED), defaultdict[str, Tally](Tally)
    for one in sought:
        for way, type_ in ways.items():
            typed = type_(one, chance)
            if typed is None or not typed.strip():
                continue
            started = time.perf_counter()
            found = find(typed)
            took = 1000 * (time.perf_counter() - started)
            rank = next((n for n, row in enumerate(found) if is_the_same(row, one.row)), None)
            known = "the 5,000 best known" if one.rank < _WELL_KNOWN else "the others"
            for name in (way, known, "all"):
                tallies[name].ranks.append(rank)
                tallies[name].milliseconds.append(took)
    return tallies


def main() -> int:
    """Prints the tables."""
    try:
        database = open_database(Settings.load())
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        database.open_pool()
        started = time.perf_counter()
        names = read_catalogue_names(database)
        text_names = names_of(read_text_names(database))
        print(f"{len(names.titles)} titles, {len(names.people)} people", end="")
        print(f", read in {time.perf_counter() - started:.1f} s")
        with database.autocommit() as cursor:
            titles = dict(cursor.execute("SELECT id, title FROM items").fetchall())
            people = dict(cursor.execute("SELECT id, name FROM people").fetchall())
    finally:
        database.close()
    called = [titles[one] for one in names.title_ids.tolist()]
    known = list(zip(called, names.years.tolist(), strict=True))
    sought = list(_drawn(known, names.titles.fame.tolist(), _TITLES))
    _print("titles", measure(sought, lambda typed: _titles_of(names, typed)))
    rows = {title_id: row for row, title_id in enumerate(names.title_ids.tolist())}
    ways = {name: way for name, way in _WAYS.items() if name not in _OF_A_SEARCH}
    for kind, before in (("in words, alone", ""), ("something like", "something like ")):
        find = partial(_rows_behind, before, text_names, rows)
        _print(kind, measure(sought, find, ways=ways))
    persons = [people[one] for one in names.people_ids.tolist()]
    _print(
        "people",
        measure(
            list(_drawn([(name, 0) for name in persons], names.people.fame.tolist(), _PEOPLE)),
            lambda typed: _people_of(names, typed),
            # Namesakes cannot be told apart by their name.
            lambda found, sought: persons[found] == persons[sought],
        ),
    )
    return 0


def _print(kind: str, tallies: dict[str, Tally]) -> None:
    print(f"\n{kind:22}  queries   first   first 5   p50 ms   p95 ms")
    for name, tally in tallies.items():
        p95 = statistics.quantiles(tally.milliseconds, n=20)[18] if len(tally.ranks) > 1 else 0
        print(
            f"{name:22} {len(tally.ranks):8} {tally.share(1):7.1%} {tally.share(5):9.1%} "
            f"{statistics.median(tally.milliseconds):8.2f} {p95:8.1f}"
        )


if __name__ == "__main__":
    sys.exit(main())
