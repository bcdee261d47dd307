"""The sentences that explain a recommendation: config/explanation_templates.json.

Which reasons there are, and what each may say, is declared with the kinds of evidence; the file of
an operator says it in other words.
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.platform.errors import ConfigurationError
from config.hot_file import HotFile

Sentence = Annotated[str, Field(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True)
class ReasonForm:
    """What a sentence for a reason may say."""

    sentence: str  # where the operator's file has none
    # The facts that the reason carries, by which a template names them, with an example of each.
    facts: Mapping[str, object] = field(default_factory=dict)
    leads: bool = False  # whether it is told first, however often a page has told it


class TemplatesDocument(BaseModel):
    """For each reason the sentences to vary down a page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_: str | None = Field(default=None, alias="$schema")
    sentences: dict[str, Annotated[list[Sentence], Field(min_length=1, max_length=20)]] = Field(
        description="By the reason's code, as `reasons` in an answer has it."
    )


@dataclass(frozen=True, slots=True)
class ExplanationTemplates:
    """For every reason the sentences in force, and which facts they may name."""

    sentences: Mapping[str, Sequence[str]]
    facts: Mapping[str, tuple[str, ...]]
    leading: frozenset[str] = frozenset()  # the codes of those that are told first


class ExplanationTemplatesFile(HotFile[ExplanationTemplates]):
    """The templates in force."""

    def __init__(self, path: Path, forms: Mapping[str, ReasonForm]) -> None:
        """`forms` are those of every reason there is, by code.

        Raises ConfigurationError when the file cannot be used at start-up.
        """
        self._forms = forms
        super().__init__(path)

    def _content_of(self, text: str) -> ExplanationTemplates:
        given = TemplatesDocument.model_validate_json(text).sentences
        for code, sentences in given.items():
            for sentence in sentences:
                if (problem := _problem(code, sentence, self._forms)) is not None:
                    raise ConfigurationError(f"{self.name}: sentences.{code}: {problem}.")
        return ExplanationTemplates(
            {code: [form.sentence] for code, form in self._forms.items()} | given,
            {code: tuple(sorted(form.facts)) for code, form in self._forms.items()},
            frozenset(code for code, form in self._forms.items() if form.leads),
        )


def _problem(code: str, sentence: str, forms: Mapping[str, ReasonForm]) -> str | None:
    """What a template says that is not known; None for a good one."""
    if (form := forms.get(code)) is None:
        return f"there is no reason {code!r}; known: {', '.join(sorted(forms))}"
    try:
        used = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        if unknown := used - form.facts.keys():
            return f"{code} does not know {{{sorted(unknown)[0]}}}"
        sentence.format(**form.facts)
    except (IndexError, KeyError, ValueError):
        return f"{code} cannot fill in {sentence!r}"
    return None
