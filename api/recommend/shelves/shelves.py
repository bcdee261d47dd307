"""A page of rows: one run of the pipeline, cut into claims that hold for all titles of a row."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np
import orjson

from api.access.caller import Caller
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import Limits
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidCursor
from api.recommend.lists.page_window import PageWindow, WhichAreLeftOut, page_window
from api.recommend.lists.pages import what_became_of
from api.recommend.lists.paging import request_hash
from api.recommend.lists.served import Served
from api.recommend.lists.slate import ListRow, Slate
from api.recommend.lists.slates import read_slate
from api.recommend.pipeline.run import Run
from api.recommend.recommender import Page, Recommender
from api.recommend.request import RecommendRequest
from api.recommend.request_reader import RequestReader
from api.recommend.runs import Runs
from api.recommend.shelves.beside_titles import read_beside
from api.recommend.shelves.candidate_rows import candidate_rows, titles_of_claims
from api.recommend.shelves.chosen_rows import chosen_rows
from api.recommend.shelves.claims import titled
from api.recommend.shelves.schemas import ShelvesParams
from api.viewers.events import ProfileKey
from api.viewers.versions import Versions

_MOST_ROWS = 24
_CURSOR_KIND = "shelves"

# By ix_slates_user_id and ix_interactions_newest; the hash has the day. Planned once, as is said in
# slates.py. Rows that an import or a first visit has made untrue to the viewer are not shown until
# midnight: a tenth of the history, and at least three events, makes others, and so does the first
# event that tells of a taste where none was known.
_OF_TODAY = """
SELECT s.id FROM slates s
WHERE s.user_id = (SELECT %(user_id)s::text) AND s.profile IS NOT DISTINCT FROM %(profile)s
    AND s.request_hash = (SELECT %(request_hash)s::bytea)
    AND (
        SELECT count(*) FILTER (WHERE is_new) < greatest(3, count(*) * 0.1)
            AND (
                bool_or(is_new AND tells) IS NOT TRUE OR bool_or(NOT is_new AND tells) IS TRUE
            )
        FROM (
            SELECT i.recorded_at > s.created_at AS is_new,
                   i.event_type IN ('watched', 'liked') OR coalesce(i.rating > 5, false) AS tells
            FROM interactions i WHERE i.profile_id = (SELECT %(profile_id)s::int)
        ) AS each
    )
ORDER BY s.created_at DESC, s.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Shelves:
    """The use case of GET /shelves; one per process."""

    database: Database
    runs: Runs
    recommender: Recommender
    reader: RequestReader
    cursors: Cursors
    shown: ShownTitles

    def page(self, asked: ShelvesParams, caller: Caller) -> Page:
        """Rows of today's list, or more titles of one row, for who may act for their viewer.

        Raises NotFound as `caller.limits_in`, InvalidCursor for a forged cursor or one of other
        parameters, ExpiredCursor for one whose list is no longer kept.
        """
        viewer = ProfileKey(asked.user_id, asked.profile)
        versions = self.recommender.versions_behind(viewer.user_id, viewer.profile)
        limits = caller.limits_in(versions.household, viewer.profile)
        names = caller.names_within(limits)
        known = self.reader.known(asked, [viewer], names_within=names, country=limits.country)
        today = self.runs.clock().date()
        request = replace(asked.asked(viewer, known), shelves_of=today.isoformat())
        if asked.cursor is not None:
            return self._next_page(asked, request, versions)
        slate = self._slate_of_today(request, versions.profile_id)
        if slate is None:
            return self._of_new_list(request, asked, versions)
        left_out = self._left_out(slate, request, versions)
        return self._rendered(slate, asked, versions, left_out, first=0)

    def _slate_of_today(self, request: RecommendRequest, profile_id: int | None) -> Slate | None:
        parameters = {
            "profile_id": profile_id,
            "user_id": request.user_id,
            "profile": request.profile,
            "request_hash": request_hash(request),
        }
        with self.database.autocommit() as cursor:
            row = cursor.execute(_OF_TODAY, parameters).fetchone()
        found = None if row is None else read_slate(self.database, row[0], self.recommender.kinds)
        return None if found is None else found[0]

    def _of_new_list(
        self, request: RecommendRequest, asked: ShelvesParams, versions: Versions
    ) -> Page:
        """Rows of a list that nothing has happened since; it is stored while they are written."""
        prepared = self.runs.prepare(request, versions=versions)
        slate_id = self.recommender.new_slate_id()
        run = prepared.run(seed=slate_id.int)
        served = Served.of(run, slate_id, prepared.chosen)
        slate = self._in_rows(run, served.slate, versions)
        with self.recommender.storing(replace(served, slate=slate)):
            return self._rendered(slate, asked, versions, None, first=0)

    def _in_rows(self, run: Run, slate: Slate, versions: Versions) -> Slate:
        """The list in the order of its rows."""
        beside = read_beside(
            self.database,
            named=sorted(self.shown.among(titles_of_claims(run).tolist(), versions.limits)),
            listed=run.item_ids,
            profile_id=versions.profile_id,
            country=slate.request.country,
        )
        candidates = list(candidate_rows(run, beside))
        chosen = chosen_rows(candidates, slate.scores, rows=_MOST_ROWS) if len(slate) else []
        rows, start = [], 0
        for row, places in chosen:
            rows.append(ListRow(row.code, row.evidence, start, start + len(places)))
            start += len(places)
        order = np.concatenate([np.empty(0, dtype=np.int32), *(places for _, places in chosen)])
        return replace(
            slate,
            item_ids=slate.item_ids[order],
            scores=slate.scores[order],
            evidence=slate.evidence[order],
            rows=tuple(rows),
        )

    def _next_page(
        self, asked: ShelvesParams, request: RecommendRequest, versions: Versions
    ) -> Page:
        payload = self.cursors.read(asked.cursor or "", kind=_CURSOR_KIND)
        try:
            slate_id, row, offset = UUID(payload["slate"]), int(payload["row"]), payload["offset"]
            of_day = date.fromisoformat(payload["day"])
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidCursor from error
        request = replace(request, shelves_of=of_day.isoformat())  # a page may outlive midnight
        slate, _ = self.recommender.stored_list(slate_id, request)
        left_out = self._left_out(slate, request, versions)
        if offset is None:
            return self._rendered(slate, asked, versions, left_out, first=row)
        one = self._window(slate, row, int(offset), asked.limit, versions.limits, left_out)
        rows = self._written(slate, {row: one} if one else {}, versions.catalogue_version)
        return _page_of(slate, rows, cursor=None)

    def _rendered(
        self,
        slate: Slate,
        asked: ShelvesParams,
        versions: Versions,
        left_out: WhichAreLeftOut | None,
        *,
        first: int,
    ) -> Page:
        rows: dict[int, PageWindow] = {}
        place = first
        while place < len(slate.rows) and len(rows) < asked.rows:
            if row := self._window(slate, place, 0, asked.limit, versions.limits, left_out):
                rows[place] = row
            place += 1
        cursor = self._cursor(slate, place, None) if place < len(slate.rows) else None
        written = self._written(slate, rows, versions.catalogue_version)
        return _page_of(slate, written, cursor=cursor)

    def _window(
        self,
        slate: Slate,
        place: int,
        offset: int,
        limit: int,
        limits: Limits,
        left_out: WhichAreLeftOut | None,
    ) -> PageWindow | None:
        """A row from one of its titles on; None where nothing of it may be shown any more."""
        row = slate.rows[place]
        named = row.evidence.get("item_id")
        if named is not None and named not in self.shown.among([named], limits):
            return None
        if limits.hide_titles and row.evidence.get("keywords"):
            return None  # of before the limit: they may tell of what it hides
        own = slice(row.start, row.stop)
        part = replace(
            slate,
            item_ids=slate.item_ids[own],
            scores=slate.scores[own],
            evidence=slate.evidence[own],
        )
        page = page_window(part, offset, limit, limits=limits, shown=self.shown, left_out=left_out)
        return page if page.places else None

    def _written(
        self, slate: Slate, rows: Mapping[int, PageWindow], catalogue_version: int
    ) -> list[bytes]:
        """Each row by its place, as JSON."""
        facts = self.runs.catalogue.current(0, self.runs.clock())
        pages, country = self.recommender.paging.pages, slate.request.country
        pages.read_cards(rows.values(), country=country, catalogue_version=catalogue_version)
        written = []
        for place, page in rows.items():
            row, more = slate.rows[place], page.stop < len(page.slate)
            body = pages.render(
                page,
                facts=facts,
                country=country,
                catalogue_version=catalogue_version,
                cursor=self._cursor(slate, place, page.stop) if more else None,
                trace=None,
            )
            head = {"code": row.code, "title": titled(row), "evidence": row.evidence}
            written.append(orjson.dumps(head)[:-1] + b"," + body[1:])
        return written

    def _left_out(
        self, slate: Slate, request: RecommendRequest, versions: Versions
    ) -> WhichAreLeftOut:
        """Asked once for the whole list, whose rows are cut one by one."""
        now = self.runs.clock()
        gone = self.recommender.left_out.among(
            slate.item_ids,
            request=request,
            profile_id=versions.profile_id,
            facts=self.runs.catalogue.current(0, now),
            now=now,
        )
        return lambda _: gone

    def _cursor(self, slate: Slate, row: int, offset: int | None) -> str:
        payload = {
            "slate": slate.id.hex,
            "row": row,
            "offset": offset,
            "day": slate.request.shelves_of,
        }
        return self.cursors.sign(payload, kind=_CURSOR_KIND)


def _page_of(slate: Slate, rows: list[bytes], *, cursor: str | None) -> Page:
    rest = {"recommendation_id": str(slate.id), **what_became_of(slate)}
    if cursor is not None:
        rest["next_cursor"] = cursor
    body = b'{"rows":[' + b",".join(rows) + b"]," + orjson.dumps(rest)[1:]
    return Page(body, slate.id)
