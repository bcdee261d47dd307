"""The strategies: which components run, in which order; the README has the same table of stages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from api.domain.second_opinion import Judge
from api.inference.local_encoder import LocalEncoder
from api.pipeline.protocols import Reranker
from api.pipeline.runner import Pipeline
from api.services.cursors import Cursors
from api.services.interpreter import Interpreter
from api.services.pages import Pages
from api.services.recommend import PageCache, Recommender
from api.services.resident_catalogue import ResidentCatalogue
from api.services.viewers import Viewers
from api.stages.embeddings import HeadEmbeddings
from api.stages.filters.constraints import KeepsConstraints
from api.stages.filters.unseen import Unseen
from api.stages.mixer import WeightedMixer
from api.stages.query_hydrators.constraints import ConstraintsAndRules
from api.stages.query_hydrators.intent import IntentOfWords
from api.stages.query_hydrators.query_vectors import QueryVectors
from api.stages.query_hydrators.text_vector import TextVector
from api.stages.rerankers.llm import LlmReranker
from api.stages.rerankers.small import SmallReranker
from api.stages.scorers import signals
from api.stages.selectors.exploration import Exploration
from api.stages.selectors.franchise_cap import FranchiseCap
from api.stages.selectors.mmr import Mmr
from api.stages.selectors.wished_first import WishedFirst
from api.stages.sources.ann import Ann
from api.stages.sources.lexical import Lexical
from api.stages.sources.resident import Collaborative, People, Popular, Related, Trending
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
from config.settings import Settings


def build_pipeline(
    settings: Settings,
    database: Database,
    *,
    encoder: LocalEncoder,
    interpreter: Interpreter,
    judge: Judge | None,
    templates: ExplanationTemplatesFile,
) -> Pipeline:
    """The default strategy; `judge` is the language model of a hosted reranker."""
    numbers = settings.ranking
    ann = partial(nearest, database)
    diversify = numbers.diversify
    head = max(diversify.mmr_pool, settings.small_rerank_input_window)
    return Pipeline(
        hydrators=(
            IntentOfWords(
                lambda text, version, today: interpreter.read(text, version=version, today=today)
            ),
            TextVector(
                encoder.encode,
                numbers.query,
                cache_size=settings.small_rerank_cache_maxsize,
                cache_ttl_seconds=settings.small_rerank_cache_ttl,
            ),
            QueryVectors(numbers.profile, numbers.query, partial(read_embeddings, database)),
            ConstraintsAndRules(partial(look_up, database)),
        ),
        sources=(
            Ann("profile_ann", ann, numbers.retrieval, for_text=False),
            Ann("query_ann", ann, numbers.retrieval, for_text=True),
            Lexical(partial(search_titles, database), numbers.retrieval),
            Story(partial(search_stories, database), numbers.retrieval),
            Collaborative(numbers.retrieval),
            People(numbers.retrieval),
            Related(numbers.retrieval),
            Trending(numbers.retrieval),
            Popular(numbers.retrieval),
        ),
        filters=(Unseen(), KeepsConstraints()),
        scorers=(
            signals.AnnSignal(),
            signals.LexicalSignal(),
            signals.StorySignal(),
            signals.CollaborativeSignal(),
            signals.PeopleSignal(),
            signals.RelatedSignal(),
            signals.TrendingSignal(),
            signals.PopularitySignal(),
            signals.VoteSignal(),
            signals.NoveltySignal(),
            signals.GenreAffinitySignal(),
        ),
        ranker=WeightedMixer(numbers.mixer, numbers.damping),
        embeddings=HeadEmbeddings(partial(read_embeddings, database), head),
        reranker=_reranker(settings, database, judge, templates),
        selectors=(
            FranchiseCap(cap=diversify.franchise_cap, head=diversify.mmr_pool),
            Mmr(lambda_=diversify.mmr_lambda, pool=diversify.mmr_pool, head=diversify.mmr_head),
            Exploration(diversify),
            WishedFirst(),
        ),
    )


def build_recommender(
    settings: Settings,
    database: Database,
    *,
    encoder: LocalEncoder,
    interpreter: Interpreter,
    judge: Judge | None,
    cursors: Cursors,
    rules: BusinessRulesFile,
    templates: ExplanationTemplatesFile,
    clock: Callable[[], datetime],
) -> Recommender:
    """GET /recommend with every strategy there is."""
    cards = ItemCards(database, image_url=settings.tmdb_image_url)
    pipeline = build_pipeline(
        settings,
        database,
        encoder=encoder,
        interpreter=interpreter,
        judge=judge,
        templates=templates,
    )
    return Recommender(
        database=database,
        pipelines={"default": pipeline},
        catalogue=ResidentCatalogue(partial(load_facts, database)),
        interpreter=interpreter,
        viewers=Viewers(database, settings.ranking),
        pages=Pages(cards, templates),
        cursors=cursors,
        rules=rules,
        templates=templates,
        numbers=settings.ranking,
        slate_ttl=timedelta(seconds=settings.slate_ttl_seconds),
        clock=clock,
        # A page must not outlive the list that its cursor walks through.
        cache=PageCache(min(settings.recommend_cache_ttl_seconds, settings.slate_ttl_seconds)),
    )


def _reranker(
    settings: Settings,
    database: Database,
    judge: Judge | None,
    templates: ExplanationTemplatesFile,
) -> Reranker | None:
    if not settings.rerank_enabled or settings.rerank_provider == "none":
        return None
    if judge is not None:
        name = f"rerank_{settings.rerank_provider}"
        return LlmReranker(name, judge, partial(read_synopses, database), templates)
    return SmallReranker(
        window=settings.small_rerank_input_window,
        output_limit=settings.small_rerank_output_limit,
        rank_weight=settings.small_rerank_rank_weight,
    )
