"""Writing JustWatch's offers: per title and country, they replace everything that was there.

While they are fresh TMDB's job leaves these rows alone, see catalogue_writes.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, text

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.catalogue.writing.title import Offer
from api.catalogue.writing.title_locks import LOCK_ORDER

_LOCK_TITLES = text(
    f"SELECT FROM items WHERE id = ANY(:item_ids) ORDER BY {LOCK_ORDER} FOR NO KEY UPDATE"
)

_GIVEN = """
WITH given AS (
    SELECT * FROM unnest(
        CAST(:item_ids AS integer[]), CAST(:countries AS text[]), CAST(:services AS text[]),
        CAST(:offer_types AS text[]), CAST(:urls AS text[]), CAST(:deep_links AS text[])
    ) AS given(item_id, country, service, offer_type, url, deep_link)
)
"""

# Both by the primary key of availability; each returns the titles it touched.
_DELETE_ENDED = text(
    f"""{_GIVEN}
    DELETE FROM availability
    USING unnest(CAST(:asked_ids AS integer[]), CAST(:asked_countries AS text[]))
        AS asked(item_id, country)
    WHERE availability.item_id = asked.item_id AND availability.country = asked.country
        AND NOT EXISTS (
            SELECT FROM given
            WHERE given.item_id = availability.item_id AND given.country = availability.country
                AND given.service = availability.service
                AND given.offer_type = availability.offer_type
        )
    RETURNING availability.item_id
    """  # noqa: S608 - constants only
)
_WRITE_CURRENT = text(
    f"""{_GIVEN}
    INSERT INTO availability AS known
        (item_id, country, service, offer_type, url, deep_link, source, updated_at)
    SELECT item_id, country, service, offer_type, url, deep_link, 'justwatch', :now FROM given
    ON CONFLICT (item_id, country, service, offer_type) DO UPDATE
    SET url = EXCLUDED.url, deep_link = EXCLUDED.deep_link, source = EXCLUDED.source,
        updated_at = EXCLUDED.updated_at
    WHERE (known.url, known.deep_link, known.source)
        IS DISTINCT FROM (EXCLUDED.url, EXCLUDED.deep_link, EXCLUDED.source)
    RETURNING item_id
    """  # noqa: S608 - constants only
)

_MARK_CHANGED = text(
    "UPDATE items SET updated_at = :now WHERE id = ANY(:item_ids) AND updated_at < :now"
)


def replace_offers(
    connection: Connection,
    offers: Mapping[int, Mapping[str, Iterable[Offer]]],
    *,
    now: datetime,
) -> set[int]:
    """Makes the offers of each title (by our id) in each of its countries what is given.

    Offers of other countries stay. Returns the titles that changed; if there is one, the
    catalogue's version moves. An offer must occur once per country, service and type.
    """
    asked = [(item_id, country) for item_id, lists in offers.items() for country in lists]
    given = [
        (item_id, offer)
        for item_id, lists in offers.items()
        for country_offers in lists.values()
        for offer in country_offers
    ]
    parameters = {
        "now": now,
        "asked_ids": [item_id for item_id, _ in asked],
        "asked_countries": [country for _, country in asked],
        "item_ids": [item_id for item_id, _ in given],
        "countries": [offer.country for _, offer in given],
        "services": [offer.service for _, offer in given],
        "offer_types": [offer.offer_type for _, offer in given],
        "urls": [offer.url for _, offer in given],
        "deep_links": [offer.deep_link for _, offer in given],
    }
    connection.execute(_LOCK_TITLES, {"item_ids": list(offers)})
    changed = set(connection.execute(_DELETE_ENDED, parameters).scalars())
    changed.update(connection.execute(_WRITE_CURRENT, parameters).scalars())
    if changed:
        connection.execute(_MARK_CHANGED, {"now": now, "item_ids": list(changed)})
        bump_catalogue_version(connection, changed)
    return changed
