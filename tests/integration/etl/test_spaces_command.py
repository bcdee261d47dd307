"""`seenemall job spaces`: which there are, and dropping those that nobody searches."""

import pytest
from sqlalchemy import text

from api.catalogue.index.index_state import read_spaces
from api.platform.database import Database
from etl.embeddings.drop import drop_old_spaces, drop_space
from tests.builders import add_items
from tests.doubles.spaces import activate, fill_space
from tests.integration.etl.test_command_line import (
    call,
    process_as_before,  # noqa: F401 - a fixture that works where it is imported
)


@pytest.fixture
def three_spaces(database: Database) -> Database:
    """Space 1 was active, 2 is, 3 is being filled."""
    items = add_items(database, 3)
    for version in ("1", "2"):
        activate(database, fill_space(database, items, version=version))
    fill_space(database, items[:1], version="3")
    return database


def held(database: Database) -> list[tuple[int, int, str]]:
    return [(space.id, space.vectors, space.hnsw) for space in read_spaces(database)]


def test_lists_every_space_with_its_index(
    three_spaces: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, three_spaces, "spaces") == 0
    heading, *lines = capfd.readouterr().out.splitlines()
    assert heading.split() == [
        "id", "model", "version", "template", "dimension", "vectors", "active", "built", "at",
        "index",
    ]  # fmt: skip
    rows = [line.split() for line in lines]
    assert [row[:7] for row in rows] == [
        ["1", "hash", "1", "basic", "8", "3", "no"],
        ["2", "hash", "2", "basic", "8", "3", "yes"],
        ["3", "hash", "3", "basic", "8", "1", "no"],
    ]
    assert rows[1][-3:] == ["valid,", "0.0", "MB"]
    assert rows[2][-2:] == ["never", "none"]


def test_drops_a_space_with_its_vectors_and_its_index(
    three_spaces: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, three_spaces, "spaces", "--drop", "1") == 0
    assert capfd.readouterr().err == "Dropped space 1 with its 3 vectors.\n"
    assert held(three_spaces) == [(2, 3, "valid"), (3, 1, "none")]


def test_old_spaces_are_those_that_were_active_once(
    three_spaces: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, three_spaces, "spaces", "--drop-old") == 0
    assert held(three_spaces) == [(2, 3, "valid"), (3, 1, "none")]
    assert drop_old_spaces(three_spaces) == []


@pytest.mark.parametrize(
    ("space", "sentence"),
    [
        (
            "2",
            "Embedding space 2 is the one that is searched; it can be dropped once `make embed` "
            "has switched to another.\n",
        ),
        ("7", "There is no embedding space 7.\n"),
    ],
)
def test_what_cannot_be_dropped_is_one_sentence(
    three_spaces: Database,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    space: str,
    sentence: str,
) -> None:
    before = held(three_spaces)
    assert call(monkeypatch, three_spaces, "spaces", "--drop", space) == 1
    assert capfd.readouterr().err == sentence
    assert held(three_spaces) == before


def test_nothing_is_dropped_while_the_embed_job_is_at_work(
    three_spaces: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with three_spaces.engine.connect() as job:
        job.execute(text("SELECT pg_advisory_lock(hashtext('seenemall-job'), hashtext('embed'))"))
        assert call(monkeypatch, three_spaces, "spaces", "--drop-old") == 1
    assert capfd.readouterr().err == (
        "The job `embed` is at work; drop spaces when it has ended.\n"
    )
    assert len(held(three_spaces)) == 3


def test_a_drop_that_was_stopped_is_finished_by_the_next(three_spaces: Database) -> None:
    with three_spaces.engine.begin() as connection:
        connection.execute(text("DROP INDEX hnsw_space_1"))
        connection.execute(text("DELETE FROM item_embeddings WHERE space_id = 1 AND item_id = 1"))
    assert drop_space(three_spaces, 1).id == 1
    assert [space for space, _, _ in held(three_spaces)] == [2, 3]
