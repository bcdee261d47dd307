"""How well a model reranks: a small gold set of invented titles, and what an answer is worth.

    python -m tests.quality.rerank_gold          the canned answers, offline
    python -m tests.quality.rerank_gold --ask    the model of RERANK_PROVIDER, with its key

Run with --ask before and after a change of api/recommend/rerank/rerank.md.
"""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from api.models.llm.open_language_model import open_rerank_model
from api.models.llm.precautions import Precautions
from api.platform.errors import LanguageModelUnavailable
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.phrasing import rephrases
from api.recommend.rerank.llm_rerank import CandidateText, ModelScore, RerankQuestion
from api.recommend.rerank.rerank_task import RerankAnswer, RerankTask, model_scores_of
from config.explanations import ExplanationTemplatesFile
from config.settings import Settings

_FILE = Path(__file__).with_suffix(".json")


@dataclass(frozen=True)
class GoldCase:
    """A question whose candidates have grades from 0 (wrong) to 3 (just right)."""

    name: str
    question: RerankQuestion
    grades: tuple[int, ...]
    codes: tuple[str, ...]  # of the reasons that the candidates' sentences say
    answers: dict[str, RerankAnswer]  # canned, by name


@dataclass(frozen=True)
class GoldScore:
    """What an answer is worth; nDCG is over the whole list, 1 for the best order there is."""

    ndcg: float
    mixers_ndcg: float
    discarded: int  # places that name nobody, or somebody again
    shown: int  # sentences that may be shown
    refused: int  # sentences that say more or less than their facts


def gold_cases() -> list[GoldCase]:
    """The set."""
    return [_case(case) for case in orjson.loads(_FILE.read_bytes())]


def score(case: GoldCase, model_scores: Sequence[ModelScore], *, discarded: int = 0) -> GoldScore:
    """The order as the reranker would make it, and the sentences as a page would check them."""
    named = [model_score.place for model_score in model_scores]
    everybody = range(len(case.grades))
    order = [*named, *(place for place in everybody if place not in named)]
    said = [model_score for model_score in model_scores if model_score.phrase is not None]
    shown = sum(_may_be_shown(case, model_score) for model_score in said)
    return GoldScore(
        ndcg=_ndcg([case.grades[place] for place in order]),
        mixers_ndcg=_ndcg(case.grades),
        discarded=discarded,
        shown=shown,
        refused=len(said) - shown,
    )


def score_answer(case: GoldCase, answer: RerankAnswer) -> GoldScore:
    """The same of an answer as it came."""
    model_scores = model_scores_of(answer, candidates=len(case.grades))
    return score(case, model_scores, discarded=len(answer.places) - len(model_scores))


def _case(case: dict[str, Any]) -> GoldCase:
    candidates = case["candidates"]
    question = RerankQuestion(
        words=case["words"],
        liked=tuple(case["liked"]),
        genres=tuple(case["genres"]),
        candidates=tuple(
            CandidateText(
                title=candidate["title"],
                media_type="movie",
                year=2000,
                genres=tuple(candidate["genres"]),
                overview=candidate["overview"],
                say=candidate["say"],
                facts=tuple(candidate["facts"]),
            )
            for candidate in candidates
        ),
        catalogue_version=1,
    )
    grades = tuple(candidate["grade"] for candidate in candidates)
    answers = {
        name: RerankAnswer.model_validate(answer) for name, answer in case["answers"].items()
    }
    codes = tuple(candidate["code"] for candidate in candidates)
    return GoldCase(case["name"], question, grades, codes, answers)


def _may_be_shown(case: GoldCase, model_score: ModelScore) -> bool:
    templates = ExplanationTemplatesFile(
        Settings.load({}).explanation_templates_path, EVIDENCE.reason_forms
    ).current()
    facts = case.question.candidates[model_score.place].facts
    wordings = templates.sentences[case.codes[model_score.place]]
    return model_score.phrase is not None and rephrases(
        model_score.phrase, facts=facts, wordings=wordings
    )


def _ndcg(grades: Sequence[int]) -> float:
    """Järvelin & Kekäläinen 2002, gains of 2^grade - 1."""
    best = _dcg(sorted(grades, reverse=True))
    return _dcg(grades) / best if best else 1.0


def _dcg(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def main(arguments: Sequence[str]) -> None:
    """Prints a line per case and answer."""
    if "--ask" not in arguments:
        for case in gold_cases():
            for name, answer in case.answers.items():
                _print(case, name, score_answer(case, answer))
        return
    model = open_rerank_model(Settings.load(), Precautions())
    if model is None:
        sys.exit("Set RERANK_PROVIDER to openai or gemini, and its key.")
    ask = RerankTask(model)
    try:
        for case in gold_cases():
            _print(case, "the model's", score(case, ask(case.question)))
    except LanguageModelUnavailable as error:
        sys.exit(str(error))
    finally:
        model.close()


def _print(case: GoldCase, name: str, worth: GoldScore) -> None:
    sys.stdout.write(
        f"{case.name:34} {name:12} nDCG {worth.ndcg:.3f} (mixer {worth.mixers_ndcg:.3f})"
        f"  discarded {worth.discarded}  sentences shown {worth.shown}, refused {worth.refused}\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
