"""Looking up one title."""

from typing import Any

from api.catalogue.items.item_records import read_record
from api.domain.genres import GENRES
from api.domain.items import ItemRef
from api.platform.database import Database
from api.platform.errors import NotFound
from config.settings import Settings


class Catalogue:
    """The use case of GET /items/{item}."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._country = settings.justwatch_country
        self._images = settings.tmdb_image_url

    def record(self, reference: str, *, country: str | None) -> dict[str, Any]:
        """Everything known of a title, offers of one country; raises NotFound."""
        item = ItemRef.parse(reference)
        country = country or self._country
        found = read_record(self._database, item, country=country) if item else None
        if found is None:
            raise NotFound(f"The catalogue has no item {reference}.")
        poster = found.pop("poster_path")
        credits = found.pop("credits")
        return {
            **found,
            "poster_url": f"{self._images}{poster}" if poster else None,
            "genres": [
                {"id": genre, "name": GENRES[genre]}
                for genre in found.pop("genre_ids")
                if genre in GENRES
            ],
            "cast": [credit for credit in credits if credit["role"] == "cast"],
            "crew": [credit for credit in credits if credit["role"] != "cast"],
            "country": country,
        }
