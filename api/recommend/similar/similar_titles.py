"""Titles like a title: the pipeline of /recommend with another query."""

from dataclasses import dataclass, replace

from api.catalogue.items.item_references import resolve
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.items import ItemRef
from api.domain.limits import Limits
from api.platform.database import Database
from api.platform.errors import NotFound
from api.recommend.recommender import Page, Recommender
from api.recommend.request_reader import RequestReader
from api.recommend.similar.schemas import SimilarParams
from api.viewers.events import ProfileKey

# By the primary key.
_IS_LIVING = "SELECT retired_at IS NULL FROM items WHERE id = %(id)s"


@dataclass(frozen=True, slots=True)
class SimilarTitles:
    """The use case of GET /items/{item}/similar; one per process."""

    database: Database
    recommender: Recommender
    reader: RequestReader
    shown: ShownTitles

    def page(
        self, reference: str, parameters: SimilarParams, viewer: ProfileKey, limits: Limits
    ) -> Page:
        """A page of the list; `viewer` may be nobody.

        Raises NotFound for a title that is unknown, gone or above the limits, and as Recommender
        does for cursors.
        """
        item_id = self._item(reference, limits)
        known = self.reader.known(parameters, [viewer], country=limits.country)
        request = replace(parameters.asked(viewer, known), like=(item_id,), by=parameters.by)
        if parameters.cursor is not None:
            return self.recommender.next_page(request, parameters.cursor)
        return self.recommender.first_page(request)

    def _item(self, reference: str, limits: Limits) -> int:
        with self.database.autocommit() as cursor:
            (item_id,) = resolve(cursor, [ItemRef.parse(reference)])
            living = cursor.execute(_IS_LIVING, {"id": item_id}).fetchone()
        if item_id is None or living is None or item_id not in self.shown.among([item_id], limits):
            raise NotFound(f"The catalogue has no item {reference}.")
        if not living[0]:
            raise NotFound(f"{reference} has left the catalogue; nothing is compared with it.")
        return item_id
