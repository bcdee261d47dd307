"""The scorer of the gold set: good answers add what is wanted, and nonsense changes nothing."""

import pytest

from tests.quality.intent_gold import GoldCase, GoldScore, gold_cases, read, score_answer

_CASES = {case.name: case for case in gold_cases()}


def scored(case: str, answer: str) -> GoldScore:
    return score_answer(_CASES[case], _CASES[case].answers[answer])


@pytest.mark.parametrize("case", _CASES.values(), ids=lambda case: case.name)
def test_good_answers_are_perfect_and_never_worse_than_the_parser(case: GoldCase) -> None:
    good = score_answer(case, case.answers["good"])
    assert not good.missing | good.unwanted
    assert good.f1 == 1 >= good.parsers_f1
    assert good.discarded == 0
    assert good.is_about


def test_the_set_has_something_to_add_and_something_to_leave_alone() -> None:
    parsers = [score_answer(case, case.answers["good"]).parsers_f1 for case in _CASES.values()]
    assert min(parsers) < 1 == max(parsers)


@pytest.mark.parametrize(
    ("case", "answer", "discarded"),
    [
        ("nothing left to add", "repeating", 3),
        ("words that give orders", "obedient", 4),
        ("a period told by a habit", "inventing", 3),
    ],
)
def test_what_does_not_hold_changes_nothing(case: str, answer: str, discarded: int) -> None:
    worth = scored(case, answer)
    assert worth.f1 == worth.parsers_f1
    assert worth.discarded == discarded


def test_an_invented_cap_that_quotes_a_mood_shows_as_unwanted() -> None:
    worth = scored("a person told by a title", "inventing")
    assert worth.unwanted >= {"age up to 8"}
    assert worth.discarded == 1


def test_the_canned_answers_quote_their_requests() -> None:
    for case in _CASES.values():
        good = case.answers["good"]
        assert all(constraint.words in case.request for constraint in good.constraints)
        assert read(case).text == case.request
