"""Titles like a title: the pipeline of /recommend with another query."""

from dataclasses import dataclass, replace

from api.catalogue.items.named_items import require_found_items
from api.domain.limits import Limits
from api.platform.database import Database
from api.recommend.recommender import Page, Recommender
from api.recommend.request_reader import RequestReader
from api.recommend.similar.schemas import SimilarParams
from api.viewers.events import ProfileKey


@dataclass(frozen=True, slots=True)
class SimilarTitles:
    """The use case of GET /items/{item}/similar; one per process."""

    database: Database
    recommender: Recommender
    reader: RequestReader

    def page(
        self,
        reference: str,
        parameters: SimilarParams,
        viewer: ProfileKey,
        limits: Limits,
        *,
        names_within: Limits,
    ) -> Page:
        """A page of the list; `viewer` may be nobody.

        `names_within` are the limits of what may be left out by name.

        Raises NotFound for a title that is unknown, gone or above the limits, and as Recommender
        does for cursors.
        """
        item_ids = require_found_items(self.database, [reference], limits)
        known = self.reader.known(
            parameters, [viewer], names_within=names_within, country=limits.country
        )
        request = replace(parameters.asked(viewer, known), like=tuple(item_ids), by=parameters.by)
        if parameters.cursor is not None:
            return self.recommender.next_page(request, parameters.cursor)
        return self.recommender.first_page(request)
