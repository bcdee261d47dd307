"""`seenemall import` brings an export in, says what it holds, and takes it back."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.commands.seenemall import app
from api.platform.database import Database
from api.platform.errors import InvalidInput, NotFound, UnusableImport
from tests.bad_exports import bad_exports
from tests.builders import add_item, rows_of

_HISTORY = 'Title,Date\n"Heat","1/31/25"\n"Nowhere","1/30/25"\n'
_EVENTS = "SELECT count(*) FROM interactions"

Run = Callable[..., Result]


@pytest.fixture
def run(database: Database, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATABASE_URL", database.libpq_url)
    add_item(database, "Heat", tmdb_id=949, release_year=1995, vote_count=900)

    def run_one(*arguments: str, **options: str) -> Result:
        result = CliRunner().invoke(app, ["import", *arguments], **options)  # type: ignore[arg-type]
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run_one


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "history.csv"
    path.write_text(_HISTORY, encoding="utf-8")
    return str(path)


def test_says_what_it_holds_and_writes_it(run: Run, file: str, database: Database) -> None:
    told = run(file, "--user", "dana", "--yes").output
    assert "is of Netflix: 2 rows, 1 matched, 0 uncertain, 1 unmatched, 0 skipped." in told
    assert "Nowhere" in told
    assert "Import 1: 1 event, 0 on the watchlist, 0 in the library." in told
    assert rows_of(database, _EVENTS) == [(1,)]


def test_nobody_is_brought_who_could_not_be_reached(
    run: Run, file: str, database: Database
) -> None:
    with pytest.raises(InvalidInput, match="can be called"):
        run(file, "--user", "..", "--yes")
    assert rows_of(database, _EVENTS) == [(0,)]


def test_rows_of_one_title_are_told_of_once(run: Run, tmp_path: Path) -> None:
    names = [f"Nowhere: Season 1: Part {number}" for number in range(1, 31)]
    names += [f"Elsewhere {number}" for number in range(14)]
    lines = "".join(f'"{name}","1/30/25"\n' for name in names)
    path = tmp_path / "history.csv"
    path.write_text(f"Title,Date\n{lines}", encoding="utf-8")
    told = run(str(path), "--user", "dana", "--dry-run").output
    assert "44 rows, 0 matched, 0 uncertain, 44 unmatched" in told
    assert told.count("Nowhere") == 1
    assert "30" in next(line for line in told.splitlines() if "Nowhere" in line)
    assert told.count("Elsewhere") == 9
    assert "And 5 more titles." in told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes that have names")
def test_a_pipe_is_refused_before_it_is_waited_for(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "ratings.csv"
    os.mkfifo(pipe)
    with pytest.raises(UnusableImport, match="it is a pipe, and no file"):
        run(str(pipe), "--user", "dana", "--yes")


def test_takes_it_back(run: Run, file: str, database: Database) -> None:
    run(file, "--user", "dana", "--yes")
    assert "Took back 1 event," in run("--take-back", "1").output
    assert rows_of(database, _EVENTS) == [(0,)]
    with pytest.raises(NotFound):
        run("--take-back", "1")


def test_a_dry_run_leaves_nothing_behind(run: Run, file: str, database: Database) -> None:
    assert "Nothing was written." in run(file, "--user", "dana", "--dry-run").output
    assert rows_of(database, "SELECT count(*) FROM imports") == [(0,)]
    assert rows_of(database, _EVENTS) == [(0,)]


def test_where_nobody_can_confirm_it_says_how_to(run: Run, file: str, database: Database) -> None:
    with pytest.raises(InvalidInput, match="--yes"):
        run(file, "--user", "dana")
    assert rows_of(database, "SELECT count(*) FROM imports") == [(0,)]


def test_what_is_missing_or_wrong_is_one_sentence(run: Run, file: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Name a file and whose it is"):
        run(file)
    with pytest.raises(UnusableImport, match="cannot be read: No such file"):
        run(str(tmp_path / "none.csv"), "--user", "dana", "--yes")
    with pytest.raises(InvalidInput, match="--kind is one of history, ratings"):
        run(file, "--user", "dana", "--yes", "--kind", "books")


def test_what_cannot_be_read_is_refused_and_writes_nothing(
    run: Run, tmp_path: Path, database: Database
) -> None:
    path = tmp_path / "export.zip"
    for content, sentence in bad_exports().values():
        path.write_bytes(content)
        with pytest.raises(UnusableImport) as refused:
            run(str(path), "--user", "dana", "--yes")
        assert sentence in str(refused.value)
    assert rows_of(database, "SELECT count(*) FROM imports") == [(0,)]


def test_a_mistyped_profile_of_a_household_with_a_child_is_none(
    run: Run, file: str, database: Database
) -> None:
    with database.autocommit() as cursor:
        cursor.execute(
            "INSERT INTO profiles (user_id, profile, viewer_kind) VALUES ('dana', 'noa', 'child')"
        )
    with pytest.raises(NotFound, match="no profile 'nao'"):
        run(file, "--user", "dana", "--profile", "nao", "--yes")


def test_lists_what_was_brought_with_the_number_to_take_it_back(run: Run, file: str) -> None:
    assert "Nothing was brought" in run("--list", "--user", "dana").output
    run(file, "--user", "dana", "--yes")
    told = run("--list", "--user", "dana").output
    assert "history.csv" in told
    assert "Netflix" in told
    assert "applied" in told
    assert "history.csv" not in run("--list", "--user", "dana", "--profile", "late").output
    run("--take-back", "1")
    assert "Nothing was brought" in run("--list", "--user", "dana").output


def test_a_list_needs_somebody_whose_it_is(run: Run) -> None:
    with pytest.raises(InvalidInput, match="whose imports"):
        run("--list")


def test_says_why_rows_were_passed_over(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text('Title,Date\n"Heat","1/31/25"\n"","1/30/25"\n" ","1/29/25"\n', encoding="utf-8")
    told = run(str(path), "--user", "dana", "--dry-run").output
    assert "Passed over: 2 rows, its title was withdrawn." in told


def test_says_how_the_columns_of_a_table_were_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Titel,Meine Note /5,Kommentar\nHeat,4,Nochmal\n", encoding="utf-8")
    told = run(str(path), "--user", "dana", "--dry-run").output
    assert "'meine note /5' as rating" in told
    assert "Its ratings are taken to be out of 5." in told
    assert "Not read: 'kommentar'." in told
