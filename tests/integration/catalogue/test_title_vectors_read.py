"""Reads the vectors in use, some at once, unless they are too many to compare one by one."""

import numpy as np
import pytest

from api.catalogue.embeddings import title_vectors
from api.catalogue.embeddings.embedding_spaces import open_space, switch_to, write_vectors
from api.catalogue.embeddings.title_vectors import no_title_vectors, read_title_vectors
from api.platform.database import Database
from api.platform.service_state import catalogue_version
from tests.doubles.titles import film, store


@pytest.mark.parametrize("most_kept_whole", [3, 2])
def test_the_vectors_in_use_are_read(
    database: Database, monkeypatch: pytest.MonkeyPatch, most_kept_whole: int
) -> None:
    monkeypatch.setattr(title_vectors, "_KEPT_WHOLE", most_kept_whole)
    monkeypatch.setattr(title_vectors, "_FIRST_IN_STEPS_OF", 2)
    monkeypatch.setattr(title_vectors, "_TOLD_BY_FIRST", 0.5)
    assert read_title_vectors(database).space_id is None
    store(database, film(1, "Heat"), film(2, "Ronin"), film(3, "Rififi"))
    with database.autocommit() as cursor:
        ids = [row[0] for row in cursor.execute("SELECT id FROM items ORDER BY id").fetchall()]
    vectors = np.eye(4, dtype=np.float32)[:3]
    with database.engine.begin() as connection:
        space = open_space(connection, model="m", version="1", template="natural", dimension=4)
        write_vectors(connection, space, ids[::-1], vectors[::-1], [b""] * len(ids))
        switch_to(connection, space)
    held = read_title_vectors(database, at_once=2)
    assert (held.version, held.space_id) == (catalogue_version(database), space.id)
    assert held.ids.tolist() == ids
    assert held.first.codes.shape[1] == (4 if most_kept_whole == 3 else 2)
    every = np.ones(3, dtype=np.bool_)
    found = [held.nearest((one,), k=1, among=every)[0].tolist() for one in vectors]
    assert found == [[one] for one in ids]
    assert read_title_vectors(database, most=3).space_id == space.id
    for none in (read_title_vectors(database, most=2), no_title_vectors(database)):
        assert (none.version, none.space_id) == (held.version, None)
