"""Titles of a franchise, and titles in which a character plays."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from psycopg import Cursor

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask, is_among
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed

# ix_credits_character, which has names of two words and more.
_TITLES = """
SELECT DISTINCT item_id FROM credits
WHERE lower(character) = ANY(%(characters)s::text[]) AND character LIKE '%% %%'
"""
_VOICED = " (voice)"  # behind a name in TMDB's cast of animations


@dataclass(frozen=True, slots=True)
class Franchises(Constraint):
    """Of one of these collections of TMDB's."""

    code = "of_another_franchise"
    intent_field = "franchise"
    goes_along_with_vectors = True

    collections: frozenset[int]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Franchises"]:
        if asked.intent.franchises:
            yield cls("words", asked.intent.franchises)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        wanted = np.array(sorted(self.collections), dtype=np.int32)
        return ~is_among(facts.collection[rows], wanted)

    def explain(self, title: PreviewedTitle) -> Explained:
        names = [one.label for one in title.interpreted if one.field == "franchise"]
        of_title = title.record["collection_name"]
        # None where the profile may not be shown what is asked for.
        whose = f"Not of {listed(names, 'or')}, as" if names else "Of another series than"
        sentence = f"{whose} {self.asker} {self.verb('ask')} for."
        return sentence, {"franchise": of_title, "needed": names}


@dataclass(frozen=True, slots=True)
class ExcludedFranchises(Constraint):
    """Of none of these collections."""

    code = "of_an_excluded_franchise"
    intent_field = "exclude_franchise"

    collections: frozenset[int]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedFranchises"]:
        if asked.intent.excluded_franchises:
            yield cls("words", asked.intent.excluded_franchises)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        refused = np.array(sorted(self.collections), dtype=np.int32)
        return is_among(facts.collection[rows], refused)

    def explain(self, title: PreviewedTitle) -> Explained:
        name = title.record["collection_name"]
        return f"Of {name}, which {self.asker} {self.verb('exclude')}.", {"franchise": name}


@dataclass(frozen=True, slots=True)
class Characters(Constraint):
    """One of these plays in it."""

    code = "without_character"
    intent_field = "character"
    goes_along_with_vectors = True

    characters: frozenset[str]
    titles: Ints | None = field(default=None, compare=False)  # ascending

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Characters"]:
        if asked.intent.characters:
            yield cls("words", asked.intent.characters)

    def looked_up(self, cursor: Cursor[Any]) -> "Characters":
        spelled = [name + more for name in sorted(self.characters) for more in ("", _VOICED)]
        found = cursor.execute(_TITLES, {"characters": spelled}).fetchall()
        return replace(self, titles=np.unique(np.fromiter((row[0] for row in found), np.int32)))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("characters are looked up before titles are compared with them")
        return ~facts.are_among(rows, self.titles)

    def explain(self, title: PreviewedTitle) -> Explained:
        names = [one.label for one in title.interpreted if one.field == "character"]
        sentence = f"Without {listed(names, 'or')}, whom {self.asker} {self.verb('ask')} for."
        return sentence, {"characters": names}
