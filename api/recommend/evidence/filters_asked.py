"""What of the words' filters a title is, in its own terms: "Crime", "1995", "102 minutes".

What the facts do not tell of a title, as who plays in it, is noted with the list.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask, is_among
from api.domain.countries import COUNTRIES, country_bits
from api.domain.genres import GENRES, genres_of
from api.domain.languages import language_code, language_of
from api.language.intent import IntentField, Interpreted, Value
from api.language.vocabulary.meanings import language_name
from api.platform.counted import counted
from api.recommend.constraints.constraint import Constraint, listed
from api.recommend.constraints.people import People
from api.recommend.evidence.kind import Column, GivesReason, Kind, Subject
from api.recommend.evidence.reason_facts import Asked
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm

# Fields beside people whose titles are looked up, each with its bit of a record. Only added to:
# lists are stored with them.
_LOOKED_UP: tuple[IntentField, ...] = (
    "service", "company", "franchise", "character", "topic", "keyword",
)  # fmt: skip
# In what order a sentence tells them; what is of no field here is told of no title.
_ORDER: tuple[IntentField, ...] = (
    "genre", "topic", "keyword", "franchise", "character", "person", "company", "language",
    "country", "year", "runtime", "maturity", "offer_type", "service",
)  # fmt: skip
_MOST_PEOPLE = 16  # the bits of a record
_COUNTRY_NAMES = frozenset(country.name for country in COUNTRIES.values())


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    """Which of the fields that the words ask for each title keeps, in every part, and of the people
    which are in it: where too few titles have all of them, one is enough."""
    rows = ranking.pool.rows[ranking.order]
    asked = [one for one in (*query.constraints, *query.preferred) if one.asked_by == "words"]
    for people in (one for one in asked if isinstance(one, People)):
        for place, chips in enumerate(_people_asked(query.interpreted)):
            is_there = _with_any(people, chips[0].value, query.facts.ids[rows])
            records["people_kept"] |= (is_there.astype(np.uint16) << place).astype(np.uint16)
    for bit, field in enumerate(_LOOKED_UP):
        if own := [one for one in asked if one.intent_field == field]:
            keeps = np.all([_keeps(one, query.facts, rows) for one in own], axis=0)
            records["asked_kept"] |= (keeps.astype(np.uint16) << bit).astype(np.uint16)


def _keeps(constraint: Constraint, facts: CatalogueFacts, rows: Ints) -> Mask:
    """Which titles keep it as it was asked; of one that has given way nothing is said."""
    if constraint.is_relaxed:
        return np.zeros(len(rows), dtype=np.bool_)
    return ~constraint.broken(facts, rows)


def _people_asked(interpreted: Sequence[Interpreted]) -> list[list[Interpreted]]:
    """The chips of the people whom the words ask for; those any of whom will do have one value."""
    any_of: dict[str, list[Interpreted]] = {}
    for chip in interpreted:
        if chip.field == "person" and chip.source == "words" and chip.status != "unsupported":
            any_of.setdefault(str(chip.value), []).append(chip)
    return list(any_of.values())[:_MOST_PEOPLE]


def _with_any(people: People, value: Value, ids: Ints) -> Mask:
    """Which titles have one of the people of this value, in the part that the words give them."""
    wanted = frozenset(value) if isinstance(value, list) else frozenset()
    parts = zip(people.parts, people.titles or (), strict=False)
    own = next((titles for part, titles in parts if part.people == wanted), None)
    return np.zeros(len(ids), dtype=np.bool_) if own is None else is_among(ids, own)


def asked_of(
    facts: CatalogueFacts,
    row: int,
    interpreted: Sequence[Interpreted],
    kept: int = 0,
    people_kept: int = 0,
) -> list[str]:
    """What the title is of what was asked for, without repeats; the last two are a record's bits.

    That it is a film or a show, as its card says anyway, is told where nothing else was asked for.
    """
    # What was relaxed may hold for this title all the same.
    chips = [
        chip for chip in interpreted if chip.status != "unsupported" and chip.source != "parameter"
    ]
    found: list[str] = []
    for field in _ORDER:
        if field == "person":
            found += [
                listed([chip.label for chip in any_of], "or")
                for place, any_of in enumerate(_people_asked(interpreted))
                if people_kept >> place & 1
            ]
        else:
            own = [chip for chip in chips if chip.field == field]
            found += _of_field(facts, row, own, field, kept)
    if chips and all(chip.field == "media_type" for chip in chips):
        kind, name = ("tv", "a show") if facts.is_show[row] else ("movie", "a film")
        found += [name for chip in chips if chip.value == kind]
    return list(dict.fromkeys(found))


def _of_field(
    facts: CatalogueFacts, row: int, chips: Sequence[Interpreted], field: IntentField, kept: int
) -> Iterator[str]:
    looked_up = "service" if field == "offer_type" else field
    if looked_up in _LOOKED_UP:
        if chips and kept >> _LOOKED_UP.index(looked_up) & 1:
            yield from _as_looked_up(field, chips)
        return
    for chip in chips:
        values = chip.value if isinstance(chip.value, list) else [chip.value]
        yield from _as_the_facts_say(facts, row, chip, values)


def _as_looked_up(field: IntentField, chips: Sequence[Interpreted]) -> Iterator[str]:
    """Every one of the topics and companies, those aside that have one value, and any one of the
    others."""
    any_of: dict[str, list[str]] = {}
    for chip in chips:
        all_of = field in ("topic", "company")
        any_of.setdefault(str(chip.value) if all_of else "", []).append(chip.label)
    on = "on " if field == "service" else ""
    yield from (on + listed(list(dict.fromkeys(labels)), "or") for labels in any_of.values())


def _as_the_facts_say(
    facts: CatalogueFacts, row: int, chip: Interpreted, values: Sequence[object]
) -> Iterator[str]:
    year, minutes, age = int(facts.year[row]), int(facts.runtime[row]), int(facts.age[row])
    match chip.field:
        case "genre":
            genres = genres_of(int(facts.genres[row]))
            yield from (GENRES[genre] for genre in genres if genre in values)
        case "year" if _is_within(year, values):
            yield str(year)
        case "runtime" if _is_within(minutes, values):
            yield counted(minutes, "minute")
        case "language" if facts.language[row] in map(_code, values):
            code = language_of(int(facts.language[row]))
            name = language_name(code)
            yield chip.label if name == code else f"in {name}"
        case "country" if int(facts.countries[row]) & country_bits(map(str, values)):
            yield chip.label if chip.label not in _COUNTRY_NAMES else f"from {chip.label}"
        case "maturity" if age == 0 and values[0] == 0:
            yield "for all ages"
        case "maturity" if _is_within(age, values):
            # Who asks for what one of eight may see asks for nothing from eight on.
            yield f"for ages from {age}" if values[0] else f"suitable for age {values[1]}"


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
    kept, people_kept = subject.record["asked_kept"], subject.record["people_kept"]
    asked = asked_of(subject.facts, subject.row, subject.interpreted, kept, people_kept)
    return {"asked": ", ".join(asked)} if asked else None


FILTERS_ASKED = Kind(
    columns=(
        Column("asked_kept", "<u2"),  # a bit for each field that is looked up
        Column("people_kept", "<u2"),  # a bit for each of the people, in the order of the words
    ),
    note=_note,
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
