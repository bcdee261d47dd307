"""A chain of titles from one to another, each near both of its neighbours."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import orjson
from scipy import sparse

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.items.named_items import require_found_items
from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.catalogue.title_map.resident_links import ResidentLinks, TitleLinks
from api.domain.arrays import Floats, Ints
from api.domain.limits import Limits
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.platform.resident import Resident
from api.recommend.evidence.kinds import WHOLE, share_of
from api.recommend.evidence.likeness import much_alike
from api.recommend.lists.served import Served
from api.recommend.lists.slate import ListRow, Slate
from api.recommend.lists.why_empty import WhyEmpty
from api.recommend.path.chain import TitleGraph, best_chain
from api.recommend.path.schemas import PathParams
from api.recommend.path.shared import shared_by
from api.recommend.pipeline.run import Run
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.recommender import Page, Recommender
from api.recommend.request_reader import RequestReader
from api.recommend.rounding import as_likeness
from api.recommend.runs import PreparedRun, Runs
from api.viewers.events import ProfileKey

# Titles near to either end, and to both, where links lead there in too many steps: 350 of them are
# compared with each other in 15 ms.
_BESIDE, _BETWEEN = 100, 150
_NEAREST_FEW = 5

# Of titles by votes: from here on what stands in a chain is known well enough.
_WELL_KNOWN = 0.8

# Two that share nothing may lie next to each other where there is no other way.
_LEAST = np.float32(1e-3)
# Below this two titles share little more than kind, language and decade: no reason for each other.
_ALIKE = 0.15

_NO_CHAIN = WhyEmpty(
    "no_chain",
    "No title that this viewer may be shown and the filters allow stands between the two.",
)


@dataclass(frozen=True, slots=True)
class Paths:
    """The use case of GET /path; one per process."""

    database: Database
    runs: Runs
    recommender: Recommender
    reader: RequestReader
    links: ResidentLinks
    similarity: Resident[ItemSimilarity]

    def page(
        self, asked: PathParams, viewer: ProfileKey, limits: Limits, *, names_within: Limits
    ) -> Page:
        """The chain, stored as a list; `viewer` may be nobody.

        `names_within` are the limits of what may be left out by name.

        Raises NotFound for titles that are unknown, gone or above the limits, and InvalidInput
        for a title with itself.
        """
        ends = self._ends(asked, limits)
        known = self.reader.known(
            asked, [viewer], names_within=names_within, country=limits.country
        )
        request = replace(
            asked.asked(viewer, known), path=ends, steps=asked.steps, path_seed=asked.seed
        )
        prepared = self.runs.prepare(request)
        query = prepared.chosen.strategy.pipeline.hydrate(prepared.query, prepared.trace)
        query.require_time()
        chain, strengths = self.chain(query)
        similarity = self.similarity.current(query.facts.version)
        run = _run(prepared, query, similarity, chain, strengths)
        served = Served.of(run, self.recommender.new_slate_id(), prepared.chosen)
        slate = self._with_links(served.slate, chain, strengths)
        page = self.recommender.serve(replace(served, slate=slate))
        links = [row.evidence for row in slate.rows]
        return replace(page, body=page.body[:-1] + b',"links":' + orjson.dumps(links) + b"}")

    def _ends(self, asked: PathParams, limits: Limits) -> tuple[int, int]:
        first, last = require_found_items(self.database, [asked.from_, asked.to], limits)
        if first == last:
            raise InvalidInput("is the same title as from", field="to")
        return first, last

    def chain(self, query: Query) -> tuple[list[int], Floats]:
        """Of a hydrated query the ids, and how alike each two neighbours are; nothing for none.

        Over linked titles where so few lead there, else over what is near to either end or to both:
        of these each is beside each other, so that a chain of any length there is leads there.
        """
        similarity = self.similarity.current(query.facts.version)
        asked, chain = query.request, list[int]()
        links = self.links.current()
        for ids, strengths in self._graphs(query, similarity, links):
            ends = np.searchsorted(ids, asked.path).tolist()
            graph = _graph(query, ids, strengths, links)
            found = best_chain(graph, *ends, steps=asked.steps, seed=asked.path_seed)
            if chain := ids[found].tolist():
                break
        of_chain = np.array(chain, dtype=np.int32)
        likeness = similarity.between(of_chain, of_chain)
        return chain, np.asarray(np.diagonal(likeness, 1), dtype=np.float32)

    def _graphs(
        self, query: Query, similarity: ItemSimilarity, links: TitleLinks | None
    ) -> Iterator[tuple[Ints, sparse.csr_array]]:
        """What a chain may be made of, the better first: ids, ascending, and their links."""
        ends = np.array(query.request.path, dtype=np.int32)
        if links is not None and np.isin(ends, links.ids).all():
            yield links.ids, links.strengths
        ids = _near(query, similarity, ends)
        yield ids, sparse.csr_array(_on_one_scale(similarity.between(ids, ids)))

    def _with_links(self, slate: Slate, chain: list[int], strengths: Floats) -> Slate:
        if not chain:
            return replace(slate, empty=_NO_CHAIN)
        shared = shared_by(self.database, chain)
        rows = [
            ListRow("link", _link(one, other, strength, common), place, place + 2)
            for place, ((one, other), strength, common) in enumerate(
                zip(_pairs(chain), strengths.tolist(), shared, strict=True)
            )
        ]
        return replace(slate, rows=tuple(rows))


def _link(one: int, other: int, strength: float, shared: dict[str, Any]) -> dict[str, Any]:
    return {"from_id": one, "to_id": other, "strength": as_likeness(strength), "shared": shared}


def _pairs(chain: list[int]) -> list[tuple[int, int]]:
    return list(pairwise(chain))


def _graph(
    query: Query, ids: Ints, strengths: sparse.csr_array, links: TitleLinks | None
) -> TitleGraph:
    """The titles as the facts have them; what has left the catalogue stands nowhere."""
    facts = query.facts
    rows = facts.rows_of(ids)
    here = rows >= 0
    return TitleGraph(
        strengths,
        here & query.allowed[rows],
        np.where(here, facts.fame_percentile[rows], 0).astype(np.float32),
        np.zeros(len(ids), dtype=np.float32) if links is None else links.hubness(ids),
        np.where(here, _obscurity(facts, rows), 1).astype(np.float32),
        np.where(here, facts.collection[rows], 0).astype(np.int32),
    )


def _obscurity(facts: CatalogueFacts, rows: Ints) -> Floats:
    """In [0, 1], 0 for the best known fifth. Of shows that everybody knows a third has no vote at
    TMDB, and is popular there all the same."""
    fame = facts.fame_percentile[rows]
    known = np.where(facts.is_show[rows], np.maximum(fame, facts.popularity_percentile[rows]), fame)
    return np.asarray(1 - (known / _WELL_KNOWN).clip(0, 1), dtype=np.float32)


def _near(query: Query, similarity: ItemSimilarity, ends: Ints) -> Ints:
    """The ends and the allowed titles nearest to either of them and to both, ascending."""
    rows = query.facts.rows_of(similarity.ids)
    allowed = np.flatnonzero((rows >= 0) & query.allowed[rows])
    if not len(allowed):
        return np.sort(ends)
    to_each = similarity.to_titles(ends)[:, allowed]
    scaled = to_each / np.maximum(to_each.max(axis=1, keepdims=True), 1e-6)
    wanted = ((to_each[0], _BESIDE), (to_each[1], _BESIDE), (scaled.min(axis=0), _BETWEEN))
    found = [allowed[np.argsort(-alike, kind="stable")[:most]] for alike, most in wanted]
    return np.union1d(ends, similarity.ids[np.concatenate(found)]).astype(np.int32)


def _on_one_scale(alike: Floats) -> Floats:
    """Of each two the likeness as a share of what both have with their nearest few.

    Without it what is a little like everything stands in every chain: the ten titles that stand in
    most had .080 of all places, with it .064.
    """
    alike = np.maximum(np.maximum(alike, alike.T), _LEAST)
    np.fill_diagonal(alike, 0)
    usual = np.sqrt(np.sort(alike, axis=1)[:, -_NEAREST_FEW:].mean(axis=1))
    shares = alike / (usual[:, None] * usual[None, :])
    return np.asarray(shares / max(float(shares.max(initial=0)), 1e-6), dtype=np.float32)


def _run(
    prepared: PreparedRun,
    query: Query,
    similarity: ItemSimilarity,
    chain: list[int],
    strengths: Floats,
) -> Run:
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
        likeness = np.append(strengths[:1], strengths)
        evidence["like_id"] = np.where(likeness >= _ALIKE, [chain[1], *chain[:-1]], 0)
        evidence["likeness"] = likeness
        ids = np.array(chain, dtype=np.int32)
        evidence["like_much"] = much_alike(similarity, ids, np.append(ids[1:2], ids[:-1]))
        evidence[share_of("likeness")] = WHOLE
    return Run(prepared.query, query, ranking, ranking, evidence, (), prepared.trace)
