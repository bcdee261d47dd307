"""A process serves the newest snapshot, an older one while the next is made, and rows without."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from api.catalogue.embeddings.keyword_centroids import read_keyword_centroids
from api.catalogue.embeddings.title_vectors import read_title_vectors
from api.catalogue.facts.catalogue_columns import CatalogueColumns
from api.catalogue.facts.load_facts import FactsOfColumns, load_facts, read_columns
from api.catalogue.names.catalogue_names import CatalogueNames
from api.catalogue.published.publish import publish
from api.catalogue.published.published_catalogue import PublishedCatalogue
from api.catalogue.published.snapshot_store import newest_snapshot
from api.catalogue.similarity.read_similarity import read_similarity
from api.catalogue.words.read_words import read_word_index
from api.platform.database import Database
from api.platform.errors import NotPublished
from api.platform.service_state import catalogue_version
from tests.builders import announce_catalogue
from tests.doubles.titles import film, store
from tests.facts_builder import RANKING

Publish = Callable[[], object]
_NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def publishing(database: Database, folder: Path) -> Publish:
    return partial(publish, database, folder, fewest_titles=1)


def catalogue_of(
    database: Database, folder: Path, publish: Publish | None = None
) -> PublishedCatalogue:
    """Of a process that publishes even a single title, an hour after all that was published."""
    return PublishedCatalogue(
        database,
        folder,
        publish or publishing(database, folder),
        fewest_titles=1,
        clock=lambda: datetime.now(UTC) + timedelta(hours=1),
    )


def titles_called(names: CatalogueNames, typed: str) -> int:
    return len(list(names.titles_called(typed)))


def test_the_first_process_publishes_and_answers_as_the_rows_do(
    database: Database, tmp_path: Path
) -> None:
    store(
        database,
        film(1, "Heat", overview="A robber and a detective.", genre_ids=(18, 80)),
        film(2, "Ronin", overview="A robber in France.", genre_ids=(18, 80)),
    )
    published = catalogue_of(database, tmp_path / "one")
    assert titles_called(published.names(), "heat") == 1
    assert published.state().reads_from == "snapshot"
    words, read = published.words(), read_word_index(database)
    for text in (["robber"], ["franc", "detect"]):
        np.testing.assert_array_equal(words.score(text), read.score(text))
    assert words.score(["robber"]).all()
    assert published.keyword_centroids().version == read_keyword_centroids(database).version
    assert published.title_vectors().version == read_title_vectors(database).version
    similar, made = published.similarity(), read_similarity(database)
    np.testing.assert_array_equal(similar.to_titles(similar.ids), made.to_titles(made.ids))


def test_the_one_before_serves_while_the_next_is_made(database: Database, tmp_path: Path) -> None:
    folder, may_publish = tmp_path / "one", Event()

    def slowly() -> None:
        assert may_publish.wait(10)
        publishing(database, folder)()

    published = catalogue_of(database, folder, slowly)
    store(database, film(1, "Heat"))
    publishing(database, folder)()
    store(database, film(2, "Ronin"))
    before = published.names()
    assert (titles_called(before, "heat"), titles_called(before, "ronin")) == (1, 0)
    assert published.state().catalogue_version > before.version
    may_publish.set()
    published.wait()
    assert titles_called(published.names(), "ronin") == 1
    assert titles_called(before, "heat") == 1


def test_two_machines_serve_what_one_of_them_published(database: Database, tmp_path: Path) -> None:
    store(database, film(1, "Heat"))
    catalogue_of(database, tmp_path / "one").names()

    def never() -> None:
        raise AssertionError("it is published already")

    other = catalogue_of(database, tmp_path / "two", never)
    assert titles_called(other.names(), "heat") == 1
    assert len(list((tmp_path / "two").glob("*.snapshot"))) == 1


def test_what_cannot_be_published_is_read_from_rows_and_told(
    database: Database, tmp_path: Path
) -> None:
    def fails() -> None:
        raise NotPublished("No space left on device.")

    store(database, film(1, "Heat"))
    published = catalogue_of(database, tmp_path / "one", fails)
    assert titles_called(published.names(), "heat") == 1
    state = published.state()
    assert (state.reads_from, state.published, state.age_seconds) == ("rows", None, None)
    assert state.problem == "the catalogue was not published: No space left on device."


def test_a_folder_that_cannot_be_written_leaves_the_rows(
    database: Database, tmp_path: Path
) -> None:
    store(database, film(1, "Heat"))
    publishing(database, tmp_path / "elsewhere")()
    (tmp_path / "one").touch()  # in the folder's place
    published = catalogue_of(database, tmp_path / "one")
    assert titles_called(published.names(), "heat") == 1
    assert published.state().reads_from == "rows"
    assert "a snapshot was not opened" in (published.state().problem or "")


def test_a_small_catalogue_is_read_at_once_and_never_published(
    database: Database, tmp_path: Path
) -> None:
    store(database, film(1, "Heat"))
    published = PublishedCatalogue(database, tmp_path / "one", lambda: pytest.fail("published"))
    assert titles_called(published.names(), "heat") == 1
    assert publish(database, tmp_path / "one") is None
    assert newest_snapshot(database) is None


def test_a_version_is_published_once(database: Database, tmp_path: Path) -> None:
    store(database, film(1, "Heat"))
    first = publish(database, tmp_path, fewest_titles=1)
    assert first is not None
    assert first == newest_snapshot(database)
    assert publish(database, tmp_path, fewest_titles=1) is None
    assert {path.name for path in tmp_path.iterdir()} == {first.file_name, "found-whole", "lock"}


def test_what_a_kill_left_is_removed_by_the_next_who_publishes(
    database: Database, tmp_path: Path
) -> None:
    store(database, film(1, "Heat"))
    (tmp_path / "publish-killed").mkdir()
    (tmp_path / "publish-killed" / "snapshot").write_bytes(b"half of it")
    (tmp_path / "else").mkdir()
    published = publish(database, tmp_path, fewest_titles=1)
    assert published is not None
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"else", published.file_name, "found-whole", "lock"}


def test_an_edit_is_published_soon_and_what_a_job_writes_when_it_is_due(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "one"
    published = PublishedCatalogue(database, folder, publishing(database, folder), fewest_titles=1)
    store(database, film(1, "Heat"))
    published.names()
    with database.autocommit() as cursor:
        # Of a catalogue that takes ten seconds, made half a minute ago.
        cursor.execute(
            "UPDATE catalogue_snapshots SET seconds = 10, built_at = now() - interval '30 s'"
        )
    # A process that has begun since: nothing was tried here.
    published = PublishedCatalogue(database, folder, publishing(database, folder), fewest_titles=1)
    store(database, film(2, "Ronin"))
    published.names()
    published.wait()
    assert titles_called(published.names(), "ronin") == 0
    published.edited()
    published.wait()
    assert titles_called(published.names(), "ronin") == 1


def test_an_edit_of_a_small_catalogue_publishes_nothing(database: Database, tmp_path: Path) -> None:
    store(database, film(1, "Heat"))
    published = PublishedCatalogue(database, tmp_path / "one", lambda: pytest.fail("published"))
    published.edited()
    published.wait()
    assert not (tmp_path / "one").exists()


def columns_by_name(columns: CatalogueColumns) -> dict[str, object]:
    return {name: array.tolist() for name, array in columns.arrays().items()}


def test_the_columns_are_those_of_the_rows(database: Database, tmp_path: Path) -> None:
    store(
        database,
        film(1, "Rocky", genre_ids=(18,), release_date=date(1976, 11, 20), vote_count=900),
        film(2, "Rocky II", genre_ids=(18,), release_date=date(1979, 6, 15), runtime=119),
        film(3, "Undated", genre_ids=(), release_date=None),
    )
    published = catalogue_of(database, tmp_path).columns()
    assert published.version == catalogue_version(database)
    assert columns_by_name(published) == columns_by_name(read_columns(database))
    assert published.series.part.tolist() == [1, 2, 0]


def test_who_moved_is_known_before_the_columns_say_so(database: Database, tmp_path: Path) -> None:
    store(database, film(1, "Heat"), film(2, "Heat, once more"))
    published = catalogue_of(database, tmp_path, lambda: None)
    publish(database, tmp_path, fewest_titles=1)
    read = FactsOfColumns(published.columns, database, lambda: _NOON, RANKING.trend)
    before = read()
    assert read() is before  # nothing moved, so nothing is made anew
    with database.transaction() as cursor:
        one, other = before.ids.tolist()
        cursor.execute(
            "UPDATE items SET retired_at = now(), moved_to = %s WHERE id = %s", (other, one)
        )
    announce_catalogue(database)
    after = read()
    assert after.version == before.version < catalogue_version(database)
    assert after.moved_ids == {one: other}
    assert load_facts(database, _NOON, trend=RANKING.trend).ids.tolist() == [other]


def test_nothing_is_made_anew_of_a_snapshot_that_has_not_changed(
    database: Database, tmp_path: Path
) -> None:
    store(database, film(1, "Heat"))
    published = catalogue_of(database, tmp_path)
    names, columns = published.names(), published.columns()
    assert published.names() is names
    assert published.columns() is columns
    store(database, film(2, "Ronin"))
    publish(database, tmp_path, fewest_titles=1)
    assert titles_called(published.names(), "ronin") == 1
