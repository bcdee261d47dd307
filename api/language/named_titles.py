"""Of what was understood, the titles that a profile may be shown the names of."""

from collections.abc import Callable, Collection, Iterable

from api.domain.limits import Limits
from api.language.intent import Interpreted

# Which of these items may be shown within these limits.
ShownAmong = Callable[[Iterable[int], Limits], Collection[int]]

_NAME_A_TITLE: frozenset[str] = frozenset({"seed", "exclude_title", "title"})


def without_hidden_titles(
    interpreted: tuple[Interpreted, ...], limits: Limits, shown_among: ShownAmong
) -> tuple[Interpreted, ...]:
    """What was understood, less the titles above the limits.

    A title that only TMDB knows has no certificate here, so it is above any. Of several titles in
    one, all must be shown.
    """
    if not limits.hide_titles:
        return interpreted
    named = {value for one in interpreted for value in titles_in(one.field, one.value)}
    shown = shown_among({value for value in named if isinstance(value, int)}, limits)
    return tuple(one for one in interpreted if titles_in(one.field, one.value) <= set(shown))


def titles_in(field: str, value: object) -> set[object]:
    """The titles that a part of this field and value names: one, or what a parameter lists."""
    if field not in _NAME_A_TITLE:
        return set()
    return set(value) if isinstance(value, list) else {value}
