"""Reads where the stories of keywords lie from the vectors in use."""

from datetime import UTC, datetime

import numpy as np

from api.catalogue.embeddings.embedding_spaces import open_space, switch_to, write_vectors
from api.catalogue.embeddings.keyword_centroids import read_keyword_centroids
from api.catalogue.writing.catalogue_writes import write_titles
from api.catalogue.writing.title import Title
from api.platform.database import Database

_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_keywords_of_three_titles_and_more_lie_where_their_titles_do(database: Database) -> None:
    titles = [Title("movie", n, f"Shark {n}", keywords=("shark",)) for n in range(1, 4)]
    titles += [Title("movie", n, f"Monk {n}", keywords=("monk", "rare")) for n in range(11, 13)]
    titles += [Title("movie", n, f"Other {n}") for n in range(21, 24)]
    with database.engine.begin() as connection:
        write_titles(connection, titles, source="tmdb", now=_NOW)
    with database.autocommit() as cursor:
        numbers = dict(cursor.execute("SELECT tmdb_id, id FROM items").fetchall())
    ids = [numbers[title.tmdb_id] for title in titles]
    vectors = np.eye(4, dtype=np.float32)[[0, 0, 0, 1, 1, 2, 2, 2]]
    with database.engine.begin() as connection:
        space = open_space(connection, model="m", version="1", template="natural", dimension=4)
        write_vectors(connection, space, ids, vectors, [b""] * len(ids))
        switch_to(connection, space)
    centroids = read_keyword_centroids(database)
    assert centroids.space_id == space.id
    assert centroids.ids.tolist() == sorted(ids[:3])  # of two titles none is the centre
    assert centroids.centroids.shape == (1, 4)
    assert centroids.of_titles(vectors[0], np.array(ids[:1], dtype=np.int32)).tolist() == [1]


def test_a_catalogue_without_vectors_has_no_centroids(database: Database) -> None:
    assert read_keyword_centroids(database).space_id is None
