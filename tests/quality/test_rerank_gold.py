"""The scorer of the gold set: good answers score well, and every kind of nonsense shows."""

import pytest

from tests.quality.rerank_gold import GoldCase, GoldScore, gold_cases, score, score_answer

_CASES = {case.name: case for case in gold_cases()}


def scored(case: str, answer: str) -> GoldScore:
    return score_answer(_CASES[case], _CASES[case].answers[answer])


@pytest.mark.parametrize("case", _CASES.values(), ids=lambda case: case.name)
def test_good_answers_are_perfect_where_the_mixer_is_not(case: GoldCase) -> None:
    good = score_answer(case, case.answers["good"])
    assert good.ndcg == 1
    assert good.mixers_ndcg < 1
    assert (good.discarded, good.refused) == (0, 0)
    assert good.shown >= 1


def test_saying_nothing_is_the_mixers_order() -> None:
    for case in _CASES.values():
        silent = score(case, [])
        assert silent.ndcg == silent.mixers_ndcg


def test_repeating_the_mixers_order_gains_nothing() -> None:
    same = scored("a wish against the mixer's order", "the mixer's")
    assert same.ndcg == same.mixers_ndcg


def test_numbers_of_nobody_and_claims_of_ones_own_are_counted() -> None:
    careless = scored("a wish against the mixer's order", "careless")
    assert careless.ndcg > careless.mixers_ndcg
    assert (careless.discarded, careless.shown, careless.refused) == (2, 1, 1)


def test_facts_of_another_title_are_refused() -> None:
    inventing = scored("a taste without words", "inventing")
    assert (inventing.shown, inventing.refused) == (0, 2)


def test_a_model_that_obeys_a_synopsis_scores_badly_and_its_claim_is_refused() -> None:
    obedient = scored("a synopsis that gives orders", "obedient")
    assert obedient.ndcg < 0.7
    assert (obedient.shown, obedient.refused) == (0, 1)
