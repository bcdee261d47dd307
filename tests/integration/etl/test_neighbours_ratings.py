"""The collaborative model learns from a ratings set, keeps to it, and survives a bad one."""

from pathlib import Path

import pytest

from api.platform.database import Database
from tests.builders import rows_of
from tests.doubles.ratings import ROWS, write_folder, write_zip
from tests.doubles.titles import film, show, store
from tests.integration.etl.test_neighbours_job import build, like, models, pairs

# Films 101 and 102 are liked by the same viewers, 103 by nobody.
AGREED = [
    f"{viewer},{movie},{5 if movie < 3 else 0.5},100" for viewer in (1, 2) for movie in (1, 2, 3)
]
LEARNED = [(101, 102), (102, 101)]


def remembered(database: Database) -> list[str | None]:
    return [row[0] for row in rows_of(database, "SELECT ratings_path FROM collaborative_models")]


def test_a_catalogue_without_viewers_learns_from_a_set(database: Database, tmp_path: Path) -> None:
    store(database, film(101), film(102), film(103))
    path = write_zip(tmp_path / "set.zip", AGREED)
    outcome = build(database, ratings=str(path))
    assert outcome.status == 0
    assert "read 6, written 3," in outcome.out
    assert "set.zip has ratings of 2 viewers for 3 films, of which the catalogue has 3." in (
        outcome.out
    )
    assert pairs(database) == LEARNED


def test_own_viewers_and_the_sets_add_up(database: Database, tmp_path: Path) -> None:
    store(database, film(101), film(102), film(9))
    like(database, "ann", [101, 102, 9])
    like(database, "bob", [101, 9])
    build(database, ratings=str(write_folder(tmp_path / "set", AGREED)))
    assert {(101, 102), (102, 101), (101, 9), (9, 101)} <= set(pairs(database))


def test_what_cannot_be_used_is_in_the_report(database: Database, tmp_path: Path) -> None:
    store(database, film(101), film(102))
    rows = [*AGREED, "1,99,4,1", "2,4,4,1", "2,2,0,1"]
    said = build(database, ratings=str(write_folder(tmp_path / "set", rows))).out
    assert "read 9," in said
    assert "film not in the catalogue 2" in said
    for reason in ("unknown movie id 1", "film without a TMDB id 1", "0 stars 1"):
        assert reason in said


def test_shows_are_not_taken_for_films(database: Database, tmp_path: Path) -> None:
    store(database, show(101), film(102), film(103))
    said = build(database, ratings=str(write_folder(tmp_path / "set", AGREED))).out
    assert "of which the catalogue has 2." in said
    assert pairs(database) == []


def test_later_runs_learn_from_the_same_set(database: Database, tmp_path: Path) -> None:
    store(database, film(101), film(102))
    path = write_folder(tmp_path / "set", AGREED)
    build(database, ratings=str(path))
    assert build(database).status == 0
    assert pairs(database) == LEARNED
    assert remembered(database) == [str(path)]


def test_a_set_is_found_again_from_another_folder(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(database, film(101), film(102))
    path = write_folder(tmp_path / "set", AGREED)
    monkeypatch.chdir(tmp_path)
    build(database, ratings="set")
    monkeypatch.chdir("/")
    assert build(database).status == 0
    assert remembered(database) == [str(path)]


def test_off_forgets_the_set(database: Database, tmp_path: Path) -> None:
    store(database, film(101), film(102))
    build(database, ratings=str(write_folder(tmp_path / "set", AGREED)))
    assert "The model there is stays." in build(database, ratings="off").out
    like(database, "ann", [101])
    assert build(database, ratings="off").status == 0
    assert pairs(database) == []
    assert remembered(database) == [None]


def test_a_set_that_is_gone_does_not_cost_the_model(database: Database, tmp_path: Path) -> None:
    store(database, film(101), film(102))
    path = write_zip(tmp_path / "set.zip", AGREED)
    build(database, ratings=str(path))
    path.unlink()
    outcome = build(database)
    assert outcome.status == 1
    assert f"There is no {path}." in outcome.err.replace("\n", " ")
    assert "The model was learned with it and stays; --ratings names another, or off." in (
        outcome.err.replace("\n", " ")
    )
    assert pairs(database) == LEARNED


def test_a_dry_run_remembers_nothing(database: Database, tmp_path: Path) -> None:
    store(database, film(101), film(102))
    build(database, ratings=str(write_folder(tmp_path / "set", AGREED)), dry_run=True)
    assert models(database) == 0


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "set has no rating that can be used (it is empty)."),
        (["1,99,4,1", "2,99,4,1"], "set has no rating that can be used (unknown movie id 2)."),
        (ROWS[:2], "All ratings of set are one viewer's: nothing to learn."),
        (["1,1,4,1", "2,1,4,1"], "All ratings of set are of one film: nothing to learn."),
        (["1,2,4,1", "2,3,4,1"], "The catalogue has none of the 2 films of set"),
    ],
)
def test_a_set_that_says_nothing_leaves_the_model(
    database: Database, tmp_path: Path, rows: list[str], sentence: str
) -> None:
    store(database, film(101), film(7))
    for viewer in ("ann", "bob"):
        like(database, viewer, [101, 7])
    build(database)
    outcome = build(database, ratings=str(write_folder(tmp_path / "set", rows)))
    assert outcome.status == 1
    assert sentence in outcome.err.replace("\n", " ")
    assert pairs(database) == [(7, 101), (101, 7)]
    assert remembered(database) == [None]


def test_an_archive_that_is_cut_off_leaves_the_model(database: Database, tmp_path: Path) -> None:
    store(database, film(101), film(102))
    path = write_zip(tmp_path / "set.zip", AGREED)
    build(database, ratings=str(path))
    path.write_bytes(path.read_bytes()[:-30])
    assert "set.zip is damaged or cut off" in build(database, ratings=str(path)).err
    assert pairs(database) == LEARNED
