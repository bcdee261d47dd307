"""Item cards: the unchanging part of a served item as ready JSON, kept in a bounded cache.

A page of 20 models costs 1.7 ms to serialise; 20 cached cards cost next to nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from api.catalogue.items.changed_titles import changed_titles
from api.catalogue.items.kept_by_title import KeptByTitle
from api.domain.genres import GENRES
from api.platform.cache_counts import CacheFigures
from api.platform.database import Database

_CACHED_CARDS = 8192  # about 12 MB

_ITEMS = """
SELECT id, tmdb_id, media_type, title, overview, poster_path, runtime, original_language,
       genre_ids, release_year, collection_id, collection_name, maturity_rating, popularity,
       vote_average, vote_count, popular_rank, trending_rank, top_rated_rank,
       retired_at IS NOT NULL
FROM items WHERE id = ANY(%(ids)s)
"""

# The viewer's cheapest way to watch first; the primary key leads with item and country.
_OFFERS = """
SELECT item_id, service, offer_type, url FROM availability
WHERE item_id = ANY(%(ids)s) AND country = %(country)s
ORDER BY item_id, array_position(ARRAY['subscription', 'free', 'ads', 'rent', 'buy'], offer_type),
         service
"""


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One title as served, without score and explanation."""

    title: str
    genre_ids: tuple[int, ...]
    retired: bool  # may be named as a reason, is not to be served
    open_json: bytes  # the JSON object without its closing brace


class ItemCards:
    """Cards by item and country, as of the newest version of the catalogue that was asked for.
    Thread-safe."""

    def __init__(self, database: Database, *, image_url: str) -> None:
        self._database = database
        self._image_url = image_url
        self._kept: KeptByTitle[ItemCard] = KeptByTitle(
            _CACHED_CARDS, partial(changed_titles, database)
        )

    def of(self, item_ids: Sequence[int], *, country: str, version: int) -> dict[int, ItemCard]:
        """The cards of these items; ids that the catalogue no longer has are left out.

        At most two statements, none when all are cached; one more where the catalogue has moved.
        """
        found, found_at = self._kept.find(item_ids, of=country, version=version)
        missing = [item_id for item_id in item_ids if item_id not in found]
        if missing:
            loaded = self._load(missing, country)
            found |= loaded
            self._kept.keep(loaded, of=country, found_at=found_at)
        return found

    def has(self, item_ids: Iterable[int], *, country: str, version: int) -> bool:
        """Whether all of these cards are at hand."""
        return self._kept.has(item_ids, of=country, version=version)

    def cache_figures(self) -> CacheFigures:
        """How often a card was at hand."""
        return self._kept.cache_figures()

    def _load(self, item_ids: Sequence[int], country: str) -> dict[int, ItemCard]:
        parameters = {"ids": list(item_ids), "country": country}
        with self._database.autocommit() as cursor:
            rows = cursor.execute(_ITEMS, parameters).fetchall()
            offers = cursor.execute(_OFFERS, parameters).fetchall()
        options: dict[int, list[dict[str, Any]]] = {}
        for item_id, service, offer_type, url in offers:
            options.setdefault(item_id, []).append(
                {"service": service, "offer_type": offer_type, "url": url}
            )
        return {row[0]: self._card(row, options.get(row[0], [])) for row in rows}

    def _card(self, row: tuple[Any, ...], options: list[dict[str, Any]]) -> ItemCard:
        fields = dict(zip(_COLUMNS, row, strict=True))
        poster = fields.pop("poster_path")
        genre_ids = tuple(fields.pop("genre_ids"))
        first = next((option["url"] for option in options if option["url"]), None)
        card = {
            "id": fields["id"],
            "tmdb_id": fields["tmdb_id"],
            "media_type": fields["media_type"],
            "title": fields["title"],
            "overview": fields["overview"],
            "poster_url": f"{self._image_url}{poster}" if poster else None,
            "runtime": fields["runtime"],
            "original_language": fields["original_language"],
            "genres": named_genres(genre_ids),
            "release_year": fields["release_year"],
            "collection_id": fields["collection_id"],
            "collection_name": fields["collection_name"],
            "maturity_rating": fields["maturity_rating"],
            "watch_options": options,
            "watch_url": first,
            "popularity": round(fields["popularity"], 3),
            "vote_average": round(fields["vote_average"], 2),
            "vote_count": fields["vote_count"],
            "popular_rank": fields["popular_rank"],
            "trending_rank": fields["trending_rank"],
            "top_rated_rank": fields["top_rated_rank"],
        }
        return ItemCard(
            fields["title"], genre_ids, fields["retired"], open_json=orjson.dumps(card)[:-1]
        )


def named_genres(genre_ids: Iterable[int]) -> list[dict[str, Any]]:
    """`[{"id", "name"}]`, in the given order."""
    return [{"id": genre_id, "name": GENRES[genre_id]} for genre_id in genre_ids]


_COLUMNS = (
    "id", "tmdb_id", "media_type", "title", "overview", "poster_path", "runtime",
    "original_language", "genre_ids", "release_year", "collection_id", "collection_name",
    "maturity_rating", "popularity", "vote_average", "vote_count", "popular_rank",
    "trending_rank", "top_rated_rank", "retired",
)  # fmt: skip
