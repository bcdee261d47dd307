"""Proposals of languages and countries, by code or by any name that the parser knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from api.domain.countries import COUNTRIES
from api.domain.folding import fold
from api.language.intent import Intent, IntentField
from api.language.refining.addition import Addition
from api.language.refining.refinement import Proposal
from api.language.vocabulary.lexicon import Lexicon
from api.language.vocabulary.names import Names

# A name or code, folded -> codes and label.
Known = Mapping[str, tuple[tuple[str, ...], str]]


@dataclass(frozen=True, slots=True)
class Origins:
    """Requests for languages or for countries, and refusals of them."""

    field: IntentField
    refusal: IntentField
    wanted: str  # the intent's field
    refused: str
    known: Callable[[Lexicon], Known]

    def want(self, intent: Intent, proposal: Proposal, names: Names, _: date) -> Addition | None:
        codes, label = self._codes(proposal, names.lexicon)
        before: frozenset[str] = getattr(intent, self.wanted)
        codes -= getattr(intent, self.refused)
        after = codes & before if before else codes
        if not after or after == before:
            return None
        return Addition(self.field, {self.wanted: after}, ((sorted(after), label),))

    def refuse(self, intent: Intent, proposal: Proposal, names: Names, _: date) -> Addition | None:
        codes, label = self._codes(proposal, names.lexicon)
        before: frozenset[str] = getattr(intent, self.refused)
        new = codes - getattr(intent, self.wanted) - before
        if not new:
            return None
        shown = ((sorted(new), f"Not {label}"),)
        return Addition(self.refusal, {self.refused: before | new}, shown)

    def _codes(self, proposal: Proposal, lexicon: Lexicon) -> tuple[frozenset[str], str]:
        known = self.known(lexicon)
        found = [known[name] for name in map(fold, proposal.names) if name in known]
        labels = dict.fromkeys(label for _, label in found)
        return frozenset(code for codes, _ in found for code in codes), " or ".join(labels)


@cache
def _known_languages(lexicon: Lexicon) -> Known:
    known: dict[str, tuple[tuple[str, ...], str]] = {}
    for name, meaning in lexicon.terms.origins.items():
        if meaning.languages:
            known[name] = meaning.languages, meaning.label or name
            for code in meaning.languages:
                known.setdefault(code, ((code,), meaning.label or name))
    return known


@cache
def _known_countries(lexicon: Lexicon) -> Known:
    known: dict[str, tuple[tuple[str, ...], str]] = {
        country.lower(): ((country,), country) for country in COUNTRIES
    }
    for name, meaning in lexicon.terms.origins.items():
        if meaning.countries:
            known[name] = meaning.countries, meaning.label or name
        if len(meaning.countries) == 1:
            known[meaning.countries[0].lower()] = known[name]
    return known


LANGUAGES = Origins(
    "language", "exclude_language", "languages", "excluded_languages", _known_languages
)
COUNTRY_NAMES = Origins(
    "country", "exclude_country", "countries", "excluded_countries", _known_countries
)
