"""Sentences made of reasons, by the operator's templates or in a model's own words."""

from collections.abc import Sequence

from api.recommend.explain.phrasing import rephrases
from api.recommend.explain.reason import Reason
from config.explanations import ExplanationTemplates

_MOST_SENTENCES = 2


def sentence_for(
    reasons: Sequence[Reason],
    place: int,
    templates: ExplanationTemplates,
    phrase: str | None = None,
) -> str:
    """At most two sentences; the wording varies with the place, so that pages do too.

    `phrase` is a model's word for one of the reasons; it counts only if it says that reason with
    the facts of this very moment, which may be others than those the model was told.
    """
    parts = []
    for reason in reasons[:_MOST_SENTENCES]:
        wordings = templates.sentences[reason.code]
        facts = named_facts(reason, templates)
        if phrase and rephrases(phrase, facts=facts, wordings=wordings):
            parts.append(phrase)
            phrase = None
        else:
            parts.append(wordings[place % len(wordings)].format(**reason.evidence))
    return " ".join(parts)


def named_facts(reason: Reason, templates: ExplanationTemplates) -> tuple[str, ...]:
    """What a sentence for this reason names, as it is written there."""
    return tuple(str(reason.evidence[name]) for name in sorted(templates.facts[reason.code]))
