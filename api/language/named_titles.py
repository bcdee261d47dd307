"""Of what was understood, the titles and series that a profile may be shown the names of."""

from collections.abc import Sequence

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import Limits
from api.language.intent import Interpreted

_NAME_A_TITLE: frozenset[str] = frozenset({"seed", "exclude_title", "title"})
_NAME_A_SERIES: frozenset[str] = frozenset({"franchise", "exclude_franchise"})


def without_hidden_titles(
    interpreted: tuple[Interpreted, ...], limits: Limits, shown: ShownTitles
) -> tuple[Interpreted, ...]:
    """What was understood, less the titles above the limits, and series of nothing else."""
    may = may_be_named([(one.field, one.value) for one in interpreted], limits, shown)
    return tuple(one for one, is_shown in zip(interpreted, may, strict=True) if is_shown)


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
