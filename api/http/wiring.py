"""Everything the service is made of, built once per process and handed to the routes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic

from opentelemetry.trace import TracerProvider

from api.access.hooks.hook_store import HookStore
from api.access.households import Households
from api.access.key_store import ApiKeyStore
from api.access.sessions.pins import Pins
from api.access.sessions.session_store import SessionStore
from api.access.sessions.sessions import Sessions
from api.catalogue.embeddings.active_vectors import active_vectors
from api.catalogue.facts.load_facts import FactsOfColumns
from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from api.catalogue.index.catalogue_index import CatalogueIndex
from api.catalogue.items.cards import ItemCards
from api.catalogue.items.item_details import Catalogue
from api.catalogue.limits.shown_titles import ShownTitles
from api.catalogue.offers.watch_links import WatchLinks
from api.catalogue.own_titles.own_titles import OwnTitles
from api.catalogue.people.people import People
from api.catalogue.published.publish import FEWEST_TITLES
from api.catalogue.published.publish_beside import publishing_beside
from api.catalogue.published.published_catalogue import PublishedCatalogue
from api.catalogue.search.nearly_called import NearlyCalled
from api.catalogue.search.search import Search
from api.catalogue.search.tmdb_ids import ids_of_tmdb
from api.catalogue.title_map.resident_links import ResidentLinks, read_links
from api.catalogue.title_map.title_map import TitleMaps
from api.catalogue.vocabularies.vocabularies import Vocabularies
from api.experiments.build_strategies import build_strategies
from api.experiments.experiments import Experiments
from api.experiments.shadows import OfferShadows, Shadows
from api.http.build_gate import build_gate
from api.http.metrics.build_metrics import build_metrics
from api.http.metrics.list_metrics import ListMetrics
from api.http.metrics.request_metrics import RequestMetrics
from api.http.readiness import Readiness, database_checks
from api.http.services import Services
from api.http.tracing.telemetry import StageSpans
from api.http.warming import Warming
from api.jobs.jobs import Jobs
from api.language.entity_search.entity_linker import EntityLinker
from api.language.entity_search.entity_search import open_entity_search
from api.language.interpretations import Interpretations
from api.language.interpreter import Interpreter
from api.language.refiner import Refiner
from api.language.refining.refine_task import RefineTask
from api.models.llm.open_language_model import open_intent_model, open_rerank_model
from api.models.llm.precautions import Precautions
from api.models.load_encoder import configured_encoder
from api.models.local_encoder import LocalEncoder
from api.platform.at_once import AtOnce
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.resident import Resident
from api.platform.service_state import cursor_secret
from api.recommend.batch.batch import Batches
from api.recommend.batch.order_store import OrderStore
from api.recommend.batch.orders import Orders
from api.recommend.blend.blend import Blend
from api.recommend.constraints.genres import genre_problem
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.group.group import Groups
from api.recommend.group.kept_out import KeptOut
from api.recommend.known_queries import KnownQueries
from api.recommend.lists.housekeeping import Housekeeping
from api.recommend.lists.kept_lists import KeptLists
from api.recommend.lists.kept_pages import KeptPages
from api.recommend.lists.left_out import LeftOut
from api.recommend.lists.pages import Pages
from api.recommend.lists.paging import Paging
from api.recommend.lists.served import SideEffect
from api.recommend.lists.side_effects import SideEffects
from api.recommend.lists.store_list import StoreList
from api.recommend.path.path import Paths
from api.recommend.preview.preview import Preview
from api.recommend.recommender import Recommender
from api.recommend.request_reader import RequestReader
from api.recommend.rerank.rerank_task import RerankTask
from api.recommend.rules.rules_desk import RulesDesk
from api.recommend.runs import Runs
from api.recommend.shelves.shelves import Shelves
from api.recommend.similar.similar_titles import SimilarTitles
from api.recommend.tonight.tonight import Tonight
from api.recommend.track_record.track_records import TrackRecords
from api.viewers.account.account import Users
from api.viewers.connections.connecting import Connecting
from api.viewers.connections.connections import Connections
from api.viewers.feedback.feedback_intake import FeedbackIntake
from api.viewers.history.history import History
from api.viewers.hooks.hooks import Hooks
from api.viewers.imports.imports import Imports
from api.viewers.imports.live import LiveIntake
from api.viewers.imports.waiting import WaitingRows
from api.viewers.library.library import Library
from api.viewers.predictions.predictions import Predictions
from api.viewers.predictions.predictor import Predictor
from api.viewers.preferences.preferences import Preferences
from api.viewers.preferences.statements import stated_by
from api.viewers.profiles.profiles import Profiles
from api.viewers.taste_summary.tastes import Tastes
from api.viewers.watchlist.watchlist import Watchlist
from config.business_rules import BusinessRulesFile
from config.explanations import ExplanationTemplatesFile
from config.settings import Settings

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def build_services(
    settings: Settings,
    database: Database,
    clock: Clock = utc_now,
    kinds: Kinds = EVIDENCE,
    requests: RequestMetrics | None = None,
    tracer_provider: TracerProvider | None = None,
    request_seconds: float | None = None,
) -> Services:
    """Wires one process. Reads nothing yet: the database may not be migrated.

    `requests` are counted by what surrounds the routes, where there are some; `tracer_provider`
    takes the stages of every list. `request_seconds` is the time of each list; None: what it takes.
    Raises ConfigurationError for a rule or template file that cannot be used.
    """
    rules = BusinessRulesFile(settings.business_rules_path, genre_problem)
    templates = ExplanationTemplatesFile(settings.explanation_templates_path, kinds.reason_forms)
    cursors = Cursors(lambda: _cursor_secret(settings, database))
    encoder = LocalEncoder(
        partial(configured_encoder, settings, threads=1, for_requests=True),
        timeout_seconds=settings.small_rerank_timeout,
    )
    precautions = Precautions()
    intent_model = open_intent_model(settings, precautions)
    rerank_model = open_rerank_model(settings, precautions)
    models = tuple(model for model in (intent_model, rerank_model) if model is not None)
    names_at_tmdb = open_entity_search(settings)
    linker = None
    if names_at_tmdb is not None:
        linker = EntityLinker(names_at_tmdb, partial(ids_of_tmdb, database))
    published = build_published(settings, database)
    text_names = Resident("text names", published.text_names)
    interpreter = Interpreter(text_names.current, linker)
    refiner = None
    if intent_model is not None:
        task = RefineTask(intent_model, describes=settings.intent_enable_ann_description)
        refiner = Refiner(interpreter, task)
    words = Resident("words", published.words)
    centroids = Resident("keyword centroids", published.keyword_centroids)
    vectors = Resident("vectors", published.title_vectors)
    similarity = Resident("similarity", published.similarity)
    names = Resident("names", published.names)
    strategies = build_strategies(
        settings,
        database,
        encoder=encoder,
        interpreter=interpreter,
        refiner=refiner,
        rerank_model=RerankTask(rerank_model) if rerank_model else None,
        templates=templates,
        words=words,
        centroids=centroids,
        vectors=vectors,
        similarity=similarity,
        kinds=kinds,
    )
    shadows = Shadows(database)
    shown = ShownTitles(database)
    runs = Runs(
        database,
        strategies,
        ResidentCatalogue(
            FactsOfColumns(published.columns, database, clock, settings.ranking.trend),
            large=FEWEST_TITLES,
        ),
        rules,
        model_seconds=settings.language_model_seconds,
        clock=clock,
        request_seconds=request_seconds,
    )
    measured = ListMetrics()
    recommender = build_recommender(
        settings,
        database,
        runs=runs,
        cursors=cursors,
        templates=templates,
        measured=measured,
        traced=[StageSpans(tracer_provider.get_tracer("seenemall"))] if tracer_provider else [],
        after_sending=(OfferShadows(shadows, strategies),),
        kinds=kinds,
    )
    predictor = Predictor(database, similarity)
    reader = RequestReader(database, settings.justwatch_country, NearlyCalled(database, names))
    links = ResidentLinks(database, partial(read_links, database))
    title_maps = TitleMaps(database, runs.catalogue, shown, clock)
    batches = Batches(recommender, reader)
    jobs = Jobs(database, cursors, settings, clock)
    at_once = AtOnce(database)
    groups = Groups(database, runs, recommender, reader, KeptOut(database))
    return Services(
        settings=settings,
        database=database,
        at_once=at_once,
        known_queries=KnownQueries(at_once, recommender),
        clock=clock,
        cursors=cursors,
        gate=build_gate(settings, database),
        keys=ApiKeyStore(database),
        sessions=Sessions(SessionStore(database), Pins(database), Households(database), clock),
        pins=Pins(database),
        readiness=Readiness(
            {
                **database_checks(database, monotonic),
                "model": lambda: encoder.problem() or _mismatch(encoder, database),
            },
            {
                "strategies": strategies.problem,
                "business_rules": lambda: _reread(rules),
                "explanation_templates": lambda: _reread(templates),
            },
            published.state,
        ),
        metrics=build_metrics(
            settings,
            database,
            at_once,
            requests=requests or RequestMetrics(),
            lists=measured,
            recommender=recommender,
            strategies=strategies,
            models=models,
            precautions=precautions,
            search=names_at_tmdb,
            published=published,
        ),
        encoder=encoder,
        warming=Warming(
            [partial(one.current, 1) for one in (similarity, names, words, centroids, vectors)]
        ),
        language_models=models,
        housekeeping=Housekeeping(
            database,
            keep_slates=timedelta(days=settings.slate_keep_days),
            keep_events=_days(settings.history_keep_days),
            keep_feedback=_days(settings.feedback_keep_days),
            look_again=WaitingRows(database, clock).look_again,
            clock=clock,
        ),
        runs=runs,
        recommender=recommender,
        preview=Preview(database, runs, templates, kinds),
        request_reader=reader,
        blend=Blend(database, runs, recommender, reader, interpreter, shown),
        groups=groups,
        batches=batches,
        orders=Orders(
            OrderStore(database),
            batches,
            shown,
            keep=timedelta(hours=settings.batch_keep_hours),
            clock=clock,
            jobs=jobs,
        ),
        shelves=Shelves(database, runs, recommender, reader, cursors, shown),
        paths=Paths(database, runs, recommender, reader, links, similarity),
        tonight=Tonight(database, runs, recommender, reader, groups),
        similar_titles=SimilarTitles(database, recommender, reader),
        shadows=shadows,
        experiments=Experiments(database, settings.strategies, clock),
        rules=RulesDesk(database, runs, rules),
        history=History(database, cursors, clock),
        feedback=FeedbackIntake(database, cursors, settings.ranking.fatigue, clock),
        catalogue=Catalogue(database, settings, shown),
        own_titles=OwnTitles(database, clock, published.edited),
        shown=shown,
        search=Search(
            database,
            names,
            text_names,
            cursors,
            images=settings.tmdb_image_url,
        ),
        people=People(database, images=settings.tmdb_image_url),
        title_maps=title_maps,
        vocabularies=Vocabularies(database, settings.justwatch_country),
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
        profiles=Profiles(database, default_country=settings.justwatch_country),
        preferences=Preferences(database, runs.catalogue, strategies.learns_taste_of, clock),
        predictions=Predictions(database, runs.catalogue, predictor, shown, clock),
        tastes=Tastes(database, runs.catalogue, title_maps, clock),
        watchlist=Watchlist(database, cursors),
        imports=Imports(database, cursors, shown, clock),
        hooks=Hooks(HookStore(database), LiveIntake(database, clock), Households(database), clock),
        connecting=Connecting(Connections(database), settings),
        library=Library(database, cursors),
        track_records=TrackRecords(
            database, keep_slates=timedelta(days=settings.slate_keep_days), clock=clock
        ),
        index=CatalogueIndex(database, settings, clock, published),
        jobs=jobs,
    )


def _mismatch(encoder: LocalEncoder, database: Database) -> str | None:
    vectors = active_vectors(database)
    if vectors is None:
        return None
    return encoder.problem(model=vectors.model, dimension=vectors.dimension)


def _reread(file: BusinessRulesFile | ExplanationTemplatesFile) -> str | None:
    file.current()
    return file.problem


def build_published(settings: Settings, database: Database) -> PublishedCatalogue:
    """What this process maps; publishing is the work of another."""
    url = settings.database_url
    beside = publishing_beside(
        data_dir=settings.data_dir, database_url=url.get_secret_value() if url else None
    )
    return PublishedCatalogue(database, settings.catalogue_dir, beside)


def _cursor_secret(settings: Settings, database: Database) -> bytes:
    if settings.cursor_secret is not None:
        return settings.cursor_secret.get_secret_value().encode()
    return cursor_secret(database)


def build_recommender(
    settings: Settings,
    database: Database,
    *,
    runs: Runs,
    cursors: Cursors,
    templates: ExplanationTemplatesFile,
    measured: ListMetrics,
    traced: Sequence[SideEffect],
    after_sending: Sequence[SideEffect],
    kinds: Kinds,
) -> Recommender:
    """GET /recommend. A page that is sent has its list stored; what comes after cannot fail it."""
    cards = ItemCards(database, image_url=settings.tmdb_image_url)
    slate_ttl = timedelta(seconds=settings.slate_ttl_seconds)
    # A page must not outlive the list that its cursor walks through.
    kept_pages = KeptPages(
        database,
        ttl_seconds=min(settings.recommend_cache_ttl_seconds, settings.slate_ttl_seconds),
        kinds=kinds,
    )
    kept_lists = KeptLists()
    return Recommender(
        database=database,
        runs=runs,
        paging=Paging(
            Pages(cards, templates, kinds),
            cursors,
            ShownTitles(database),
            kinds,
        ),
        templates=templates,
        kept_pages=kept_pages,
        kept_lists=kept_lists,
        side_effects=SideEffects(
            while_rendering=(StoreList(database, runs.strategies, kinds),),
            before_sending=(kept_pages, kept_lists, measured, *traced),
            after_sending=after_sending,
        ),
        left_out=LeftOut(database, partial(stated_by, database)),
        slate_ttl=slate_ttl,
        kinds=kinds,
    )


def _days(number: int | None) -> timedelta | None:
    return None if number is None else timedelta(days=number)
