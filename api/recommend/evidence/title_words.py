"""Full-text search over folded titles, for the lexical candidate source."""

import numpy as np

from api.domain.folding import fold
from api.platform.database import Database
from api.recommend.pool import Retrieved

# Any of the words in the title or the original title, through ix_items_search_vector. The score is
# the share of the query's words that are in the name times the share of the name's words that are
# in the query: 1 for the name itself, little for a long query that happens to hold a short title.
_SEARCH = """
SELECT id, (hits * hits)::real
         / (cardinality(%(words)s::text[]) * greatest(cardinality(name_words), 1))
FROM (
  SELECT id, popularity, string_to_array(search_name, ' ') AS name_words
  FROM items WHERE retired_at IS NULL AND search_vector @@ to_tsquery('simple', %(any_word)s)
) AS named, LATERAL (
  SELECT count(*) AS hits FROM unnest(%(words)s::text[]) AS word WHERE word = ANY(name_words)
) AS counted
ORDER BY 2 DESC, popularity DESC, id LIMIT %(k)s
"""
_MOST_WORDS = 20


def search_titles(database: Database, text: str, k: int) -> Retrieved:
    """At most k ids with scores in [0, 1], best first; none for a text without words."""
    words = list(dict.fromkeys(fold(text).split()))[:_MOST_WORDS]
    if not words:
        return Retrieved(np.empty(0, np.int32), np.empty(0, np.float32))
    # Folded words hold letters and digits only: nothing that to_tsquery would parse.
    any_word = " | ".join(words)
    with database.autocommit() as cursor:
        parameters = {"words": words, "any_word": any_word, "k": k}
        rows = cursor.execute(_SEARCH, parameters).fetchall()
    table = np.array(rows, dtype=np.float64).reshape(-1, 2)
    return Retrieved(table[:, 0].astype(np.int32), table[:, 1].astype(np.float32))
