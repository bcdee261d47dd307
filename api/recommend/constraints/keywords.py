"""Keywords that a title must have, where they say for sure what it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from psycopg import Cursor

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed

# uq_keywords_name, then ix_item_keywords_keyword_id.
WITH_KEYWORDS = """
SELECT item_id FROM item_keywords JOIN keywords ON keywords.id = keyword_id
WHERE name = ANY(%(keywords)s)
"""
_TURN = 70


@dataclass(frozen=True, slots=True)
class Keywords(Constraint):
    """With one of these keywords; where too few titles have them, they are given up."""

    code = "without_keyword"
    intent_field = "keyword"
    relaxed_as = "keyword"
    turns = (_TURN,)

    keywords: frozenset[str]
    titles: Ints | None = field(default=None, compare=False)  # ascending

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Keywords"]:
        if asked.intent.keywords:
            yield cls("words", asked.intent.keywords)

    def looked_up(self, cursor: Cursor[Any]) -> "Keywords":
        rows = cursor.execute(WITH_KEYWORDS, {"keywords": sorted(self.keywords)}).fetchall()
        return replace(self, titles=np.unique(np.array([row[0] for row in rows], dtype=np.int32)))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("keywords are looked up before titles are compared with them")
        return ~facts.are_among(rows, self.titles)

    def looser(self, turn: int) -> "Keywords | None":
        return None if turn == _TURN else self

    def explain(self, title: PreviewedTitle) -> Explained:
        names = sorted(self.keywords)
        sentence = f"Not marked as {listed(names, 'or')}, as {self.asker} {self.verb('ask')} for."
        return sentence, {"keywords": list(title.record["keywords"]), "needed": names}
