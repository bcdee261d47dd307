"""What an operator wants to know of the index: whether it is complete, and the configured one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.catalogue.index.index_state import IndexState, SpaceState, read_index_state
from api.catalogue.published.published_catalogue import PublishedCatalogue, SnapshotState
from api.models.model_identity import identify
from api.platform.database import Database
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class ConfiguredSpace:
    """The space that `embed` would fill under this process's settings."""

    model: str
    version: str
    template: str
    active: bool  # whether it is the one that is searched


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The state of the index beside what is configured."""

    state: IndexState
    configured: ConfiguredSpace
    snapshot: SnapshotState


class CatalogueIndex:
    """The use case of GET /admin/index."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Callable[[], datetime],
        published: PublishedCatalogue,
    ) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._published = published

    def report(self) -> IndexReport:
        """Everything, as of now. Counts whole tables: for operators, not for probes."""
        state = read_index_state(self._database, self._clock())
        settings = self._settings
        model = identify(settings.embed_model).name
        names = (model, settings.embed_version, settings.embed_template)
        active = any(space.active and _names_of(space) == names for space in state.spaces)
        configured = ConfiguredSpace(*names, active=active)
        return IndexReport(state, configured, self._published.state())


def _names_of(space: SpaceState) -> tuple[str, str, str]:
    return space.model, space.version, space.template
