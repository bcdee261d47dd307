"""`python -m tests.benchmarks.reading TITLES`: what reading a request costs among so many names.

The titles are invented: one to four words out of the requests themselves and out of 4,000 made-up
ones, so that many of them look like something that is asked for. A person per three titles.

`--times N` takes the names of the catalogue of DATABASE_URL or DATA_DIR in place of these, and
N - 1 copies of each title in which a word is another title's.
"""

import argparse
import json
import random
import statistics
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from api.catalogue.names.person_names import PersonName
from api.catalogue.names.read_text_names import read_names
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.language.parser import parse
from api.language.vocabulary.names import Names, names_of
from api.platform.database import opened_database
from config.settings import Settings

_QUERIES = Path(__file__).parent.parent / "quality" / "queries.jsonl"
_TODAY = date(2026, 11, 1)
_MADE_UP = 4000
_ROUNDS = 5
_SYLLABLES = ("ka", "lo", "mi", "ra", "tes", "vin", "dor", "shu", "pel", "gan", "or", "ist")


def main() -> int:
    """Prints milliseconds of parsing and linking together."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.reading")
    parser.add_argument("titles", type=int, nargs="?", default=0)
    parser.add_argument("--times", type=int, default=0)
    asked = parser.parse_args()
    queries = [json.loads(line)["text"] for line in _QUERIES.read_text("utf-8").splitlines()]
    started = time.perf_counter()
    names = multiplied(asked.times) if asked.times else invented(asked.titles, queries)
    built = time.perf_counter() - started
    spent = []
    for _ in range(_ROUNDS):
        for query in queries:
            started = time.perf_counter()
            parse(query, names=names, today=_TODAY)
            spent.append(1000 * (time.perf_counter() - started))
    print(
        f"{len(names.titles.ids):,} titles, {len(queries)} requests {_ROUNDS} times: "
        f"p50 {statistics.median(spent):.2f} ms, p95 {np.percentile(spent, 95):.2f} ms; "
        f"the index was built in {built:.1f} s."
    )
    return 0


def invented(titles: int, queries: list[str]) -> Names:
    """An index of that many titles."""
    chance = np.random.default_rng(1)
    words = sorted({word.strip(",.?!'\"") for query in queries for word in query.split()} - {""})
    words += ["".join(chance.choice(_SYLLABLES, 3)) for _ in range(_MADE_UP)]
    vocabulary = np.array(words)
    films = [
        TitleName(
            id=number,
            is_show=bool(chance.random() < 0.1),
            year=int(chance.integers(1920, 2027)),
            popularity=float(chance.exponential(5)),
            vote_count=int(chance.exponential(300)),
            title=" ".join(chance.choice(vocabulary, chance.integers(1, 5))).title(),
        )
        for number in range(1, titles + 1)
    ]
    people = [
        PersonName(number, " ".join(chance.choice(vocabulary, 2)).title(), 5.0, ("cast",))
        for number in range(1, titles // 3 + 1)
    ]
    return names_of(TextNames.of(films, people))


def multiplied(times: int) -> Names:
    """An index of the catalogue's own names, and of so many times its titles."""
    with opened_database(Settings.load()) as database:
        database.open_pool()
        read = read_names(database)
    chance = random.Random(1)
    titles, last = list(read.titles), max(title.id for title in read.titles)
    for copy in range(1, times):
        for title in read.titles:
            words, other = title.title.split(), chance.choice(read.titles).title.split()
            words[chance.randrange(len(words))] = chance.choice(other)
            votes = int(title.vote_count * chance.random())
            name = " ".join(words)
            titles.append(
                TitleName(
                    title.id + copy * last, title.is_show, title.year, title.popularity, votes, name
                )
            )
    return names_of(replace(read, titles=titles).indexed())


if __name__ == "__main__":
    sys.exit(main())
