"""Full text over what a title is about, for the story candidate source.

A plot in a viewer's own words is long and never quite the synopsis', so any of its words counts,
as much as it is rare: the sum of the inverse document frequencies (Robertson & Sparck Jones 1976).
Only the presence of words is stored: a tuned BM25, which also weighs how often a word stands in a
synopsis and how long that is, was little ahead of it on tests/quality/plots.jsonl.
"""

import numpy as np

from api.platform.database import Database
from api.recommend.pool import Retrieved

# How common a word is, is in the statistics that ANALYZE keeps of the column: the thousand most
# common words and their shares. Without them every word counts as rare: as right, and slower.
#
# A title is looked at for its rare words, as many of them as give `budget` titles at most by those
# shares, and the next one while they give only a `few`: the rarest may be in no title at all.
# ix_item_stories_words then says which of the looked at have each common word. Twice the budget
# finds nothing more.
_SEARCH = """
WITH common AS (
  SELECT lexeme, share
  FROM pg_stats,
    unnest(most_common_elems::text::text[], most_common_elem_freqs) AS listed(lexeme, share)
  WHERE schemaname = current_schema() AND tablename = 'item_stories' AND attname = 'words'
), wanted AS (
  SELECT lexeme, share, quote_literal(lexeme)::tsquery AS word,
    sum(coalesce(share, %(unlisted)s)) OVER rarest * %(titles)s <= %(budget)s
      OR (sum(coalesce(share, %(unlisted)s)) OVER rarest - coalesce(share, %(unlisted)s))
        * %(titles)s < %(few)s AS is_rare
  FROM unnest(to_tsvector('english', %(text)s)) LEFT JOIN common USING (lexeme)
  WINDOW rarest AS (ORDER BY coalesce(share, 0), lexeme)
  ORDER BY coalesce(share, 0), lexeme LIMIT %(most_words)s
), looked_at AS (
  SELECT string_agg(word::text, ' | ')::tsquery AS any_rare FROM wanted WHERE is_rare
), found AS MATERIALIZED (
  SELECT lexeme, share, item_id
  FROM looked_at, wanted, LATERAL (
    SELECT item_id FROM item_stories
    WHERE words @@ CASE WHEN is_rare THEN word ELSE any_rare && word END
  ) AS titles_with
), weighed AS (
  SELECT lexeme, ln(1 + %(titles)s / coalesce(share * %(titles)s, count(*))) AS weight
  FROM found GROUP BY lexeme, share
)
SELECT item_id, (sum(weight)
    / greatest((SELECT sum(weight) FROM weighed), %(enough)s))::real
FROM found JOIN weighed USING (lexeme) GROUP BY item_id ORDER BY 2 DESC, item_id LIMIT %(k)s
"""
_BUDGET = 1000
_FEW = 200
_MOST_WORDS = 20  # the rarest
# The share of titles that a word has that is not listed: rarer ones differ little.
_UNLISTED = 0.002
# What the words of a request weigh that says enough to be found by its words alone: two rare ones.
_ENOUGH = 12.0


def search_stories(database: Database, text: str, k: int, *, titles: int) -> Retrieved:
    """At most k ids with scores in [0, 1], best first; none for a text without telling words.

    The score is the share of the text's words that a title has, each by its weight; of a text that
    says little it stays below 1. `titles` is the size of the catalogue.
    """
    parameters = {
        "text": text,
        "titles": float(titles),
        "budget": float(_BUDGET),
        "few": float(_FEW),
        "unlisted": _UNLISTED,
        "most_words": _MOST_WORDS,
        "enough": _ENOUGH,
        "k": k,
    }
    with database.autocommit() as cursor:
        rows = cursor.execute(_SEARCH, parameters).fetchall()
    table = np.array(rows, dtype=np.float64).reshape(-1, 2)
    return Retrieved(table[:, 0].astype(np.int32), table[:, 1].astype(np.float32))
