"""`python -m tests.endurance.catalogue URL URL`: whether two databases hold the same catalogue.

Rows are compared whole, but for our own ids and for times: titles are named by media type and TMDB
id, people and keywords by name, so that two catalogues filled in another order are the same.
"""

import sys
from collections.abc import Mapping

from sqlalchemy import Engine, create_engine, make_url, text

_KEY = "items.media_type || ':' || items.tmdb_id"
_JOIN = "JOIN items ON items.id = item_id"

# For each part of the catalogue, a statement of one text per row.
_ROWS: Mapping[str, str] = {
    "titles": """
        SELECT (to_jsonb(items) - '{id,fetched_at,updated_at,retired_at}'::text[])::text
            || (retired_at IS NOT NULL)
        FROM items
    """,
    "credits": f"""
        SELECT {_KEY} || concat_ws('|', role, people.tmdb_id, people.name, character, position)
        FROM credits {_JOIN} JOIN people ON people.id = person_id
    """,
    "people": "SELECT (to_jsonb(people) - 'id')::text FROM people",
    "keywords": f"""
        SELECT {_KEY} || keywords.name
        FROM item_keywords {_JOIN} JOIN keywords ON keywords.id = keyword_id
    """,
    "certificates": f"""
        SELECT {_KEY} || concat_ws('|', country, certificate, age) FROM certificates {_JOIN}
    """,
    "offers": f"""
        SELECT {_KEY}
            || concat_ws('|', country, service, offer_type, url, deep_link, availability.source)
        FROM availability {_JOIN}
    """,
    "providers": "SELECT to_jsonb(providers)::text FROM providers",
    "related titles": f"""
        SELECT {_KEY} || similar_ids::text || recommended_ids::text FROM related_titles {_JOIN}
    """,
    "newest lists": f"""
        SELECT {_KEY} || concat_ws('|', list_name, rank)
        FROM list_snapshot_items {_JOIN} JOIN (
            SELECT DISTINCT ON (list_name, media_type) id, list_name FROM list_snapshots
            ORDER BY list_name, media_type, taken_at DESC, id DESC
        ) AS newest ON newest.id = snapshot_id
    """,
    "vectors": f"""
        SELECT {_KEY} || concat_ws(
            '|', model, version, template, item_embeddings.text_hash, embedding
        )
        FROM item_embeddings {_JOIN} JOIN embedding_spaces ON embedding_spaces.id = space_id
        WHERE active
    """,
}  # every text is a constant of this page

Digest = tuple[int, str | None]  # rows, and a hash of them in no order


def digest_of(engine: Engine) -> dict[str, Digest]:
    """Rows and hash of every part of the catalogue."""
    digests: dict[str, Digest] = {}
    with engine.connect() as connection:
        for part, rows in _ROWS.items():
            statement = text(
                "SELECT count(*), md5(string_agg(row, '' ORDER BY row)) "
                f"FROM (SELECT md5(whole) AS row FROM ({rows}) AS rows(whole)) AS hashed"
            )
            count, digest = connection.execute(statement).one()
            digests[part] = (count, digest)
    return digests


def main() -> int:
    """Prints a line per part; 1 when any differs."""
    if len(sys.argv) != 3:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    one, other = (_digest_at(url) for url in sys.argv[1:])
    for part, (count, _) in one.items():
        same = "the same" if one[part] == other[part] else f"DIFFERENT from {other[part][0]:,}"
        print(f"{part:16}{count:>10,} rows, {same}")
    return int(one != other)


def _digest_at(url: str) -> dict[str, Digest]:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        return digest_of(engine)
    finally:
        engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
