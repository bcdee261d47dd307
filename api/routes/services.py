"""What handlers reach for: the use cases of this process, wired in api/wiring.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from api.access.gate import Gate
from api.inference.llm.language_model import LanguageModel
from api.inference.local_encoder import LocalEncoder
from api.services.catalogue import Catalogue
from api.services.cursors import Cursors
from api.services.feedback import FeedbackIntake
from api.services.history import History
from api.services.housekeeping import Housekeeping
from api.services.index import CatalogueIndex
from api.services.interpretations import Interpretations
from api.services.interpreter import Interpreter
from api.services.jobs import Jobs
from api.services.preferences import Preferences
from api.services.preview.preview import Preview
from api.services.readiness import Readiness
from api.services.recommend import Recommender
from api.services.search import Search
from api.services.shadows import Shadows
from api.services.track_records import TrackRecords
from api.services.users import Users
from api.services.watch_links import WatchLinks
from api.storage.database import Database
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Kept as `app.state.services` while the process lives."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    cursors: Cursors
    gate: Gate
    readiness: Readiness
    history: History
    feedback: FeedbackIntake
    catalogue: Catalogue
    search: Search
    interpreter: Interpreter
    interpretations: Interpretations
    watch_links: WatchLinks
    users: Users
    preferences: Preferences
    track_records: TrackRecords
    index: CatalogueIndex
    encoder: LocalEncoder
    language_models: tuple[LanguageModel, ...]
    recommender: Recommender
    shadows: Shadows
    preview: Preview
    housekeeping: Housekeeping
    jobs: Jobs

    def close(self) -> None:
        """Ends what runs in the background, then the connections."""
        self.shadows.close()
        for model in self.language_models:
            model.close()
        self.encoder.close()
        self.interpreter.close()
        self.database.close()


async def services_of(request: Request) -> Services:
    """The services of the app that serves this request."""
    services: Services = request.app.state.services
    return services


ServicesOf = Annotated[Services, Depends(services_of)]
