"""The task "intent": what is sent of a request, what is taken from an answer."""

from typing import Any

import pytest
from pydantic import ValidationError

from api.domain.deadline import Deadline
from api.language.refining.refine_task import FIELDS, PROMPT, IntentAnswer, as_data, refinement_of
from api.language.refining.refinement import RefineQuestion, Understood
from api.models.llm.prompt_file import PromptFile


def answer(*constraints: dict[str, Any], **more: Any) -> IntentAnswer:
    return IntentAnswer.model_validate({"constraints": constraints} | more)


def test_the_words_and_what_was_understood_are_sent_and_no_more() -> None:
    understood = (Understood("year", "1990–1999", "90s"),)
    question = RefineQuestion("90s heist", understood, 2026, 7, Deadline.after(1))
    assert as_data(question, describes=True) == {
        "request": "90s heist",
        "understood": [{"field": "year", "is": "1990–1999", "words": "90s"}],
        "this_year": 2026,
        "describe": True,
    }


def test_a_missing_value_is_none() -> None:
    (proposal,) = refinement_of(
        answer({"words": "w", "field": "year", "last": 1960}), describes=False
    ).proposals
    assert (proposal.names, proposal.first, proposal.last, proposal.role) == ((), None, 1960, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"places": []},
        {"constraints": None},
        {"constraints": [{"field": "year"}]},
        {"constraints": [{"words": "w", "field": "year", "first": "soon"}]},
        {"constraints": [{"words": "w", "field": "genre", "names": "Crime"}]},
        {"constraints": [], "rewrite": 5},
    ],
)
def test_another_form_is_no_answer(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        IntentAnswer.model_validate(wrong)


def test_too_much_is_cut_off() -> None:
    many = [{"words": "w", "field": "genre", "names": ["Crime"] * 99}] * 99
    refinement = refinement_of(
        answer(
            *many, rewrite="one two three four five six seven eight nine", description="d" * 999
        ),
        describes=True,
    )
    assert len(refinement.proposals) == 24
    assert {len(proposal.names) for proposal in refinement.proposals} == {8}
    assert refinement.rewrite == "one two three four five six seven eight"
    assert len(refinement.description) == 300


def test_what_is_too_long_is_discarded() -> None:
    refinement = refinement_of(
        answer(
            {"words": "w" * 201, "field": "genre", "names": ["Crime"]},
            {"words": "w", "field": "genre", "names": ["C" * 201, "Crime"]},
            rewrite=f"{'x' * 41} heist",
        ),
        describes=False,
    )
    (proposal,) = refinement.proposals
    assert proposal.names == ("Crime",)
    assert refinement.rewrite == "heist"


def test_control_characters_and_lines_go() -> None:
    refinement = refinement_of(answer(rewrite="a\x00heist\nat\tnight"), describes=False)
    assert refinement.rewrite == "a heist at night"


def test_a_description_counts_where_it_is_wanted() -> None:
    told = answer(description="Thieves plan.")
    assert refinement_of(told, describes=False).description == ""
    assert refinement_of(told, describes=True).description == "Thieves plan."


def test_the_examples_of_the_prompt_are_of_the_form_that_is_asked_for() -> None:
    prompt = PromptFile.read(PROMPT, genres="", countries="", roles="")
    assert len(prompt.examples) >= 3
    for question, example in prompt.examples:
        assert question.keys() == {"request", "understood", "this_year", "describe"}
        validated = IntentAnswer.model_validate(example)
        assert {constraint.field for constraint in validated.constraints} <= set(FIELDS)
        assert all(c.words in question["request"] for c in validated.constraints)
        assert bool(validated.description) == question["describe"]
        assert len(validated.rewrite.split()) <= 8


def test_the_schema_names_every_field_as_strict_modes_want_it() -> None:
    schema = IntentAnswer.model_json_schema()
    for part in (schema, schema["$defs"]["Constraint"]):
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"])
