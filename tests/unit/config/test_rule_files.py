"""The operator's files: the shipped ones are valid and neutral, what is wrong is named."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from config.business_rules import BusinessRules, BusinessRulesFile
from config.explanations import (
    PLACEHOLDERS,
    ExplanationTemplates,
    ExplanationTemplatesFile,
    ReasonCode,
)
from config.settings import Settings


def test_the_shipped_rules_change_nothing() -> None:
    rules = BusinessRulesFile(Settings.load({}).business_rules_path).current()
    assert rules.filters == BusinessRules().filters
    assert rules.boosts == BusinessRules().boosts


def test_the_shipped_templates_have_a_sentence_for_every_reason() -> None:
    templates = ExplanationTemplatesFile(Settings.load({}).explanation_templates_path).current()
    assert set(templates.sentences) == set(get_args(ReasonCode)) == set(PLACEHOLDERS)


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


def templates_with(**sentences: list[str]) -> str:
    usual: dict[str, list[str]] = {code: ["So it is."] for code in get_args(ReasonCode)}
    return json.dumps({"sentences": usual | sentences})


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (templates_with(trending=["Number {place}."]), "trending does not know {place}"),
        (templates_with(matches_query=["Like {title}."]), "matches_query does not know {title}"),
        (templates_with(acclaimed=[]), "sentences.acclaimed"),
        (templates_with(acclaimed=[""]), "sentences.acclaimed.0"),
        (templates_with(acclaimed=["x" * 201]), "sentences.acclaimed.0"),
        (templates_with(rumoured=["They say."]), "sentences.rumoured"),
        ('{"sentences": {"trending": ["Hot."]}}', "no sentence for acclaimed, as_asked"),
    ],
)
def test_a_wrong_template_is_named(tmp_path: Path, content: str, named: str) -> None:
    usual = tmp_path / "templates.json"
    usual.write_text(templates_with())
    file = ExplanationTemplatesFile(usual)
    usual.write_text(content)
    assert file.current().sentences["trending"] == ["So it is."]
    assert named in str(file.problem)


def test_a_template_may_use_some_or_none_of_its_facts() -> None:
    sentences = {"person_in_common": ["With {person}.", "{count} {person} {count}", "Again."]}
    ExplanationTemplates.model_validate_json(templates_with(**sentences))


@pytest.mark.parametrize("broken", ["{title", "title}", "{title!x}", "{title:d}", "{}", "{0}"])
def test_a_template_that_cannot_be_filled_in_is_refused(broken: str) -> None:
    with pytest.raises(ValidationError):
        ExplanationTemplates.model_validate_json(templates_with(co_liked=[broken]))
