"""Mistakes in settings and files are told in the words in which requests are refused."""

import re
from pathlib import Path

import pytest

from api.platform.errors import ConfigurationError
from config.business_rules import BusinessRulesFile
from config.ranking import load_ranking
from config.settings import PROJECT_ROOT, Settings


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("PORT", "abc", "must be a whole number, not 'abc'"),
        ("PORT", "70000", "must be at most 65535, not '70000'"),
        ("WORKERS", "0", "must be at least 1, not '0'"),
        ("REQUEST_PATIENCE_SECONDS", "soon", "must be a number, not 'soon'"),
        ("ALLOW_ANONYMOUS", "maybe", "must be true or false, not 'maybe'"),
        ("RERANK_PROVIDER", "gpt", "must be 'none', 'small', 'openai' or 'gemini', not 'gpt'"),
        ("PLEX_URL", "media", "must be an address such as https://media.example:8443, not 'media'"),
        # The value stands in the sentence once.
        ("JUSTWATCH_COUNTRY", "XX", "XX is no country; a code of ISO 3166-1 is needed, such as GB"),
        ("MMR_LAMBDA", "7", "must be at most 1, not 7.0"),
    ],
)
def test_a_wrong_setting(name: str, written: str, told: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        Settings.load({name: written})
    assert str(raised.value) == f"{name}: {told}."


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ("[]", "the file: must be an object"),
        ('{"filtrs": {}}', "filtrs: unknown field"),
        ('{"filters": {"exclude_genres": "Horror"}}', "filters.exclude_genres: must be a list"),
        (
            '{"filters": {"min_vote_count": "many"}}',
            "filters.min_vote_count: must be a whole number",
        ),
        (
            '{"filters": {"exclude_tmdb_ids": ["movie:x"]}}',
            "filters.exclude_tmdb_ids.0: must be an id of TMDB, such as movie:603",
        ),
        (
            '{"boosts": {"tmdb_id_multipliers": {"x": 2}}}',
            "boosts.tmdb_id_multipliers.x: must be an id of TMDB, such as movie:603",
        ),
        (
            '{"filters": {"exclude_media_types": ["film"]}}',
            "filters.exclude_media_types.0: must be 'movie' or 'tv'",
        ),
        (
            '{"filters": {"min_release_year": 2000, "max_release_year": 1990}}',
            "filters.min_release_year: must not be later than max_release_year, 1990",
        ),
        (
            '{"filters": {"exclude_genres": ["Comedy", "War"], "include_genres": ["comedy"]}}',
            "filters.include_genres: each of them is in exclude_genres as well",
        ),
    ],
)
def test_wrong_rules(tmp_path: Path, rules: str, told: str) -> None:
    path = tmp_path / "rules.json"
    path.write_text(rules)
    with pytest.raises(ConfigurationError) as raised:
        BusinessRulesFile(path)
    assert str(raised.value) == f"rules.json: {told}."


def test_rules_of_one_year_or_that_refuse_some_of_their_genres_leave_titles(tmp_path: Path) -> None:
    path = tmp_path / "rules.json"
    path.write_text(
        '{"filters": {"min_release_year": 1990, "max_release_year": 1990, '
        '"exclude_genres": ["Horror"], "include_genres": ["Comedy", "Horror"]}}'
    )
    assert BusinessRulesFile(path).current().filters.include_genres == ["Comedy", "Horror"]


def test_a_wrong_number_of_the_ranking(tmp_path: Path) -> None:
    shipped = (PROJECT_ROOT / "config/ranking.toml").read_text(encoding="utf-8")
    path = tmp_path / "ranking.toml"
    path.write_text(re.sub(r"^mmr_lambda = .*$", "mmr_lambda = 7", shipped, flags=re.MULTILINE))
    with pytest.raises(ConfigurationError, match=r"mmr_lambda: must be at most 1, not 7\.$"):
        load_ranking(path, {})
