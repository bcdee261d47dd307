"""Reads the catalogue once and publishes what every process needs of it in memory."""

import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from api.catalogue.embeddings.keyword_centroids import read_keyword_centroids
from api.catalogue.embeddings.title_vectors import read_title_vectors
from api.catalogue.facts.load_facts import read_columns
from api.catalogue.names.catalogue_names import read_catalogue_names
from api.catalogue.names.read_text_names import read_text_names
from api.catalogue.published.snapshot_file import write_snapshot
from api.catalogue.published.snapshot_store import Published, newest_snapshot, store_snapshot
from api.catalogue.similarity.read_similarity import read_similarity
from api.catalogue.words.read_words import read_word_index
from api.domain.arrays import Arrays, put_under
from api.platform.database import Database
from api.platform.service_state import catalogue_version

NAMES, TEXT_NAMES, WORDS, SIMILARITY = "names", "text_names", "words", "similarity"
COLUMNS, KEYWORD_CENTROIDS, VECTORS = "columns", "keyword_centroids", "vectors"
# What a request reads of every title: its facts, and the first numbers of its vector.
READ_WHOLE = (f"{COLUMNS}.", f"{VECTORS}.first")
# Fewer titles than these are read by each process itself in a tenth of a second, and at once.
FEWEST_TITLES = 2_000
_UNFINISHED = "publish-"

# Whole tables are read, of a million titles for a minute.
_STATEMENT_TIMEOUT_MS = 900_000
_LONGEST_WAIT = "15min"
_WAIT = f"SET lock_timeout = '{_LONGEST_WAIT}'"
# The lock dies with its connection, so with its process.
_ONE_PUBLISHER = "SELECT pg_advisory_lock(hashtext('seenemall-publish'))"
# Ends after so many rows, however many there are.
_HAS_TITLES = "SELECT count(*) >= %(fewest)s FROM (SELECT 1 FROM items LIMIT %(fewest)s) AS few"


def is_worth_publishing(database: Database, *, fewest_titles: int = FEWEST_TITLES) -> bool:
    """Whether the catalogue is so large that processes should not each read it for themselves."""
    with database.autocommit() as cursor:
        row = cursor.execute(_HAS_TITLES, {"fewest": fewest_titles}).fetchone()
    return row is not None and bool(row[0])


def publish(
    database: Database, folder: Path, *, fewest_titles: int = FEWEST_TITLES
) -> Published | None:
    """Publishes the catalogue as it is; None for a small one, and for one that is published.

    `folder` is this machine's and has the file then. While another process publishes, this one
    waits for it.
    Raises OSError for a full disk and psycopg.Error; what was published before then stays.
    """
    with _alone(database) as own:
        newest = newest_snapshot(own)
        is_current = newest is not None and newest.version >= catalogue_version(own)
        if is_current or not is_worth_publishing(own, fewest_titles=fewest_titles):
            return None
        return _make(own, folder)


@contextmanager
def _alone(database: Database) -> Iterator[Database]:
    """Connections for long statements, while no other process publishes."""
    own = Database(database.libpq_url, pool_size=1, statement_timeout_ms=_STATEMENT_TIMEOUT_MS)
    with closing(own), database.connect() as connection:
        connection.execute(_WAIT)
        connection.execute(_ONE_PUBLISHER)
        own.open_pool()
        yield own


def _make(database: Database, folder: Path) -> Published:
    started = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    # Nobody else publishes now, so what is there was left by a kill: up to two gigabytes each.
    for left in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)
    with TemporaryDirectory(dir=folder, prefix=_UNFINISHED) as own:
        path = Path(own) / "snapshot"
        version, arrays = _read(database)
        digest = write_snapshot(path, arrays)
        seconds = time.monotonic() - started
        return store_snapshot(
            database, path, version=version, digest=digest, seconds=seconds, folder=folder
        )


def _read(database: Database) -> tuple[int, Arrays]:
    # Each reads its version first, so the least is what all of them have.
    names, text_names = read_catalogue_names(database), read_text_names(database)
    words, similarity = read_word_index(database), read_similarity(database)
    columns, centroids = read_columns(database), read_keyword_centroids(database)
    vectors = read_title_vectors(database)
    parts = (names, text_names, words, similarity, columns, centroids, vectors)
    version = min(one.version for one in parts)
    return version, {
        **put_under(NAMES, names.arrays()),
        **put_under(TEXT_NAMES, text_names.arrays()),
        **put_under(WORDS, words.arrays()),
        **put_under(SIMILARITY, similarity.arrays()),
        **put_under(COLUMNS, columns.arrays()),
        **put_under(KEYWORD_CENTROIDS, centroids.arrays()),
        **put_under(VECTORS, vectors.arrays()),
    }
