"""The task "rerank": a model orders the head of a list and may say its reasons in other words."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.models.llm.language_model import LanguageModel, Task
from api.models.llm.prompt_file import PromptFile
from api.platform.errors import LanguageModelUnavailable
from api.recommend.explain.phrasing import LONGEST, NEUTRAL
from api.recommend.rerank.llm_rerank import CandidateText, ModelScore, RerankQuestion

PROMPT = Path(__file__).with_name("rerank.md")
# Enough of a synopsis to tell what a title is about.
_OVERVIEW_CHARACTERS = 240
# Several times what fifteen places with eight sentences take: a model that thinks needs the rest.
_MOST_TOKENS = 2048


class Place(BaseModel):
    """One candidate in the model's order. The schema is stricter than what is put up with."""

    model_config = ConfigDict(
        json_schema_extra={"additionalProperties": False, "required": ["n", "score", "why"]}
    )

    n: int = Field(description="The candidate's number.")
    score: float = Field(description="How well it fits, 0 to 1.")
    why: str | None = Field(default=None, description="`say` in other words, or null.")


class RerankAnswer(BaseModel):
    """The best candidates, best first."""

    model_config = ConfigDict(json_schema_extra={"additionalProperties": False})

    places: list[Place]


class RerankTask:
    """Asks a model for an order: a `RerankModel` (see llm_rerank.py)."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        prompt = PromptFile.read(PROMPT, words=" ".join(sorted(NEUTRAL)))
        self._task = Task(prompt, RerankAnswer, _MOST_TOKENS)

    def __call__(self, question: RerankQuestion) -> Sequence[ModelScore]:
        """The scores, best first. Raises LanguageModelUnavailable."""
        answer = self._model.ask(
            self._task,
            as_data(question),
            catalogue_version=question.catalogue_version,
            deadline=question.deadline,
        )
        model_scores = model_scores_of(answer, candidates=len(question.candidates))
        if not model_scores:
            raise LanguageModelUnavailable("The model named no candidate of the list.")
        return model_scores


def as_data(question: RerankQuestion) -> dict[str, Any]:
    """The question as it is sent: numbers instead of ids, and nobody's name but a title's."""
    return {
        "wish": question.words,
        "liked": question.liked,
        "favourite_genres": question.genres,
        "candidates": [
            _described(number, candidate)
            for number, candidate in enumerate(question.candidates, start=1)
        ],
    }


def model_scores_of(answer: RerankAnswer, *, candidates: int) -> list[ModelScore]:
    """The places that make sense, by falling score; scores clipped to [0, 1].

    Numbers of no candidate, repeated numbers, scores that are no number and sentences of excessive
    length are discarded.
    """
    model_scores: dict[int, ModelScore] = {}
    for place in answer.places:
        index = place.n - 1
        if 0 <= index < candidates and index not in model_scores and math.isfinite(place.score):
            phrase = place.why if place.why and len(place.why) <= LONGEST else None
            model_scores[index] = ModelScore(index, min(max(place.score, 0.0), 1.0), phrase)
    return sorted(model_scores.values(), key=lambda model_score: -model_score.score)


def _described(number: int, candidate: CandidateText) -> dict[str, Any]:
    described: dict[str, Any] = {
        "n": number,
        "title": candidate.title,
        "kind": "show" if candidate.media_type == "tv" else "film",
        "year": candidate.year,
        "genres": candidate.genres,
        "about": candidate.overview[:_OVERVIEW_CHARACTERS],
    }
    if candidate.say is not None:
        described |= {"say": candidate.say, "facts": candidate.facts}
    return described
