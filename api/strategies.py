"""The strategies: which components run, in which order; the README has the same table of stages."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from api.domain.second_opinion import Judge
from api.errors import ConfigurationError
from api.inference.local_encoder import LocalEncoder
from api.pipeline.protocols import Reranker, Scorer, Selector, Source
from api.pipeline.runner import Pipeline
from api.services.cursors import Cursors
from api.services.interpreter import Interpreter
from api.services.pages import Pages
from api.services.recommend import PageCache, Recommender
from api.services.refiner import Refiner
from api.services.resident_catalogue import ResidentCatalogue
from api.services.strategies import Strategies, Strategy
from api.services.viewers import Viewers
from api.stages.embeddings import HeadEmbeddings
from api.stages.filters.constraints import KeepsConstraints
from api.stages.filters.unseen import Unseen
from api.stages.mixer import WeightedMixer
from api.stages.query_hydrators.constraints import ConstraintsAndRules
from api.stages.query_hydrators.entity_search import EntitySearch
from api.stages.query_hydrators.intent import IntentOfWords
from api.stages.query_hydrators.llm_intent import LlmIntent
from api.stages.query_hydrators.query_vectors import QueryVectors
from api.stages.query_hydrators.text_vector import TextVector
from api.stages.rerankers.llm import LlmReranker
from api.stages.rerankers.small import SmallReranker
from api.stages.scorers import leanings, signals
from api.stages.selectors.exploration import Exploration
from api.stages.selectors.franchise_cap import FranchiseCap
from api.stages.selectors.mmr import Mmr
from api.stages.selectors.wished_first import WishedFirst
from api.stages.sources.ann import Ann
from api.stages.sources.lexical import Lexical
from api.stages.sources.resident import (
    Audience,
    Collaborative,
    FanLiked,
    Followed,
    Neighbours,
    People,
    Popular,
    Related,
    Trending,
)
from api.stages.sources.story import Story
from api.storage.ann import nearest
from api.storage.cards import ItemCards
from api.storage.constraint_clauses import look_up
from api.storage.database import Database
from api.storage.facts import load_facts
from api.storage.lexical import search_titles
from api.storage.stories import search_stories
from api.storage.synopses import read_synopses
from api.storage.viewers import read_embeddings
from config.business_rules import BusinessRulesFile
from config.explanations import ExplanationTemplatesFile
from config.ranking import QueryBlend
from config.settings import Settings
from config.strategy_files import STANDARD, Configuration, RerankerNumbers, StrategyFile

Stage = TypeVar("Stage", Source, Scorer, Selector)


def build_pipeline(
    settings: Settings,
    database: Database,
    *,
    encoder: LocalEncoder,
    interpreter: Interpreter,
    refiner: Refiner | None,
    judge: Judge | None,
    templates: ExplanationTemplatesFile,
    configuration: Configuration | None = None,
    text_vector: TextVector | None = None,
) -> Pipeline:
    """A strategy's pipeline, the standard one's if no configuration is given.

    `refiner` and `judge` are language models, where there are some. Raises ConfigurationError for
    stages left out that there are not.
    """
    configuration = configuration or settings.strategies[STANDARD].configuration
    numbers = configuration.ranking
    ann = partial(nearest, database)
    diversify = numbers.diversify
    head = max(diversify.mmr_pool, configuration.reranker.window)
    return Pipeline(
        hydrators=(
            IntentOfWords(
                lambda text, version, today: interpreter.read(text, version=version, today=today)
            ),
            EntitySearch(
                lambda intent, version, today: interpreter.link(
                    intent, version=version, today=today
                )
            ),
            *((LlmIntent(refiner.refine),) if refiner is not None else ()),
            text_vector or _text_vector(settings, encoder, numbers.query),
            QueryVectors(numbers.profile, numbers.query, partial(read_embeddings, database)),
            ConstraintsAndRules(partial(look_up, database)),
        ),
        sources=_without(
            configuration.without_sources,
            "source",
            Ann("profile_ann", ann, numbers.retrieval, for_text=False),
            Ann("query_ann", ann, numbers.retrieval, for_text=True),
            Lexical(partial(search_titles, database), numbers.retrieval),
            Story(partial(search_stories, database), numbers.retrieval),
            Collaborative(numbers.retrieval),
            FanLiked(numbers.retrieval),
            Followed(numbers.retrieval),
            Neighbours(numbers.retrieval),
            Audience(numbers.retrieval),
            People(numbers.retrieval),
            Related(numbers.retrieval),
            Trending(numbers.retrieval),
            Popular(numbers.retrieval),
        ),
        filters=(Unseen(), KeepsConstraints()),
        scorers=_without(
            configuration.without_scorers,
            "scorer",
            signals.AnnSignal(),
            signals.LexicalSignal(),
            signals.StorySignal(),
            signals.CollaborativeSignal(),
            signals.FanLikedSignal(),
            signals.FollowedSignal(),
            signals.NeighboursSignal(),
            signals.AudienceSignal(),
            signals.PeopleSignal(),
            signals.RelatedSignal(),
            signals.TrendingSignal(),
            signals.PopularitySignal(),
            signals.VoteSignal(),
            signals.NoveltySignal(),
            signals.GenreAffinitySignal(),
            leanings.LanguageAffinitySignal(),
            leanings.DecadeAffinitySignal(),
            leanings.PreferenceSignal(),
            signals.FatigueSignal(numbers.fatigue),
        ),
        ranker=WeightedMixer(numbers.mixer, numbers.damping),
        embeddings=HeadEmbeddings(partial(read_embeddings, database), head),
        reranker=_reranker(configuration.reranker, database, judge, templates),
        selectors=(
            *_without(
                configuration.without_selectors,
                "selector",
                FranchiseCap(cap=diversify.franchise_cap, head=diversify.mmr_pool),
                Mmr(lambda_=diversify.mmr_lambda, pool=diversify.mmr_pool, head=diversify.mmr_head),
                Exploration(diversify),
            ),
            # The wish comes before relaxed ones whatever a strategy tries.
            WishedFirst(),
        ),
    )


def build_strategy(
    settings: Settings,
    database: Database,
    file: StrategyFile,
    *,
    encoder: LocalEncoder,
    interpreter: Interpreter,
    refiner: Refiner | None,
    judge: Judge | None,
    templates: ExplanationTemplatesFile,
    viewers: Viewers | None = None,
    text_vector: TextVector | None = None,
) -> Strategy:
    """A strategy, ready to run; the last two may be shared where their numbers are the same."""
    pipeline = build_pipeline(
        settings,
        database,
        encoder=encoder,
        interpreter=interpreter,
        refiner=refiner,
        judge=judge,
        templates=templates,
        configuration=file.configuration,
        text_vector=text_vector,
    )
    return Strategy(
        file,
        pipeline,
        shadow_pipeline=_within(pipeline),
        viewers=viewers or Viewers(database, file.configuration.ranking),
    )


def build_strategies(
    settings: Settings,
    database: Database,
    *,
    encoder: LocalEncoder,
    interpreter: Interpreter,
    refiner: Refiner | None,
    judge: Judge | None,
    templates: ExplanationTemplatesFile,
) -> Strategies:
    """Every strategy that is configured. Raises ConfigurationError for one that cannot work."""
    viewers: dict[Hashable, Viewers] = {}
    text_vectors: dict[QueryBlend, TextVector] = {}
    built = {}
    for name, file in settings.strategies.items():
        numbers = file.configuration.ranking
        # What strategies agree in they share: a taste is learned once, and words are encoded once.
        learned_by = (numbers.profile, numbers.retrieval)
        try:
            built[name] = build_strategy(
                settings,
                database,
                file,
                encoder=encoder,
                interpreter=interpreter,
                refiner=refiner,
                judge=judge,
                templates=templates,
                viewers=viewers.setdefault(learned_by, Viewers(database, numbers)),
                text_vector=text_vectors.setdefault(
                    numbers.query, _text_vector(settings, encoder, numbers.query)
                ),
            )
        except ConfigurationError as error:
            raise ConfigurationError(f"{name}.toml: {error}") from error
    return Strategies(database, built)


def build_recommender(
    settings: Settings,
    database: Database,
    *,
    strategies: Strategies,
    interpreter: Interpreter,
    cursors: Cursors,
    rules: BusinessRulesFile,
    templates: ExplanationTemplatesFile,
    clock: Callable[[], datetime],
) -> Recommender:
    """GET /recommend with every strategy there is."""
    cards = ItemCards(database, image_url=settings.tmdb_image_url)
    return Recommender(
        database=database,
        strategies=strategies,
        catalogue=ResidentCatalogue(partial(load_facts, database, trend=settings.ranking.trend)),
        interpreter=interpreter,
        pages=Pages(cards, templates),
        cursors=cursors,
        rules=rules,
        templates=templates,
        model_seconds=settings.language_model_seconds,
        slate_ttl=timedelta(seconds=settings.slate_ttl_seconds),
        clock=clock,
        # A page must not outlive the list that its cursor walks through.
        cache=PageCache(min(settings.recommend_cache_ttl_seconds, settings.slate_ttl_seconds)),
    )


def _within(pipeline: Pipeline) -> Pipeline:
    """The pipeline without what asks others.

    Nobody sees a shadow's list: no model is paid for it, and no breaker opens because of it.
    """
    asking = (EntitySearch, LlmIntent)
    return replace(
        pipeline,
        hydrators=tuple(part for part in pipeline.hydrators if not isinstance(part, asking)),
        reranker=None if isinstance(pipeline.reranker, LlmReranker) else pipeline.reranker,
    )


def _text_vector(settings: Settings, encoder: LocalEncoder, numbers: QueryBlend) -> TextVector:
    return TextVector(
        encoder.encode,
        numbers,
        cache_size=settings.small_rerank_cache_maxsize,
        cache_ttl_seconds=settings.small_rerank_cache_ttl,
    )


def _without(names: Sequence[str], kind: str, *stages: Stage) -> tuple[Stage, ...]:
    known = {stage.name for stage in stages}
    for name in names:
        if name not in known:
            raise ConfigurationError(
                f"strategy.without_{kind}s: there is no {kind} {name!r} to leave out; known: "
                f"{', '.join(sorted(known))}."
            )
    return tuple(stage for stage in stages if stage.name not in names)


def _reranker(
    numbers: RerankerNumbers,
    database: Database,
    judge: Judge | None,
    templates: ExplanationTemplatesFile,
) -> Reranker | None:
    if numbers.provider == "small":
        return SmallReranker(
            window=numbers.window,
            output_limit=numbers.output_limit,
            rank_weight=numbers.rank_weight,
        )
    if numbers.provider == "none" or judge is None:
        return None
    name = f"rerank_{numbers.provider}"
    return LlmReranker(name, judge, partial(read_synopses, database), templates)
