"""Asking a model about a text: what it is told, and what of its answer counts."""

from datetime import date

from api.catalogue.names.person_names import PersonName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.domain.deadline import Deadline
from api.language.intent import Intent
from api.language.interpreter import Interpreter
from api.language.refiner import Refiner
from api.language.refining.refinement import Proposal, Refinement, RefineQuestion, Understood

_TODAY = date(2026, 11, 1)
_NAMES = TextNames.of(
    [TitleName(1, False, 1995, 60.0, 7000, "Heat")],
    [PersonName(5, "Ida Marsh", 60.0, ["cast"])],
    version=3,
)


class Asking:
    """A model that proposes this and remembers what it was asked."""

    def __init__(self, *proposals: Proposal) -> None:
        self.questions: list[RefineQuestion] = []
        self._refinement = Refinement(proposals, "harbour crew")

    def __call__(self, question: RefineQuestion) -> Refinement:
        self.questions.append(question)
        return self._refinement


def refine(asking: Asking, text: str) -> tuple[Intent, Intent]:
    interpreter = Interpreter(lambda version: _NAMES)
    before = interpreter.read(text, version=3, today=_TODAY)
    deadline = Deadline.after(1)
    after = Refiner(interpreter, asking).refine(before, version=3, today=_TODAY, deadline=deadline)
    interpreter.close()
    assert all(question.deadline == deadline for question in asking.questions)
    return before, after


def test_the_model_is_told_what_was_understood_and_its_names_are_linked() -> None:
    asking = Asking(
        Proposal("person", "her from the harbour one", ("Ida Marsh",)),
        Proposal("person", "her from the harbour one", ("Nobody Known",)),
    )
    _, after = refine(asking, "90s crew with her from the harbour one")
    (question,) = asking.questions
    assert question.words == "90s crew with her from the harbour one"
    assert question.understood == (Understood("year", "1990–1999", "90s"),)
    assert (question.year, question.catalogue_version) == (2026, 3)
    assert [part.people for part in after.parts] == [{5}]
    assert after.rewrite == "harbour crew"


def test_a_text_that_is_a_title_is_not_asked_about() -> None:
    asking = Asking()
    before, after = refine(asking, "Heat")
    assert before.named_title == 1
    assert after is before
    assert asking.questions == []
