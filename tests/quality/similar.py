"""`python -m tests.quality.similar [RATINGS]`: how well titles like a title are told from others.

Two questions, on the catalogue of DATABASE_URL or DATA_DIR. Over pairs that were judged by hand
(similar_pairs.txt): how often a similar pair is above a pair that is not (AUC). With RATINGS, in
MovieLens' format: of the twenty titles that are most liked beside a title by half of the viewers,
how many are in its first twenty; what mixes co-liking in has it from the other half alone. Then the
same of titles as if they had no keywords, without and with the nearest stories in their place.
"""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.stats import rankdata

from api.catalogue.facts.catalogue_facts import CatalogueFacts, fame_of
from api.catalogue.facts.load_facts import load_facts
from api.catalogue.similarity.item_similarity import (
    EVERY_FIELD,
    STORY_ALONE,
    FieldShares,
    ItemSimilarity,
)
from api.catalogue.similarity.read_similarity import read_similarity
from api.domain.arrays import Floats, Ints, Mask
from api.domain.folding import fold
from api.platform.database import Database, open_database
from api.platform.errors import SeenEmAllError
from api.recommend.likeness.likeness import LikenessBy, mixed
from api.recommend.likeness.listed_and_known import OF_LISTED, of_fame
from api.recommend.likeness.metadata import NEAR_STORIES, with_stories
from api.viewers.taste.evidence_of_taste import related_to
from api.viewers.taste.taste import related_scores
from config.settings import Settings
from tests.evaluation.catalogue import Titles, read_titles
from tests.evaluation.ratings import Ratings
from tests.evaluation.run import read_known
from tests.facts_builder import RANKING

_PAIRS = Path(__file__).with_name("similar_pairs.txt")
_LINE = re.compile(r"([+-]) (.+) \((\d{4})\) \| (.+) \((\d{4})\)")
_FILMS = """
SELECT id, title, coalesce(original_title, title), alternative_titles, release_year FROM items
WHERE retired_at IS NULL AND media_type = 'movie' AND release_year IS NOT NULL
ORDER BY vote_count, id
"""
_NEIGHBOURS = 20
_FEWEST_LIKINGS = 20  # of a title, for its co-liked ones to be more than chance
_FIELDS = [one.name for one in fields(FieldShares)]
# Each field alone, then together.
_VARIANTS: Mapping[str, FieldShares] = {
    **{name: FieldShares(*(float(name == one) for one in _FIELDS)) for name in _FIELDS},
    "by=story": STORY_ALONE,
    "every field": EVERY_FIELD,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two titles by their ids, and whether they are alike."""

    one: int
    other: int
    similar: bool


def read_pairs(database: Database) -> tuple[list[Pair], int]:
    """The judged pairs of which the catalogue has both titles, and how many there are at all."""
    with database.autocommit() as cursor:
        films = cursor.execute(_FILMS).fetchall()
    ids: dict[tuple[str, int], int] = {}
    for item_id, title, original, others, year in films:
        for name in {title, original, *others}:
            # A year more or less: festivals and cinemas differ. The best known of a name counts.
            for near in (year - 1, year, year + 1):
                ids[fold(name), near] = item_id
    written = [line for line in _PAIRS.read_text().splitlines() if line and line[0] in "+-"]
    pairs = []
    for line in written:
        parsed = _LINE.fullmatch(line)
        if parsed is None:
            raise ValueError(f"{_PAIRS.name}: cannot read {line!r}")
        judged, one, one_year, other, other_year = parsed.groups()
        found = ids.get((fold(one), int(one_year))), ids.get((fold(other), int(other_year)))
        if found[0] is not None and found[1] is not None:
            pairs.append(Pair(found[0], found[1], judged == "+"))
    return pairs, len(written)


def auc(scores: Floats, similar: Mask) -> float:
    """How often a similar pair's score is above another's; ties count half."""
    ranks = rankdata(scores)
    positive = int(similar.sum())
    above = ranks[similar].sum() - positive * (positive + 1) / 2
    return float(above / (positive * (len(similar) - positive)))


def judged(scores: Floats, similarity: ItemSimilarity, pairs: list[Pair]) -> float:
    """The AUC over the pairs; `scores` is (pairs, titles), of each pair's first title."""
    others = similarity.rows_of(np.array([pair.other for pair in pairs], dtype=np.int32))
    own: Floats = scores[np.arange(len(pairs)), others]
    return auc(own, np.array([pair.similar for pair in pairs]))


def co_liking(ratings: Ratings, titles: int, *, half: int) -> sparse.csr_array:
    """(titles, titles): cosine of who likes them, of every second viewer; 0 with itself."""
    of_half = ratings.keep(ratings.liked & (ratings.viewer % 2 == half))
    ones = np.ones(len(of_half), dtype=np.float32)
    liked = sparse.csr_array((ones, (of_half.title, of_half.viewer)), shape=(titles, 10**6))
    likings = np.asarray(liked.sum(axis=1))
    scaled = sparse.csr_array(liked.multiply(1 / np.sqrt(np.maximum(likings, 1))[:, None]))
    cosines = sparse.csr_array(scaled @ scaled.T)
    cosines.setdiag(0)
    return cosines


def scaled(cosines: sparse.csr_array, rows: Ints) -> Floats:
    """(rows, titles): the rows, 1 for what is liked most beside each."""
    found = cosines[rows].toarray()
    return np.asarray(found / np.maximum(found.max(axis=1, keepdims=True), 1e-6), dtype=np.float32)


def by_stories(metadata: Floats, similarity: ItemSimilarity, titles: Titles, ids: Ints) -> Floats:
    """(ids, titles) of `metadata` without keywords the same with the nearest stories in it."""
    vectors = np.zeros((len(similarity), titles.vectors.shape[1]), dtype=np.float32)
    rows = titles.rows_of(similarity.ids)
    vectors[rows >= 0] = titles.vectors[rows[rows >= 0]]
    found = np.zeros_like(metadata)
    for place, row in enumerate(similarity.rows_of(ids).tolist()):
        cosines = vectors @ vectors[row]
        near = np.argsort(-cosines, kind="stable")[:NEAR_STORIES].astype(np.int32)
        found[place] = with_stories(metadata[place], near, cosines[near], EVERY_FIELD)
    return found


def seeds_of(ratings: Ratings, titles: int) -> Ints:
    """Rows of titles that enough viewers of the first half like."""
    kept = ratings.liked & (ratings.viewer % 2 == 0)
    likings = np.bincount(ratings.title[kept], minlength=titles)
    return np.flatnonzero(likings >= _FEWEST_LIKINGS).astype(np.int32)


def recall(scores: Floats, truth: sparse.csr_array, seeds: Ints) -> float:
    """Mean share of the seeds' twenty most co-liked titles that are among the first twenty.

    `scores` is (seeds, titles); a title is no neighbour of its own.
    """
    shares = []
    # Ids go by fame, so equal scores in their order would be told apart by it.
    shuffled = np.random.default_rng(0).permutation(scores.shape[1])
    for place, seed in enumerate(seeds.tolist()):
        wanted = truth[[seed]].toarray()[0]
        best = np.argsort(-wanted, kind="stable")[:_NEIGHBOURS]
        own = scores[place].copy()
        own[seed] = -np.inf
        first = shuffled[np.argsort(-own[shuffled], kind="stable")[:_NEIGHBOURS]]
        shares.append(len(np.intersect1d(best[wanted[best] > 0], first)) / _NEIGHBOURS)
    return float(np.mean(shares))


def _listed(
    database: Database, facts: CatalogueFacts, similarity: ItemSimilarity, ids: Ints
) -> Floats:
    """(ids, titles): what TMDB lists beside each, 1 for the first that it recommends."""
    kinds, of_kind = np.unique(ids, return_inverse=True)
    items, listed, places, recommended = database.read(related_to(facts, kinds))
    weights = np.ones(len(items), dtype=np.float32)
    scores = related_scores(places, recommended, weights, similar_share=0.5)
    found = np.zeros((len(kinds), len(similarity)), dtype=np.float32)
    rows = similarity.rows_of(listed)
    here = rows >= 0
    np.maximum.at(found, (np.searchsorted(kinds, items[here]), rows[here]), scores[here])
    return np.asarray(found[of_kind])


def _fame(facts: CatalogueFacts, similarity: ItemSimilarity) -> Floats:
    """(titles): what is left of the likeness of each film."""
    rows = facts.rows_of(similarity.ids)
    fame = np.where(rows >= 0, fame_of(facts, np.maximum(rows, 0)), 0)
    return np.asarray(of_fame(fame), dtype=np.float32)


def main() -> int:
    """Prints the table; 1 when there is nothing to measure with."""
    try:
        database = open_database(Settings.load())
        try:
            database.open_pool()
            _print(database, Path(sys.argv[1]) if len(sys.argv) > 1 else None)
        finally:
            database.close()
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _print(database: Database, path: Path | None) -> None:
    similarity = read_similarity(database)
    pairs, written = read_pairs(database)
    print(f"{len(pairs)} of {written} judged pairs, {sum(pair.similar for pair in pairs)} similar")
    ones = np.array([pair.one for pair in pairs], dtype=np.int32)
    titles = read_titles(database)
    ratings = read_known(path, titles)[0] if path else None
    if ratings is None:
        for name, shares in _VARIANTS.items():
            scores = similarity.to_titles(ones, shares)
            print(f"{name:12} AUC {judged(scores, similarity, pairs):.3f}")
        return
    truth, other = (co_liking(ratings, len(similarity), half=half) for half in (0, 1))
    seeds = seeds_of(ratings, len(similarity))
    print(f"{len(seeds)} titles that at least {_FEWEST_LIKINGS} of every second viewer like")
    co_liked = scaled(other, similarity.rows_of(ones)), scaled(other, seeds)

    def tell(name: str, of_pairs: Floats, of_seeds: Floats) -> None:
        found = recall(of_seeds, truth, seeds)
        print(f"{name:16} AUC {judged(of_pairs, similarity, pairs):.3f} recall {found:.4f}")

    for name, shares in _VARIANTS.items():
        tell(
            name,
            similarity.to_titles(ones, shares),
            similarity.to_titles(similarity.ids[seeds], shares),
        )
    metadata = similarity.to_titles(ones), similarity.to_titles(similarity.ids[seeds])
    kinds: tuple[LikenessBy, ...] = ("mix", "audience")
    for by in kinds:
        tell(f"by={by}", *(mixed(*both, by) for both in zip(metadata, co_liked, strict=True)))
    facts = load_facts(database, datetime.now(UTC), trend=RANKING.trend)
    fame = _fame(facts, similarity)
    beside = [
        OF_LISTED * _listed(database, facts, similarity, ids)
        + (1 - OF_LISTED) * mixed(*both, "mix")
        for ids, both in zip(
            (ones, similarity.ids[seeds]), zip(metadata, co_liked, strict=True), strict=True
        )
    ]
    tell("mix and lists", *beside)
    tell("as it is served", *(one * fame for one in beside))
    without = replace(EVERY_FIELD, keywords=0.0)
    bare = [similarity.to_titles(ids, without) for ids in (ones, similarity.ids[seeds])]
    near = [
        by_stories(found, similarity, titles, ids)
        for found, ids in zip(bare, (ones, similarity.ids[seeds]), strict=True)
    ]
    for name, both in (("no keywords", bare), ("by stories", near)):
        tell(name, *both)
        tell(f"{name}, mix", *(mixed(*one, "mix") for one in zip(both, co_liked, strict=True)))


if __name__ == "__main__":
    sys.exit(main())
