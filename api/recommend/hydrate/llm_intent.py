"""Lets a language model read the words behind the parser, whose reading stands if it fails."""

from dataclasses import replace
from datetime import date
from typing import Protocol

from api.domain.deadline import Deadline
from api.language.intent import Intent
from api.language.refiner import LLM_INTENT
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query


class RefineIntent(Protocol):
    """The intent, narrowed; raises LanguageModelUnavailable."""

    def __call__(
        self, intent: Intent, *, version: int, today: date, deadline: Deadline | None
    ) -> Intent: ...


class LlmIntent(QueryHydrator):
    """Narrows `intent` where the client lets a model read the words, and the profile's consent."""

    name = LLM_INTENT
    asks_others = True

    def __init__(self, refine: RefineIntent) -> None:
        self._refine = refine

    def hydrate(self, query: Query) -> Query:
        """Raises LanguageModelUnavailable when there is no usable answer in time."""
        if (
            query.intent is None
            or not query.request.use_llm_intent
            or not query.viewer.shares_words
        ):
            return query
        intent = self._refine(
            query.intent,
            version=query.facts.version,
            today=query.now.date(),
            deadline=query.model_deadline,
        )
        return replace(query, intent=intent)
