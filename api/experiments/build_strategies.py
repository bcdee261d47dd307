"""Every strategy that is configured, built once per process."""

from api.catalogue.embeddings.kept_embeddings import kept_embeddings
from api.catalogue.embeddings.keyword_centroids import KeywordCentroids
from api.catalogue.embeddings.title_vectors import TitleVectors
from api.catalogue.published.publish import FEWEST_TITLES
from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.catalogue.words.word_index import WordIndex
from api.experiments.strategies import Strategies
from api.language.interpreter import Interpreter
from api.language.refiner import Refiner
from api.models.local_encoder import LocalEncoder
from api.platform.database import Database
from api.platform.errors import ConfigurationError
from api.platform.resident import Resident
from api.recommend.build_pipeline import build_strategy, build_text_vector
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.hydrate.text_vector import TextVector
from api.recommend.rerank.llm_rerank import RerankModel
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
from config.explanations import ExplanationTemplatesFile
from config.ranking import QueryBlend
from config.settings import Settings
from config.strategy_files import STANDARD


def build_strategies(
    settings: Settings,
    database: Database,
    *,
    encoder: LocalEncoder,
    interpreter: Interpreter,
    refiner: Refiner | None,
    rerank_model: RerankModel | None,
    templates: ExplanationTemplatesFile,
    words: Resident[WordIndex],
    centroids: Resident[KeywordCentroids],
    vectors: Resident[TitleVectors],
    similarity: Resident[ItemSimilarity],
    kinds: Kinds = EVIDENCE,
) -> Strategies:
    """Every strategy that is configured. Raises ConfigurationError for one that cannot work."""
    embeddings = kept_embeddings(database)
    viewers: dict[TasteNumbers, Viewers] = {}
    text_vectors: dict[QueryBlend, TextVector] = {}
    built = {}
    for name, file in settings.strategies.items():
        numbers = file.configuration.ranking
        # What strategies agree in they share: a taste is learned once, and words are encoded once.
        learned_by = TasteNumbers.of(numbers)
        try:
            built[name] = build_strategy(
                settings,
                database,
                file,
                encoder=encoder,
                interpreter=interpreter,
                refiner=refiner,
                rerank_model=rerank_model,
                templates=templates,
                viewers=viewers.setdefault(
                    learned_by,
                    Viewers(database, learned_by, embeddings, large=FEWEST_TITLES),
                ),
                text_vector=text_vectors.setdefault(
                    numbers.query, build_text_vector(settings, encoder, numbers.query)
                ),
                similarity=similarity,
                words=words,
                centroids=centroids,
                vectors=vectors,
                kinds=kinds,
            )
        except ConfigurationError as error:
            where = settings.ranking_path.name if name == STANDARD else f"{name}.toml"
            raise ConfigurationError(f"{where}: {error}") from error
    return Strategies(database, built)
