"""`python -m tests.quality.blend [BLENDS]`: what lies between two titles, and away from a third.

Pairs are drawn from the well-known titles of the catalogue of DATABASE_URL or DATA_DIR. The service
is asked beside two simple ways to find a middle: what is nearest to the mean of both titles'
metadata (centroid), and to the point between their story vectors (slerp).
"""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.catalogue.similarity.read_similarity import read_similarity
from api.domain.arrays import Floats, Ints
from api.http.services import Services
from api.platform.database import open_database
from api.platform.errors import SeenEmAllError
from api.recommend.request import RecommendRequest
from config.settings import Settings
from tests.evaluation.catalogue import Titles, read_titles
from tests.quality.measure import open_services

_FIRST = 10
_FEWEST_VOTES = 500
# (liked, liked, unliked) -> rows of the first ten.
Finds = Callable[[int, int, int], Ints]


@dataclass(slots=True)
class Tally:
    """Of one way to blend, over all that were drawn."""

    empty: int = 0
    nearer_to_unliked: int = 0
    titles: Counter[int] = field(default_factory=Counter)
    worst: list[float] = field(default_factory=list)  # percentile of the farther liked title
    mean: list[float] = field(default_factory=list)

    def add(self, similarity: ItemSimilarity, named: Ints, rows: Ints) -> None:
        """Counts a list of rows; `named` are the ids of two liked titles and an unliked one."""
        if len(rows) == 0:
            self.empty += 1
            return
        likeness = similarity.to_titles(named)
        liked, unliked = likeness[:2], likeness[2]
        self.nearer_to_unliked += int((unliked[rows] > liked[:, rows].min(axis=0)).sum())
        links = np.stack([(own[None, :] < own[rows][:, None]).mean(axis=1) for own in liked])
        self.worst += links.min(axis=0).tolist()
        self.mean += links.mean(axis=0).tolist()
        self.titles.update(rows.tolist())

    def line(self, name: str) -> str:
        """A row of the report."""
        listed = sum(self.titles.values())
        hubs = sum(count for _, count in self.titles.most_common(10)) / max(listed, 1)
        return (
            f"{name:10} empty {self.empty}  nearer to the unliked {self.nearer_to_unliked} of "
            f"{listed}  worst link {np.mean(self.worst):.3f}  mean link {np.mean(self.mean):.3f}  "
            f"ten most frequent titles {hubs:.3f}"
        )


def by_service(services: Services) -> Finds:
    """What POST /blend lists."""

    def find(one: int, other: int, unliked: int) -> Ints:
        request = RecommendRequest("", limit=_FIRST, like=(one, other), unlike=(unliked,))
        run = services.runs.prepare(request).run()
        return run.query.facts.rows_of(run.item_ids[:_FIRST])

    return find


def by_centroid(similarity: ItemSimilarity) -> Finds:
    """What is nearest to the mean of both titles' metadata."""

    def find(one: int, other: int, unliked: int) -> Ints:
        named = np.array([one, other], dtype=np.int32)
        return _first(similarity, similarity.to_sum(named, np.ones(2, dtype=np.float32)), named)

    return find


def by_slerp(similarity: ItemSimilarity, titles: Titles) -> Finds:
    """What is nearest to the point halfway between both titles' story vectors."""

    def find(one: int, other: int, unliked: int) -> Ints:
        named = np.array([one, other], dtype=np.int32)
        middle = titles.vectors[titles.rows_of(named)].sum(axis=0)
        return _first(similarity, titles.vectors @ middle, named)

    return find


def _first(similarity: ItemSimilarity, scores: Floats, named: Ints) -> Ints:
    order = np.argsort(-scores, kind="stable")
    return order[~np.isin(similarity.ids[order], named)][:_FIRST].astype(np.int32)


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
        known = titles.ids[titles.vote_count >= _FEWEST_VOTES]
        if len(known) < 3:
            sys.stderr.write(f"Fewer than three titles have {_FEWEST_VOTES} votes.\n")
            return 1
        with open_services(settings, database) as services:
            ways: dict[str, Finds] = {
                "POST /blend": by_service(services),
                "centroid": by_centroid(similarity),
                "slerp": by_slerp(similarity, titles),
            }
            tallies = {name: Tally() for name in ways}
            chance = np.random.default_rng(1)
            for _ in range(count):
                named = chance.choice(known, 3, replace=False)
                for name, find in ways.items():
                    tallies[name].add(similarity, named, find(*named.tolist()))
    finally:
        database.close()
    for name, tally in tallies.items():
        print(tally.line(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
