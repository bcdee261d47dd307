"""`python -m tests.benchmarks.written_titles SECONDS ROUND`: writes as a TMDB pass does, and then
publishes as a job does.

40 titles a second in batches of 100, each with an overview, keywords and credits of people who are
in the catalogue; the titles are new in the first round and have other overviews in the ones that
follow. It stays below that rate where the machine does. The titles remain in the database.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.catalogue.published.publish import publish
from api.catalogue.writing.catalogue_writes import write_titles
from api.catalogue.writing.title import Credit, Person, Title
from api.platform.database import Database, opened_database
from config.settings import Settings

_PER_SECOND = 40
_BATCH = 100
_TITLES = 4_000
_FIRST_TMDB_ID = 90_000_000  # none that TMDB has given
_CREDITS, _KEYWORDS = 20, 8

_PEOPLE = "SELECT name, tmdb_id FROM people WHERE tmdb_id IS NOT NULL ORDER BY id LIMIT 20000"
_KEYWORD_NAMES = "SELECT name FROM keywords ORDER BY id LIMIT 5000"
_OVERVIEWS = "SELECT overview FROM items WHERE overview <> '' ORDER BY id LIMIT 5000"


@dataclass(frozen=True)
class Material:
    """What titles are made of."""

    people: Sequence[Person]
    keywords: Sequence[str]
    overviews: Sequence[str]

    def title(self, number: int, turn: int) -> Title:
        """The title of that number, the same but for its overview every time."""
        chance = random.Random(number)
        overview = self.overviews[(number + 7 * turn) % len(self.overviews)]
        people = chance.sample(self.people, min(_CREDITS, len(self.people)))
        return Title(
            media_type="movie",
            tmdb_id=_FIRST_TMDB_ID + number,
            title=f"Written {number}",
            overview=f"{overview} Part {turn}.",
            release_year=1980 + number % 40,
            runtime=90 + number % 60,
            genre_ids=(18, 80),
            keywords=tuple(chance.sample(self.keywords, min(_KEYWORDS, len(self.keywords)))),
            credits=tuple(Credit("cast", one, place) for place, one in enumerate(people)),
        )


def main() -> int:
    """Prints what was written, and how long publishing took."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.written_titles")
    parser.add_argument("seconds", type=float)
    parser.add_argument("round", type=int)
    parser.add_argument("--as-equal", action="store_true", help="do not give way to requests")
    asked = parser.parse_args()
    settings = Settings.load()
    with opened_database(settings) as database:
        database.open_pool()
        if not asked.as_equal:
            database.work_in_background()
        began = time.monotonic()
        written = _write(database, _batches(read_material(database), asked.round), asked.seconds)
        took = time.monotonic() - began
        publish(database, settings.catalogue_dir)
        seconds = time.monotonic() - began - took
        print(f"wrote {written / took:.1f} titles a second for {took:.0f} s", file=sys.stderr)
        print(f"published in {seconds:.0f} s", file=sys.stderr, flush=True)
    return 0


def read_material(database: Database) -> Material:
    """From what the catalogue has."""
    with database.autocommit() as cursor:
        people = [Person(*row) for row in cursor.execute(_PEOPLE).fetchall()]
        keywords = [name for (name,) in cursor.execute(_KEYWORD_NAMES).fetchall()]
        overviews = [text for (text,) in cursor.execute(_OVERVIEWS).fetchall()]
    return Material(people, keywords, overviews)


def _batches(material: Material, first_round: int) -> Iterator[list[Title]]:
    turn = int(time.time()) + 100 * first_round  # other overviews than an earlier run's
    while True:
        for start in range(0, _TITLES, _BATCH):
            yield [material.title(start + place, turn) for place in range(_BATCH)]
        turn += 1


def _write(database: Database, batches: Iterator[list[Title]], seconds: float) -> int:
    """How many titles."""
    began, written = time.monotonic(), 0
    while (passed := time.monotonic() - began) < seconds:
        if (early := written / _PER_SECOND - passed) > 0:
            time.sleep(early)
        batch = next(batches)
        with database.engine.begin() as connection:
            write_titles(connection, batch, source="tmdb", now=datetime.now(UTC))
        written += len(batch)
    return written


if __name__ == "__main__":
    sys.exit(main())
