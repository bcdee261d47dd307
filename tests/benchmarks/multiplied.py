"""`python -m tests.benchmarks.multiplied TIMES`: the catalogue of DATA_DIR, so many times as large.

Every further copy is of invented titles and people: the first words of one name and the last of
another, the two's stories, a vector between theirs (three parts to one), votes of their own. What a
title is made of (genres, keywords, credits, certificates, offers, words of its story) it has as the
title that it began from. It writes to the database: bring a copy.
"""

import argparse
import sys
import time

import psycopg
from psycopg import sql

from api.platform.database import opened_database
from config.settings import Settings

_PREPARE = """
CREATE FUNCTION pg_temp.mixed(one text, other text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT array_to_string(a[:greatest(1, cardinality(a) / 2)] || b[cardinality(b) / 2 + 1:], ' ')
    FROM (SELECT string_to_array(one, ' '), string_to_array(other, ' ')) AS words (a, b)
$$;
CREATE TEMP TABLE titles AS
    SELECT items.*, embedding, text_hash, space_id,
        row_number() OVER (ORDER BY items.id) - 1 AS place
    FROM items JOIN item_embeddings ON item_id = items.id
    WHERE space_id = (SELECT id FROM embedding_spaces WHERE active);
CREATE TEMP TABLE cast_and_crew AS
    SELECT people.*, row_number() OVER (ORDER BY id) - 1 AS place FROM people;
CREATE UNIQUE INDEX ON titles (place);
CREATE UNIQUE INDEX ON cast_and_crew (place);
ANALYZE titles, cast_and_crew;
"""
# Of the copy `k` of n rows each is paired with the row 7,919 k places on, a prime.
_COPY = (
    """
    INSERT INTO items (id, media_type, title, original_title, overview, tagline,
        poster_path, runtime, original_language, countries, release_date, release_year, status,
        genre_ids, maturity_rating, maturity_age, popularity, vote_average, vote_count, source,
        search_name, search_vector)
    OVERRIDING SYSTEM VALUE
    SELECT a.id + %(ids)s, a.media_type, named.title, named.title,
        left(a.overview, length(a.overview) / 2) || substr(b.overview, length(b.overview) / 2 + 1),
        a.tagline, a.poster_path, a.runtime, a.original_language, a.countries, a.release_date,
        a.release_year, a.status, a.genre_ids, a.maturity_rating, a.maturity_age,
        a.popularity * random(), a.vote_average, (a.vote_count * random())::int, a.source,
        lower(named.title), to_tsvector('simple', named.title)
    FROM titles a JOIN titles b
        ON b.place = (a.place + %(k)s * 7919) %% (SELECT count(*) FROM titles),
        LATERAL (SELECT pg_temp.mixed(a.title, b.title)) AS named (title)
    """,
    """
    INSERT INTO item_embeddings (space_id, item_id, embedding, text_hash)
    SELECT a.space_id, a.id + %(ids)s,
        l2_normalize(a.embedding + a.embedding + a.embedding + b.embedding), a.text_hash
    FROM titles a JOIN titles b
        ON b.place = (a.place + %(k)s * 7919) %% (SELECT count(*) FROM titles)
    """,
    """
    INSERT INTO people (id, tmdb_id, name, search_name, popularity)
    OVERRIDING SYSTEM VALUE
    SELECT a.id + %(people)s, -a.id - %(people)s, named.name, lower(named.name),
        a.popularity * random()
    FROM cast_and_crew a JOIN cast_and_crew b
        ON b.place = (a.place + %(k)s * 7919) %% (SELECT count(*) FROM cast_and_crew),
        LATERAL (SELECT pg_temp.mixed(a.name, b.name)) AS named (name)
    """,
    """
    INSERT INTO credits (item_id, role, person_id, character, position)
    SELECT item_id + %(ids)s, role, person_id + %(people)s, character, position
    FROM credits JOIN titles ON titles.id = item_id
    """,
    """
    INSERT INTO item_keywords (item_id, keyword_id)
    SELECT item_id + %(ids)s, keyword_id FROM item_keywords JOIN titles ON titles.id = item_id
    """,
    """
    INSERT INTO item_stories (item_id, words)
    SELECT item_id + %(ids)s, words FROM item_stories JOIN titles ON titles.id = item_id
    """,
    """
    INSERT INTO certificates (item_id, country, certificate, age)
    SELECT item_id + %(ids)s, country, certificate, age
    FROM certificates JOIN titles ON titles.id = item_id
    """,
    """
    INSERT INTO availability (item_id, country, service, offer_type, source, updated_at)
    SELECT item_id + %(ids)s, country, service, offer_type, availability.source,
        availability.updated_at
    FROM availability JOIN titles ON titles.id = item_id
    """,
)
_LAST = "SELECT (SELECT max(id) FROM items), (SELECT max(id) FROM people)"
_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'hnsw%'"
_COUNTS = "SELECT (SELECT count(*) FROM items), (SELECT count(*) FROM people)"


def main() -> int:
    """Prints seconds of the rows and of the vectors' index, and what there is."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.multiplied")
    parser.add_argument("times", type=int)
    times = parser.parse_args().times
    with opened_database(Settings.load()) as database, database.connect() as connection:
        indexes = connection.execute(_INDEXES).fetchall()
        began = time.monotonic()
        for name, _ in indexes:
            connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        _multiply(connection, times)
        print(f"rows: {time.monotonic() - began:.0f} s", flush=True)
        began = time.monotonic()
        connection.execute("SET maintenance_work_mem = '2GB'")
        for _, definition in indexes:
            connection.execute(definition)
        print(f"index: {time.monotonic() - began:.0f} s", flush=True)
        connection.execute("UPDATE service_state SET catalogue_version = catalogue_version + 1")
        connection.execute("ANALYZE")
        titles, people = connection.execute(_COUNTS).fetchone() or (0, 0)
        print(f"{titles:,} titles, {people:,} people")
    return 0


def _multiply(connection: psycopg.Connection, times: int) -> None:
    connection.execute(_PREPARE)
    titles, people = connection.execute(_LAST).fetchone() or (0, 0)
    for k in range(1, times):
        with connection.transaction():
            for statement in _COPY:
                connection.execute(statement, {"k": k, "ids": k * titles, "people": k * people})
        print(f"{k + 1} of {times}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
