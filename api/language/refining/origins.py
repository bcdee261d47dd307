"""Proposals of languages and countries, by code or by any name that the parser knows."""

from dataclasses import dataclass

from api.domain.countries import COUNTRIES
from api.domain.folding import fold
from api.language.intent import Intent, IntentField
from api.language.refining.addition import Addition
from api.language.refining.refinement import Proposal
from api.language.vocabulary.origins import ORIGIN_SENSES

# A name or code, folded -> codes and label.
Known = dict[str, tuple[tuple[str, ...], str]]


@dataclass(frozen=True, slots=True)
class Origins:
    """Wishes for languages or for countries, and refusals of them."""

    field: IntentField
    refusal: IntentField
    wanted: str  # the intent's field
    refused: str
    known: Known

    def want(self, intent: Intent, proposal: Proposal, *_: object) -> Addition | None:
        codes, label = self._codes(proposal)
        before: frozenset[str] = getattr(intent, self.wanted)
        codes -= getattr(intent, self.refused)
        after = codes & before if before else codes
        if not after or after == before:
            return None
        return Addition(self.field, {self.wanted: after}, ((sorted(after), label),))

    def refuse(self, intent: Intent, proposal: Proposal, *_: object) -> Addition | None:
        codes, label = self._codes(proposal)
        before: frozenset[str] = getattr(intent, self.refused)
        new = codes - getattr(intent, self.wanted) - before
        if not new:
            return None
        shown = ((sorted(new), f"Not {label}"),)
        return Addition(self.refusal, {self.refused: before | new}, shown)

    def _codes(self, proposal: Proposal) -> tuple[frozenset[str], str]:
        found = [self.known[name] for name in map(fold, proposal.names) if name in self.known]
        labels = dict.fromkeys(label for _, label in found)
        return frozenset(code for codes, _ in found for code in codes), " or ".join(labels)


def _known_languages() -> Known:
    known: Known = {}
    for name, sense in ORIGIN_SENSES.items():
        if sense.languages and not sense.genres:
            known[name] = sense.languages, sense.label or name
            for code in sense.languages:
                known.setdefault(code, ((code,), sense.label or name))
    return known


def _known_countries() -> Known:
    known: Known = {country.lower(): ((country,), country) for country in COUNTRIES}
    for name, sense in ORIGIN_SENSES.items():
        if sense.country in COUNTRIES:
            known[name] = (sense.country,), sense.label or name
            known[sense.country.lower()] = known[name]
    return known


LANGUAGES = Origins(
    "language", "exclude_language", "languages", "excluded_languages", _known_languages()
)
COUNTRY_NAMES = Origins(
    "country", "exclude_country", "countries", "excluded_countries", _known_countries()
)
