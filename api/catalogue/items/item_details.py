"""Looking up one title."""

from typing import Any

from api.catalogue.items.item_records import read_record
from api.catalogue.items.named_items import require_found_items
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.genres import GENRES
from api.domain.limits import Limits
from api.platform.database import Database
from config.settings import Settings


class Catalogue:
    """The use case of GET /items/{item}."""

    def __init__(self, database: Database, settings: Settings, shown: ShownTitles) -> None:
        self._database = database
        self._shown = shown
        self._country = settings.justwatch_country
        self._images = settings.tmdb_image_url

    def record(self, reference: str, *, country: str | None, limits: Limits) -> dict[str, Any]:
        """Everything known of a title, offers of one country.

        Raises NotFound, for a title above the limits too; those beside it are left out.
        """
        country = country or limits.country or self._country
        # Histories and libraries lead to what has left the catalogue; its record says so.
        (item,) = require_found_items(self._database, [reference], limits, retired_too=True)
        found = read_record(self._database, item, country=country)
        poster = found.pop("poster_path")
        credits = found.pop("credits")
        return {
            **found,
            "similar": self._within(found["similar"], limits),
            "recommended": self._within(found["recommended"], limits),
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

    def _within(self, listed: list[dict[str, Any]], limits: Limits) -> list[dict[str, Any]]:
        shown = self._shown.among([title["id"] for title in listed], limits)
        return [title for title in listed if title["id"] in shown]
