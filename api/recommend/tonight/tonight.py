"""One title for an evening: the pipeline of /recommend among what can be watched now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from api.domain.arrays import Ints
from api.domain.limits import Limits, strictest
from api.platform.database import Database
from api.recommend.group.group import Groups
from api.recommend.lists.paging import request_hash
from api.recommend.lists.served import Served
from api.recommend.recommender import Page, Recommender
from api.recommend.request import RecommendRequest
from api.recommend.request_reader import RequestReader
from api.recommend.runs import Runs
from api.recommend.tonight.lists_of_evenings import ListOfEvening, lists_since
from api.recommend.tonight.schemas import TonightParams
from api.viewers.versions import Versions

# Nobody's evening lies around this hour between California and India.
_BEGINS_AT = timedelta(hours=10)  # UTC
_NOT_AGAIN_WITHIN = timedelta(days=14)


def evening_of(moment: datetime) -> date:
    """The day whose evening it is, or will be next; it begins at 10:00 UTC."""
    return (moment - _BEGINS_AT).date()


@dataclass(frozen=True, slots=True)
class Tonight:
    """The use case of GET /tonight; one per process."""

    database: Database
    runs: Runs
    recommender: Recommender
    reader: RequestReader
    groups: Groups

    def page(self, asked: TonightParams, limits: Sequence[Limits], *, names_within: Limits) -> Page:
        """The evening's titles; `limits` are the viewers', in their order.

        `names_within` are the limits of what may be left out by name.
        """
        evening = evening_of(self.runs.clock())
        request = self._request(asked, limits, evening, names_within)
        together = strictest(limits)
        versions = [
            self.recommender.versions_behind(*viewer).among(together)
            for viewer in request.members or ((request.user_id, request.profile),)
        ]
        since = evening - _NOT_AGAIN_WITHIN
        before = lists_since(self.database, asked.viewers[0], since)
        now = self.runs.clock()
        facts = self.runs.catalogue.current(versions[0].catalogue_version, now)
        kept_out = self.groups.excluded(request, versions, facts, now)
        left_out = self.groups.left_out(request, facts, now, kept_out)
        if (found := _same(before, request, evening)) and not left_out(
            np.array([found.first_id], dtype=np.int32)
        ):
            return self.recommender.page_of(found.id, request, versions[0], left_out)
        shown = np.array([one.first_id for one in before], dtype=np.int32)
        excluded = np.union1d(kept_out, shown).astype(np.int32)
        return self.recommender.serve(self._served(request, versions, excluded))

    def _request(
        self,
        asked: TonightParams,
        limits: Sequence[Limits],
        evening: date,
        names_within: Limits,
    ) -> RecommendRequest:
        longest = asked.model_copy(update={"runtime_max": asked.longest})
        viewers = asked.viewers
        known = self.reader.known(
            longest, viewers, names_within=names_within, country=strictest(limits).country
        )
        members = tuple((one.user_id, one.profile) for one in viewers)
        return replace(
            asked.asked(viewers[0], known),
            text=" ".join((asked.query or "").split()) or None,
            evening=evening.isoformat(),
            members=members if len(members) > 1 else (),
        )

    def _served(
        self, request: RecommendRequest, versions: Sequence[Versions], excluded: Ints
    ) -> Served:
        if request.members:
            return self.groups.served(request, versions, excluded, list_size=request.limit)
        prepared = self.runs.prepare(request, versions=versions[0])
        slate_id = self.recommender.new_slate_id()
        query = replace(prepared.query, seed=slate_id.int, excluded_ids=excluded)
        pipeline = replace(prepared.chosen.strategy.pipeline, list_size=request.limit)
        run = pipeline.run(query, prepared.trace)
        return Served.of(run, slate_id, prepared.chosen)


def _same(
    before: Sequence[ListOfEvening], request: RecommendRequest, evening: date
) -> ListOfEvening | None:
    """The newest list for this very request of this evening."""
    asked = request_hash(request)
    same = (one for one in before if one.request_hash == asked and one.evening == evening)
    return next(same, None)
