"""The viewer's own titles, as rows of the facts."""

from dataclasses import dataclass

from api.domain.arrays import Ints
from api.recommend.query import Query


@dataclass(frozen=True, slots=True, eq=False)
class OwnTitles:
    """What a taste is told by."""

    liked: Ints
    disliked: Ints
    shows_alone: bool

    @classmethod
    def of(cls, query: Query) -> "OwnTitles":
        """Those that the catalogue still has."""
        taste, facts = query.viewer.taste, query.facts
        rows = facts.rows_of(taste.known_ids)
        liked = rows[(rows >= 0) & taste.known_named]
        disliked = rows[(rows >= 0) & (taste.known_weights < 0)]
        return cls(liked, disliked, bool(facts.is_show[liked].all()))
