"""Full-text search over folded titles, for the lexical candidate source."""

import threading

import numpy as np
from cachetools import TTLCache, cachedmethod

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
# As the planner counted words when it last looked; none where it never did.
_COMMON = """
SELECT word FROM pg_stats, pg_class,
  unnest(most_common_elems::text::text[], most_common_elem_freqs) AS counted (word, share)
WHERE pg_stats.tablename = 'items' AND attname = 'search_vector' AND schemaname = current_schema()
  AND pg_class.oid = 'items'::regclass AND word IS NOT NULL AND share * reltuples > %(titles)s
"""
_MOST_WORDS = 20
# Of a word that more titles have, all are read only where no other word is left: each 5,000 take
# some 30 ms. With 30,000 titles that is "the" alone.
_COMMON_FROM = 5000
_COUNTED_ANEW_SECONDS = 3600


class TitleSearch:
    """Titles by the words of their names."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = TTLCache[object, frozenset[str]](maxsize=1, ttl=_COUNTED_ANEW_SECONDS)
        self._lock = threading.Lock()

    def __call__(self, text: str, k: int) -> Retrieved:
        """At most k ids with scores in [0, 1], best first; none for a text without words."""
        words = list(dict.fromkeys(fold(text).split()))[:_MOST_WORDS]
        if not words:
            return Retrieved(np.empty(0, np.int32), np.empty(0, np.float32))
        common = self._common_words()
        looked_for = [word for word in words if word not in common] or words
        # Folded words hold letters and digits only: nothing that to_tsquery would parse.
        parameters = {"words": words, "any_word": " | ".join(looked_for), "k": k}
        with self._database.autocommit() as cursor:
            rows = cursor.execute(_SEARCH, parameters).fetchall()
        table = np.array(rows, dtype=np.float64).reshape(-1, 2)
        return Retrieved(table[:, 0].astype(np.int32), table[:, 1].astype(np.float32))

    @cachedmethod(lambda self: self._kept, lock=lambda self: self._lock)
    def _common_words(self) -> frozenset[str]:
        with self._database.autocommit() as cursor:
            rows = cursor.execute(_COMMON, {"titles": _COMMON_FROM}).fetchall()
        return frozenset(word for (word,) in rows)
