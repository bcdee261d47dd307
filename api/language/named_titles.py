"""Of what was understood, the titles that a profile may be shown the names of."""

from collections.abc import Callable, Collection, Iterable

from api.domain.limits import Limits
from api.language.intent import IntentField, Interpreted

# Which of these items may be shown within these limits.
ShownAmong = Callable[[Iterable[int], Limits], Collection[int]]

_NAME_A_TITLE: frozenset[IntentField] = frozenset({"seed", "exclude_title", "title"})


def without_hidden_titles(
    interpreted: tuple[Interpreted, ...], limits: Limits, shown_among: ShownAmong
) -> tuple[Interpreted, ...]:
    """What was understood, less the titles above the limits.

    A title that only TMDB knows has no certificate here, so it is above any.
    """
    if not limits.hide_titles:
        return interpreted
    named = {one.value for one in interpreted if one.field in _NAME_A_TITLE}
    shown = shown_among({value for value in named if isinstance(value, int)}, limits)
    return tuple(one for one in interpreted if one.field not in _NAME_A_TITLE or one.value in shown)
