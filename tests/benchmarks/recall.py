"""`python -m tests.benchmarks.recall`: what filtered ANN search finds of what exact search does.

For each filter: how many titles match, which way the router goes, rows returned of min(k, matches),
and recall against the exact scan of the same statement. Queries are the vectors of random titles.
"""

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import numpy as np

from api.catalogue.embeddings.read_embeddings import read_embeddings
from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.genres import genre_id
from api.platform.database import Database
from api.platform.errors import ConfigurationError, SeenEmAllError
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.genres import Genres
from api.recommend.constraints.media_type import MediaTypes
from api.recommend.constraints.votes import FewestVotes
from api.recommend.constraints.years import FirstYear
from api.recommend.evidence.ann import Ann, route
from api.recommend.evidence.nearest import asked_nearest, nearest
from api.recommend.query import Query
from api.recommend.request import RecommendRequest
from api.viewers.versions import Versions, read_versions
from config.business_rules import BusinessRules
from config.settings import Settings
from tests.benchmarks.opened_catalogue import opened_catalogue

_QUERIES = 100


def main() -> int:
    """Prints the table; 1 when there is nothing to measure on."""
    try:
        with opened_catalogue() as (settings, database, facts):
            versions = read_versions(database, "nobody", None)
            if versions.space_id is None:
                raise ConfigurationError("The titles have no vectors: `make embed`.")
            _print(settings, database, facts, versions, versions.space_id)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _print(
    settings: Settings,
    database: Database,
    facts: CatalogueFacts,
    versions: Versions,
    space_id: int,
) -> None:
    k = settings.ranking.retrieval.ann_k
    print(f"{len(facts):,} titles, k={k}, {_QUERIES} queries each\n")
    columns = (
        ("matches", 9),
        ("way", 7),
        ("rows", 6),
        ("recall", 8),
        ("worst", 7),
        ("p50 ms", 8),
    )
    print(f"{'filter':20}" + "".join(f"{name:>{width}}" for name, width in columns))
    for name, constraints in _filters(facts).items():
        _measure(settings, database, facts, versions, space_id, name, constraints)


def _filters(facts: CatalogueFacts) -> dict[str, Constraints]:
    """Filters by votes of the selectivities named, and some that go along with the vectors."""
    votes = np.sort(facts.vote_count)[::-1]
    found = {"none": Constraints()}
    for share in (0.5, 0.05, 0.005):
        at_least = int(votes[int(len(votes) * share)])
        found[f"{share:.1%} by votes"] = Constraints((FewestVotes("rules", at_least),))
    for name in ("Drama", "Crime", "Western"):
        genre = Genres("words", (frozenset([genre_id(name) or 0]),))
        found[f"genre {name}"] = Constraints((genre,))
    found["shows"] = Constraints((MediaTypes("words", frozenset(["tv"])),))
    found["since 2015"] = Constraints((FirstYear("rules", 2015),))
    return found


def _measure(
    settings: Settings,
    database: Database,
    facts: CatalogueFacts,
    versions: Versions,
    space_id: int,
    name: str,
    constraints: Constraints,
) -> None:
    numbers = settings.ranking.retrieval
    given = Query.of(
        RecommendRequest(user_id="nobody"),
        versions=versions,
        facts=facts,
        rules=BusinessRules(),
        now=datetime.now(UTC),
        seed=0,
    )
    allowed = constraints.allowed(facts)
    query = replace(given, constraints=constraints, allowed=allowed)
    source = Ann("profile_ann", partial(asked_nearest, database), numbers, for_text=False)
    among, exact = route(query, numbers)
    chosen = np.random.default_rng(7).choice(facts.ids, _QUERIES, replace=False)
    _, vectors = read_embeddings(database, space_id, chosen)
    rows, recalls, seconds = [], [], []
    for vector in vectors:
        truth = nearest(
            database,
            space_id=space_id,
            vectors=[vector],
            k=numbers.ann_k,
            among=among,
            exact=True,
            ef_search=numbers.ef_search,
        )
        asked = replace(query, vectors=(vector,))
        start = time.perf_counter()
        found = source.retrieve(asked)
        seconds.append(time.perf_counter() - start)
        rows.append(len(found.ids))
        recalls.append(len(np.intersect1d(found.ids, truth.ids)) / max(len(truth.ids), 1))
    way = ("by id" if not isinstance(among, bytes) else "scan") if exact else "HNSW"
    matches = int(allowed.sum())
    print(
        f"{name:20}{matches:9,}{way:>7}{min(rows):6}{np.mean(recalls):8.3f}{min(recalls):7.2f}"
        f"{np.median(seconds) * 1000:8.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
