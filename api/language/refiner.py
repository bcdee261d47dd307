"""Lets a language model read a request behind the parser, where one is configured."""

import logging
from dataclasses import dataclass
from datetime import date

from api.domain.deadline import Deadline
from api.language.intent import Intent
from api.language.interpreter import Interpreter
from api.language.refining.refine import refined
from api.language.refining.refinement import Refine, RefineQuestion, Understood

log = logging.getLogger(__name__)

LLM_INTENT = "llm_intent"  # as answers name it where it failed


@dataclass(frozen=True, slots=True)
class Refiner:
    """Asks, and keeps of the answer what holds against the names of the catalogue."""

    interpreter: Interpreter
    ask: Refine

    def refine(
        self, intent: Intent, *, version: int, today: date, deadline: Deadline | None
    ) -> Intent:
        """The intent, narrowed; `version` is the catalogue's.

        Raises LanguageModelUnavailable when there is no usable answer in time. A text that names a
        title and nothing else needs no second reading.
        """
        if intent.named_title is not None:
            return intent
        proposed = self.ask(question_of(intent, version=version, today=today, deadline=deadline))
        result = refined(intent, proposed, names=self.interpreter.names(version), today=today)
        log.info(
            "intent refined",
            extra={
                "fields": {
                    "proposed": len(proposed.proposals),
                    "added": len(result.mentions) - len(intent.mentions),
                }
            },
        )
        return result


def question_of(
    intent: Intent, *, version: int, today: date, deadline: Deadline | None = None
) -> RefineQuestion:
    """What a model is told: the words, what the parser made of them, and the year."""
    understood = [
        Understood(mention.field, mention.label, intent.text[mention.start : mention.end])
        for mention in intent.mentions
    ]
    return RefineQuestion(intent.text, tuple(understood), today.year, version, deadline)
