"""How many people voted for a title at TMDB."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import (
    Constraint,
    Explained,
    PreviewedTitle,
    excluded_by_rules,
)


@dataclass(frozen=True, slots=True)
class FewestVotes(Constraint):
    """At least this many votes."""

    code = "few_votes"

    votes: int

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["FewestVotes"]:
        if asked.rules.min_vote_count is not None:
            yield cls("rules", asked.rules.min_vote_count)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return np.asarray(facts.vote_count[rows] < self.votes)

    def explain(self, title: PreviewedTitle) -> Explained:
        votes = int(title.facts.vote_count[title.row])
        sentence = excluded_by_rules(f"minimum votes {self.votes} (has {votes})")
        return sentence, {"votes": votes, "needed": self.votes}
