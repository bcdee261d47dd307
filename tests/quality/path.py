"""`python -m tests.quality.path [PATHS]`: chains between two titles, link by link.

Ends are drawn from the well-known titles of the catalogue of DATABASE_URL or DATA_DIR. The service
is asked for chains of six titles at most beside slerp and nearest: at even steps between the story
vectors of the two ends, the title nearest to the point that is on no place yet. A link counts as
the share of all titles that are less like its title, from the side that is farther. Hubs are the
hundredth of the titles with the most links; in how many parts the links lie is printed first.
"""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from time import perf_counter

import numpy as np
from scipy.sparse import csgraph

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.catalogue.similarity.read_similarity import read_similarity
from api.catalogue.title_map.resident_links import TitleLinks
from api.domain.arrays import Floats, Ints
from api.http.services import Services
from api.platform.database import open_database
from api.platform.errors import SeenEmAllError
from api.recommend.request import RecommendRequest
from config.settings import Settings
from tests.evaluation.catalogue import Titles, read_titles
from tests.quality.measure import open_services

_STEPS = 6
_FEWEST_VOTES = 500
# Two ids -> the ids of a chain from one to the other.
Leads = Callable[[int, int], list[int]]


@dataclass(slots=True)
class Tally:
    """Of one way to lead from title to title."""

    hubs: frozenset[int] = frozenset()
    asked: int = 0
    reached: int = 0
    titles: Counter[int] = field(default_factory=Counter)
    worst: list[float] = field(default_factory=list)
    links: list[float] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    same_collection: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def line(self, name: str) -> str:
        """A row of the report."""
        between = sum(self.titles.values())
        frequent = sum(count for _, count in self.titles.most_common(10)) / max(between, 1)
        of_hubs = sum(self.titles[one] for one in self.hubs) / max(between, 1)
        return (
            f"{name:10} reached {self.reached} of {self.asked}  worst link "
            f"{np.mean(self.worst):.4f}  mean link {np.mean(self.links):.4f}  titles "
            f"{np.mean(self.lengths):.2f}  ten most frequent {frequent:.3f}  hubs {of_hubs:.3f}  "
            f"collections twice {self.same_collection}  p50 {np.median(self.milliseconds):.1f} ms"
        )

    def add(
        self, similarity: ItemSimilarity, collections: dict[int, int], chain: list[int]
    ) -> None:
        """Counts a chain of ids; an empty one leads nowhere."""
        self.asked += 1
        if not chain:
            return
        self.reached += 1
        self.titles.update(chain[1:-1])
        self.lengths.append(len(chain))
        links = _percentiles(similarity, chain)
        self.worst.append(min(links))
        self.links += links
        named = [one for item_id in chain if (one := collections.get(item_id, 0))]
        self.same_collection += len(set(named)) < len(named)


def _percentiles(similarity: ItemSimilarity, chain: list[int]) -> list[float]:
    """Of each link the share of all titles that are less alike, from the farther side."""
    likeness = similarity.to_titles(np.array(chain, dtype=np.int32))
    rows = similarity.rows_of(np.array(chain, dtype=np.int32))
    shares: list[float] = []
    for one, other in pairwise(range(len(chain))):
        there = float((likeness[one] < likeness[one, rows[other]]).mean())
        back = float((likeness[other] < likeness[other, rows[one]]).mean())
        shares.append(min(there, back))
    return shares


def hubs_of(links: TitleLinks) -> frozenset[int]:
    """The hundredth with the most links."""
    counts = np.diff(links.strengths.indptr)
    most = np.lexsort((links.ids, -counts))[: max(len(links.ids) // 100, 1)]
    return frozenset(links.ids[most].tolist())


def told(links: TitleLinks, hubs: frozenset[int]) -> str:
    """In how many parts the links lie, and how many are of hubs."""
    parts, part = csgraph.connected_components(links.strengths, directed=False)
    largest = np.bincount(part).max(initial=0) / max(len(links.ids), 1)
    counts = np.diff(links.strengths.indptr)
    own = counts[np.isin(links.ids, sorted(hubs))].sum() / max(counts.sum(), 1)
    return (
        f"{len(links.ids)} titles linked in {parts} part{'s' * (parts != 1)}, {largest:.4f} of "
        f"them in the largest; {len(hubs)} hubs have {own:.3f} of all links"
    )


def by_service(services: Services) -> Leads:
    """What GET /path answers."""

    def lead(one: int, other: int) -> list[int]:
        request = RecommendRequest("", path=(one, other), steps=_STEPS)
        prepared = services.runs.prepare(request)
        query = prepared.chosen.strategy.pipeline.hydrate(prepared.query, prepared.trace)
        return services.paths.chain(query)[0]

    return lead


def by_slerp(titles: Titles) -> Leads:
    """What is nearest to even steps between both titles' story vectors."""

    def lead(one: int, other: int) -> list[int]:
        first, last = titles.vectors[titles.rows_of(np.array([one, other], dtype=np.int32))]
        chain = [one]
        for step in range(1, _STEPS - 1):
            near = titles.vectors @ _between(first, last, step / (_STEPS - 1))
            near[titles.rows_of(np.array([*chain, other], dtype=np.int32))] = -1
            chain.append(int(titles.ids[near.argmax()]))
        return [*chain, other]

    return lead


def _between(first: Floats, last: Floats, share: float) -> Floats:
    angle = np.arccos(np.clip(first @ last, -1, 1))
    if angle < 1e-6:
        return first
    parts = np.sin((1 - share) * angle) * first + np.sin(share * angle) * last
    return np.asarray(parts / np.sin(angle), dtype=np.float32)


def _ends(titles: Titles, count: int) -> Ints:
    """Pairs of well-known titles."""
    known = titles.ids[titles.vote_count >= _FEWEST_VOTES]
    chance = np.random.default_rng(1)
    return np.stack([chance.choice(known, 2, replace=False) for _ in range(count)])


def main() -> int:
    """Prints a line for each way; 1 when nothing can be measured."""
    settings = Settings.load()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    try:
        database = open_database(settings)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        database.open_pool()
        similarity, titles = read_similarity(database), read_titles(database)
        collections = dict(zip(titles.ids.tolist(), titles.collection.tolist(), strict=True))
        if (titles.vote_count >= _FEWEST_VOTES).sum() < 2:
            sys.stderr.write(f"Fewer than two titles have {_FEWEST_VOTES} votes.\n")
            return 1
        with open_services(settings, database) as services:
            links = services.paths.links.current()
            hubs = frozenset[int]() if links is None else hubs_of(links)
            print("no links yet: run `make map`" if links is None else told(links, hubs))
            ways = {"service": by_service(services), "slerp": by_slerp(titles)}
            for name, lead in ways.items():
                tally = Tally(hubs)
                lead(*_ends(titles, 1)[0].tolist())  # what is read once
                for one, other in _ends(titles, count).tolist():
                    started = perf_counter()
                    chain = lead(one, other)
                    tally.milliseconds.append(1000 * (perf_counter() - started))
                    tally.add(similarity, collections, chain)
                print(tally.line(name), flush=True)
    finally:
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
