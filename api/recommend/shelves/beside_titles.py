"""What rows claim that neither the list nor the facts know, read in one statement."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson

from api.catalogue.title_map.title_map import region_name
from api.domain.arrays import Ints
from api.domain.items import INCLUDED_OFFERS
from api.platform.database import Database

# By primary keys: of the newest map, of a country's offers, and of what is named. Services are the
# profile's own where it has any.
_READ = """
WITH newest AS (
    SELECT id, regions FROM title_maps WHERE regions IS NOT NULL ORDER BY id DESC LIMIT 1
), own AS (
    SELECT services FROM profiles WHERE id = %(profile_id)s AND cardinality(services) > 0
)
SELECT 'title', title, id::text FROM items WHERE id = ANY(%(named)s::int[])
UNION ALL
SELECT 'watchlist', '', string_agg(item_id::text, ',') FROM watchlist
WHERE profile_id = %(profile_id)s GROUP BY profile_id
UNION ALL
SELECT 'service', providers.name, string_agg(DISTINCT item_id::text, ',') FROM availability
JOIN providers ON short_name = service
WHERE item_id = ANY(%(listed)s::int[]) AND country = %(country)s AND offer_type = ANY(%(included)s)
    AND (NOT EXISTS (SELECT FROM own) OR service = ANY(SELECT unnest(services) FROM own))
GROUP BY providers.name
UNION ALL
SELECT 'region', region::text, string_agg(item_id::text, ',')
FROM newest JOIN map_titles ON map_id = newest.id
WHERE item_id = ANY(%(listed)s::int[]) AND region IS NOT NULL GROUP BY region
UNION ALL
SELECT 'region name', region::text, (place - 1)::text
FROM newest, jsonb_array_elements(regions) WITH ORDINALITY AS each (region, place)
"""

_Group = tuple[dict[str, Any], Ints]  # evidence, and the titles that it holds for, ascending


@dataclass(frozen=True, slots=True)
class BesideTitles:
    """Names of titles, the viewer's watchlist, and who offers what lies where."""

    titles: dict[int, str] = field(default_factory=dict)  # those that may be named
    watchlist: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))  # ascending
    services: list[_Group] = field(default_factory=list)
    regions: list[_Group] = field(default_factory=list)


def read_beside(
    database: Database,
    *,
    named: Sequence[int],
    listed: Ints,
    profile_id: int | None,
    country: str,
) -> BesideTitles:
    """Of the listed titles; `named` are those that a row may name."""
    parameters = {
        "named": list(named),
        "listed": listed.tolist(),
        "profile_id": profile_id,
        "country": country,
        "included": sorted(INCLUDED_OFFERS),
    }
    with database.autocommit() as cursor:
        rows = cursor.execute(_READ, parameters).fetchall()
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, text, numbers in rows:
        found[kind].append((text, numbers))
    regions = {number: orjson.loads(text) for text, number in found["region name"]}
    watchlist = "".join(numbers for _, numbers in found["watchlist"])
    return BesideTitles(
        titles={int(item_id): title for title, item_id in found["title"]},
        watchlist=_ids(watchlist),
        services=[({"service": name}, _ids(ids)) for name, ids in sorted(found["service"])],
        regions=[
            (_evidence(int(number), regions[number]), _ids(ids))
            for number, ids in sorted(found["region"])
            # What has one genre reads as the row of that genre, and "Various" says nothing.
            if number in regions and len(regions[number]["genres"]) > 1
        ],
    )


def _ids(numbers: str) -> Ints:
    """Of "3,1,2" the numbers, ascending."""
    return np.array(sorted(map(int, filter(None, numbers.split(",")))), dtype=np.int32)


def _evidence(number: int, region: dict[str, Any]) -> dict[str, Any]:
    """Without the keywords of the region, which some of its titles have: a row is what each is."""
    genres = region["genres"]
    return {"region": number, "name": region_name(genres, []), "genres": genres, "keywords": []}
