"""The task "intent": a model reads a request in words once more, behind the parser."""

import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.domain.countries import COUNTRIES
from api.domain.genres import GENRES
from api.language.intent import REWRITE_WORDS
from api.language.refining.refinement import Proposal, Refinement, RefineQuestion
from api.models.llm.language_model import LanguageModel, Task
from api.models.llm.prompt_file import PromptFile

PROMPT = Path(__file__).with_name("intent.md")
FIELDS = (
    *("genre", "exclude_genre", "year", "runtime", "language", "exclude_language", "country"),
    *("exclude_country", "maturity", "exclude_content", "media_type", "service", "person"),
    *("exclude_person", "seed", "exclude_title"),
)
ROLES = ("cast", "director", "creator", "writer", "composer", "producer")
# Several times what eight constraints take: a model that thinks needs the rest.
_MOST_TOKENS = 2048
_MOST_CONSTRAINTS = 24
_MOST_NAMES = 8
_LONGEST_NAME = 200
_LONGEST_WORD = 40
_LONGEST_DESCRIPTION = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class Constraint(BaseModel):
    """One thing that the words ask for. The schema is stricter than what is put up with."""

    model_config = ConfigDict(
        json_schema_extra={
            "additionalProperties": False,
            "required": ["words", "field", "names", "first", "last", "role"],
        }
    )

    words: str = Field(description="The words of the request that say so, letter by letter.")
    field: str = Field(json_schema_extra={"enum": list(FIELDS)})
    names: list[str] = Field(default=[], description="What is wanted or refused; any of them.")
    first: int | None = Field(default=None, description="First year, or fewest minutes.")
    last: int | None = Field(default=None, description="Last year, most minutes, or oldest age.")
    role: str | None = Field(default=None, description="Of a person: " + ", ".join(ROLES) + ".")


class IntentAnswer(BaseModel):
    """What a request asks for beyond what was understood of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "additionalProperties": False,
            "required": ["constraints", "rewrite", "description"],
        }
    )

    constraints: list[Constraint]
    rewrite: str = Field(default="", description="Search words, at most eight.")
    description: str = Field(default="", description="One sentence, or nothing.")


class RefineTask:
    """Asks a model what the words mean: a `Refine` (api/language/refining/refinement.py)."""

    def __init__(self, model: LanguageModel, *, describes: bool) -> None:
        """With `describes` the model also invents a synopsis to search near to."""
        self._model = model
        self._describes = describes
        prompt = PromptFile.read(
            PROMPT,
            genres=", ".join(GENRES.values()),
            countries=", ".join(COUNTRIES),
            roles=", ".join(ROLES),
        )
        self._task = Task(prompt, IntentAnswer, _MOST_TOKENS)

    def __call__(self, question: RefineQuestion) -> Refinement:
        """What the model proposes. Raises LanguageModelUnavailable."""
        answer = self._model.ask(
            self._task,
            as_data(question, describes=self._describes),
            catalogue_version=question.catalogue_version,
            deadline=question.deadline,
        )
        return refinement_of(answer, describes=self._describes)


def as_data(question: RefineQuestion, *, describes: bool) -> dict[str, Any]:
    """The question as it is sent: the words, what the parser made of them, and the year."""
    return {
        "request": question.words,
        "understood": [
            {"field": one.field, "is": one.label, "words": one.words} for one in question.understood
        ],
        "this_year": question.year,
        "describe": describes,
    }


def refinement_of(answer: IntentAnswer, *, describes: bool) -> Refinement:
    """The answer within bounds: of too many constraints or names, or too long ones, the rest is cut
    off or discarded."""
    return Refinement(
        proposals=tuple(
            Proposal(
                field=constraint.field,
                words=constraint.words,
                names=tuple(
                    name for name in constraint.names[:_MOST_NAMES] if len(name) <= _LONGEST_NAME
                ),
                first=constraint.first,
                last=constraint.last,
                role=constraint.role,
            )
            for constraint in answer.constraints[:_MOST_CONSTRAINTS]
            if len(constraint.words) <= _LONGEST_NAME
        ),
        rewrite=_search_words(answer.rewrite),
        description=_plain(answer.description)[:_LONGEST_DESCRIPTION] if describes else "",
    )


def _search_words(rewrite: str) -> str:
    words = [word for word in _plain(rewrite).split() if len(word) <= _LONGEST_WORD]
    return " ".join(words[:REWRITE_WORDS])


def _plain(text: str) -> str:
    """On one line."""
    return " ".join(_CONTROL.sub(" ", text).split())
