"""What a process serves of the published catalogue: columns, names, words and likeness from one
mapped file.

A small catalogue, and one that cannot be published, is read from its rows by the process itself.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Literal, Protocol, Self, TypeVar

import psycopg

from api.catalogue.embeddings.keyword_centroids import (
    KeywordCentroids,
    read_keyword_centroids,
)
from api.catalogue.embeddings.title_vectors import TitleVectors, no_title_vectors
from api.catalogue.facts.catalogue_columns import CatalogueColumns
from api.catalogue.facts.load_facts import read_columns
from api.catalogue.names.catalogue_names import CatalogueNames, read_catalogue_names
from api.catalogue.names.read_text_names import read_text_names
from api.catalogue.names.text_names import TextNames
from api.catalogue.published.publish import (
    COLUMNS,
    FEWEST_TITLES,
    KEYWORD_CENTROIDS,
    NAMES,
    READ_WHOLE,
    SIMILARITY,
    TEXT_NAMES,
    VECTORS,
    WORDS,
    is_worth_publishing,
)
from api.catalogue.published.snapshot_file import UnusableSnapshot
from api.catalogue.published.snapshot_store import Published, newest_snapshot, opened_here
from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.catalogue.similarity.read_similarity import read_similarity
from api.catalogue.words.read_words import read_word_index
from api.catalogue.words.word_index import WordIndex
from api.domain.arrays import Arrays, part_of
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.platform.service_state import catalogue_version

log = logging.getLogger(__name__)

# While a long job changes the catalogue, publishing takes this share of one processor at most, and
# the next begins after so many seconds at the latest.
_SHARE = 0.05
_LONGEST_REST_SECONDS = 300.0
# An operator who edits a title looks for it next. One edit after the other takes half of one.
_SHARE_AFTER_AN_EDIT = 0.5
_EXPECTED = (UnusableSnapshot, SeenEmAllError, OSError, psycopg.Error)


class _OfArrays(Protocol):
    @classmethod
    def of_arrays(cls, version: int, arrays: Arrays) -> Self: ...


Part = TypeVar("Part", bound=_OfArrays)


@dataclass(frozen=True, slots=True)
class SnapshotState:
    """What is published, as the database has it, beside what this process serves."""

    published: Published | None
    age_seconds: float | None
    catalogue_version: int  # behind it, changes wait to be published
    served: int | None  # the version of the snapshot that is mapped here
    reads_from: Literal["snapshot", "rows"]
    problem: str | None  # why the last attempt to publish or open one failed

    @property
    def is_waiting(self) -> bool:
        """Whether the catalogue has changes that the newest snapshot has not."""
        return self.published is not None and self.published.version < self.catalogue_version


class PublishedCatalogue:
    """One per process. Thread-safe: a snapshot never changes, and the next takes its place by one
    assignment."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        publish: Callable[[], object],
        *,
        fewest_titles: int = FEWEST_TITLES,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`folder` is this machine's; `publish` publishes and raises OSError or ours."""
        self._database = database
        self._folder = folder
        self._publish = publish
        self._fewest_titles = fewest_titles
        self._clock = clock
        self._opening = Lock()
        self._publishing = Lock()
        self._opened: tuple[Published, Arrays] | None = None
        self._parts: dict[str, tuple[int, Any]] = {}
        self._tried_at: datetime | None = None
        self._problem: str | None = None
        self._is_edited = False

    def columns(self) -> CatalogueColumns:
        """What the newest snapshot says of every title, or the rows."""
        return self._part(COLUMNS, CatalogueColumns, read_columns)

    def names(self) -> CatalogueNames:
        """The newest names that are published, or those of the rows."""
        return self._part(NAMES, CatalogueNames, read_catalogue_names)

    def text_names(self) -> TextNames:
        """The newest names that texts are read against, as they are published, or by the rows."""
        return self._part(TEXT_NAMES, TextNames, read_text_names)

    def words(self) -> WordIndex:
        """The newest words that are published, or those of the rows."""
        return self._part(WORDS, WordIndex, read_word_index)

    def similarity(self) -> ItemSimilarity:
        """What titles are made of, as it is published, or by the rows."""
        return self._part(SIMILARITY, ItemSimilarity, read_similarity)

    def keyword_centroids(self) -> KeywordCentroids:
        """Where the stories of keywords lie, as it is published, or by the rows."""
        return self._part(KEYWORD_CENTROIDS, KeywordCentroids, read_keyword_centroids)

    def title_vectors(self) -> TitleVectors:
        """The vectors of titles that are published; none where nothing is."""
        return self._part(VECTORS, TitleVectors, no_title_vectors)

    def state(self) -> SnapshotState:
        """As of now; three rows by key."""
        newest, opened = newest_snapshot(self._database), self._opened
        age = None if newest is None else (self._clock() - newest.built_at).total_seconds()
        return SnapshotState(
            published=newest,
            age_seconds=age,
            catalogue_version=catalogue_version(self._database),
            served=self.mapped_version,
            reads_from="rows" if opened is None else "snapshot",
            problem=self._problem,
        )

    @property
    def mapped_version(self) -> int | None:
        """Of the catalogue in the snapshot that this process serves; asks nobody."""
        opened = self._opened
        return None if opened is None else opened[0].version

    def edited(self) -> None:
        """Publishes what an operator has written, beside the requests and soon: at once, or where
        the last one is not long ago, by a request that follows."""
        try:
            if (newest := newest_snapshot(self._database)) is not None:
                self._is_edited = True
                self._publish_beside(newest)
        except _EXPECTED as error:
            self._tell("an edit waits to be published", error)  # it is written

    def wait(self) -> None:
        """Until nothing is published beside the requests."""
        with self._publishing:
            pass

    def _part(self, name: str, kind: type[Part], read: Callable[[Database], Part]) -> Part:
        if not is_worth_publishing(self._database, fewest_titles=self._fewest_titles):
            return read(self._database)
        opened = self._newest()
        if opened is None:
            return read(self._database)
        published, arrays = opened
        # While the next snapshot is made, each part is asked for every few seconds.
        kept = self._parts.get(name)
        if kept is None or kept[0] != published.number:
            part = kind.of_arrays(published.version, part_of(arrays, name))
            kept = self._parts[name] = published.number, part
        found: Part = kept[1]
        return found

    def _newest(self) -> tuple[Published, Arrays] | None:
        """The newest snapshot, mapped, if need be of an older catalogue while the next is made;
        None where there is none to be had."""
        with self._opening:
            newest = newest_snapshot(self._database)
            if newest is None and self._is_due(None):
                self._publish_now()
                newest = newest_snapshot(self._database)
            elif newest is not None and newest.version < catalogue_version(self._database):
                self._publish_beside(newest)
            return None if newest is None else self._open(newest)

    def _open(self, newest: Published) -> tuple[Published, Arrays] | None:
        if self._opened is None or self._opened[0].number != newest.number:
            try:
                self._opened = (
                    newest,
                    opened_here(self._database, newest, self._folder, read_whole=READ_WHOLE),
                )
            except _EXPECTED as error:
                self._tell("a snapshot was not opened", error)
        return self._opened

    def _publish_beside(self, newest: Published) -> None:
        if self._is_due(newest) and self._publishing.acquire(blocking=False):
            self._tried_at = self._clock()
            # Before it reads: an edit from now on may come too late for it.
            self._is_edited = False
            # A daemon: a process that ends does not wait for it.
            Thread(target=self._publish_and_release, name="publish", daemon=True).start()

    def _publish_and_release(self) -> None:
        try:
            self._try_to_publish()
        finally:
            self._publishing.release()

    def _publish_now(self) -> None:
        with self._publishing:
            self._tried_at = self._clock()
            self._try_to_publish()

    def _try_to_publish(self) -> None:
        try:
            self._publish()
            self._problem = None
        except _EXPECTED as error:
            self._tell("the catalogue was not published", error)

    def _is_due(self, newest: Published | None) -> bool:
        rest = _LONGEST_REST_SECONDS
        last = self._tried_at
        if newest is not None:
            share = _SHARE_AFTER_AN_EDIT if self._is_edited else _SHARE
            rest = min(newest.seconds / share, rest)
            last = max(newest.built_at, last or newest.built_at)
        return last is None or (self._clock() - last).total_seconds() > rest

    def _tell(self, what: str, error: Exception) -> None:
        self._problem = f"{what}: {str(error) or type(error).__name__}"
        log.warning(what, extra={"fields": {"error": str(error)}})
