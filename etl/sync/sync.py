"""The job that asks what viewers have watched elsewhere since the last time, and what they own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from api.platform.errors import (
    ConfigurationError,
    InvalidInput,
    SeenEmAllError,
    UpstreamUnavailable,
)
from api.viewers.connections.connections import (
    Connection,
    Connections,
    Disconnected,
    require_connected,
)
from api.viewers.connections.sealing import Tokens, seal, unseal
from api.viewers.connections.sources import SYNC_SOURCES
from api.viewers.connections.trakt_device import client_of
from api.viewers.imports.live import LiveIntake, Taken
from api.viewers.imports.read_export import ANOTHER_SHAPE, checked, storable
from api.viewers.imports.row import Row
from config.settings import Settings
from etl.running.job import JobRun
from etl.sync.arr import Radarr, Sonarr
from etl.sync.jellyfin import Jellyfin
from etl.sync.plex import Plex
from etl.sync.pulled import OVERLAP, Asked, Puller
from etl.sync.trakt import Trakt

_AT_A_TIME = 2_000  # rows that are written together
_PULLERS: Mapping[str, Callable[[Settings], Puller]] = {
    "plex": Plex,
    "jellyfin": Jellyfin,
    "radarr": Radarr,
    "sonarr": Sonarr,
}


class Sync:
    """Asks every connection, or those of one source; one that fails is in nobody's way."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, run: JobRun) -> None:
        """Raises UpstreamUnavailable at the end when one failed, naming each."""
        source = run.options.source
        if source is not None and source not in SYNC_SOURCES:
            raise InvalidInput(
                f"There is no source {source!r}; there are {', '.join(SYNC_SOURCES)}."
            )
        run.database.open_pool()  # other jobs do without
        connections = Connections(run.database)
        asked = connections.all(source)
        if not asked:
            raise ConfigurationError(
                "Nothing is connected; connect with: seenemall connections add SOURCE --user USER."
            )
        problems = []
        for connection in asked:
            run.record.stop_if_cancelled()
            if problem := self._problem(run, connections, connection):
                problems.append(f"{connection.source} of {connection.user_id}: {problem}")
        if problems:
            raise UpstreamUnavailable(" ".join(problems))

    def _problem(self, run: JobRun, connections: Connections, one: Connection) -> str | None:
        try:
            synced_to = self._pull(run, connections, one)
        except Disconnected:
            return None  # who ended it, or left, wants no more of it
        except SeenEmAllError as error:
            problem = str(error)
        except ANOTHER_SHAPE:
            problem = f"What {one.source} answers has another shape."
        else:
            if not run.options.dry_run:
                connections.done(one.id, now=datetime.now(UTC), synced_to=synced_to)
            return None
        if not run.options.dry_run:
            connections.failed(one.id, problem)
        return problem

    def _pull(self, run: JobRun, connections: Connections, one: Connection) -> datetime | None:
        """How far it came: the newest moment that it told of."""
        since = None if run.options.full or one.synced_to is None else one.synced_to - OVERLAP
        rows = self._puller(connections, one).rows(Asked(one.account, since))
        intake = LiveIntake(run.database, lambda: datetime.now(UTC))
        newest: datetime | None = None
        now = datetime.now(UTC)
        told = (checked(storable(row), now, row.account) for row in rows)
        while batch := list(islice(told, _AT_A_TIME)):
            run.record.stop_if_cancelled()
            newest = max((newest, *_moments(batch)), key=_or_long_ago)
            run.report.read += len(batch)
            if not run.options.dry_run:
                require = partial(require_connected, connection_id=one.id)
                taken = intake.take(one.viewer, one.source, "sync", batch, require=require)
                _count(run, taken)
        return newest

    def _puller(self, connections: Connections, one: Connection) -> Puller:
        if one.source != "trakt":
            return _PULLERS[one.source](self._settings)
        secret = client_of(self._settings)["client_secret"]

        def renewed(tokens: Tokens) -> None:
            connections.seal(one.id, seal(tokens, secret))

        return Trakt(self._settings, unseal(one.sealed_tokens, secret), renewed)


def _moments(rows: list[Row]) -> Iterator[datetime]:
    for row in rows:
        if row.skipped is None and isinstance(row.watched_at, datetime):
            yield row.watched_at


def _or_long_ago(moment: datetime | None) -> datetime:
    return moment or datetime.min.replace(tzinfo=UTC)


def _count(run: JobRun, taken: Taken) -> None:
    run.report.batches += 1
    run.report.written += taken.recorded
    run.report.unchanged += taken.known
    if taken.waiting:
        run.report.rejected["waits for its title"] += taken.waiting
    if taken.skipped:
        run.report.rejected["no viewing, opinion or wish"] += taken.skipped
