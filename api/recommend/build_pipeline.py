"""Which components run, in which order; the README has the same table of stages."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from api.catalogue.embeddings.keyword_centroids import KeywordCentroids
from api.catalogue.embeddings.read_embeddings import read_embeddings
from api.catalogue.embeddings.title_vectors import TitleVectors
from api.catalogue.items.synopses import read_synopses
from api.catalogue.limits.made_for_children import MadeForChildren
from api.catalogue.limits.shown_titles import ShownTitles
from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.catalogue.similarity.read_similarity import read_similarity
from api.catalogue.words.word_index import WordIndex
from api.domain.arrays import Ints
from api.language.interpreter import Interpreter
from api.language.refiner import Refiner
from api.models.local_encoder import LocalEncoder
from api.platform.database import Database
from api.platform.errors import ConfigurationError
from api.platform.resident import Resident
from api.recommend.constraints.hydrator import ConstraintsAndRules
from api.recommend.constraints.keeps_constraints import KeepsConstraints
from api.recommend.constraints.kept_look_ups import KeptLookUps
from api.recommend.constraints.shown_to_age import ShownToAge
from api.recommend.constraints.unseen import Unseen
from api.recommend.evidence.kind import Needs
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.nearest import nearest
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.explainer import gather_evidence
from api.recommend.hydrate.entity_search import EntitySearch
from api.recommend.hydrate.intent import IntentOfWords
from api.recommend.hydrate.llm_intent import LlmIntent
from api.recommend.hydrate.query_vectors import QueryVectors
from api.recommend.hydrate.text_ahead import LongTextAhead, WordsAhead
from api.recommend.hydrate.text_vector import TextVector
from api.recommend.hydrate.toward_answers import read_toward_answers
from api.recommend.hydrate.viewer import LoadViewer
from api.recommend.hydrate.weights import SignalWeights
from api.recommend.likeness.hydrators import (
    AwayFromUnliked,
    CoLiking,
    MetadataLikeness,
    MetadataOfTaste,
)
from api.recommend.likeness.likeness_of_words import LikenessOfWords
from api.recommend.likeness.likes_in_common import LikesInCommon
from api.recommend.likeness.listed_and_known import ListedAndKnown
from api.recommend.likeness.listed_beside import ListedBeside
from api.recommend.likeness.metadata import MetadataOfTitles
from api.recommend.likeness.nearest_to_words import NearestTitles
from api.recommend.likeness.seeds_of_words import SeedsOfWords
from api.recommend.likeness.understood_words import UnderstandsWords
from api.recommend.limits.profile_limits import ProfileLimits
from api.recommend.limits.within_limits import WithinLimits
from api.recommend.pipeline.protocols import Reranker, Scorer, Selector, Source
from api.recommend.pipeline.runner import Pipeline
from api.recommend.rank.head_embeddings import HeadEmbeddings
from api.recommend.rank.mixer import WeightedMixer
from api.recommend.rerank.llm import LlmReranker
from api.recommend.rerank.llm_rerank import RerankModel
from api.recommend.rerank.small import SmallReranker
from api.recommend.select.drawn import Drawn
from api.recommend.select.exact_matches_first import ExactMatchesFirst
from api.recommend.select.exploration import Exploration
from api.recommend.select.franchise_cap import FranchiseCap
from api.recommend.select.known_first import KnownFirst
from api.recommend.select.likely_first import LikelyFirst
from api.recommend.select.made_for_children_first import MadeForChildrenFirst
from api.recommend.select.mmr import Mmr
from api.recommend.select.one_and_two_others import OneAndTwoOthers
from api.recommend.select.series_order import SeriesOrder
from api.recommend.select.shares_of_taste import SharesOfTaste
from api.recommend.strategy import Strategy
from api.recommend.trait_model import read_trait_models
from api.viewers.predictions.predictor import Predictor
from api.viewers.taste.evidence_of_taste import related_to
from api.viewers.taste.neighbour_lists import ItemLists, item_lists_of
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
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
    rerank_model: RerankModel | None,
    templates: ExplanationTemplatesFile,
    configuration: Configuration | None = None,
    viewers: Viewers | None = None,
    text_vector: TextVector | None = None,
    similarity: Resident[ItemSimilarity] | None = None,
    words: Resident[WordIndex] | None = None,
    centroids: Resident[KeywordCentroids] | None = None,
    vectors: Resident[TitleVectors] | None = None,
    kinds: Kinds = EVIDENCE,
) -> Pipeline:
    """A strategy's pipeline, the standard one's if no configuration is given.

    `refiner` and `rerank_model` are language models, where there are some. `viewers` and
    `text_vector` may be shared with strategies whose numbers for them are the same, `similarity`,
    `words`, `centroids` and `vectors` with all.
    Raises ConfigurationError for stages left out that there are not.
    """
    configuration = configuration or settings.strategies[STANDARD].configuration
    numbers = configuration.ranking
    shown = ShownTitles(database)
    similarity = similarity or Resident("similarity", partial(read_similarity, database))
    viewers = viewers or Viewers(database, TasteNumbers.of(numbers))
    needs = Needs(database, numbers, words, centroids, vectors)
    scorers = _without(configuration.without_scorers, "scorer", *kinds.built_scorers(needs))
    text_vector = text_vector or build_text_vector(settings, encoder, numbers.query)
    nearest_titles = NearestTitles(
        text_vector.of_text, partial(nearest, database), numbers.retrieval
    )
    vectors_of = partial(read_embeddings, database)
    metadata = MetadataOfTitles(
        similarity.current, vectors_of, partial(nearest, database), numbers.retrieval
    )

    def lists_of(model_id: int, ids: Ints) -> ItemLists:
        return database.read(item_lists_of(model_id, ids))

    listed = ListedBeside(
        lambda facts, ids: database.read(related_to(facts, ids)), numbers.retrieval.similar_share
    )
    look_up = KeptLookUps(database).look_up
    understands = UnderstandsWords(
        lambda text, version, today: interpreter.read(text, version=version, today=today), look_up
    )
    of_words = LikenessOfWords(similarity.current, nearest_titles.of, understands)
    diversify = numbers.diversify
    head = max(diversify.mmr_pool, configuration.reranker.window)
    return Pipeline(
        hydrators=(
            LongTextAhead(text_vector),
            LoadViewer(viewers),
            IntentOfWords(
                lambda text, version, today: interpreter.read(text, version=version, today=today)
            ),
            EntitySearch(
                lambda intent, version, today: interpreter.link(
                    intent, version=version, today=today
                )
            ),
            *((LlmIntent(refiner.refine),) if refiner is not None else ()),
            WordsAhead(text_vector),
            SignalWeights(numbers.mixer, numbers.fame),
            ProfileLimits(shown, MadeForChildren(database)),
            ShownToAge(shown),
            ConstraintsAndRules(look_up),
            MetadataOfTaste(similarity.current),
            MetadataLikeness(metadata),
            CoLiking(lists_of),
            ListedAndKnown(listed),
            SeedsOfWords(similarity.current, lists_of, listed),
            of_words,
            LikesInCommon(),
            AwayFromUnliked(metadata, of_words),
            # Last, since encoding goes on meanwhile.
            text_vector,
            QueryVectors(numbers.profile, numbers.query, vectors_of),
        ),
        sources=_without(
            configuration.without_sources,
            "source",
            *kinds.built_sources(needs),
        ),
        filters=(Unseen(), WithinLimits(), KeepsConstraints()),
        scorers=scorers,
        ranker=WeightedMixer(numbers.mixer, numbers.damping, numbers.fame, scorers),
        embeddings=HeadEmbeddings(viewers.embeddings, head),
        reranker=_reranker(configuration.reranker, database, rerank_model, templates, kinds),
        selectors=(
            *_without(
                configuration.without_selectors,
                "selector",
                FranchiseCap(cap=diversify.franchise_cap, head=diversify.mmr_pool),
                Mmr(
                    lambda_=diversify.mmr_lambda,
                    of_words=diversify.mmr_lambda_words,
                    pool=diversify.mmr_pool,
                    head=diversify.mmr_head,
                    least=diversify.mmr_least,
                ),
                SharesOfTaste(diversify),
                Exploration(diversify),
            ),
            SeriesOrder(),
            Drawn(head=diversify.mmr_head),
            LikelyFirst(Predictor(database, similarity).probabilities),
            # Whatever a strategy tries: what may break a refusal comes last, children get what is
            # made for them, and exact matches come before relaxed ones.
            KnownFirst(),
            MadeForChildrenFirst(),
            ExactMatchesFirst(),
            OneAndTwoOthers(),
        ),
        list_size=numbers.retrieval.slate_size,
        gather_evidence=partial(gather_evidence, kinds=kinds),
    )


def build_strategy(
    settings: Settings,
    database: Database,
    file: StrategyFile,
    *,
    encoder: LocalEncoder,
    interpreter: Interpreter,
    refiner: Refiner | None,
    rerank_model: RerankModel | None,
    templates: ExplanationTemplatesFile,
    viewers: Viewers | None = None,
    text_vector: TextVector | None = None,
    similarity: Resident[ItemSimilarity] | None = None,
    words: Resident[WordIndex] | None = None,
    centroids: Resident[KeywordCentroids] | None = None,
    vectors: Resident[TitleVectors] | None = None,
    kinds: Kinds = EVIDENCE,
) -> Strategy:
    """A strategy, ready to run; the last of these but one may be shared.

    Its numbers have a weight for every signal, so that they stay what they are when a default
    changes. Raises ConfigurationError for weights, and for stages left out, that there are not.
    """
    file = replace(file, configuration=_complete(file.configuration, kinds))
    viewers = viewers or Viewers(database, TasteNumbers.of(file.configuration.ranking))
    pipeline = build_pipeline(
        settings,
        database,
        encoder=encoder,
        interpreter=interpreter,
        refiner=refiner,
        rerank_model=rerank_model,
        templates=templates,
        configuration=file.configuration,
        viewers=viewers,
        text_vector=text_vector,
        similarity=similarity,
        words=words,
        centroids=centroids,
        vectors=vectors,
        kinds=kinds,
    )
    return Strategy(file, pipeline, viewers)


def _complete(configuration: Configuration, kinds: Kinds) -> Configuration:
    # Made anew, not copied: a copy would keep the digest.
    ranking = kinds.with_weights(configuration.ranking)
    return Configuration(**{**dict(configuration), "ranking": ranking})


def build_text_vector(settings: Settings, encoder: LocalEncoder, numbers: QueryBlend) -> TextVector:
    return TextVector(
        encoder.encode,
        numbers,
        toward_answers=read_toward_answers(),
        trait_models=read_trait_models(),
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
    rerank_model: RerankModel | None,
    templates: ExplanationTemplatesFile,
    kinds: Kinds,
) -> Reranker | None:
    if numbers.provider == "small":
        return SmallReranker(
            window=numbers.window,
            output_limit=numbers.output_limit,
            rank_weight=numbers.rank_weight,
        )
    if numbers.provider == "none" or rerank_model is None:
        return None
    name = f"rerank_{numbers.provider}"
    return LlmReranker(name, rerank_model, partial(read_synopses, database), templates, kinds)
