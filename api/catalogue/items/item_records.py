"""The whole record of one title, in one statement."""

from typing import Any

from psycopg.rows import dict_row

from api.platform.database import Database

# References to the titles of one of related_titles' lists that the catalogue has: each is looked up
# by uq_items_media_type_tmdb_id.
_LISTED = """(
    SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', other.id, 'tmdb_id', other.tmdb_id, 'media_type', other.media_type,
            'title', other.title, 'release_year', other.release_year
        ) ORDER BY place), '[]')
    FROM related_titles, unnest({ids}) WITH ORDINALITY AS listed(tmdb_id, place)
        JOIN items AS other USING (tmdb_id)
    WHERE related_titles.item_id = items.id
        AND other.media_type = items.media_type AND other.retired_at IS NULL
)"""

# Every part is read by a primary key that begins with item_id.
_RECORD = f"""
    SELECT items.id, tmdb_id, media_type, imdb_id, title, original_title, alternative_titles,
        overview, tagline,
        poster_path, runtime, original_language, countries, release_date, release_year, status,
        genre_ids, collection_id, collection_name, maturity_rating, popularity, vote_average,
        vote_count, popular_rank, trending_rank, top_rated_rank,
        retired_at IS NOT NULL AS retired,
        (SELECT coalesce(jsonb_object_agg(external_ids.source, external_ids.id), '{{}}')
            FROM external_ids WHERE item_id = items.id) AS external_ids,
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', people.id, 'tmdb_id', people.tmdb_id, 'name', people.name,
                'role', credits.role, 'character', credits.character
            ) ORDER BY credits.position, people.id), '[]')
            FROM credits JOIN people ON people.id = credits.person_id
            WHERE credits.item_id = items.id) AS credits,
        (SELECT coalesce(array_agg(keywords.name ORDER BY keywords.name), '{{}}')
            FROM item_keywords JOIN keywords ON keywords.id = item_keywords.keyword_id
            WHERE item_keywords.item_id = items.id) AS keywords,
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', companies.id, 'tmdb_id', companies.tmdb_id, 'kind', companies.kind,
                'name', companies.name
            ) ORDER BY companies.kind DESC, companies.name, companies.id), '[]')
            FROM item_companies JOIN companies ON companies.id = company_id
            WHERE item_companies.item_id = items.id) AS companies,
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'country', country, 'certificate', certificate, 'age', age
            ) ORDER BY country <> %(country)s, country), '[]')
            FROM certificates WHERE certificates.item_id = items.id) AS certificates,
        {_LISTED.format(ids="similar_ids")} AS similar,
        {_LISTED.format(ids="recommended_ids")} AS recommended,
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'service', service, 'name', coalesce(providers.name, service),
                'offer_type', offer_type, 'url', url
            ) ORDER BY array_position(
                ARRAY['subscription', 'free', 'ads', 'rent', 'buy'], offer_type
            ), service), '[]')
            FROM availability LEFT JOIN providers ON providers.short_name = service
            WHERE availability.item_id = items.id AND country = %(country)s) AS offers
    FROM items
    WHERE items.id = %(id)s
"""  # noqa: S608 - no value is part of the text


def read_record(database: Database, item_id: int, *, country: str) -> dict[str, Any]:
    """The columns of an item that there is, and all that belongs to it.

    Certificates begin with the country's own, offers are the country's alone.
    """
    with database.autocommit() as cursor:
        rows = cursor.connection.cursor(binary=True, row_factory=dict_row)
        (record,) = rows.execute(_RECORD, {"id": item_id, "country": country}).fetchall()
        return record
