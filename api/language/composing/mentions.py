"""How a part of a request is told to whoever made it: as which field, with which value and name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from api.catalogue.names.group_names import Group
from api.catalogue.names.topics import Topic
from api.domain.genres import GENRES
from api.language.entities import TitleAtTmdb
from api.language.intent import IntentField, Mention, Part, Value
from api.language.maturity.ages import Ages
from api.language.parts.runtimes import Minutes
from api.language.parts.years import Years
from api.language.reading.reading import Finding, Reading
from api.language.vocabulary.meanings import Content
from api.language.vocabulary.moods import Mood
from api.language.vocabulary.renown import REFUSED, Renown

_NOT_HERE = "Found through TMDB's search; not in this catalogue anyway."


@dataclass(frozen=True, slots=True)
class _Told:
    field: IntentField
    value: Value
    label: str


def mention_of(reading: Reading, finding: Finding, note: str | None) -> Mention:
    """What is told of a finding; `note` says why it cannot be honoured, None: it can."""
    told = _Told(finding.kind, _value(reading, finding), finding.label)
    if isinstance(finding.value, Renown):
        renown = _meant(finding, finding.value)
        told = replace(told, value=renown.label, label=renown.label)
    elif finding.is_negated:
        told = _refused(finding, told)
    start = reading.words.tokens[finding.start].start
    end = reading.words.end(finding.start, finding.stop)
    is_partly = told.field == "exclude_content" and finding.is_vague
    limits = isinstance(finding.value, Content) and finding.value.age_max is not None
    return Mention(
        *(told.field, told.value, told.label, start, end, note, _remark(finding)),
        is_partly=is_partly,
        limits_ages=limits,
    )


def _remark(finding: Finding) -> str | None:
    """What it goes by."""
    match finding.value:
        case Mood() as mood:
            return mood.goes_by
        case Renown() as renown:
            return _meant(finding, renown).goes_by
        case TitleAtTmdb() if finding.is_negated:
            return _NOT_HERE
    return finding.remark


def _meant(finding: Finding, renown: Renown) -> Renown:
    return REFUSED.get(renown, renown) if finding.is_negated else renown


def _refused(finding: Finding, told: _Told) -> _Told:
    if finding.keyword is not None and finding.kind != "keyword":
        return _Told("exclude_content", finding.keyword, f"No {finding.keyword}")
    tells = _REFUSALS.get(finding.kind)
    return told if tells is None else tells(finding, told)


def _not(field: IntentField) -> Callable[[Finding, _Told], _Told]:
    """Tells of the opposite field."""

    def tells(_: Finding, told: _Told) -> _Told:
        return _Told(field, told.value, f"Not {told.label}")

    return tells


def _no_keyword(_: Finding, told: _Told) -> _Told:
    return _Told("exclude_content", told.value, f"No {told.label.lower()}")


def _no_content(finding: Finding, told: _Told) -> _Told:
    named = finding.value.label if isinstance(finding.value, Content) else f"No {told.label}"
    return replace(told, label=named)


def _other_medium(_: Finding, told: _Told) -> _Told:
    value, label = ("movie", "Films") if told.value == "tv" else ("tv", "Shows")
    return replace(told, value=value, label=label)


def _not_on_list(_: Finding, told: _Told) -> _Told:
    return replace(told, value="exclude", label=f"Not {told.label[0].lower()}{told.label[1:]}")


# What is told of a refusal, by what is refused; the others are told as they are.
_REFUSALS: Mapping[IntentField, Callable[[Finding, _Told], _Told]] = {
    "keyword": _no_keyword,
    "exclude_content": _no_content,
    "media_type": _other_medium,
    "watchlist": _not_on_list,
    "library": _not_on_list,
    "genre": _not("exclude_genre"),
    "mood": _not("exclude_mood"),
    "year": _not("exclude_year"),
    "language": _not("exclude_language"),
    "country": _not("exclude_country"),
    "person": _not("exclude_person"),
    "company": _not("exclude_company"),
    "franchise": _not("exclude_franchise"),
    "seed": _not("exclude_title"),
}


def _value(reading: Reading, finding: Finding) -> Value:
    match finding.value:
        case Years(first, last) | Minutes(first, last) | Ages(first, last):
            return [value if value is not None else 0 for value in (first, last)]
        case Topic(keywords=keywords):
            return list(keywords)
        case Part(people, _):
            return sorted(people)
        case Group(kind="character", names=names):
            return list(names)
        case Group(ids=ids):
            return list(ids)
        case (Content() | Mood()) as meant:
            return meant.label
        case TitleAtTmdb() as title:
            return title.reference
        case int() as row if finding.kind in ("seed", "title"):
            return reading.names.titles.ids[row]
        case int() as genre if finding.kind == "genre":
            return genre if genre in GENRES else None
    return _plain_value(finding.value)


def _plain_value(value: object) -> Value:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, int | str) else None
