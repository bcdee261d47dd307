"""How well a model reads requests: a small gold set of invented names, and what an answer is worth.

    python -m tests.quality.intent_gold          the canned answers, offline
    python -m tests.quality.intent_gold --ask    the model of INTENT_PROVIDER, with its key

Run with --ask before and after a change of api/language/refining/intent.md.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from api.catalogue.names.person_names import PersonName
from api.catalogue.names.service_spellings import ServiceName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.domain.genres import GENRES
from api.language.intent import Intent
from api.language.parser import parse
from api.language.refiner import question_of
from api.language.refining.refine import refined
from api.language.refining.refine_task import IntentAnswer, RefineTask, refinement_of
from api.language.refining.refinement import Refinement
from api.language.vocabulary.names import Names, names_of
from api.models.llm.open_language_model import open_intent_model
from api.models.llm.precautions import Precautions
from api.platform.errors import LanguageModelUnavailable
from config.settings import Settings

_FILE = Path(__file__).with_suffix(".json")
_TODAY = date(2026, 11, 1)


@dataclass(frozen=True)
class GoldCase:
    """A request, and everything that it asks for."""

    name: str
    request: str
    wanted: frozenset[str]  # as `facts` writes them
    years: tuple[int, int] | None  # that the years asked for must lie in
    about: tuple[str, ...]  # of which words the rewrite must have one
    answers: dict[str, IntentAnswer]  # canned, by name


@dataclass(frozen=True)
class GoldScore:
    """What a reading is worth; F1 is of its constraints, 1 for all that is wanted and no more."""

    f1: float
    parsers_f1: float
    missing: frozenset[str]
    unwanted: frozenset[str]
    is_about: bool  # whether the rewrite speaks of the right thing, where there is one to speak of
    discarded: int  # proposals that added nothing


def gold_cases() -> list[GoldCase]:
    """The set."""
    return [
        GoldCase(
            name=case["name"],
            request=case["request"],
            wanted=frozenset(case["wanted"]),
            years=tuple(case["years"]) if "years" in case else None,
            about=tuple(case["about"]),
            answers={
                name: IntentAnswer.model_validate(answer)
                for name, answer in case["answers"].items()
            },
        )
        for case in _gold()["cases"]
    ]


def read(case: GoldCase) -> Intent:
    """The parser's reading."""
    return parse(case.request, names=_names(), today=_TODAY)


def score_answer(case: GoldCase, answer: IntentAnswer) -> GoldScore:
    """What is left of an answer, beside the parser's reading."""
    proposed = refinement_of(answer, describes=False)
    return _score(case, proposed, refined(read(case), proposed, names=_names(), today=_TODAY))


def facts(intent: Intent) -> Iterator[str]:
    """Every constraint but the years as a line of text."""
    people, titles = _names().people, _names().titles
    named = {row_id: people.labels[row] for row, row_id in enumerate(people.ids)}
    labels = {row_id: titles.labels[row] for row, row_id in enumerate(titles.ids)}
    for group in intent.genres:
        yield "genre " + " or ".join(sorted(GENRES[genre] for genre in group))
    yield from (f"exclude_genre {GENRES[genre]}" for genre in intent.excluded_genres)
    if intent.runtime_max is not None:
        yield f"runtime up to {intent.runtime_max}"
    if intent.runtime_min is not None:
        yield f"runtime from {intent.runtime_min}"
    if intent.age_max is not None:
        yield f"age up to {intent.age_max}"
    for field, values in (
        ("language", intent.languages),
        ("exclude_language", intent.excluded_languages),
        ("country", intent.countries),
        ("exclude_content", intent.excluded_keywords),
        ("media_type", intent.media_types),
        ("service", intent.services),
    ):
        yield from (f"{field} {value}" for value in values)
    for part in intent.parts:
        who = " or ".join(sorted(named[person] for person in part.people))
        yield f"person {who} in {', '.join(sorted(part.roles)) or 'any role'}"
    yield from (f"seed {labels[item]}" for item in intent.seeds)


def _score(case: GoldCase, proposed: Refinement, intent: Intent) -> GoldScore:
    parsers = read(case)
    found = _found(case, intent)
    return GoldScore(
        f1=_f1(case, found),
        parsers_f1=_f1(case, _found(case, parsers)),
        missing=_wanted(case) - found,
        unwanted=found - _wanted(case),
        is_about=not case.about or any(word in intent.rewrite for word in case.about),
        discarded=len(proposed.proposals) - (len(intent.mentions) - len(parsers.mentions)),
    )


def _wanted(case: GoldCase) -> frozenset[str]:
    return case.wanted | {"years"} if case.years is not None else case.wanted


def _found(case: GoldCase, intent: Intent) -> frozenset[str]:
    found = set(facts(intent))
    if intent.years:
        low, high = case.years or (0, 0)
        lie_inside = all(low <= first and last <= high for first, last in intent.years)
        found.add("years" if lie_inside else "other years")
    return frozenset(found)


def _f1(case: GoldCase, found: frozenset[str]) -> float:
    wanted = _wanted(case)
    return 2 * len(found & wanted) / (len(found) + len(wanted))


@cache
def _gold() -> dict[str, Any]:
    return dict(orjson.loads(_FILE.read_bytes()))


@cache
def _names() -> Names:
    gold = _gold()
    return names_of(
        TextNames.of(
            [
                TitleName(row, False, title["year"], 10.0, 100, title["title"])
                for row, title in enumerate(gold["titles"], start=1)
            ],
            [
                PersonName(row, person["name"], 10.0, tuple(person["roles"]))
                for row, person in enumerate(gold["people"], start=1)
            ],
            [ServiceName(service["short_name"], service["name"]) for service in gold["services"]],
        )
    )


def main(arguments: Sequence[str]) -> None:
    """Prints a line per case and answer."""
    if "--ask" not in arguments:
        for case in gold_cases():
            for name, answer in case.answers.items():
                _print(case, name, score_answer(case, answer))
        return
    model = open_intent_model(Settings.load(), Precautions())
    if model is None:
        sys.exit("Set INTENT_PROVIDER to openai or gemini, and its key.")
    ask = RefineTask(model, describes=False)
    try:
        for case in gold_cases():
            proposed = ask(question_of(read(case), version=1, today=_TODAY))
            intent = refined(read(case), proposed, names=_names(), today=_TODAY)
            _print(case, "the model's", _score(case, proposed, intent))
    except LanguageModelUnavailable as error:
        sys.exit(str(error))
    finally:
        model.close()


def _print(case: GoldCase, name: str, worth: GoldScore) -> None:
    sys.stdout.write(
        f"{case.name:30} {name:12} F1 {worth.f1:.3f} (parser {worth.parsers_f1:.3f})"
        f"  discarded {worth.discarded}  rewrite {'fits' if worth.is_about else 'is off'}"
        f"  missing {sorted(worth.missing)}  unwanted {sorted(worth.unwanted)}\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
