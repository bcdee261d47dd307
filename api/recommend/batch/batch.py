"""Lists for many viewers at once, one after the other: what goes into e-mails."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from api.domain.limits import NO_LIMITS
from api.platform.errors import SeenEmAllError
from api.recommend.batch.schemas import BatchRequest
from api.recommend.recommender import Recommender
from api.recommend.request_reader import RequestReader
from api.recommend.schemas import ListShape
from api.viewers.events import ProfileKey

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batches:
    """The use case of POST /recommend/batch; one per process."""

    recommender: Recommender
    reader: RequestReader

    def lines(self, asked: BatchRequest) -> Iterator[bytes]:
        """A line of JSON for each viewer, in their order, each made when it is asked for.

        Raises InvalidInput or UnknownItems for filters that are unknown, before the first line. A
        viewer for whom there can be no list gets a line that says why. Every list is stored as one
        of /recommend is; strategies on trial are not tried on them.
        """
        self.reader.known(asked, asked.keys, names_within=NO_LIMITS)
        return (self.line(asked, viewer) for viewer in asked.keys)

    def line(self, asked: ListShape, viewer: ProfileKey) -> bytes:
        """The line of one of them."""
        head = {"user_id": viewer.user_id, "profile": viewer.profile}
        try:
            body = self._page(asked, viewer)
        except SeenEmAllError as error:
            return _without_list(head, str(error))
        except Exception:
            # The answer has begun: who comes after this viewer would be cut off with them.
            log.exception("a list of a batch could not be made")
            return _without_list(head, "The list could not be made; the log says why.")
        return orjson.dumps(head)[:-1] + b"," + body[1:] + b"\n"

    def _page(self, asked: ListShape, viewer: ProfileKey) -> bytes:
        versions = self.recommender.versions_behind(viewer.user_id, viewer.profile)
        limits = versions.household.limits_of(viewer.profile)
        known = self.reader.known(asked, [viewer], names_within=NO_LIMITS, country=limits.country)
        request = asked.asked(viewer, known)
        return self.recommender.first_page(request, versions=versions).body


def _without_list(head: dict[str, str | None], problem: str) -> bytes:
    return orjson.dumps(head | {"problem": problem, "items": []}) + b"\n"
