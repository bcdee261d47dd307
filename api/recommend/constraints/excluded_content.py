"""People and keywords that a title must be without."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from psycopg import Cursor

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.language.intent import Part
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed
from api.recommend.constraints.keywords import WITH_KEYWORDS
from api.recommend.constraints.people import is_in, titles_of

# ix_item_stories_words, which has no places of words: what it finds is looked through for phrases
# and for names as they are written. "Frozen" is a name, and "a frozen lake" is none.
_STORIES = r"""
SELECT item_id FROM unnest(%(phrases)s::text[]) AS phrase
JOIN item_stories ON words @@ plainto_tsquery('english', phrase)
JOIN items ON items.id = item_id
WHERE to_tsvector('english', concat_ws(' . ', title, tagline, overview, (
    SELECT string_agg(name, ' . ') FROM item_keywords JOIN keywords ON keywords.id = keyword_id
    WHERE item_keywords.item_id = items.id
))) @@ phraseto_tsquery('english', phrase)
UNION
SELECT item_id FROM unnest(%(names)s::text[]) AS name
JOIN item_stories ON words @@ plainto_tsquery('english', name)
JOIN items ON items.id = item_id
CROSS JOIN LATERAL (SELECT regexp_replace(name, '\W', '\\\&', 'g') AS written) AS escaped
WHERE concat_ws(' ', title, tagline, overview) ~ ('\m' || written || '\M')
"""


@dataclass(frozen=True, slots=True)
class ExcludedContent(Constraint):
    """With none of these people, none of these keywords, and none of these words in its story."""

    code = "excluded_content"
    intent_field = "exclude_content"

    parts: tuple[Part, ...]
    keywords: frozenset[str]
    words: frozenset[str] = frozenset()  # phrases
    names: frozenset[str] = frozenset()
    titles: Ints | None = field(default=None, compare=False)  # ascending

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedContent"]:
        intent = asked.intent
        refused = (intent.excluded_keywords, intent.excluded_words, intent.excluded_names)
        if intent.excluded_parts or any(refused):
            yield cls("words", intent.excluded_parts, *refused)

    def looked_up(self, cursor: Cursor[Any]) -> "ExcludedContent":
        found = [*titles_of(cursor, self.parts)]
        if self.keywords:
            rows = cursor.execute(WITH_KEYWORDS, {"keywords": sorted(self.keywords)}).fetchall()
            found.append(np.fromiter((row[0] for row in rows), dtype=np.int32))
        if self.words or self.names:
            told = {"phrases": sorted(self.words), "names": sorted(self.names)}
            rows = cursor.execute(_STORIES, told).fetchall()
            found.append(np.fromiter((row[0] for row in rows), dtype=np.int32))
        return replace(self, titles=np.unique(np.concatenate(found)))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("content is looked up before titles are compared with it")
        return facts.are_among(rows, self.titles)

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        unsure: Mask = np.zeros(len(facts.ids[rows]), dtype=np.bool_)
        if self.parts:
            unsure |= ~facts.has_credits[rows]
        if self.keywords or self.words or self.names:
            unsure |= ~facts.has_keywords[rows]
        return unsure

    def explain(self, title: PreviewedTitle) -> Explained:
        people = [
            credit["name"]
            for part in self.parts
            for credit in title.record["credits"]
            if is_in(part, credit["id"], credit["role"])
        ]
        keywords = [word for word in title.record["keywords"] if word in self.keywords]
        names = list(dict.fromkeys([*people, *keywords])) or sorted(self.words | self.names)
        return f"Excluded by the request: {listed(names, 'and')}.", {"excluded": names}
