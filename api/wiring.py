"""Everything the service is made of, built once per process and handed to the routes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from api.access.gate import Gate
from api.access.rate_limit import RateLimiter
from api.entity_search.entity_search import open_entity_search
from api.inference.llm.open_language_model import open_intent_model, open_rerank_model
from api.inference.llm.precautions import Precautions
from api.inference.llm.refine import RefineTask
from api.inference.llm.rerank import RerankTask
from api.inference.load_encoder import load_encoder
from api.inference.local_encoder import LocalEncoder
from api.routes.services import Services
from api.services.catalogue import Catalogue
from api.services.cursors import Cursors
from api.services.entity_linker import EntityLinker
from api.services.feedback import FeedbackIntake
from api.services.history import History
from api.services.housekeeping import Housekeeping
from api.services.index import CatalogueIndex
from api.services.interpretations import Interpretations
from api.services.interpreter import Interpreter
from api.services.jobs import Jobs
from api.services.preferences import Preferences
from api.services.preview.preview import Preview
from api.services.readiness import Readiness, database_checks
from api.services.refiner import Refiner
from api.services.search import Search
from api.services.shadows import Shadows
from api.services.track_records import TrackRecords
from api.services.users import Users
from api.services.watch_links import WatchLinks
from api.storage.api_keys import ApiKeyStore
from api.storage.catalogue_state import active_vectors
from api.storage.database import Database
from api.storage.names import ids_of_tmdb, read_names
from api.storage.service_state import cursor_secret
from api.strategies import build_recommender, build_strategies
from config.business_rules import BusinessRulesFile
from config.explanations import ExplanationTemplatesFile
from config.settings import Settings

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def build_services(settings: Settings, database: Database, clock: Clock = utc_now) -> Services:
    """Wires one process. Reads nothing yet: the database may not be migrated.

    Raises ConfigurationError for a rule or template file that cannot be used.
    """
    rules = BusinessRulesFile(settings.business_rules_path)
    templates = ExplanationTemplatesFile(settings.explanation_templates_path)
    cursors = Cursors(lambda: _cursor_secret(settings, database))
    encoder = LocalEncoder(
        partial(
            load_encoder,
            settings.embed_model,
            cache_dir=settings.data_dir / "models",
            threads=1,
            batch_size=settings.embed_batch,
            backend=settings.embed_backend,
        ),
        timeout_seconds=settings.small_rerank_timeout,
    )
    precautions = Precautions()
    intent_model = open_intent_model(settings, precautions)
    rerank_model = open_rerank_model(settings, precautions)
    search = open_entity_search(settings)
    linker = EntityLinker(search, partial(ids_of_tmdb, database)) if search else None
    interpreter = Interpreter(partial(read_names, database), linker)
    refiner = None
    if intent_model is not None:
        task = RefineTask(intent_model, describes=settings.intent_enable_ann_description)
        refiner = Refiner(interpreter, task)
    strategies = build_strategies(
        settings,
        database,
        encoder=encoder,
        interpreter=interpreter,
        refiner=refiner,
        judge=RerankTask(rerank_model) if rerank_model else None,
        templates=templates,
    )
    recommender = build_recommender(
        settings,
        database,
        strategies=strategies,
        interpreter=interpreter,
        cursors=cursors,
        rules=rules,
        templates=templates,
        clock=clock,
    )
    return Services(
        settings=settings,
        database=database,
        clock=clock,
        cursors=cursors,
        gate=build_gate(settings, database),
        readiness=Readiness(
            {
                **database_checks(database),
                "model": lambda: encoder.problem() or _mismatch(encoder, database),
                "business_rules": lambda: _reread(rules),
                "explanation_templates": lambda: _reread(templates),
                "strategies": strategies.problem,
            }
        ),
        encoder=encoder,
        language_models=tuple(model for model in (intent_model, rerank_model) if model is not None),
        housekeeping=Housekeeping(
            database, keep_slates=timedelta(days=settings.slate_keep_days), clock=clock
        ),
        recommender=recommender,
        preview=Preview(database, recommender),
        shadows=Shadows(database),
        history=History(database, cursors, clock),
        feedback=FeedbackIntake(database, cursors, settings.ranking.fatigue, clock),
        catalogue=Catalogue(database, settings),
        search=Search(database, cursors),
        interpreter=interpreter,
        interpretations=Interpretations(
            database,
            interpreter,
            refiner,
            model_seconds=settings.language_model_seconds,
            clock=clock,
        ),
        watch_links=WatchLinks(database, settings),
        users=Users(database),
        preferences=Preferences(database, strategies, recommender.catalogue, clock),
        track_records=TrackRecords(
            database, keep_slates=timedelta(days=settings.slate_keep_days), clock=clock
        ),
        index=CatalogueIndex(database, settings, clock),
        jobs=Jobs(database, cursors, settings, clock),
    )


def _mismatch(encoder: LocalEncoder, database: Database) -> str | None:
    vectors = active_vectors(database)
    if vectors is None:
        return None
    return encoder.problem(model=vectors.model, dimension=vectors.dimension)


def _reread(file: BusinessRulesFile | ExplanationTemplatesFile) -> str | None:
    file.current()
    return file.problem


def build_gate(settings: Settings, database: Database) -> Gate:
    """Who may come in; the command line asks it before it binds an address."""
    limiter = RateLimiter(per_minute=settings.rate_limit_per_minute)
    return Gate(settings, keys=ApiKeyStore(database), limiter=limiter)


def _cursor_secret(settings: Settings, database: Database) -> bytes:
    if settings.cursor_secret is not None:
        return settings.cursor_secret.get_secret_value().encode()
    return cursor_secret(database)
