"""What of the words' filters a title is, in its own terms: "Crime", "1995", "102 minutes"."""

from collections.abc import Sequence
from typing import Any

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.genres import GENRES, genres_of
from api.domain.languages import language_code
from api.language.intent import Interpreted
from api.recommend.evidence.kind import GivesReason, Kind, Subject
from api.recommend.evidence.reason_facts import Asked
from config.explanations import ReasonForm


def asked_of(facts: CatalogueFacts, row: int, interpreted: Sequence[Interpreted]) -> list[str]:
    """What the title is of what was asked for, without repeats."""
    found: dict[str, None] = {}
    genres = genres_of(int(facts.genres[row]))
    year, minutes = int(facts.year[row]), int(facts.runtime[row])
    for chip in interpreted:
        # What was relaxed may hold for this title all the same.
        if chip.status == "unsupported" or chip.source == "parameter":
            continue
        values = chip.value if isinstance(chip.value, list) else [chip.value]
        match chip.field:
            case "genre":
                found |= {GENRES[genre]: None for genre in genres if genre in values}
            case "year" if _is_within(year, values):
                found[str(year)] = None
            case "runtime" if _is_within(minutes, values):
                found[f"{minutes} minutes"] = None
            case "language" if facts.language[row] in map(_code, values):
                found[f"in {chip.label}"] = None
    return list(found)


def _is_within(number: int, bounds: Sequence[object]) -> bool:
    """Whether a known number lies between the two bounds of a chip, of which 0 is open."""
    match bounds:
        case [int(first), int(last)]:
            return number > 0 and first <= number and (last == 0 or number <= last)
    return False


def _code(language: object) -> int:
    return language_code(language) if isinstance(language, str) else 0


def _asked(subject: Subject) -> dict[str, Any] | None:
    if subject.row < 0 or not subject.interpreted:
        return None
    asked = asked_of(subject.facts, subject.row, subject.interpreted)
    return {"asked": ", ".join(asked)} if asked else None


FILTERS_ASKED = Kind(
    reasons=(
        GivesReason(
            code="as_asked",
            form=ReasonForm("As you asked: {asked}.", {"asked": "Crime, 1995"}),
            facts=Asked,
            stands="before",
            is_personal=False,
            evidence=_asked,
        ),
    ),
)
