"""People and keywords that a title must be without."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from psycopg import Cursor

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask, is_among
from api.language.intent import Part
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed
from api.recommend.constraints.people import is_in, titles_of

# uq_keywords_name, then ix_item_keywords_keyword_id.
_KEYWORDS = """
SELECT item_id FROM item_keywords JOIN keywords ON keywords.id = keyword_id
WHERE name = ANY(%(keywords)s)
"""


@dataclass(frozen=True, slots=True)
class ExcludedContent(Constraint):
    """With none of these people, and none of these keywords."""

    code = "excluded_content"
    intent_field = "exclude_content"

    parts: tuple[Part, ...]
    keywords: frozenset[str]
    titles: Ints | None = field(default=None, compare=False)  # ascending

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedContent"]:
        parts, keywords = asked.intent.excluded_parts, asked.intent.excluded_keywords
        if parts or keywords:
            yield cls("words", parts, keywords)

    def looked_up(self, cursor: Cursor[Any]) -> "ExcludedContent":
        found = [*titles_of(cursor, self.parts)]
        if self.keywords:
            rows = cursor.execute(_KEYWORDS, {"keywords": sorted(self.keywords)}).fetchall()
            found.append(np.fromiter((row[0] for row in rows), dtype=np.int32))
        return replace(self, titles=np.unique(np.concatenate(found)))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("content is looked up before titles are compared with it")
        return is_among(facts.ids[rows], self.titles)

    def explain(self, title: PreviewedTitle) -> Explained:
        people = [
            credit["name"]
            for part in self.parts
            for credit in title.record["credits"]
            if is_in(part, credit["id"], credit["role"])
        ]
        keywords = [word for word in title.record["keywords"] if word in self.keywords]
        names = list(dict.fromkeys([*people, *keywords]))
        return f"Excluded by the request: {listed(names, 'and')}.", {"excluded": names}
