"""The operator's files: the shipped ones are valid and neutral, what is wrong is named."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from api.platform.errors import ConfigurationError
from api.recommend.evidence.registry import EVIDENCE
from config.business_rules import BusinessRules, BusinessRulesFile
from config.explanations import ExplanationTemplatesFile, ReasonForm
from config.settings import Settings


def test_the_shipped_rules_change_nothing() -> None:
    rules = BusinessRulesFile(Settings.load({}).business_rules_path).current()
    assert rules.filters == BusinessRules().filters
    assert rules.boosts == BusinessRules().boosts


def test_the_shipped_templates_have_a_sentence_for_every_reason() -> None:
    path = Settings.load({}).explanation_templates_path
    templates = ExplanationTemplatesFile(path, EVIDENCE.reason_forms).current()
    assert set(templates.sentences) == set(json.loads(path.read_text())["sentences"])


@pytest.mark.parametrize(
    ("rules", "where"),
    [
        ({"filter": {}}, "filter"),
        ({"filters": {"exclude_genre": []}}, "filters.exclude_genre"),
        ({"filters": {"min_vote_count": -1}}, "filters.min_vote_count"),
        ({"filters": {"min_release_year": 99}}, "filters.min_release_year"),
        ({"filters": {"exclude_media_types": ["movie", "tv"]}}, "filters.exclude_media_types"),
        ({"filters": {"exclude_media_types": ["film"]}}, "filters.exclude_media_types.0"),
        ({"filters": {"exclude_tmdb_ids": ["film:603"]}}, "filters.exclude_tmdb_ids.0"),
        ({"filters": {"exclude_tmdb_ids": [0]}}, "filters.exclude_tmdb_ids.0"),
        ({"filters": {"exclude_ids": [2**31]}}, "filters.exclude_ids.0"),
        ({"filters": {"exclude_ids": [-1]}}, "filters.exclude_ids.0"),
        ({"boosts": {"id_multipliers": {2**31: 2}}}, f"boosts.id_multipliers.{2**31}"),
        ({"boosts": {"genre_multipliers": {"Crime": -1}}}, "boosts.genre_multipliers.Crime"),
        ({"boosts": {"genre_multipliers": {"Crime": 101}}}, "boosts.genre_multipliers.Crime"),
        ({"boosts": {"recent_release": {"year": 2026}}}, "boosts.recent_release.bonus"),
        ({"boosts": {"popularity_multiplier": {"factor": 2}}}, "threshold"),
    ],
)
def test_a_wrong_rule_is_named(rules: dict[str, Any], where: str) -> None:
    with pytest.raises(ValidationError) as caught:
        BusinessRules.model_validate_json(json.dumps(rules))
    (first, *_) = caught.value.errors()
    assert where in ".".join(map(str, first["loc"]))


def test_tmdb_ids_may_be_numbers_or_references() -> None:
    rules = BusinessRules.model_validate_json('{"filters": {"exclude_tmdb_ids": [603, "tv:1399"]}}')
    assert rules.filters.exclude_tmdb_ids == ["603", "tv:1399"]


_FORMS = {
    "trending": ReasonForm("Number {rank}.", {"rank": 3}),
    "matches_query": ReasonForm("Fits."),
    "acclaimed": ReasonForm("{votes} like it.", {"votes": 1200}),
    "person_in_common": ReasonForm("{person}.", {"person": "Al Pacino", "count": 2}),
}


def templates_with(**sentences: list[str]) -> str:
    return json.dumps({"sentences": {"trending": ["So it is."]} | sentences})


def templates_of(path: Path, content: str) -> ExplanationTemplatesFile:
    path.write_text(content)
    return ExplanationTemplatesFile(path, _FORMS)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (templates_with(trending=["Number {place}."]), "trending does not know {place}"),
        (templates_with(matches_query=["Like {title}."]), "matches_query does not know {title}"),
        (templates_with(acclaimed=[]), "sentences.acclaimed"),
        (templates_with(acclaimed=[""]), "sentences.acclaimed.0"),
        (templates_with(acclaimed=["x" * 201]), "sentences.acclaimed.0"),
        (templates_with(rumoured=["They say."]), "there is no reason 'rumoured'; known: acclaimed"),
        ("{}", "sentences"),
    ],
)
def test_a_wrong_template_is_named(tmp_path: Path, content: str, named: str) -> None:
    file = templates_of(tmp_path / "templates.json", templates_with())
    (tmp_path / "templates.json").write_text(content)
    assert file.current().sentences["trending"] == ["So it is."]
    assert named in str(file.problem)


def test_a_reason_that_is_left_out_is_told_as_it_declares(tmp_path: Path) -> None:
    file = templates_of(tmp_path / "templates.json", templates_with())
    assert file.current().sentences == {
        "trending": ["So it is."],
        "matches_query": ["Fits."],
        "acclaimed": ["{votes} like it."],
        "person_in_common": ["{person}."],
    }


def test_a_template_may_use_some_or_none_of_its_facts(tmp_path: Path) -> None:
    sentences = ["With {person}.", "{count} {person} {count}", "Again."]
    file = templates_of(tmp_path / "templates.json", templates_with(person_in_common=sentences))
    assert file.current().sentences["person_in_common"] == sentences


@pytest.mark.parametrize("broken", ["{rank", "rank}", "{rank!x}", "{rank:q}", "{}", "{0}"])
def test_a_template_that_cannot_be_filled_in_is_refused(tmp_path: Path, broken: str) -> None:
    with pytest.raises(ConfigurationError, match="trending"):
        templates_of(tmp_path / "templates.json", templates_with(trending=[broken]))
