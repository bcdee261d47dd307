"""`python -m tests.quality.many_names 34`: how fast names are found in a catalogue so many times as
large.

The titles of the catalogue of DATABASE_URL or DATA_DIR, and copies of them in each of which a word
is another title's, are indexed in memory. 200 well known titles are typed as they are, unfinished,
and with a slip. Printed are the milliseconds of each way.
"""

import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from api.catalogue.names.catalogue_names import CatalogueNames
from api.catalogue.names.name_index import NameIndex
from api.platform.database import open_database
from api.platform.errors import SeenEmAllError
from config.settings import Settings

_TYPED, _SEED = 200, 11
_TITLES = """
SELECT title, coalesce(release_year, 0), ln(1 + vote_count) + ln(1 + greatest(popularity, 0))
FROM items WHERE retired_at IS NULL ORDER BY id
"""
Title = tuple[str, int, float]


def with_copies(titles: Sequence[Title], times: int, chance: random.Random) -> Iterator[Title]:
    """The titles, and further ones that are each a title with a word of another one."""
    yield from titles
    for _ in range(times - 1):
        for name, year, fame in titles:
            words = name.split()
            other = chance.choice(titles)[0].split()
            words[chance.randrange(len(words))] = chance.choice(other)
            yield " ".join(words), year, fame * chance.random()


def index_of(titles: Sequence[Title]) -> CatalogueNames:
    """All of them by name; people and companies are left out."""
    none = np.empty(0, dtype=np.int32)
    nobody = NameIndex.of([], np.empty(0, dtype=np.float32))
    return CatalogueNames(
        version=0,
        titles=NameIndex.of(
            enumerate(name for name, _, _ in titles),
            np.array([fame for _, _, fame in titles], dtype=np.float32),
        ),
        title_ids=np.arange(len(titles), dtype=np.int32),
        is_show=np.zeros(len(titles), dtype=np.bool_),
        years=np.array([year for _, year, _ in titles], dtype=np.int32),
        people=nobody,
        people_ids=none,
        companies=nobody,
        company_ids=none,
    )


def _with_a_slip(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(name) - 1)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def main() -> int:
    """Prints the table."""
    try:
        database = open_database(Settings.load())
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        database.open_pool()
        with database.autocommit() as cursor:
            known: list[Title] = cursor.execute(_TITLES).fetchall()
    finally:
        database.close()
    chance = random.Random(_SEED)
    titles = list(with_copies(known, int(sys.argv[1]), chance))
    started = time.perf_counter()
    names = index_of(titles)
    print(f"{len(titles):,} titles, indexed in {time.perf_counter() - started:.1f} s")
    typed = [name for name, _, _ in sorted(known, key=lambda one: -one[2]) if len(name) > 5]
    _tell("as it is", names, typed[:_TYPED])
    _tell("last word unfinished", names, [name[:-2] for name in typed[:_TYPED]])
    _tell("with a slip", names, [_with_a_slip(name, chance) for name in typed[:_TYPED]])
    return 0


def _tell(way: str, names: CatalogueNames, typed: Sequence[str]) -> None:
    list(islice(names.titles_called(typed[0]), 20))  # what the first slip lays out
    took = []
    for one in typed:
        started = time.perf_counter()
        list(islice(names.titles_called(one), 20))
        took.append(1000 * (time.perf_counter() - started))
    p95 = statistics.quantiles(took, n=20)[18]
    print(f"{way:22} p50 {statistics.median(took):7.1f} ms   p95 {p95:7.1f} ms", flush=True)


if __name__ == "__main__":
    sys.exit(main())
