"""Writing titles into the catalogue, a batch at a time, changing only what differs.

A batch is copied into temporary tables and compared there by one statement per table, so a title
that says nothing new costs no write but its `fetched_at`. Lists and ranks: see list_writes.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, TextClause, text

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.catalogue.writing.title import TMDB_GIVES_IDS_OF, Provider, Title, TitleKey
from api.catalogue.writing.title_locks import hold_titles
from api.catalogue.writing.title_staging import OWN_COLUMNS, stage_titles

# How long JustWatch's offers of a title in a country keep TMDB's out. Its job asks daily;
# after two weeks without an answer TMDB's, which come from the same source, are the fresher ones.
JUSTWATCH_TRUSTED_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a batch."""

    changed: int  # titles that are new or differ from what was stored
    unchanged: int


_OWN = ", ".join(OWN_COLUMNS)

# Titles without a TMDB id are known by their source's own: a new one gets its id before its row.
_RESOLVE_OWN = """
CREATE TEMPORARY TABLE staged_own ON COMMIT DROP AS
SELECT staged_titles.number, coalesce(
    known.item_id, nextval(pg_get_serial_sequence('items', 'id'))::int
) AS id
FROM staged_titles JOIN staged_external_ids AS own USING (number, source, media_type)
LEFT JOIN external_ids AS known USING (source, id, media_type)
WHERE tmdb_id IS NULL
"""


def _write_titles(columns: str, staged: str, *, key: str, order: str) -> TextClause:
    """Writes what is staged, in the order of title_locks.py; returns what is new or changed."""
    return text(
        f"""
        INSERT INTO items
            ({columns}, {_OWN}, search_vector, all_names_vector, fetched_at, updated_at)
        OVERRIDING SYSTEM VALUE
        SELECT {columns}, {_OWN},
            setweight(to_tsvector('simple', folded_title), 'A')
                || setweight(to_tsvector('simple', folded_original), 'B'),
            CASE WHEN folded_alternatives = '' THEN ''::tsvector ELSE to_tsvector(
                'simple', concat_ws(' ', folded_title, folded_original, folded_alternatives)
            ) END,
            :now, :now
        FROM {staged} ORDER BY {order}
        ON CONFLICT ({key}) DO UPDATE
        SET ({_OWN}, search_vector, all_names_vector, updated_at, retired_at)
            = ({", ".join(f"EXCLUDED.{name}" for name in OWN_COLUMNS)},
               EXCLUDED.search_vector, EXCLUDED.all_names_vector, :now, NULL)
        WHERE items.retired_at IS NOT NULL
            OR ({", ".join(f"items.{name}" for name in OWN_COLUMNS)})
                IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in OWN_COLUMNS)})
        RETURNING id
        """  # noqa: S608 - constants only
    )


_WRITE_TITLES = _write_titles(
    "media_type, tmdb_id",
    "staged_titles WHERE tmdb_id IS NOT NULL",
    key="media_type, tmdb_id",
    order="media_type, tmdb_id",
)
_WRITE_OWN = _write_titles(
    "id, media_type",
    "staged_titles JOIN staged_own USING (number)",
    key="id",
    order="media_type, id",
)

_RESOLVE_TITLES = """
CREATE TEMPORARY TABLE staged_ids ON COMMIT DROP AS
SELECT number, items.id AS item_id FROM staged_titles JOIN items USING (media_type, tmdb_id)
UNION ALL
SELECT number, id FROM staged_own;
ANALYZE staged_ids, staged_credits, staged_keywords
"""

# A person is who the id says: the name of before goes on finding them.
_RENAME_PEOPLE = text(
    """
    UPDATE people SET aliases = array_append(
        array_remove(array_remove(aliases, staged.name), people.name), people.name
    )
    FROM staged_people AS staged
    WHERE staged.tmdb_id = people.tmdb_id AND staged.search_name <> people.search_name
    RETURNING people.id
    """
)

_WRITE_PEOPLE = """
INSERT INTO people (tmdb_id, name, search_name, popularity)
SELECT tmdb_id, name, search_name, popularity FROM staged_people
WHERE tmdb_id IS NOT NULL ORDER BY tmdb_id
ON CONFLICT (tmdb_id) DO UPDATE
SET name = EXCLUDED.name, search_name = EXCLUDED.search_name, popularity = EXCLUDED.popularity
WHERE (people.name, people.popularity) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.popularity);
INSERT INTO people (name, search_name, popularity)
SELECT name, search_name, popularity FROM staged_people WHERE tmdb_id IS NULL ORDER BY name
ON CONFLICT (name) WHERE tmdb_id IS NULL DO NOTHING
"""

_WRITE_KEYWORD_NAMES = """
INSERT INTO keywords (name) SELECT DISTINCT name FROM staged_keywords ORDER BY name
ON CONFLICT (name) DO NOTHING
"""

# The name that most titles of the batch give it: TMDB's caches disagree while it is renamed.
_WRITE_COMPANIES = """
INSERT INTO companies (kind, tmdb_id, name, search_name)
SELECT DISTINCT ON (kind, tmdb_id) kind, tmdb_id, name, search_name
FROM staged_companies GROUP BY kind, tmdb_id, name, search_name
ORDER BY kind, tmdb_id, count(*) DESC, name
ON CONFLICT (kind, tmdb_id) DO UPDATE
SET name = EXCLUDED.name, search_name = EXCLUDED.search_name
WHERE companies.name <> EXCLUDED.name
"""

# A person is found by id, or by name where the source gives no id.
_RESOLVE_CREDITS = """
CREATE TEMPORARY TABLE wanted_credits ON COMMIT DROP AS
SELECT item_id, role, people.id AS person_id, character, position
FROM staged_credits JOIN staged_ids USING (number)
JOIN people ON people.tmdb_id = person_tmdb_id
UNION ALL
SELECT item_id, role, people.id, character, position
FROM staged_credits JOIN staged_ids USING (number)
JOIN people ON people.name = staged_credits.name AND people.tmdb_id IS NULL
WHERE person_tmdb_id IS NULL
"""

# Each of these returns the items it touched.
_WRITE_PARTS = (
    # Ids that another source gave the title stay.
    """
    DELETE FROM external_ids USING staged_ids
    WHERE external_ids.item_id = staged_ids.item_id AND source = ANY(:replaced_sources)
        AND (number, source, id) NOT IN (SELECT number, source, id FROM staged_external_ids)
    RETURNING external_ids.item_id
    """,
    # Where a source gives one id to several titles, the first one keeps it while it lives.
    """
    INSERT INTO external_ids (source, id, media_type, item_id)
    SELECT DISTINCT ON (source, id, media_type) source, id, media_type, item_id
    FROM staged_external_ids JOIN staged_ids USING (number)
    ORDER BY source, id, media_type, number
    ON CONFLICT (source, id, media_type) DO UPDATE SET item_id = EXCLUDED.item_id
    WHERE external_ids.item_id <> EXCLUDED.item_id AND EXISTS (
        SELECT FROM items WHERE items.id = external_ids.item_id AND retired_at IS NOT NULL
    )
    RETURNING item_id
    """,
    """
    DELETE FROM credits USING staged_ids
    WHERE credits.item_id = staged_ids.item_id AND (credits.item_id, role, person_id) NOT IN
        (SELECT item_id, role, person_id FROM wanted_credits)
    RETURNING credits.item_id
    """,
    """
    INSERT INTO credits (item_id, role, person_id, character, position)
    SELECT item_id, role, person_id, character, position FROM wanted_credits
    ON CONFLICT (item_id, role, person_id) DO UPDATE
    SET character = EXCLUDED.character, position = EXCLUDED.position
    WHERE (credits.character, credits.position)
        IS DISTINCT FROM (EXCLUDED.character, EXCLUDED.position)
    RETURNING item_id
    """,
    """
    DELETE FROM item_keywords USING staged_ids, keywords
    WHERE item_keywords.item_id = staged_ids.item_id AND keywords.id = keyword_id
        AND (number, name) NOT IN (SELECT number, name FROM staged_keywords)
    RETURNING item_keywords.item_id
    """,
    """
    INSERT INTO item_keywords (item_id, keyword_id)
    SELECT item_id, keywords.id
    FROM staged_keywords JOIN staged_ids USING (number) JOIN keywords USING (name)
    ON CONFLICT DO NOTHING
    RETURNING item_id
    """,
    """
    DELETE FROM item_companies USING staged_ids, companies
    WHERE item_companies.item_id = staged_ids.item_id AND companies.id = company_id
        AND (number, kind, tmdb_id) NOT IN (SELECT number, kind, tmdb_id FROM staged_companies)
    RETURNING item_companies.item_id
    """,
    """
    INSERT INTO item_companies (item_id, company_id)
    SELECT item_id, companies.id
    FROM staged_companies JOIN staged_ids USING (number) JOIN companies USING (kind, tmdb_id)
    ON CONFLICT DO NOTHING
    RETURNING item_id
    """,
    """
    INSERT INTO item_stories (item_id, words)
    SELECT item_id, strip(to_tsvector('english', concat_ws(
        E'\n', title, tagline, overview,
        (SELECT string_agg(name, ', ') FROM staged_keywords
         WHERE staged_keywords.number = staged_ids.number)
    )))
    FROM staged_ids JOIN staged_titles USING (number)
    ON CONFLICT (item_id) DO UPDATE SET words = EXCLUDED.words
    WHERE item_stories.words IS DISTINCT FROM EXCLUDED.words
    RETURNING item_id
    """,
    """
    DELETE FROM certificates USING staged_ids
    WHERE certificates.item_id = staged_ids.item_id AND (number, country) NOT IN
        (SELECT number, country FROM staged_certificates)
    RETURNING certificates.item_id
    """,
    """
    INSERT INTO certificates (item_id, country, certificate, age)
    SELECT item_id, country, certificate, age
    FROM staged_certificates JOIN staged_ids USING (number)
    ON CONFLICT (item_id, country) DO UPDATE
    SET certificate = EXCLUDED.certificate, age = EXCLUDED.age
    WHERE (certificates.certificate, certificates.age)
        IS DISTINCT FROM (EXCLUDED.certificate, EXCLUDED.age)
    RETURNING item_id
    """,
    """
    DELETE FROM related_titles USING staged_ids
    WHERE related_titles.item_id = staged_ids.item_id AND number NOT IN
        (SELECT number FROM staged_related)
    RETURNING related_titles.item_id
    """,
    """
    INSERT INTO related_titles (item_id, similar_ids, recommended_ids)
    SELECT item_id, similar_ids, recommended_ids
    FROM staged_related JOIN staged_ids USING (number)
    ON CONFLICT (item_id) DO UPDATE
    SET similar_ids = EXCLUDED.similar_ids, recommended_ids = EXCLUDED.recommended_ids
    WHERE (related_titles.similar_ids, related_titles.recommended_ids)
        IS DISTINCT FROM (EXCLUDED.similar_ids, EXCLUDED.recommended_ids)
    RETURNING item_id
    """,
    # JustWatch knows a country's offers better: while its answer is fresh, its offers stay.
    """
    DELETE FROM availability USING staged_ids
    WHERE availability.item_id = staged_ids.item_id
        AND NOT EXISTS (
            SELECT FROM justwatch_checks AS checks
            WHERE checks.item_id = availability.item_id AND checks.country = availability.country
                AND checked_at >= :trusted_since
        )
        AND (number, country, service, offer_type) NOT IN
            (SELECT number, country, service, offer_type FROM staged_offers)
    RETURNING availability.item_id
    """,
    """
    INSERT INTO availability (item_id, country, service, offer_type, url, source)
    SELECT item_id, country, service, offer_type, url, :source
    FROM staged_offers JOIN staged_ids USING (number)
    WHERE NOT EXISTS (
        SELECT FROM justwatch_checks AS checks
        WHERE checks.item_id = staged_ids.item_id AND checks.country = staged_offers.country
            AND checked_at >= :trusted_since
    )
    ON CONFLICT (item_id, country, service, offer_type) DO UPDATE
    SET url = EXCLUDED.url, deep_link = NULL, source = EXCLUDED.source, updated_at = :now
    WHERE (availability.url, availability.source) IS DISTINCT FROM (EXCLUDED.url, EXCLUDED.source)
    RETURNING item_id
    """,
)

_MARK_CHANGED = text(
    "UPDATE items SET updated_at = :now WHERE id = ANY(:ids) AND updated_at < :now"
)
_MARK_FETCHED = text(
    "UPDATE items SET fetched_at = :now FROM staged_ids "
    "WHERE items.id = item_id AND fetched_at < :now"
)

_RETIRE = text(
    "UPDATE items SET retired_at = :now, updated_at = :now, fetched_at = :now, "
    "popular_rank = NULL, trending_rank = NULL, top_rated_rank = NULL "
    "FROM unnest(CAST(:media_types AS text[]), CAST(:tmdb_ids AS integer[])) "
    "AS gone(media_type, tmdb_id) "
    "WHERE items.media_type = gone.media_type AND items.tmdb_id = gone.tmdb_id "
    "AND source = 'tmdb' AND retired_at IS NULL RETURNING items.id"
)


def write_titles(
    connection: Connection, titles: Sequence[Title], *, source: str, now: datetime
) -> Written:
    """Stores titles with their credits, keywords, companies, certificates, offers, related titles.

    `source` is "tmdb", "sample" or an operator's own; a title without a TMDB id is known by its id
    there, which is among its `external_ids`. Needs its own transaction: the temporary tables live
    until its end. When anything changed, the catalogue's version moves.
    """
    if not titles:
        return Written(0, 0)
    stage_titles(connection, titles, source=source)
    parameters = {
        "now": now,
        "source": source,
        "trusted_since": now - JUSTWATCH_TRUSTED_FOR,
        "replaced_sources": [*TMDB_GIVES_IDS_OF, source],
    }
    connection.exec_driver_sql(_RESOLVE_OWN)
    changed = {
        item_id
        for statement in (_WRITE_TITLES, _WRITE_OWN)
        for item_id in connection.execute(statement, parameters).scalars()
    }
    renamed = connection.execute(_RENAME_PEOPLE).first() is not None
    for script in (
        _RESOLVE_TITLES,
        _WRITE_PEOPLE,
        _RESOLVE_CREDITS,
        _WRITE_KEYWORD_NAMES,
        _WRITE_COMPANIES,
    ):
        connection.exec_driver_sql(script)
    for statement in _WRITE_PARTS:
        changed.update(connection.execute(text(statement), parameters).scalars())
    connection.execute(_MARK_CHANGED, {"now": now, "ids": list(changed)})
    connection.execute(_MARK_FETCHED, {"now": now})
    if changed or renamed:
        bump_catalogue_version(connection, changed)
    return Written(changed=len(changed), unchanged=len(titles) - len(changed))


def retire_titles(connection: Connection, keys: Iterable[TitleKey], *, now: datetime) -> int:
    """Marks titles that are gone at their source; returns how many were not marked before.

    They lose their ranks and are no longer recommended; their rows and histories stay.
    """
    gone = list(keys)
    hold_titles(connection, gone)
    retired = connection.execute(
        _RETIRE,
        {
            "now": now,
            "media_types": [media_type for media_type, _ in gone],
            "tmdb_ids": [tmdb_id for _, tmdb_id in gone],
        },
    ).scalars()
    if ids := list(retired):
        bump_catalogue_version(connection, ids)
    return len(ids)


# TMDB spells one service in two ways: the same one stands, whichever came first.
_WRITE_PROVIDERS = text(
    """
    INSERT INTO providers (short_name, name, tmdb_id, aliases)
    VALUES (:short_name, :name, :tmdb_id, :aliases)
    ON CONFLICT (short_name) DO UPDATE SET name = EXCLUDED.name
    WHERE lower(providers.name) = lower(EXCLUDED.name)
        AND EXCLUDED.name COLLATE "C" < providers.name COLLATE "C"
    """
)


# The same service by TMDB's id under another name: the name of before becomes an alias. Only by the
# id that is kept: a short name may stand for several of TMDB's.
_RENAME_PROVIDERS = text(
    """
    UPDATE providers SET name = given.name,
        aliases = array_append(array_remove(aliases, given.name), providers.name)
    FROM unnest(CAST(:short_names AS text[]), CAST(:tmdb_ids AS integer[]), CAST(:names AS text[]))
        AS given(short_name, tmdb_id, name)
    WHERE given.short_name = providers.short_name AND given.tmdb_id = providers.tmdb_id
        AND given.name <> '' AND lower(given.name) <> lower(providers.name)
    RETURNING providers.short_name
    """
)


def rename_providers(connection: Connection, providers: Iterable[Provider]) -> list[str]:
    """Gives services the name that their source has now, once each; the short names renamed.

    The name of before stays as an alias.
    """
    given = list(providers)
    parameters = {
        "short_names": [one.short_name for one in given],
        "tmdb_ids": [one.tmdb_id for one in given],
        "names": [one.name for one in given],
    }
    renamed = list(connection.execute(_RENAME_PROVIDERS, parameters).scalars())
    if renamed:
        bump_catalogue_version(connection, ())
    return renamed


def write_providers(connection: Connection, providers: Iterable[Provider]) -> None:
    """Adds services by short name; a known one keeps its name, but for its case, and aliases."""
    rows = [
        {
            "short_name": provider.short_name,
            "name": provider.name,
            "tmdb_id": provider.tmdb_id,
            "aliases": list(provider.aliases),
        }
        for provider in sorted(providers, key=lambda provider: (provider.short_name, provider.name))
    ]
    if rows:
        connection.execute(_WRITE_PROVIDERS, rows)


def forget_unused_names(connection: Connection) -> None:
    """Deletes people, keywords and companies that no title names any more."""
    connection.execute(
        text(
            "DELETE FROM people WHERE NOT EXISTS "
            "(SELECT FROM credits WHERE credits.person_id = people.id)"
        )
    )
    connection.execute(
        text(
            "DELETE FROM keywords WHERE NOT EXISTS "
            "(SELECT FROM item_keywords WHERE keyword_id = keywords.id)"
        )
    )
    connection.execute(
        text(
            "DELETE FROM companies WHERE NOT EXISTS "
            "(SELECT FROM item_companies WHERE company_id = companies.id)"
        )
    )
