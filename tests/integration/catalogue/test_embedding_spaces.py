"""Spaces beside each other: opening, switching, counting, deleting."""

from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from api.catalogue.embeddings.embedding_spaces import (
    delete_space,
    delete_vectors,
    open_space,
    record_contents,
)
from api.catalogue.index.index_state import read_spaces
from api.platform.database import Database
from api.platform.errors import ConfigurationError
from api.platform.service_state import catalogue_version
from tests.builders import add_items
from tests.doubles.spaces import activate, fill_space


def active(database: Database) -> list[int]:
    return [space.id for space in read_spaces(database) if space.active]


def test_one_statement_moves_the_place_to_and_fro(database: Database) -> None:
    items = add_items(database, 2)
    first, second = (fill_space(database, items, version=version) for version in ("1", "2"))
    for space in (first, second, first, second):
        before = catalogue_version(database)
        activate(database, space)
        assert active(database) == [space.id]
        assert catalogue_version(database) == before + 1


def test_two_active_spaces_are_impossible(database: Database) -> None:
    for version in ("1", "2"):
        fill_space(database, [], version=version)
    with pytest.raises(IntegrityError), database.engine.begin() as connection:
        connection.execute(text("UPDATE embedding_spaces SET active = true"))


def test_the_switch_counts_vectors_and_digests_their_texts_in_order(database: Database) -> None:
    items = add_items(database, 3)
    space = fill_space(database, items[::-1])
    assert [(state.vectors, state.text_hash) for state in read_spaces(database)] == [(3, None)]
    activate(database, space)
    (state,) = read_spaces(database)
    expected = sha256(b"".join(item.to_bytes(16, "big") for item in items)).hexdigest()
    assert (state.vectors, state.text_hash) == (3, expected)
    assert state.built_at is not None


def test_contents_that_did_not_change_are_not_written(database: Database) -> None:
    space = fill_space(database, add_items(database, 1))
    versions = []
    for _ in range(2):
        with database.engine.begin() as connection:
            record_contents(connection, space)
            versions.append(connection.execute(text("SELECT xmin FROM embedding_spaces")).scalar())
    assert versions[0] == versions[1]


def test_a_space_is_opened_again_and_again_under_one_id(database: Database) -> None:
    ids = {fill_space(database, []).id for _ in range(3)}
    ids.add(fill_space(database, [], version="2").id)
    assert ids == {1, 2}


def test_one_model_name_means_one_dimension(database: Database) -> None:
    fill_space(database, [])
    with (
        pytest.raises(ConfigurationError, match="gives 4 dimensions but its stored vectors have 8"),
        database.engine.begin() as connection,
    ):
        open_space(connection, model="hash", version="2", template="basic", dimension=4)


def test_vectors_are_deleted_batch_by_batch_of_one_space_alone(database: Database) -> None:
    items = add_items(database, 5)
    old, new = (fill_space(database, items, version=version) for version in ("1", "2"))
    lasts: list[int | None] = [0]
    while (last := lasts[-1]) is not None:
        with database.engine.begin() as connection:
            lasts.append(delete_vectors(connection, old.id, after=last, rows=2))
    assert lasts == [0, items[1], items[3], items[4], None]
    assert [(space.id, space.vectors) for space in read_spaces(database)] == [
        (old.id, 0),
        (new.id, 5),
    ]


def test_the_row_of_the_active_space_is_never_deleted(database: Database) -> None:
    space = fill_space(database, [])
    activate(database, space)
    with database.engine.begin() as connection:
        delete_space(connection, space.id)
    assert active(database) == [space.id]
