"""The countries that a title is from: those of api/domain/countries.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.countries import SHARING_BITS, are_from, country_bits, may_be_from
from api.domain.languages import language_code
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed

# So many countries at once are a part of the world.
_OF_A_REGION = 3


@dataclass(frozen=True, slots=True)
class Countries(Constraint):
    """From one of these countries; of a part of the world mostly there, if it is in English.

    What is in one of `or_languages` will do as well. With `in_any_language` it is from where it was
    made, though not in the language of the country.
    """

    code = "country"
    intent_field = "country"
    goes_along_with_vectors = True

    countries: frozenset[str]
    or_languages: frozenset[str] = frozenset()
    in_any_language: bool = False

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Countries"]:
        intent = asked.intent
        if intent.countries:
            if intent.either_origin:
                yield cls("words", intent.countries, or_languages=intent.languages)
            else:  # "made in Germany, in English": languages are asked for apart
                yield cls("words", intent.countries, in_any_language=bool(intent.languages))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        others = [language_code(language) for language in self.or_languages]
        return self._made_elsewhere(facts, rows) & ~np.isin(facts.language[rows], others)

    def _made_elsewhere(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        bits = np.uint64(country_bits(self.countries))
        if self.in_any_language:
            broken = np.asarray((facts.countries[rows] & bits) == 0)
        else:
            broken = ~_are_from(facts, rows, self.countries)
        if len(self.countries) < _OF_A_REGION:
            return broken
        # "African movies": one in English is of there where more of its countries are than not.
        # Else Hollywood's, shot in Morocco with money from there, would lead.
        made_in = facts.countries[rows] & SHARING_BITS
        here, elsewhere = np.bitwise_count(made_in & bits), np.bitwise_count(made_in & ~bits)
        in_english = facts.language[rows] == language_code("en")
        return np.asarray(broken | (in_english & (here <= elsewhere)))

    def explain(self, title: PreviewedTitle) -> Explained:
        codes = [*sorted(self.countries), *sorted(self.or_languages)]
        is_partly = not self.countries.isdisjoint(title.record["countries"])
        wanted = f"what is mostly from {listed(codes, 'or')}" if is_partly else listed(codes, "or")
        sentence = f"{_made_in(title)}; {self.asker} asks for {wanted}."
        return sentence, _evidence(title) | {"wanted": codes}


@dataclass(frozen=True, slots=True)
class ExcludedCountries(Constraint):
    """From none of these countries."""

    code = "excluded_country"
    intent_field = "exclude_country"

    countries: frozenset[str]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedCountries"]:
        if asked.intent.excluded_countries:
            yield cls("words", asked.intent.excluded_countries)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return _are_from(facts, rows, self.countries)

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return may_be_from(self.countries, facts.countries[rows], facts.language[rows])

    def explain(self, title: PreviewedTitle) -> Explained:
        codes = sorted(self.countries)
        sentence = f"{_made_in(title)}; {self.asker} {self.verb('exclude')} {listed(codes, 'or')}."
        return sentence, _evidence(title) | {"excluded": codes}


def _are_from(facts: CatalogueFacts, rows: Ints | slice, countries: frozenset[str]) -> Mask:
    return are_from(countries, facts.countries[rows], facts.language[rows])


def _made_in(title: PreviewedTitle) -> str:
    countries = title.record["countries"]
    return f"From {listed(countries, 'and')}" if countries else "From no known country"


def _evidence(title: PreviewedTitle) -> dict[str, Any]:
    return {"countries": title.record["countries"]}
