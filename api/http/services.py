"""What a process is made of: its use cases, wired in api/http/wiring.py."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime

from fastapi import FastAPI

from api.access.gate import Gate
from api.access.key_store import ApiKeyStore
from api.access.sessions.pins import Pins
from api.access.sessions.sessions import Sessions
from api.catalogue.index.catalogue_index import CatalogueIndex
from api.catalogue.items.item_details import Catalogue
from api.catalogue.limits.shown_titles import ShownTitles
from api.catalogue.offers.watch_links import WatchLinks
from api.catalogue.own_titles.own_titles import OwnTitles
from api.catalogue.people.people import People
from api.catalogue.search.search import Search
from api.catalogue.title_map.title_map import TitleMaps
from api.catalogue.vocabularies.vocabularies import Vocabularies
from api.experiments.experiments import Experiments
from api.experiments.shadows import Shadows
from api.http.metrics.metrics import Metrics
from api.http.readiness import Readiness
from api.http.warming import Warming
from api.jobs.jobs import Jobs
from api.language.interpretations import Interpretations
from api.language.interpreter import Interpreter
from api.models.llm.language_model import LanguageModel
from api.models.local_encoder import LocalEncoder
from api.platform.at_once import AtOnce
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.wire.provided import provide
from api.recommend.batch.batch import Batches
from api.recommend.batch.orders import Orders
from api.recommend.blend.blend import Blend
from api.recommend.group.group import Groups
from api.recommend.known_queries import KnownQueries
from api.recommend.lists.housekeeping import Housekeeping
from api.recommend.path.path import Paths
from api.recommend.preview.preview import Preview
from api.recommend.recommender import Recommender
from api.recommend.request_reader import RequestReader
from api.recommend.rules.rules_desk import RulesDesk
from api.recommend.runs import Runs
from api.recommend.shelves.shelves import Shelves
from api.recommend.similar.similar_titles import SimilarTitles
from api.recommend.tonight.tonight import Tonight
from api.recommend.track_record.track_records import TrackRecords
from api.viewers.account.account import Users
from api.viewers.connections.connecting import Connecting
from api.viewers.feedback.feedback_intake import FeedbackIntake
from api.viewers.history.history import History
from api.viewers.hooks.hooks import Hooks
from api.viewers.imports.imports import Imports
from api.viewers.library.library import Library
from api.viewers.predictions.predictions import Predictions
from api.viewers.preferences.preferences import Preferences
from api.viewers.profiles.profiles import Profiles
from api.viewers.taste_summary.tastes import Tastes
from api.viewers.watchlist.watchlist import Watchlist
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Built when the process starts, closed when it stops."""

    settings: Settings
    database: Database
    at_once: AtOnce
    known_queries: KnownQueries
    clock: Callable[[], datetime]
    cursors: Cursors
    gate: Gate
    keys: ApiKeyStore
    sessions: Sessions
    pins: Pins
    readiness: Readiness
    metrics: Metrics
    history: History
    feedback: FeedbackIntake
    catalogue: Catalogue
    own_titles: OwnTitles
    shown: ShownTitles
    people: People
    vocabularies: Vocabularies
    title_maps: TitleMaps
    search: Search
    interpreter: Interpreter
    interpretations: Interpretations
    watch_links: WatchLinks
    users: Users
    profiles: Profiles
    preferences: Preferences
    predictions: Predictions
    tastes: Tastes
    watchlist: Watchlist
    imports: Imports
    hooks: Hooks
    connecting: Connecting
    library: Library
    track_records: TrackRecords
    index: CatalogueIndex
    encoder: LocalEncoder
    warming: Warming
    language_models: tuple[LanguageModel, ...]
    runs: Runs
    recommender: Recommender
    shadows: Shadows
    experiments: Experiments
    rules: RulesDesk
    preview: Preview
    request_reader: RequestReader
    similar_titles: SimilarTitles
    blend: Blend
    groups: Groups
    batches: Batches
    orders: Orders
    tonight: Tonight
    shelves: Shelves
    paths: Paths
    housekeeping: Housekeeping
    jobs: Jobs

    def warm_up(self) -> None:
        """Loads the catalogue and its names, so that the first viewer does not wait for them."""
        self.runs.catalogue.current(1, self.clock())
        self.interpreter.names(1)

    def close(self) -> None:
        """Ends what runs in the background, then the connections."""
        self.end_background()
        self.database.close()

    def end_background(self) -> None:
        """Ends what runs in the background, for whom the connections belong to somebody else."""
        self.warming.close()
        self.gate.close()
        self.shadows.close()
        for model in self.language_models:
            model.close()
        self.encoder.close()
        self.interpreter.close()

    def provide_to(self, app: FastAPI) -> None:
        """Makes handlers find these by their classes."""
        provide(app, *(getattr(self, field.name) for field in fields(self)))
