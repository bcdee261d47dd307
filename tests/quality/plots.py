"""`python -m tests.quality.plots`: how well titles are found that a viewer can only describe.

Every query of plots.jsonl tells a story in words of its own; what it means is one title, or any of
several for a theme. It is asked of plain vector search, of plain Postgres full text, of the story
source, of vectors and stories fused by the mixer, and of the whole service. The half of the queries
that numbers are chosen on is told apart from the half that they are only tested on.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from api.catalogue.words.read_words import read_word_index
from api.catalogue.words.word_index import WordIndex
from api.http.services import Services
from api.platform.database import Database, open_database
from api.platform.errors import SeenEmAllError
from api.platform.resident import Resident
from api.recommend.evidence.nearest import nearest
from api.recommend.evidence.story import search_stories
from api.recommend.request import RecommendRequest
from api.viewers.versions import read_versions
from config.settings import Settings
from tests.quality.measure import open_services

FILE = Path(__file__).with_suffix(".jsonl")
FIRST = 10
_DEEP = 50  # a title further down counts as not found
_RESAMPLES = 10_000

Ids = Sequence[int]
Ask = Callable[[str], Ids]  # a query to item ids, the best first


@dataclass(frozen=True)
class Plot:
    """A query and the titles it may mean, as "movie:603"."""

    text: str
    targets: tuple[str, ...]

    @property
    def half(self) -> str:
        """ "tune" or "test", by a hash of the text: the same for ever."""
        return "test" if hashlib.sha256(self.text.encode()).digest()[-1] % 2 else "tune"


@dataclass(frozen=True)
class Found:
    """Per query: the share of its titles, ten at most, in the first ten; 1 / rank of the first."""

    recall: NDArray[np.float64]
    reciprocal: NDArray[np.float64]


def plots() -> list[Plot]:
    """Every query of the set."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return [Plot(line["text"], tuple(line["targets"])) for line in read]


def main() -> int:
    """Prints the table; 1 when the catalogue cannot be asked."""
    settings = Settings.load()
    try:
        database = open_database(settings)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        database.open_pool()
        return _measure(settings, database)
    finally:
        database.close()


def _measure(settings: Settings, database: Database) -> int:
    meant = targets_here(database, plots())
    if not meant:
        sys.stderr.write("None of the titles is in this catalogue.\n")
        return 1
    words = Resident("words", partial(read_word_index, database))
    with open_services(settings, database) as services, full_text(database) as by_full_text:
        asks: dict[str, Ask] = {
            "vectors": vector_search(services),
            "full text": by_full_text,
            "stories": lambda text: story_search(services, words, text),
            "fused": lambda text: served(services, text, diversify=False),
            "service": lambda text: served(services, text, diversify=True),
        }
        found = {name: measure(ask, meant) for name, ask in asks.items()}
    halves: dict[str, list[int]] = {"tune": [], "test": []}
    for place, plot in enumerate(meant):
        halves[plot.half].append(place)
    for half, places in halves.items():
        _print(half, {name: _of(one, places) for name, one in found.items()})
    return 0


def measure(ask: Ask, meant: Mapping[Plot, frozenset[int]]) -> Found:
    """Asks every query."""
    recall, reciprocal = [], []
    for plot, wanted in meant.items():
        places = [place for place, item in enumerate(ask(plot.text)[:_DEEP]) if item in wanted]
        recall.append(sum(place < FIRST for place in places) / min(FIRST, len(wanted)))
        reciprocal.append(1 / (places[0] + 1) if places else 0.0)
    return Found(np.array(recall), np.array(reciprocal))


def targets_here(database: Database, wanted: Sequence[Plot]) -> dict[Plot, frozenset[int]]:
    """The queries with a title in this catalogue, and the ids of those titles."""
    with database.autocommit() as cursor:
        rows = cursor.execute(
            "SELECT media_type || ':' || tmdb_id, id FROM items WHERE retired_at IS NULL"
        ).fetchall()
    ids: dict[str, int] = dict(rows)
    here = {plot: frozenset(ids[key] for key in plot.targets if key in ids) for plot in wanted}
    return {plot: items for plot, items in here.items() if items}


def vector_search(services: Services) -> Ask:
    """The whole text's vector against all of the active space, nothing else; finds nothing in a
    catalogue without one."""
    database = services.database
    versions = read_versions(database, "quality", None)
    everything = services.runs.catalogue.current(0, services.clock()).ids

    def ask(text: str) -> Ids:
        if versions.space_id is None:
            return []
        vector = services.encoder.encode([text], model=versions.space_model)[0]
        found = nearest(
            database,
            space_id=versions.space_id,
            vectors=[vector],
            k=_DEEP,
            among=everything,
            exact=True,
            ef_search=_DEEP,
        )
        return list(found.ids.tolist())

    return ask


_TEXTS = """
CREATE TEMPORARY TABLE texts AS
SELECT id, to_tsvector('english', title || ' ' || overview) AS words
FROM items WHERE retired_at IS NULL;
CREATE INDEX ON texts USING gin (words);
ANALYZE texts
"""
_ANY_WORD = """
WITH asked AS (
  SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery AS any_word
  FROM unnest(to_tsvector('english', %(text)s))
)
SELECT id FROM texts, asked WHERE words @@ any_word
ORDER BY ts_rank_cd(words, any_word) DESC, id LIMIT %(k)s
"""


@contextmanager
def full_text(database: Database) -> Iterator[Ask]:
    """What Postgres does unaided: any word in title or overview, by ts_rank_cd."""
    with database.connect() as connection:
        connection.execute(_TEXTS)

        def ask(text: str) -> Ids:
            rows = connection.execute(_ANY_WORD, {"text": text, "k": _DEEP}).fetchall()
            return [row[0] for row in rows]

        yield ask


def story_search(services: Services, words: Resident[WordIndex], text: str) -> Ids:
    """The story source alone, without constraints."""
    found = search_stories(services.database, words, text, version=0, choose=_best)
    return list(found.ids.tolist())


def _best(_: NDArray[np.int32], scores: NDArray[np.float32]) -> NDArray[np.int32]:
    return np.argsort(-scores, kind="stable")[:_DEEP].astype(np.int32)


def served(services: Services, text: str, *, diversify: bool) -> Ids:
    """The first page of fifty, for a stranger."""
    request = RecommendRequest(user_id="quality", limit=_DEEP, text=text, diversify=diversify)
    page = orjson.loads(services.recommender.first_page(request).body)
    return [item["id"] for item in page["items"]]


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """The middle 95 % of the means of resampled queries; the same at every call."""
    rng = np.random.default_rng(1)
    means = values[rng.integers(0, len(values), (_RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def _of(found: Found, places: Sequence[int]) -> Found:
    return Found(found.recall[places], found.reciprocal[places])


def _print(half: str, found: Mapping[str, Found]) -> None:
    print(f"{half}: {len(found['fused'].recall)} queries, 95 % intervals by bootstrap")
    print(f"  {'':22}{f'recall@{FIRST}':>22}{'MRR':>22}")
    for name, one in found.items():
        print(f"  {name:22}{_figures(one.recall)}{_figures(one.reciprocal)}")
    for other in ("vectors", "full text", "stories"):
        recall = found["fused"].recall - found[other].recall
        reciprocal = found["fused"].reciprocal - found[other].reciprocal
        print(f"  {f'fused - {other}':22}{_figures(recall)}{_figures(reciprocal)}")


def _figures(values: NDArray[np.float64]) -> str:
    low, high = interval(values)
    return f"{values.mean():>8.3f} [{low:.3f}, {high:.3f}]"


if __name__ == "__main__":
    sys.exit(main())
