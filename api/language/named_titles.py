"""Of what was understood what a profile may be told: titles, series, keywords within its limits.

What is above them is told as if nobody here knew it: whether a title exists is not to be learnt by
asking for it.
"""

from collections.abc import Sequence
from dataclasses import replace

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import Limits
from api.language.intent import UNTOLD, Interpreted, not_understood

_NAME_A_TITLE: frozenset[str] = frozenset({"seed", "exclude_title", "title"})
_NAME_A_SERIES: frozenset[str] = frozenset({"franchise", "exclude_franchise"})
_TELL_KEYWORDS: frozenset[str] = frozenset({"topic", "exclude_content"})


def told_within(
    interpreted: tuple[Interpreted, ...], limits: Limits, shown: ShownTitles
) -> tuple[Interpreted, ...]:
    """What was understood, with titles above the limits, and series of nothing else, as words that
    nobody knows; of topics the keywords of titles within them. Parameters with such are left out.
    """
    if not limits.hide_titles:
        return interpreted
    may = may_be_named([(one.field, one.value) for one in interpreted], limits, shown)
    known = shown.keywords_among(_keywords_of(interpreted), limits)
    told = (
        _with_keywords(one, known) if is_shown else _as_unknown(one)
        for one, is_shown in zip(interpreted, may, strict=True)
    )
    return tuple(one for one in told if one is not None)


def _as_unknown(part: Interpreted) -> Interpreted | None:
    """What would be told of the words of a part, had nothing been read from them."""
    if part.source == "parameter":
        return None
    if not part.field.startswith("exclude_"):
        return not_understood(part.text)
    label = f"No {part.text}"
    return Interpreted("exclude_content", part.text, label, part.text, "unsupported", UNTOLD)


def _keywords_of(interpreted: Sequence[Interpreted]) -> set[str]:
    values = (one.value for one in interpreted if one.field in _TELL_KEYWORDS)
    return {
        each for value in values if isinstance(value, list) for each in value if type(each) is str
    }


def _with_keywords(part: Interpreted, known: frozenset[str]) -> Interpreted:
    if part.field not in _TELL_KEYWORDS or not isinstance(part.value, list):
        return part
    kept = [one for one in part.value if one in known]
    return replace(part, value=kept) if kept else (_as_unknown(part) or part)


def may_be_named(
    parts: Sequence[tuple[str, object]], limits: Limits, shown: ShownTitles
) -> list[bool]:
    """Of each part, by its field and value, whether what it names may be.

    A title that only TMDB knows has no certificate here, so it is above any. Of several titles in
    one, all must be shown; of a series, one title: "Saw Collection" tells as much as Saw does.
    """
    if not limits.hide_titles:
        return [True] * len(parts)
    titles = [_named(part, _NAME_A_TITLE) for part in parts]
    series = [_named(part, _NAME_A_SERIES) for part in parts]
    shown_titles = shown.among(_ids(titles), limits)
    shown_series = shown.series_among(_ids(series), limits)
    return [
        own <= shown_titles and whole <= shown_series
        for own, whole in zip(titles, series, strict=True)
    ]


def _named(part: tuple[str, object], fields: frozenset[str]) -> set[object]:
    """What a part of one of these fields names: one, or what a parameter lists."""
    field, value = part
    if field not in fields:
        return set()
    return set(value) if isinstance(value, list) else {value}


def _ids(named: Sequence[set[object]]) -> set[int]:
    return {one for each in named for one in each if isinstance(one, int)}
