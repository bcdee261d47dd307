"""Adds to an intent what a language model proposes, as far as it holds.

The parser's reading stands: a proposal may narrow it and never lifts an exclusion, a cap or
anything else of it. Each has to quote the words of the request that it comes from.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from api.language.intent import Intent, Mention
from api.language.refining import filters, named
from api.language.refining.addition import Rule
from api.language.refining.origins import COUNTRY_NAMES, LANGUAGES
from api.language.refining.quotes import span_of
from api.language.refining.refinement import Proposal, Refinement
from api.language.vocabulary.names import Names

_RULES: dict[str, Rule] = {
    "genre": filters.genre,
    "exclude_genre": filters.exclude_genre,
    "year": filters.year,
    "runtime": filters.runtime,
    "maturity": filters.maturity,
    "exclude_content": filters.exclude_content,
    "media_type": filters.media_type,
    "language": LANGUAGES.want,
    "exclude_language": LANGUAGES.refuse,
    "country": COUNTRY_NAMES.want,
    "exclude_country": COUNTRY_NAMES.refuse,
    "service": named.service,
    "person": named.person,
    "exclude_person": named.exclude_person,
    "seed": named.seed,
    "exclude_title": named.exclude_title,
}


def refined(intent: Intent, refinement: Refinement, *, names: Names, today: date) -> Intent:
    """The intent with everything that holds, mentions in the order of the text."""
    mentions = list(intent.mentions)
    for proposal in _refusals_first(refinement.proposals):
        span = span_of(proposal.words, intent.text, names.lexicon.connectors)
        rule = _RULES.get(proposal.field)
        if span is None or rule is None:
            continue
        if (added := rule(intent, proposal, names, today)) is None:
            continue
        mentions += [Mention(added.field, value, label, *span) for value, label in added.shown]
        intent = replace(intent, **added.changes)
    return replace(
        intent,
        mentions=tuple(sorted(mentions, key=lambda mention: mention.start)),
        # Where the parser left nothing to search with, the filters say it all.
        rewrite=refinement.rewrite if intent.free_text else "",
        # A mood has a story of its own, which the model's replaces where it gives one.
        description=refinement.description or intent.description,
    )


def _refusals_first(proposals: Iterable[Proposal]) -> list[Proposal]:
    """So that of a genre both requested and refused the refusal counts."""
    return sorted(proposals, key=lambda proposal: not proposal.field.startswith("exclude_"))
