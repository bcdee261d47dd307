"""Titles that are left out one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np
from pydantic import AfterValidator, Field

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.items.named_items import require_known_items
from api.domain.arrays import Ints, Mask
from api.domain.items import ItemRef
from api.domain.limits import Limits
from api.language.intent import Value
from api.platform.database import Database
from api.platform.wire.inputs import Text
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import (
    Constraint,
    Explained,
    PreviewedTitle,
    excluded_by_rules,
)
from api.recommend.constraints.parameters import FilterGroup, split

_MOST_IDS = 200


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
        seeds = frozenset(intent.seeds) - intent.unseen
        if intent.excluded_titles or seeds:
            yield cls("words", intent.excluded_titles, seeds)
        if compared := {*asked.request.like, *asked.request.unlike}:
            yield cls("words", frozenset(), frozenset(compared))
        facts = asked.facts
        ids = {facts.moved_ids.get(one, one) for one in rules.exclude_ids}
        for reference in rules.exclude_tmdb_ids:
            ids.update(facts.ids[facts.is_at_tmdb(slice(None), reference)].tolist())
        if ids:
            yield cls("rules", frozenset(ids))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        excluded = np.array(sorted(self.ids | self.seeds), dtype=np.int32)
        return facts.are_among(rows, excluded)

    def explain(self, title: PreviewedTitle) -> Explained:
        if self.asked_by == "rules":
            return excluded_by_rules("this very title"), {}
        if int(title.facts.ids[title.row]) in self.seeds:
            return "The request names it to be compared with, and not to be listed.", {"seed": True}
        return "Excluded by the request: this very title.", {"seed": False}

    def shown(self) -> tuple[Value, str]:
        return sorted(self.ids), f"Without {len(self.ids)} title{'s' * (len(self.ids) > 1)}"


def _are_items(written: str) -> str:
    references = split(written)
    if len(references) > _MOST_IDS:
        raise ValueError(f"at most {_MOST_IDS} may be listed, not {len(references)}")
    for reference in references:
        if ItemRef.parse(reference) is None:
            raise ValueError(f"{reference!r} is no item; one is named by its id, or as movie:603")
    return written


class ExcludedTitleParameters(FilterGroup):
    """Titles by any reference."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (ExcludedTitles,)

    exclude_ids: Annotated[Text, Field(max_length=4000), AfterValidator(_are_items)] | None = Field(
        default=None,
        description=f"None of these titles, at most {_MOST_IDS}: ids, or references such as "
        "movie:603.",
        examples=["17,movie:603"],
    )

    def of_titles(self, database: Database, names_within: Limits) -> Iterator[Constraint]:
        if references := split(self.exclude_ids):
            # To whoever may name all, what is not to be shown anyhow may be left out. To others it
            # would tell which titles there are.
            ids = require_known_items(database, references, names_within, retired_too=True)
            yield ExcludedTitles(
                "parameter", frozenset(ids), written=f"exclude_ids={self.exclude_ids}"
            )
