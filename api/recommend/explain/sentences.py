"""Sentences made of reasons, by the operator's templates or in a model's own words."""

import string
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from api.recommend.explain.phrasing import rephrases
from api.recommend.explain.reason import Reason
from config.explanations import ExplanationTemplates

_MOST_SENTENCES = 2
_STOPS = (".", "!", "?", "…")


class _Writer(string.Formatter):
    """Counts and places with a comma at the thousands, as the sentences are English."""

    def format_field(self, value: Any, format_spec: str) -> str:
        return format(value, format_spec) if format_spec else _told(value)


def _told(value: Any) -> str:
    return value if type(value) is str else format(value, "," if type(value) is int else "")


_WRITER = _Writer()


class PageWording:
    """The sentences of one page, title by title: no wording wears out, none comes twice in a row,
    and what has led often lets other reasons of a title lead."""

    def __init__(self, templates: ExplanationTemplates) -> None:
        self._templates = templates
        self._used = {  # how often each wording was on this page
            wording: 0 for wordings in templates.sentences.values() for wording in wordings
        }
        self._led: dict[tuple[str, ...], int] = {}  # reasons on this page
        self._last: tuple[str, ...] = ()  # what was said of the title before

    def explain(self, reasons: Sequence[Reason], phrase: str | None = None) -> str:
        """At most two sentences for the next title of the page, "" for no reason.

        The strongest lead, see `_as_told`. A reason whose every sentence was just said of the title
        before gives way to the next one, unless it is all there is. `phrase` is a model's word for
        one of the reasons; it counts only if it says that reason with the facts of this very
        moment, which may be others than those the model was told.
        """
        parts: list[str] = []
        for reason in reasons if phrase else self._as_told(reasons):
            if phrase and self._rephrases(phrase, reason):
                sentence: str | None = phrase
                phrase = None
            else:
                sentence = self._sentence(reason)
            if sentence is None:
                continue
            if not parts:
                told = _what_is_told(reason)
                self._led[told] = self._led.get(told, 0) + 1
            parts.append(sentence)
            if len(parts) == _MOST_SENTENCES:
                break
        if reasons and not parts:
            first = self._templates.sentences[reasons[0].code][0]
            parts = [sentence_of(first, reasons[0].evidence)]
        self._last = tuple(parts)
        return " ".join(parts)

    def _as_told(self, reasons: Sequence[Reason]) -> Sequence[Reason]:
        """What was asked for, then the others by their place times how often the page has led with
        them, and once more.

        So the second of a title leads where its first has led two titles, and the second none: of
        twenty Korean thrillers some begin with the genre. What the title alone has leads as before.
        """
        if len(reasons) < 2:
            return reasons
        led, leading = self._led, self._templates.leading
        weighed = [
            (reason.code not in leading, place * (1 + led.get(_what_is_told(reason), 0)), place)
            for place, reason in enumerate(reasons, 1)
        ]
        weighed.sort()
        return [reasons[place - 1] for *_, place in weighed]

    def _rephrases(self, phrase: str, reason: Reason) -> bool:
        facts = named_facts(reason, self._templates)
        return rephrases(phrase, facts=facts, wordings=self._templates.sentences[reason.code])

    def _sentence(self, reason: Reason) -> str | None:
        """In the wording that this page has used least; None if each was just said."""
        wordings = self._templates.sentences[reason.code]
        least_used = self._used.__getitem__
        for wording in sorted(wordings, key=least_used) if len(wordings) > 1 else wordings:
            sentence = sentence_of(wording, reason.evidence)
            if sentence not in self._last:
                self._used[wording] += 1
                return sentence
        return None


def _what_is_told(reason: Reason) -> tuple[str, ...]:
    """The reason with the names in it: other numbers alone make no other reason."""
    return reason.code, *[fact for fact in reason.evidence.values() if isinstance(fact, str)]


def sentence_of(wording: str, evidence: Mapping[str, Any]) -> str:
    """The wording with what it names; after "Monsters, Inc." no second full stop follows."""
    if (pieces := _pieces(wording)) is None:
        sentence = _WRITER.vformat(wording, (), evidence)
    else:
        sentence = "".join(
            [text if name is None else text + _told(evidence[name]) for text, name in pieces]
        )
    return sentence[:-1] if sentence.endswith(".") and sentence[:-1].endswith(_STOPS) else sentence


@lru_cache(maxsize=1024)
def _pieces(wording: str) -> tuple[tuple[str, str | None], ...] | None:
    """Texts with the fact that each stands before: parsed once, as a page has forty sentences.

    None for a wording that says how its facts are written.
    """
    parsed = [*_WRITER.parse(wording)]
    if any(
        spec or conversion or not (name or "a").isidentifier()
        for _, name, spec, conversion in parsed
    ):
        return None
    return tuple((text, name) for text, name, *_ in parsed)


def named_facts(reason: Reason, templates: ExplanationTemplates) -> tuple[str, ...]:
    """What a sentence for this reason names, as it is written there."""
    facts = sorted(templates.facts[reason.code])
    return tuple(_told(reason.evidence[name]) for name in facts)
