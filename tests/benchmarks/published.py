"""`python -m tests.benchmarks.published`: what a process takes to have names, words and likeness.

Publishes the catalogue of DATABASE_URL or DATA_DIR unless it is, and starts two processes: one maps
the snapshot, one reads the rows. Printed are seconds, and the megabytes that are the process's own.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from api.catalogue.names.catalogue_names import read_catalogue_names
from api.catalogue.names.read_text_names import read_text_names
from api.catalogue.published.publish import publish
from api.catalogue.published.published_catalogue import PublishedCatalogue
from api.catalogue.published.snapshot_store import newest_snapshot
from api.catalogue.similarity.read_similarity import read_similarity
from api.catalogue.words.read_words import read_word_index
from api.platform.database import Database, opened_database
from api.platform.memory import give_back
from config.settings import Settings

_MOST_SECONDS = 600
_PARTS = ("names", "text names", "words", "similarity")


def main() -> int:
    """Prints a line per part and process."""
    settings = Settings.load()
    with opened_database(settings) as database:
        database.open_pool()
        if len(sys.argv) > 1:
            _tell(sys.argv[1], _parts(sys.argv[1], database, settings.catalogue_dir))
            return 0
        publish(database, settings.catalogue_dir)
        newest = newest_snapshot(database)
        if newest is None:
            print("a small catalogue, which is not published")
            return 1
        print(f"published: {newest.size / 1e6:.1f} MB in {newest.seconds:.1f} s")
        for way in ("map", "rows"):
            command = (sys.executable, "-m", "tests.benchmarks.published", way)
            subprocess.run(command, check=True, timeout=_MOST_SECONDS)
    return 0


def _parts(way: str, database: Database, folder: Path) -> Sequence[Callable[[], object]]:
    if way == "rows":
        reads = (read_catalogue_names, read_text_names, read_word_index, read_similarity)
        return [partial(read, database) for read in reads]
    published = PublishedCatalogue(database, folder, lambda: None)
    return [published.names, published.text_names, published.words, published.similarity]


def _tell(way: str, parts: Sequence[Callable[[], object]]) -> None:
    before, kept = _own_megabytes(), list[object]()
    for name, read in zip(_PARTS, parts, strict=True):
        started, worked = time.perf_counter(), time.process_time()
        kept.append(read())
        seconds, worked = time.perf_counter() - started, time.process_time() - worked
        give_back()
        own = _own_megabytes() - before
        print(
            f"{way:5}{name:11} {seconds:7.2f} s, {worked:6.2f} of the processor, {own:6.0f} MB more"
        )


def _own_megabytes() -> int:
    """Memory that this process shares with no file, as Linux counts it."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) >> 10


if __name__ == "__main__":
    sys.exit(main())
