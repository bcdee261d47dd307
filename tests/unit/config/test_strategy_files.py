"""Strategies are variations of ranking.toml; what is wrong in one is told with file and key."""

from pathlib import Path

import pytest

from api.platform.errors import ConfigurationError
from config.settings import Settings
from config.strategy_files import STANDARD, StrategyFile

_STANDARD = Settings.load({}).strategies[STANDARD]


def load(folder: Path, **files: str) -> dict[str, StrategyFile]:
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return dict(Settings.load({"STRATEGIES_PATH": folder}).strategies)


def test_the_standard_strategy_is_the_ranking_as_it_stands(tmp_path: Path) -> None:
    settings = Settings.load({"STRATEGIES_PATH": tmp_path, "MMR_LAMBDA": "0.9"})
    assert list(settings.strategies) == [STANDARD]
    assert settings.strategies[STANDARD].configuration.ranking == settings.ranking


def test_a_file_overrides_single_entries_and_leaves_stages_out(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        bold="""
            [strategy]
            about = "More trends"
            share = 0.25
            shadow_share = 0.5
            without_selectors = ["mmr"]
            without_sources = ["related", "people"]
            [mixer.warm]
            trending = 0.4
        """,
    )
    assert list(found) == ["bold", STANDARD]
    bold, numbers = found["bold"], found["bold"].configuration
    assert (bold.about, bold.share, bold.shadow_share, bold.salt) == (
        "More trends",
        0.25,
        0.5,
        "bold",
    )
    assert numbers.without_sources == ("people", "related")
    assert numbers.ranking.mixer.warm == {"trending": 0.4}
    assert numbers.ranking.mixer.warm_from == _STANDARD.configuration.ranking.mixer.warm_from
    assert numbers.ranking.mixer.cold == _STANDARD.configuration.ranking.mixer.cold


def test_a_strategy_may_do_without_the_reranker(tmp_path: Path) -> None:
    (tmp_path / "plain.toml").write_text("[strategy]\nwithout_reranker = true\n")
    settings = Settings.load({"STRATEGIES_PATH": tmp_path, "RERANK_PROVIDER": "small"})
    providers = {
        name: strategy.configuration.reranker.provider
        for name, strategy in settings.strategies.items()
    }
    assert providers == {"plain": "none", STANDARD: "small"}


def test_equal_configurations_have_one_digest_whatever_they_are_called(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        one='[strategy]\nwithout_sources = ["people", "related"]\nshare = 0.1',
        other='[strategy]\nwithout_sources = ["related", "people"]\nabout = "the same"',
        more="[diversify]\nmmr_lambda = 0.71",
    )
    digests = {name: strategy.configuration.digest for name, strategy in found.items()}
    assert digests["one"] == digests["other"]
    assert len(set(digests.values())) == 3


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bold", "[mixer.warm]\nann = -1", "bold.toml: mixer.warm.ann: "),
        ("bold", "[mixers]\nann = 1", "bold.toml: mixers: "),
        ("bold", "mixer = 3", "bold.toml: mixer: "),
        ("bold", "[trend]\nprior = 5", "bold.toml: trend: is the same for every strategy"),
        ("bold", "[fatigue]\nshare = 0", "bold.toml: fatigue: is the same for every strategy"),
        ("bold", "[strategy]\nshares = 1", "bold.toml: strategy.shares: "),
        ("bold", "[strategy]\nshare = 1.1", "bold.toml: strategy.share: "),
        ("bold", "[strategy]\nwithout_sources = 'mmr'", "bold.toml: strategy.without_sources: "),
        ("bold", "strategy = 3", "bold.toml: strategy: "),
        ("bold", "[mixer", "bold.toml is not valid TOML: "),
        ("default", "", "default.toml: the name 'default' stands for the champion"),
        ("standard", "", "standard.toml: the name 'standard' is ranking.toml itself"),
        ("Bold One", "", "Bold One.toml: a strategy's name has 1 to 40 lower-case letters"),
    ],
)
def test_what_cannot_work_is_one_sentence(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load(tmp_path, **{name: content})
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_shares_are_of_one_population(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigurationError, match=r"bold, calm: together 1\.1, and 1 is every viewer"
    ):
        load(tmp_path, bold="[strategy]\nshare = 0.6", calm="[strategy]\nshare = 0.5")


def test_the_folder_must_be_there_and_its_files_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"^STRATEGIES_PATH: .* is not a folder"):
        Settings.load({"STRATEGIES_PATH": tmp_path / "none"})
    (tmp_path / "bold.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigurationError, match=r"bold\.toml is not UTF-8"):
        Settings.load({"STRATEGIES_PATH": tmp_path})
