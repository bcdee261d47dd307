"""Titles that are left out one by one."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask, is_among
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import (
    Constraint,
    Explained,
    PreviewedTitle,
    excluded_by_rules,
)


@dataclass(frozen=True, slots=True)
class ExcludedTitles(Constraint):
    """None of these ids, nor of the seeds: titles that the answer is to be like."""

    code = "excluded_id"
    intent_field = "exclude_title"

    ids: frozenset[int]
    seeds: frozenset[int] = frozenset()

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedTitles"]:
        intent, rules = asked.intent, asked.rules
        if intent.excluded_titles or intent.seeds:
            yield cls("words", intent.excluded_titles, frozenset(intent.seeds))
        ids = set(rules.exclude_ids)
        for reference in rules.exclude_tmdb_ids:
            ids.update(ids_of_tmdb(asked.facts, reference))
        if ids:
            yield cls("rules", frozenset(ids))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        excluded = np.array(sorted(self.ids | self.seeds), dtype=np.int32)
        return is_among(facts.ids[rows], excluded)

    def explain(self, title: PreviewedTitle) -> Explained:
        if self.asked_by == "rules":
            return excluded_by_rules("this very title"), {}
        if int(title.facts.ids[title.row]) in self.seeds:
            return "The request is for titles like it, and not for itself.", {"seed": True}
        return "Excluded by the request: this very title.", {"seed": False}


def ids_of_tmdb(facts: CatalogueFacts, reference: str) -> list[int]:
    """The id of "movie:603", or those of both kinds for a bare number."""
    kind, _, number = reference.rpartition(":")
    found = facts.tmdb_id == int(number)
    if kind:
        found &= facts.is_show == (kind == "tv")
    return [int(item_id) for item_id in facts.ids[found]]
