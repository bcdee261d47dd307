"""The hosted reranker: what it tells of a viewer, and what it does with the answer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.catalogue.items.synopses import Synopsis
from api.domain.genres import genre_id
from api.platform.errors import LanguageModelUnavailable
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.rerank.llm import WINDOW, LlmReranker
from api.recommend.rerank.llm_rerank import ModelScore, RerankQuestion
from api.viewers.taste.taste import Affinity, Proposed, Taste
from config.explanations import ExplanationTemplatesFile
from config.settings import Settings
from tests.facts_builder import Title, facts_of, ids_of, query_over, ranking_of

_TEMPLATES = ExplanationTemplatesFile(
    Settings.load({}).explanation_templates_path, EVIDENCE.reason_forms
)
_FACTS = facts_of([Title(n, vote_count=10, genres=("Crime",)) for n in range(1, 41)])
_CRIME = genre_id("Crime") or 0
_TASTE = Taste(
    liked_ids=np.array([103, 102, 101], dtype=np.int32),
    liked_vectors=np.eye(3, dtype=np.float32),
    praised_ids=np.array([101, 103], dtype=np.int32),
    genre_prefs={_CRIME: 0.9, genre_id("Drama") or 0: 0.1},
    people=(Affinity(5, "Al Pacino", 2, 1.0),),
    of_people=Proposed(
        np.array([2], dtype=np.int32), np.ones(1, np.float32), np.array([5], dtype=np.int32)
    ),
)


class Judging:
    """A model that gives these verdicts and remembers what it was asked."""

    def __init__(self, *model_scores: ModelScore) -> None:
        self.model_scores = model_scores
        self.questions: list[RerankQuestion] = []

    def __call__(self, question: RerankQuestion) -> Sequence[ModelScore]:
        self.questions.append(question)
        return self.model_scores


def synopses(ids: Sequence[int]) -> dict[int, Synopsis]:
    return {item_id: Synopsis(f"Title {item_id}", f"Story {item_id}.") for item_id in ids}


def query_of(*, consents: bool = True, **request: Any) -> Query:
    """A query of a profile with a taste, and with the consent `llm` or without it."""
    query = query_over(_FACTS, taste=_TASTE, **request)
    return replace(query, viewer=replace(query.viewer, shares_taste=consents))


def of_a_stranger(**request: Any) -> Query:
    query = query_over(_FACTS, **request)
    return replace(query, viewer=replace(query.viewer, profile_id=None))


def reranked(judging: Judging, query: Query, ids: Sequence[int], **ranking: Any) -> Ranking:
    reranker = LlmReranker("rerank_openai", judging, synopses, _TEMPLATES)
    assert reranker.applies_to(query)
    given = ranking_of(_FACTS, ids, **ranking)
    alike = np.ones(len(ids), dtype=np.float32)
    weighed = replace(
        given, signals={"ann": alike, "people": alike}, weights={"ann": 0.6, "people": 0.4}
    )
    return reranker.rerank(query, weighed)


def test_who_is_named_leads_and_the_others_keep_their_order() -> None:
    judging = Judging(ModelScore(3, 0.9, None), ModelScore(1, 0.5, "Fits your search."))
    ranking = reranked(judging, query_of(text="heist"), [10, 20, 30, 40])
    assert ids_of(ranking) == [40, 20, 10, 30]
    assert ranking.phrases == {20: "Fits your search."}
    # What a replay of the list puts first.
    assert ranking.judged == (40, 20)


def test_scores_stay_with_the_places() -> None:
    ranking = reranked(
        Judging(ModelScore(1, 1, None)), query_of(text="heist"), [1, 2], scores=[9, 4]
    )
    assert ids_of(ranking) == [2, 1]
    assert ranking.scores.tolist() == [9, 4]


def test_only_the_window_is_shown() -> None:
    judging = Judging()
    reranked(judging, query_of(text="heist"), range(1, 41))
    (question,) = judging.questions
    assert len(question.candidates) == WINDOW == 25
    first = question.candidates[0]
    assert (first.title, first.overview, first.genres) == ("Title 1", "Story 1.", ("Crime",))
    assert (first.media_type, first.year) == ("movie", 2000)


def test_a_lone_title_is_no_question() -> None:
    judging = Judging()
    assert ids_of(reranked(judging, query_of(text="heist"), [7])) == [7]
    assert judging.questions == []


def test_of_a_stranger_the_words_go_and_there_is_no_more() -> None:
    judging = Judging()
    reranked(judging, of_a_stranger(text="heist"), [1, 2])
    (question,) = judging.questions
    assert question.words == "heist"
    assert (question.liked, question.genres) == ((), ())


def test_with_consent_liked_titles_genres_and_reasons_go_too() -> None:
    judging = Judging()
    vectors = [[1, 0, 0], [0, 0, 0]]
    reranked(judging, query_of(), [1, 2], embeddings=vectors)
    (question,) = judging.questions
    assert question.words is None
    assert question.liked == ("Title 103", "Title 101")  # 102 was only watched
    assert question.genres == ("Crime", "Drama")
    first, second = question.candidates
    assert (first.say, first.facts) == ("Because you liked Title 103.", ("Title 103",))
    assert second.say == "With Al Pacino, whom you know from 2 titles."
    assert set(second.facts) == {"Al Pacino", "2"}


@pytest.mark.parametrize(
    ("query", "applies"),
    [
        (query_of(), True),
        (query_of(consents=False), False),
        (query_of(consents=False, text="heist"), False),
        (query_of(consents=False, description="a crew of thieves"), False),
        (of_a_stranger(), False),
        (of_a_stranger(text="heist"), True),
        (of_a_stranger(description="a crew of thieves"), True),
        (of_a_stranger(rewrite="heist"), True),
    ],
)
def test_there_must_be_something_to_judge_by(query: Query, applies: bool) -> None:
    assert LlmReranker("r", Judging(), synopses, _TEMPLATES).applies_to(query) == applies


def test_nobody_is_named_in_the_question() -> None:
    judging = Judging()
    query = query_of(text="heist", user_id="canary", profile="canary too")
    reranked(judging, query, [1, 2])
    assert "canary" not in repr(judging.questions)


def test_a_model_that_fails_is_the_runners_to_handle() -> None:
    def fail(_: RerankQuestion) -> Sequence[ModelScore]:
        raise LanguageModelUnavailable("No.")

    reranker = LlmReranker("rerank_openai", fail, synopses, _TEMPLATES)
    with pytest.raises(LanguageModelUnavailable):
        reranker.rerank(query_of(text="heist"), ranking_of(_FACTS, [1, 2]))
