"""The command line of strategies: one clear sentence for what goes wrong, and an exit status."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api.commands.seenemall import main
from api.experiments.promotions import read_promotions
from api.platform.database import Database
from config.settings import Settings
from tests.builders import add_slate

Call = Callable[..., int]


@pytest.fixture
def call(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Runs the command on the test's database, with one strategy configured."""
    (tmp_path / "bold.toml").write_text('[strategy]\nabout = "More votes"\nshare = 0.1\n')
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("DATABASE_URL", database.libpq_url)
    monkeypatch.setenv("STRATEGIES_PATH", str(tmp_path))

    def run(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["seenemall", "strategies", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        return int(left.value.code or 0)

    return run


def test_lists_strategies_with_the_champion_and_who_made_it_so(
    call: Call, database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call("list") == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[1].split()[:3] == ["bold", "10.0%", "0.0%"]
    assert lines[2].split()[:3] == ["standard", "champion", "0.0%"]
    assert call("promote", "bold", "--by", "ada") == 0
    assert call("promote", "standard") == 0
    assert [one.strategy for one in read_promotions(database, 9)] == ["standard", "bold"]
    assert call("promote", "bold", "--by", "grace") == 0
    capfd.readouterr()
    assert call("list") == 0
    shown = capfd.readouterr().out
    assert shown.index("grace") < shown.index("ada")
    assert "bold      champion" in shown


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("newest", "'newest' is not configured; strategies: bold, standard.\n"),
        ("default", "'default' stands for the champion; strategies: bold, standard.\n"),
    ],
)
def test_only_what_is_configured_is_promoted(
    call: Call, database: Database, name: str, sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call("promote", name) == 1
    assert capfd.readouterr().err == sentence
    assert read_promotions(database, 9) == []


def test_the_report_says_that_there_is_too_little(
    call: Call, database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call("report") == 0
    assert capfd.readouterr().out == "No list was served in the last 28 days.\n"
    add_slate(database, "dana")
    assert call("report", "--days", "1") == 0
    assert "A finding needs 30 viewers and 500 impressions" in capfd.readouterr().out
    assert call("report", "--json") == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["champion"], told["strategies"][0]["lists"]) == ("standard", 1)
    assert call("report", "--days", "0") == 2


def test_a_replay_of_nothing_is_one_sentence(call: Call, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("replay", "d1a85f02-6582-46d6-93f2-b667fde36903") == 1
    assert capfd.readouterr().err == ("No list d1a85f02-6582-46d6-93f2-b667fde36903 is kept.\n")
    assert call("replay", "everything") == 2
