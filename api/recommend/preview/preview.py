"""POST /recommend/preview: why a title is or is not in a viewer's list.

The pipeline runs as for the list itself, and nothing is stored; each stage's own code is asked what
it has against the title, or how it came to its place.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from api.catalogue.embeddings.read_embeddings import read_embeddings
from api.catalogue.items.item_records import read_record
from api.catalogue.items.named_items import require_known_items
from api.catalogue.items.synopses import read_synopses
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import Limits
from api.language.named_titles import told_within
from api.platform.database import Database
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.people import people_behind
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.explainer import reasons_of, titles_named
from api.recommend.explain.sentences import PageWording
from api.recommend.preview.constraints import BrokenConstraints
from api.recommend.preview.explained_rank import ExplainedRank
from api.recommend.preview.history import explain_events
from api.recommend.preview.placement import Placement, Why
from api.recommend.preview.rehearsal import Rehearsal
from api.recommend.query import Query
from api.recommend.request import RecommendRequest
from api.recommend.rounding import as_score
from api.recommend.runs import Runs
from api.viewers.taste.evidence_of_taste import read_excluding
from config.explanations import ExplanationTemplatesFile


class Preview:
    """The use case; one per process."""

    def __init__(
        self,
        database: Database,
        runs: Runs,
        templates: ExplanationTemplatesFile,
        kinds: Kinds = EVIDENCE,
    ) -> None:
        self._database = database
        self._shown = ShownTitles(database)
        self._runs = runs
        self._templates = templates
        self._kinds = kinds

    def judge(self, request: RecommendRequest, reference: int | str) -> Placement:
        """Where the title stands.

        Raises UnknownItems, for a title above the limits of the profile too, or InvalidInput for
        an unknown strategy.
        """
        prepared = self._runs.prepare(request)
        limits = prepared.query.versions.limits
        # That it has left the catalogue is a reason like others.
        (item_id,) = require_known_items(self._database, [reference], limits, retired_too=True)
        record = read_record(self._database, item_id, country=request.country)
        rehearsal = Rehearsal(prepared.chosen.strategy, prepared.run())
        query = rehearsal.query
        placement = Placement(
            item_id=record["id"],
            title=record["title"],
            ranked=len(rehearsal.ranking.order),
            reasons=(),
            degraded=rehearsal.run.trace.degraded,
            relaxed=query.relaxed,
        )
        row = int(query.facts.rows_of(np.array([record["id"]], dtype=np.int32))[0])
        history = self._history(query, record["id"])
        if row < 0:
            return replace(placement, reasons=(_absent(record), *history))
        interpreted = told_within(query.interpreted, limits, self._shown)
        broken = BrokenConstraints(replace(query, interpreted=interpreted), row, record).reasons(
            [code for code in rehearsal.broken_by(row) if code != "seen"]
        )
        vector = self._vector(query, record["id"])
        if history or broken:
            return replace(placement, reasons=(*history, *broken, *vector))
        index = rehearsal.index_of(row)
        if index is None:
            return replace(placement, reasons=(_not_proposed(rehearsal, row), *vector))
        return self._placed(placement, rehearsal, index, vector)

    def _history(self, query: Query, item_id: int) -> list[Why]:
        viewer = query.viewer
        if viewer.profile_id is None or item_id not in viewer.excluded_ids:
            return []
        same = query.facts.with_same_titles(np.array([item_id], dtype=np.int32))
        events = read_excluding(self._database, viewer.profile_id, same, query.now)
        # It may have been taken back since the run began.
        taken_back = Why("seen", "Seen or turned down until just now.", {})
        return explain_events(events) or [taken_back]

    def _vector(self, query: Query, item_id: int) -> list[Why]:
        space_id = query.versions.space_id
        if space_id is None:
            return []
        wanted = np.array([item_id], dtype=np.int32)
        found, _ = read_embeddings(self._database, space_id, wanted)
        if len(found):
            return []
        detail = "No vector yet: neither taste nor words can find it by its story."
        return [Why("no_vector", detail, {"space_id": space_id})]

    def _placed(
        self, placement: Placement, rehearsal: Rehearsal, index: int, vector: list[Why]
    ) -> Placement:
        explained = ExplainedRank(rehearsal, index)
        rank, last = explained.rank, explained.last_on_page
        titles: dict[int, str] = {}
        if last is not None:
            titles = self._titles(
                [int(rehearsal.ranking.pool.ids[last])], rehearsal.query.versions.limits
            )
        reasons = [*explained.reasons(titles), *vector]
        if rank is None or rank > len(rehearsal.run.listed.order):
            return replace(placement, reasons=tuple(reasons))
        return replace(
            placement,
            reasons=(*reasons, *self._reasons_for(rehearsal, rank)),
            rank=rank,
            page=-(-rank // rehearsal.query.page_size),
            score=as_score(rehearsal.ranking.scores[rank - 1]),
        )

    def _reasons_for(self, rehearsal: Rehearsal, rank: int) -> list[Why]:
        """What the list itself says for the title, in its words."""
        query, ranking = rehearsal.query, rehearsal.ranking
        kinds = self._kinds
        evidence = rehearsal.run.evidence[rank - 1 : rank]
        (reasons,) = reasons_of(
            evidence,
            rows=[int(ranking.pool.rows[ranking.order[rank - 1]])],
            people=people_behind(query),
            titles=self._titles(list(titles_named(evidence, kinds)), query.versions.limits),
            facts=query.facts,
            interpreted=query.interpreted,
            text=query.request.text,
            kinds=kinds,
        )
        wording = PageWording(self._templates.current())
        return [Why(reason.code, wording.explain([reason]), reason.evidence) for reason in reasons]

    def _titles(self, item_ids: list[int], limits: Limits) -> dict[int, str]:
        """By id, of those that the viewer may be shown."""
        found = read_synopses(self._database, item_ids)
        shown = self._shown.among(found, limits)
        return {item_id: synopsis.title for item_id, synopsis in found.items() if item_id in shown}


def _absent(record: Mapping[str, Any]) -> Why:
    if record["retired"]:
        return Why("retired", "Retired from the catalogue: its source has it no more.", {})
    return Why("not_announced", "Not announced yet by the job that is adding it.", {})


def _not_proposed(rehearsal: Rehearsal, row: int) -> Why:
    sources = rehearsal.found_by_source()
    rank = rehearsal.query.facts.popularity_rank(row)
    found_by = ", ".join(f"{name} ({found})" for name, found in sources.items())
    return Why(
        "not_proposed",
        f"Proposed by no source: {found_by} found other titles; it is number {rank} by popularity.",
        {"sources": sources, "popularity_rank": rank},
    )
