"""Builds in-memory catalogue facts and queries; a test states only the fact it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from api.catalogue.facts.catalogue_columns import CatalogueColumns
from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.load_facts import Changing, facts_by
from api.catalogue.facts.series import series_of
from api.domain.countries import country_bits
from api.domain.genres import genre_bits, genre_id
from api.domain.languages import language_code
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.pipeline.run import Run
from api.recommend.pipeline.trace import Trace
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.request import RecommendRequest
from api.viewers.preferences.preference import Preference
from api.viewers.taste.taste import Taste
from api.viewers.versions import Versions
from api.viewers.viewer import Viewer
from config.business_rules import BusinessRules
from config.settings import Settings

NOW = datetime(2026, 11, 1, tzinfo=UTC)
RANKING = EVIDENCE.with_weights(Settings.load({}).ranking)


@dataclass(frozen=True)
class Title:
    """One row of facts."""

    id: int
    title: str = ""
    tmdb_id: int = 0
    is_show: bool = False
    genres: tuple[str, ...] = ("Drama",)
    year: int = 2000
    released: date | None = None
    not_out: bool = False
    aside: bool = False
    collection: int = 0
    popularity: float = 30.0
    vote_average: float = 7.0
    vote_count: int = 1000
    trending_rank: int = 0
    runtime: int = 0
    age: int = -1
    likely_age: int | None = None  # where it is not the age itself
    language: str | None = None
    likely_language: str | None = None  # where it is not the language itself
    countries: tuple[str, ...] = ()
    has_keywords: bool = True
    has_credits: bool = True
    has_companies: bool = True


def facts_of(titles: Sequence[Title], version: int = 1) -> CatalogueFacts:
    """Facts of these titles, by ascending id."""
    rows = sorted(titles, key=lambda title: title.id)
    ids = np.array([title.id for title in rows], dtype=np.int32)
    zeros = np.zeros(len(rows), dtype=np.int32)
    bits = [genre_bits([genre_id(name) or 0 for name in title.genres]) for title in rows]
    is_show = np.array([title.is_show for title in rows], dtype=np.bool_)
    genres = np.array(bits, dtype=np.uint32)
    year = np.array([title.year for title in rows], dtype=np.int16)
    released = np.array([title.released for title in rows], dtype="datetime64[D]")
    collection = np.array([title.collection for title in rows], dtype=np.int32)
    columns = CatalogueColumns(
        version=version,
        ids=ids,
        tmdb_id=np.array([title.tmdb_id or title.id for title in rows], dtype=np.int32),
        is_show=is_show,
        genres=genres,
        listed_genres=genres,
        year=year,
        released=released,
        not_out=np.array([title.not_out for title in rows], dtype=np.bool_),
        aside=np.array([title.aside for title in rows], dtype=np.bool_),
        runtime=np.array([title.runtime for title in rows], dtype=np.int16),
        age=np.array([title.age for title in rows], dtype=np.int8),
        likely_age=np.array(
            [title.age if title.likely_age is None else title.likely_age for title in rows],
            dtype=np.int8,
        ),
        language=np.array([language_code(title.language) for title in rows], dtype=np.int16),
        likely_language=np.array(
            [language_code(title.likely_language or title.language) for title in rows],
            dtype=np.int16,
        ),
        countries=np.array([country_bits(title.countries) for title in rows], dtype=np.uint64),
        has_keywords=np.array([title.has_keywords for title in rows], dtype=np.bool_),
        has_credits=np.array([title.has_credits for title in rows], dtype=np.bool_),
        has_companies=np.array([title.has_companies for title in rows], dtype=np.bool_),
        collection=collection,
        series=series_of(
            titles=[title.title for title in rows],
            is_show=is_show,
            genres=genres,
            collection=collection,
            released=released,
            year=year,
            language=np.array(
                [language_code(title.likely_language or title.language) for title in rows],
                dtype=np.int16,
            ),
            votes=np.array([title.vote_count for title in rows], dtype=np.int32),
        ),
        popularity=np.array([title.popularity for title in rows], dtype=np.float32),
        vote_average=np.array([title.vote_average for title in rows], dtype=np.float32),
        vote_count=np.array([title.vote_count for title in rows], dtype=np.int32),
        popular_rank=zeros,
        trending_rank=np.array([title.trending_rank for title in rows], dtype=np.int32),
        top_rated_rank=zeros,
        likings=zeros.astype(np.float32),
        same_titles=np.empty((0, 2), dtype=np.int32),
        lists_tell=np.ones(2, dtype=np.bool_),
    )
    nothing = Changing((), zeros[:0], zeros[:0].astype(np.float32))
    return facts_by(columns, nothing, NOW, trend=RANKING.trend)


def query_over(
    facts: CatalogueFacts,
    *,
    rules: BusinessRules | None = None,
    taste: Taste | None = None,
    excluded: Sequence[int] = (),
    preferences: Sequence[Preference] = (),
    **request: Any,
) -> Query:
    """A query of a known viewer over these facts."""
    viewer = Viewer(
        1,
        1,
        np.array(sorted(excluded), dtype=np.int32),
        taste or Taste(),
        preferences=tuple(preferences),
    )
    given = Query.of(
        replace(RecommendRequest(user_id="ada"), **request),
        versions=Versions(facts.version, 1, 1, False, 1, None, None),
        facts=facts,
        rules=rules or BusinessRules(),
        now=NOW,
        seed=0,
    )
    return replace(given, viewer=viewer, weights=dict(RANKING.mixer.warm))


def ranking_of(
    facts: CatalogueFacts,
    ids: Sequence[int],
    scores: Sequence[float] | None = None,
    embeddings: Any = None,
) -> Ranking:
    """A ranking of these ids, best first; embeddings are row for row theirs."""
    rows = facts.rows_of(np.sort(np.array(ids, dtype=np.int32)))
    pool = Pool(facts, rows)
    order = np.searchsorted(pool.ids, np.array(ids)).astype(np.int32)
    given = np.linspace(1, 0.1, len(ids)) if scores is None else np.array(scores)
    embedded = None
    if embeddings is not None:
        embedded = np.full(len(ids), -1, dtype=np.int32)
        embedded[order] = np.arange(len(ids))
        embeddings = np.asarray(embeddings, dtype=np.float32)
    return Ranking(pool, order, given.astype(np.float32), {}, embeddings, embedded)


def run_of(query: Query, ranking: Ranking) -> Run:
    """A run that ended with this ranking, all of it listed, and that noted nothing else."""
    evidence = np.zeros(len(ranking.order), dtype=EVIDENCE)
    return Run(query, query, ranking, ranking, evidence, (), Trace())


def ids_of(ranking: Ranking) -> list[int]:
    """Item ids in the ranking's order."""
    return [int(item_id) for item_id in ranking.pool.ids[ranking.order]]
