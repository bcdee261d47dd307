"""A chain of titles from one to another, each near both of its neighbours."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import orjson

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.items.item_references import resolve
from api.catalogue.limits.shown_titles import ShownTitles
from api.catalogue.title_map.resident_links import ResidentLinks, TitleLinks
from api.domain.arrays import Floats, Ints
from api.domain.items import ItemRef
from api.domain.limits import Limits
from api.platform.database import Database
from api.platform.errors import InvalidInput, NotFound
from api.recommend.evidence.kinds import WHOLE, share_of
from api.recommend.lists.new_slate import slate_of
from api.recommend.lists.served import Served
from api.recommend.lists.slate import ListRow, Slate
from api.recommend.path.chain import Ground, best_chain
from api.recommend.path.schemas import PathParams
from api.recommend.path.shared import shared_by
from api.recommend.pipeline.run import Run
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.recommender import Page, Recommender
from api.recommend.request_reader import RequestReader
from api.recommend.runs import PreparedRun, Runs
from api.viewers.events import ProfileKey

# By the primary key.
_LIVING = "SELECT id FROM items WHERE id = ANY(%(ids)s::int[]) AND retired_at IS NULL"
_LONGER = (12, 24)  # titles, where none of the length that was asked for leads there

_NO_MAP = "Titles are not linked yet: the job `map` does it (`make map`)."
_NOT_LINKED = "{} is newer than the links between titles: the job `map` makes them anew."
_NO_CHAIN = "No chain of titles that this viewer may be shown and the filters allow leads there."


@dataclass(frozen=True, slots=True)
class Paths:
    """The use case of GET /path; one per process."""

    database: Database
    runs: Runs
    recommender: Recommender
    reader: RequestReader
    links: ResidentLinks
    shown: ShownTitles

    def page(self, asked: PathParams, viewer: ProfileKey, limits: Limits) -> Page:
        """The chain, stored as a list; `viewer` may be nobody.

        Raises NotFound for titles that are unknown, gone or above the limits, and InvalidInput
        for a title with itself.
        """
        ends = self._ends(asked, limits)
        known = self.reader.known(asked, country=limits.country)
        request = replace(
            asked.asked(viewer, known), path=ends, steps=asked.steps, path_seed=asked.seed
        )
        prepared = self.runs.prepare(request)
        query = prepared.chosen.strategy.pipeline.hydrate(prepared.query, prepared.trace)
        chain, strengths, why = self.chain(query)
        if len(chain) > asked.steps:
            query = replace(query, relaxed=(*query.relaxed, "steps"))
        run = _run(prepared, query, chain, strengths)
        slate = slate_of(run, self.recommender.new_slate_id(), prepared.chosen)
        slate = self._with_links(slate, chain, strengths, why)
        served = Served(prepared.chosen.strategy, run, slate, page_key=None, is_debug=False)
        page = self.recommender.serve(served)
        told = [row.evidence for row in slate.rows]
        return replace(page, body=page.body[:-1] + b',"links":' + orjson.dumps(told) + b"}")

    def _ends(self, asked: PathParams, limits: Limits) -> tuple[int, int]:
        named = (asked.from_, asked.to)
        with self.database.autocommit() as cursor:
            found = resolve(cursor, [ItemRef.parse(one) for one in named])
            rows = cursor.execute(_LIVING, {"ids": [*filter(None, found)]}).fetchall()
        may_be_named = self.shown.among([row[0] for row in rows], limits)
        pairs = list(zip(named, found, strict=True))
        if unknown := [name for name, item_id in pairs if item_id not in may_be_named]:
            named_once = ", ".join(dict.fromkeys(unknown))
            raise NotFound(f"The catalogue has no item {named_once}.")
        first, last = (item_id for item_id in found if item_id is not None)
        if first == last:
            raise InvalidInput("from and to are the same title.")
        return first, last

    def chain(self, query: Query) -> tuple[list[int], Floats, str]:
        """Of a hydrated query: the ids, the strength of each link, and why there are none."""
        links, nothing = self.links.current(), np.empty(0, dtype=np.float32)
        if links is None:
            return [], nothing, _NO_MAP
        ends = np.array(query.request.path, dtype=np.int32)
        rows = np.searchsorted(links.ids, ends).clip(0, max(len(links.ids) - 1, 0))
        if len(new := ends[links.ids[rows] != ends] if len(links.ids) else ends):
            return [], nothing, _NOT_LINKED.format(f"Item {new[0]}")
        ground = _ground(query.facts, links, query)
        start, goal = rows.tolist()
        for steps in (query.request.steps, *_LONGER):
            chain = best_chain(ground, start, goal, steps=steps, seed=query.request.path_seed)
            if chain:
                found = [links.strengths[one, other] for one, other in _pairs(chain)]
                return links.ids[chain].tolist(), np.array(found, dtype=np.float32), ""
        return [], nothing, _NO_CHAIN

    def _with_links(self, slate: Slate, chain: list[int], strengths: Floats, why: str) -> Slate:
        if not chain:
            return replace(slate, empty_because=why)
        shared = shared_by(self.database, chain)
        rows = [
            ListRow("link", _link(one, other, strength, common), place, place + 2)
            for place, ((one, other), strength, common) in enumerate(
                zip(_pairs(chain), strengths.tolist(), shared, strict=True)
            )
        ]
        return replace(slate, rows=tuple(rows))


def _link(one: int, other: int, strength: float, shared: dict[str, Any]) -> dict[str, Any]:
    return {"from_id": one, "to_id": other, "strength": round(strength, 3), "shared": shared}


def _pairs(chain: list[int]) -> list[tuple[int, int]]:
    return list(pairwise(chain))


def _ground(facts: CatalogueFacts, links: TitleLinks, query: Query) -> Ground:
    """The linked titles as the facts have them; what has left the catalogue stands nowhere."""
    rows = facts.rows_of(links.ids)
    here = rows >= 0
    return Ground(
        links.strengths,
        here & query.allowed[rows],
        np.where(here, facts.fame_percentile[rows], 0).astype(np.float32),
        np.where(here, facts.collection[rows], 0).astype(np.int32),
    )


def _run(prepared: PreparedRun, query: Query, chain: list[int], strengths: Floats) -> Run:
    """The chain as what a pipeline has found: scores are the weakest link so far.

    Each title's evidence is its link with the one before it, the first one's that with the next.
    """
    rows = query.facts.rows_of(np.array(chain, dtype=np.int32))
    pool = Pool(query.facts, np.sort(rows))
    order: Ints = np.searchsorted(pool.rows, rows).astype(np.int32)
    scores = np.minimum.accumulate(np.append(strengths[:1], strengths)).astype(np.float32)
    ranking = Ranking(pool, order, scores[: len(chain)], {})
    pipeline = prepared.chosen.strategy.pipeline
    evidence = pipeline.gather_evidence(replace(query, likeness=None), ranking)
    if chain:
        evidence["like_id"] = [chain[1], *chain[:-1]]
        evidence["likeness"] = np.append(strengths[:1], strengths)
        evidence[share_of("likeness")] = WHOLE
    return Run(prepared.query, query, ranking, ranking, evidence, (), prepared.trace)
