"""What titles are about: only preferred, since not every title has the keywords it could have."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from psycopg import Cursor

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.names.topics import Topic
from api.domain.arrays import Ints, Mask
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle

# uq_keywords_name with ix_item_keywords_keyword_id, and ix_item_stories_words.
_ON_TOPIC = """
SELECT item_id FROM item_keywords JOIN keywords ON keywords.id = keyword_id
WHERE name = ANY(%(keywords)s)
UNION
SELECT item_id FROM item_stories
WHERE words @@ plainto_tsquery('english', %(name)s)
AND NOT EXISTS (SELECT FROM item_keywords WHERE item_keywords.item_id = item_stories.item_id)
"""


@dataclass(frozen=True, slots=True)
class OnTopic(Constraint):
    """With one of the topic's keywords; without any at all, with its words in the story."""

    code = "off_topic"
    intent_field = "topic"

    topic: Topic
    titles: Ints | None = field(default=None, compare=False)  # ascending

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["OnTopic"]:
        for topic in asked.intent.topics:
            yield cls("words", topic)

    def looked_up(self, cursor: Cursor[Any]) -> "OnTopic":
        wanted = {"keywords": list(self.topic.keywords), "name": self.topic.name}
        rows = cursor.execute(_ON_TOPIC, wanted).fetchall()
        return replace(self, titles=np.unique(np.array([row[0] for row in rows], dtype=np.int32)))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("topics are looked up before titles are compared with them")
        return ~facts.are_among(rows, self.titles)

    def explain(self, title: PreviewedTitle) -> Explained:
        sentence = (
            f"Nothing says that it is of the kind “{self.topic.name}”, as {self.asker} asks for."
        )
        return sentence, {"keywords": list(title.record["keywords"]), "topic": self.topic.name}
