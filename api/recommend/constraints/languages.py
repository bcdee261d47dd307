"""The language that a title was made in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.languages import LANGUAGES, language_code
from api.language.intent import Value
from api.platform.database import Database
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed
from api.recommend.constraints.parameters import Csv, FilterGroup, split

_TURN = 5


@dataclass(frozen=True, slots=True)
class Languages(Constraint):
    """Made in one of these languages, by ISO 639-1."""

    code = "language"
    intent_field = "language"
    goes_along_with_vectors = True

    languages: frozenset[str]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Languages"]:
        # Beside a country that will do as well, they are that constraint's.
        if asked.intent.languages and not asked.intent.either_origin:
            yield cls("words", asked.intent.languages)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return ~np.isin(facts.language[rows], _codes(self.languages))

    def explain(self, title: PreviewedTitle) -> Explained:
        codes = sorted(self.languages)
        sentence = f"{_made_in(title)}; {self.asker} asks for {listed(codes, 'or')}."
        return sentence, _evidence(title) | {"wanted": codes}

    def contradicts(self, other: Constraint) -> bool:
        return isinstance(other, Languages) and not self.languages & other.languages

    def shown(self) -> tuple[Value, str]:
        codes = sorted(self.languages)
        return codes, listed(codes, "or")


@dataclass(frozen=True, slots=True)
class ExcludedLanguages(Constraint):
    """Made in none of these languages.

    A title of an unknown language may well be in one of them, so the words let none through as
    long as others fill the page.
    """

    code = "excluded_language"
    intent_field = "exclude_language"
    relaxed_as = "unknown_language"
    turns = (_TURN,)

    languages: frozenset[str]
    takes_unknown: bool = True

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedLanguages"]:
        if asked.intent.excluded_languages:
            yield cls("words", asked.intent.excluded_languages, takes_unknown=False)
        if never := asked.never("language"):
            yield cls("preferences", frozenset(never))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        languages = facts.language[rows]
        broken = np.isin(languages, _codes(self.languages))
        return broken if self.takes_unknown else broken | (languages == language_code(None))

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return np.asarray(facts.language[rows] == language_code(None))

    def looser(self, turn: int) -> "ExcludedLanguages":
        if turn != _TURN or self.takes_unknown:
            return self
        return replace(self, takes_unknown=True, is_relaxed=True)

    def explain(self, title: PreviewedTitle) -> Explained:
        codes = sorted(self.languages)
        sentence = f"{_made_in(title)}; {self.asker} {self.verb('exclude')} {listed(codes, 'or')}."
        return sentence, _evidence(title) | {"excluded": codes}


def _languages_exist(written: str) -> str:
    for code in split(written):
        if code.lower() not in LANGUAGES:
            raise ValueError(f"there is no language {code!r}; a code of ISO 639-1 is needed")
    return written


class LanguageParameters(FilterGroup):
    """Languages by their codes."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (Languages,)

    languages: Annotated[Csv, AfterValidator(_languages_exist)] | None = Field(
        default=None,
        description="Only titles made in one of these languages (ISO 639-1).",
        examples=["ko,ja"],
    )

    def constraints(self, database: Database) -> Iterator[Constraint]:  # noqa: ARG002
        if codes := frozenset(code.lower() for code in split(self.languages)):
            yield Languages("parameter", codes, written=f"languages={self.languages}")


def _codes(languages: Iterable[str]) -> NDArray[np.int16]:
    return np.array([language_code(language) for language in languages], dtype=np.int16)


def _made_in(title: PreviewedTitle) -> str:
    return f"In {title.record['original_language'] or 'a language that is not known'}"


def _evidence(title: PreviewedTitle) -> dict[str, Any]:
    return {"language": title.record["original_language"]}
