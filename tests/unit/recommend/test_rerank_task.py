"""The task "rerank": what is sent of a question, what is taken from an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.recommend.rerank.llm_rerank import CandidateText, ModelScore, RerankQuestion
from api.recommend.rerank.rerank_task import Place, RerankAnswer, as_data, model_scores_of


def model_scores(*places: tuple[int, float, str | None], candidates: int = 3) -> list[ModelScore]:
    answer = RerankAnswer(places=[Place(n=n, score=score, why=why) for n, score, why in places])
    return model_scores_of(answer, candidates=candidates)


def test_better_scores_come_first_and_equal_ones_as_they_were_named() -> None:
    found = model_scores((1, 0.2, None), (3, 0.9, None), (2, 0.2, None))
    assert [model_score.place for model_score in found] == [2, 0, 1]


@pytest.mark.parametrize("n", [0, 4, -1, 10**9])
def test_a_number_of_no_candidate_is_discarded(n: int) -> None:
    assert model_scores((n, 1, "Why not.")) == []


def test_of_a_number_named_twice_the_first_counts() -> None:
    assert model_scores((2, 0.3, "One."), (2, 0.9, "Two.")) == [ModelScore(1, 0.3, "One.")]


def test_scores_are_clipped_and_what_is_no_number_is_discarded() -> None:
    found = model_scores((1, 7, None), (2, -1, None), (3, float("nan"), None))
    assert found == [ModelScore(0, 1.0, None), ModelScore(1, 0.0, None)]
    assert model_scores((1, float("inf"), None)) == []


def test_a_sentence_of_excessive_length_is_dropped_and_the_place_stays() -> None:
    assert model_scores((1, 1, "a" * 161)) == [ModelScore(0, 1.0, None)]
    assert model_scores((1, 1, "")) == [ModelScore(0, 1.0, None)]


@given(
    st.lists(st.tuples(st.integers(), st.floats(), st.none() | st.text(max_size=200))),
    st.integers(0, 30),
)
def test_whatever_is_said_each_candidate_is_named_once_at_most(
    places: list[tuple[int, float, str | None]], candidates: int
) -> None:
    found = model_scores(*places, candidates=candidates)
    named = [model_score.place for model_score in found]
    assert len(named) == len(set(named))
    assert all(0 <= place < candidates for place in named)
    scores = [model_score.score for model_score in found]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_candidates_are_numbered_and_their_synopses_cut() -> None:
    candidate = CandidateText("Heat", "movie", 1995, ("Crime",), "a" * 1000, "Fits.", ("x",))
    bare = CandidateText("Lost", "tv", None, (), "", None)
    data = as_data(RerankQuestion("heist", ("Ronin",), ("Crime",), (candidate, bare), 1))
    assert data["wish"] == "heist"
    assert data["liked"] == ("Ronin",)
    first, second = data["candidates"]
    assert first == {
        "n": 1,
        "title": "Heat",
        "kind": "film",
        "year": 1995,
        "genres": ("Crime",),
        "about": "a" * 240,
        "say": "Fits.",
        "facts": ("x",),
    }
    assert second["kind"] == "show"
    assert "say" not in second
