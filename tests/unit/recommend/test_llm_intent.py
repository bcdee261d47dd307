"""The hydrator that asks a model: whose words it may have, and how long they may take."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.domain.deadline import Deadline
from api.language.intent import Intent
from api.platform.errors import LanguageModelUnavailable
from api.recommend.hydrate.llm_intent import LlmIntent
from api.recommend.query import Query
from tests.facts_builder import Title, facts_of, query_over

_FACTS = facts_of([Title(1)], version=7)
_DEADLINE = Deadline.after(6)


class Refining:
    """A model that adds a language and remembers what it was told."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def __call__(self, intent: Intent, **told: Any) -> Intent:
        self.asked.append({"text": intent.text} | told)
        return replace(intent, languages=frozenset({"fr"}))


def query_of(*, profile_id: int | None = 1, consents: bool = False, **request: Any) -> Query:
    query = query_over(_FACTS, **request)
    return replace(
        query,
        intent=Intent("heist") if query.request.text else None,
        viewer=replace(query.viewer, profile_id=profile_id, shares_taste=consents),
        model_deadline=_DEADLINE,
    )


def test_the_intent_is_the_refined_one_and_the_requests_deadline_is_told() -> None:
    refining = Refining()
    query = LlmIntent(refining).hydrate(query_of(text="heist", consents=True))
    assert query.intent is not None
    assert query.intent.languages == {"fr"}
    told = {"text": "heist", "version": 7, "today": date(2026, 11, 1), "deadline": _DEADLINE}
    assert refining.asked == [told]


@pytest.mark.parametrize(
    ("query", "is_asked"),
    [
        (query_of(text="heist", profile_id=None), True),
        (query_of(text="heist", consents=True), True),
        (query_of(text="heist", consents=False), False),
        (query_of(text="heist", consents=True, use_llm_intent=False), False),
        (query_of(consents=True), False),
    ],
)
def test_nobody_is_asked_without_words_or_against_a_wish(query: Query, is_asked: bool) -> None:
    refining = Refining()
    hydrated = LlmIntent(refining).hydrate(query)
    assert len(refining.asked) == is_asked
    if not is_asked:
        assert hydrated is query


def test_a_model_that_fails_is_the_runners_to_handle() -> None:
    def fail(intent: Intent, **_: Any) -> Intent:
        raise LanguageModelUnavailable("No.")

    with pytest.raises(LanguageModelUnavailable):
        LlmIntent(fail).hydrate(query_of(text="heist", consents=True))
