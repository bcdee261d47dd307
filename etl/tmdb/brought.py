"""What viewers brought and the catalogue lacks: looked for at TMDB by ids elsewhere, or by name.

What is found is fetched like any other title. Whether a row means it is for the matching to say
when it has arrived (api/viewers/imports/waiting.py); where the catalogue does not know the name, as
of translations, it is offered to the viewer as what could be meant.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from api.catalogue.writing.title import TitleKey
from api.domain.items import MediaType
from api.platform.errors import UpstreamUnavailable
from api.viewers.imports.row import Row
from api.viewers.imports.sources.json_values import entries
from api.viewers.imports.sources.json_values import text as told
from api.viewers.imports.sources.records import number, year_of
from api.viewers.imports.waiting import row_of_key
from etl.tmdb.client import TmdbClient

log = logging.getLogger(__name__)

_ASK_AGAIN = timedelta(days=30)
_ONCE_MORE = timedelta(days=29)  # ago: what was found has yet to arrive
_MOST_ASKED = 500  # titles of a run
_MOST_OF_ONE = 3  # candidates of a name
_EITHER: tuple[MediaType, ...] = ("movie", "tv")

# Walks import_rows, once a pass. What names TMDB's own id is in the plan already.
_LACKED = text(
    """
    SELECT DISTINCT title_key FROM import_rows JOIN imports ON imports.id = import_id
    WHERE state = 'applied' AND import_rows.status = 'unmatched'
        AND title_key !~ '^(movie|tv)[|][0-9]*[|][0-9]{1,9}[|]'
        AND (asked_at IS NULL OR asked_at < :before)
    ORDER BY title_key LIMIT :most
    """
)
_ASKED = text(
    """
    UPDATE import_rows SET asked_at = :now FROM imports
    WHERE imports.id = import_id AND state = 'applied' AND import_rows.status = 'unmatched'
        AND title_key = ANY(:keys)
    """
)
# By uq_items_media_type_tmdb_id, then a walk of import_rows as above.
_IN_CATALOGUE = text(
    """
    SELECT coalesce(moved_to, items.id)
    FROM unnest(CAST(:media_types AS text[]), CAST(:tmdb_ids AS int[]))
        WITH ORDINALITY AS found(media_type, tmdb_id, place)
    JOIN items USING (media_type, tmdb_id) WHERE retired_at IS NULL ORDER BY place
    """
)
_OFFER = text(
    """
    UPDATE import_rows SET status = 'uncertain', candidates = CAST(:items AS int[]),
        reason = 'TMDB finds it under that name', asked_at = :now
    FROM imports
    WHERE imports.id = import_id AND state = 'applied' AND import_rows.status = 'unmatched'
        AND title_key = :key
    """
)


def look_for_brought(
    connection: Connection, client: TmdbClient, *, now: datetime
) -> list[TitleKey]:
    """Titles that rows could mean, none twice; a row is asked about once in 30 days."""
    asked = {"before": now - _ASK_AGAIN, "most": _MOST_ASKED}
    found: dict[str, list[TitleKey]] = {}
    for (key,) in connection.execute(_LACKED, asked).all():
        try:
            found[key] = _found(client, row_of_key(key))
        except UpstreamUnavailable as error:
            # It waits for 30 days like those that TMDB does not know, and whoever is behind it for
            # the next pass: where TMDB is away, the pass ends by itself.
            log.warning("a brought name was not answered", extra={"fields": {"why": str(error)}})
            found[key] = []
            break
    coming = [key for key, titles in found.items() if not _offered(connection, key, titles, now)]
    for when, keys in (
        (now - _ONCE_MORE, [key for key in coming if found[key]]),
        (now, [key for key in coming if not found[key]]),
    ):
        connection.execute(_ASKED, {"now": when, "keys": keys})
    return list(dict.fromkeys(title for titles in found.values() for title in titles))


def _offered(connection: Connection, key: str, titles: Sequence[TitleKey], now: datetime) -> bool:
    """Whether the catalogue has them already, so that the name alone is in the way."""
    named = {
        "media_types": [media_type for media_type, _ in titles],
        "tmdb_ids": [tmdb_id for _, tmdb_id in titles],
    }
    items = [item for (item,) in connection.execute(_IN_CATALOGUE, named)] if titles else []
    if not items or len(items) < len(titles):
        return False
    connection.execute(_OFFER, {"items": items, "key": key, "now": now})
    return True


def _found(client: TmdbClient, row: Row) -> list[TitleKey]:
    return list(_by_ids(client, row)) or list(_by_name(client, row))


def _by_ids(client: TmdbClient, row: Row) -> Iterator[TitleKey]:
    ids = [("imdb_id", row.ids.imdb), ("tvdb_id", row.ids.tvdb)]
    for source, one in ids:
        if one is None:
            continue
        answer = client.find(source, str(one))
        for media_type in (row.media_type,) if row.media_type else _EITHER:
            for _, entry in entries(answer, f"{media_type}_results"):
                if (tmdb_id := number(entry.get("id"))) is not None:
                    yield media_type, tmdb_id


def _by_name(client: TmdbClient, row: Row) -> Iterator[TitleKey]:
    """Of a name with its year those of the year or of one beside it; else the likeliest."""
    for name in row.names:
        for media_type in (row.media_type,) if row.media_type else _EITHER:
            yield from _searched(client, media_type, name.title, row.year)


def _searched(
    client: TmdbClient, media_type: MediaType, name: str, year: int | None
) -> Sequence[TitleKey]:
    listed = [entry for _, entry in entries(client.search(media_type, name, year), "results")]
    if not listed and year is not None:
        listed = [entry for _, entry in entries(client.search(media_type, name, None), "results")]
    fit = [number(entry.get("id")) for entry in listed if _is_of(entry, year)]
    return [(media_type, one) for one in fit if one is not None][:_MOST_OF_ONE]


def _is_of(entry: dict[str, Any], year: int | None) -> bool:
    known = year_of(told(entry, "release_date") or told(entry, "first_air_date"))
    return year is None or (known is not None and abs(known - year) <= 1)
