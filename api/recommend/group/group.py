"""One list for several viewers: each one's own ranking, made into one order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, is_among
from api.domain.limits import NO_LIMITS, Limits, strictest
from api.platform.database import Database
from api.recommend.evidence.people import people_behind
from api.recommend.group.evenings import member_weights
from api.recommend.group.fused import Fused, fused
from api.recommend.group.kept_out import KeptOut
from api.recommend.group.schemas import GroupRequest
from api.recommend.lists.page_window import WhichAreLeftOut
from api.recommend.lists.served import Served
from api.recommend.lists.slate import MemberOfList
from api.recommend.pipeline.run import Run
from api.recommend.pipeline.runner import Pipeline
from api.recommend.pipeline.trace import Trace
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.recommender import Page, Recommender
from api.recommend.request import RecommendRequest
from api.recommend.request_reader import RequestReader
from api.recommend.runs import Runs
from api.viewers.events import ProfileKey
from api.viewers.versions import Versions
from api.viewers.viewer import STRANGER

_LIST_SIZE = 200  # with the evidence of eight members still less than a list for one of 2,000

# A member's hydrated query, and their own ranking.
_Own = tuple[Query, Ranking]


@dataclass(frozen=True, slots=True)
class Groups:
    """The use case of POST /recommend/group; one per process."""

    database: Database
    runs: Runs
    recommender: Recommender
    reader: RequestReader
    kept_out: KeptOut

    def page(self, asked: GroupRequest, limits: Sequence[Limits]) -> Page:
        """A page of the list; `limits` are the members', in their order.

        Raises as Recommender does for cursors.
        """
        together = strictest(limits)
        members = asked.viewers
        known = self.reader.known(asked, members, names_within=NO_LIMITS, country=together.country)
        request = replace(
            asked.asked(members[0], known),
            strategy=None,  # of a group it says how wishes are weighed
            members=tuple((one.user_id, one.profile) for one in members),
            fairness=asked.strategy,
            seen_by=asked.seen,
        )
        # Shown is what all may be shown, whoever's run it is.
        versions = [
            self.recommender.versions_behind(*one).among(together) for one in request.members
        ]
        if asked.cursor is not None:
            return self._next_page(request, asked.cursor, versions)
        return self._first_page(request, versions)

    def _first_page(self, request: RecommendRequest, versions: Sequence[Versions]) -> Page:
        now = self.runs.clock()
        facts = self.runs.catalogue.current(versions[0].catalogue_version, now)
        excluded = self.excluded(request, versions, facts, now)
        return self.recommender.serve(
            self.served(request, versions, excluded, list_size=_LIST_SIZE)
        )

    def served(
        self,
        request: RecommendRequest,
        versions: Sequence[Versions],
        excluded: Ints,
        *,
        list_size: int,
    ) -> Served:
        """The list of a request with members, not stored yet.

        `versions` are the members', each among the limits of all; `excluded` is ascending.
        """
        prepared = self.runs.prepare(request, versions=versions[0])
        slate_id = self.recommender.new_slate_id()
        given = replace(prepared.query, seed=slate_id.int, excluded_ids=excluded)
        members = [ProfileKey(*one) for one in request.members]
        pipeline = replace(prepared.chosen.strategy.pipeline, list_size=list_size, reranker=None)
        own = _ranked(
            pipeline,
            [_of_member(given, viewer, one) for viewer, one in zip(members, versions, strict=True)],
            prepared.trace,
        )
        weights = member_weights(
            self.database, members, [one.profile_id for one in versions], now=given.now
        )
        known = np.array([query.viewer.has_taste for query, _ in own])
        joint = fused([ranking for _, ranking in own], request.fairness, weights, known=known)
        run = pipeline.finish(given, _of_all(given, own), joint.ranking, prepared.trace)
        served = Served.of(run, slate_id, prepared.chosen)
        of_each = _members(pipeline, run, joint, members, own)
        return replace(served, slate=replace(served.slate, members=of_each))

    def _next_page(
        self, request: RecommendRequest, cursor: str, versions: Sequence[Versions]
    ) -> Page:
        now = self.runs.clock()
        facts = self.runs.catalogue.current(versions[0].catalogue_version, now)
        excluded = self.excluded(request, versions, facts, now)
        left_out = self.left_out(request, facts, now, excluded)
        return self.recommender.next_page(request, cursor, versions=versions[0], left_out=left_out)

    def left_out(
        self, request: RecommendRequest, facts: CatalogueFacts, now: datetime, excluded: Ints
    ) -> WhichAreLeftOut:
        """Tells what is excluded by now, or has left the catalogue."""

        def among(ids: Ints) -> frozenset[int]:
            gone = self.recommender.left_out.among(
                ids, request=request, profile_id=None, facts=facts, now=now
            )
            return gone | frozenset(ids[is_among(ids, excluded)].tolist())

        return among

    def excluded(
        self,
        request: RecommendRequest,
        versions: Sequence[Versions],
        facts: CatalogueFacts,
        now: datetime,
    ) -> Ints:
        """What these viewers together are not shown, ascending."""
        profile_ids = [one.profile_id for one in versions]
        return self.kept_out.of(profile_ids, facts, seen_by=request.seen_by, now=now)


def _ranked(pipeline: Pipeline, queries: Sequence[Query], trace: Trace) -> list[_Own]:
    """Each one's own ranking, of whatever the sources of any of them propose.

    So a title is to each what their taste makes of it, whoever's sources know of it.
    """
    found = [pipeline.retrieve(query, trace) for query in queries]
    rows = np.unique(np.concatenate([pool.rows for _, pool in found]))
    return [(query, pipeline.score(query, pool.widened(rows), trace)) for query, pool in found]


def _of_member(given: Query, viewer: ProfileKey, versions: Versions) -> Query:
    """The query of all, as one of them alone would ask it."""
    request = replace(given.request, user_id=viewer.user_id, profile=viewer.profile, members=())
    return replace(given, request=request, versions=versions)


def _of_all(given: Query, own: Sequence[_Own]) -> Query:
    """The query of nobody in particular, with what was found out for each."""
    first = own[0][0]
    relaxed = dict.fromkeys(name for query, _ in own for name in query.relaxed)
    excluded = given.excluded_ids
    viewer = STRANGER if excluded is None else replace(STRANGER, excluded_ids=excluded)
    return replace(
        first,
        request=given.request,
        versions=given.versions,
        viewer=viewer,
        told_viewer=None,
        vectors=(),
        weights={},
        relaxed=tuple(relaxed),
    )


def _members(
    pipeline: Pipeline,
    run: Run,
    joint: Fused,
    members: Sequence[ProfileKey],
    own: Sequence[_Own],
) -> tuple[MemberOfList, ...]:
    listed = run.listed
    rows = listed.pool.rows[listed.order]
    told = [_as_told(query) for query, _ in own]
    return tuple(
        MemberOfList(
            viewer,
            joint.fits[place][listed.order],
            _evidence(pipeline, query, ranking, rows),
            people_behind(query),
        )
        for place, (viewer, query, (_, ranking)) in enumerate(zip(members, told, own, strict=True))
    )


def _as_told(query: Query) -> Query:
    """The query by which reasons are gathered: they tell of a viewer what all may hear."""
    return query if query.told_viewer is None else replace(query, viewer=query.told_viewer)


def _evidence(pipeline: Pipeline, query: Query, ranking: Ranking, rows: Ints) -> NDArray[np.void]:
    """A member's own evidence for the listed rows; empty where a title is none of their list."""
    candidates = ranking.pool.rows
    at = np.searchsorted(candidates, rows).clip(0, max(len(candidates) - 1, 0)).astype(np.int32)
    known = candidates[at] == rows if len(candidates) else np.zeros(len(rows), dtype=np.bool_)
    scores = np.zeros(int(known.sum()), dtype=np.float32)
    found = pipeline.gather_evidence(query, replace(ranking, order=at[known], scores=scores))
    records = np.zeros(len(rows), dtype=found.dtype)
    records[known] = found
    return records
