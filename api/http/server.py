"""Serving: what `seenemall serve` does once its settings are known to be good."""

from contextlib import closing
from typing import Any

import uvicorn
from uvicorn import _subprocess
from uvicorn.supervisors import multiprocess

from api.catalogue.embeddings.active_space import refuse_other_model
from api.http.build_gate import build_gate
from api.http.watched_process import WatchedProcess, forked_from_one
from api.platform import migrations
from api.platform.database import Database, open_database
from api.platform.errors import ConfigurationError
from api.platform.memory import share_one_heap
from config.settings import Settings

# Tests serve with the same.
SERVING: dict[str, Any] = {
    # By its name: the process that starts the others does without what it imports, 40 MB.
    "http": "api.http.http_protocol:BoundedHttp",
    # An upgrade would be answered past everything that surrounds the routes.
    "ws": "none",
    "loop": "uvloop",
    # uvicorn believes this machine's own forwarded addresses; TRUSTED_PROXIES says whose count.
    "proxy_headers": False,
    "log_config": None,
    "access_log": False,
    "server_header": False,
    # Longer than what keeps connections to reuse them (httpx 5 s, nginx and load balancers 60 s):
    # who closes first loses the other's next request. Idle ones make room first where it is short.
    "timeout_keep_alive": 75,
    # A client that neither reads nor leaves does not keep the process from ending.
    "timeout_graceful_shutdown": 10,
    # Of several processes one that says nothing for so long is killed and started anew. It says
    # nothing while it imports what it serves: with uvicorn's 5 s none ever lived on a busy machine.
    "timeout_worker_healthcheck": 60,
}


def serve(settings: Settings) -> None:
    """Serves until it is stopped.

    Raises DatabaseUnavailable, or ConfigurationError when the address is open and no key is
    configured.
    """
    share_one_heap()
    # uvicorn takes no others than the ones of these names.
    multiprocess.Process = WatchedProcess  # type: ignore[misc]
    _subprocess.spawn = forked_from_one()  # type: ignore[assignment]
    # Kept open while the workers live, so that the embedded server outlives each of them.
    with closing(open_database(settings)) as database:
        prepare(settings, database)
        uvicorn.run(
            "api.http.application:from_environment",
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=settings.workers,
            **SERVING,
        )


def prepare(settings: Settings, database: Database) -> None:
    """Migrates the embedded database, which has no other keeper, and checks what must not serve.

    A database of DATABASE_URL is migrated by its operator; until then /readyz says so.
    Raises ConfigurationError when the address is open and no key is configured, or when the vectors
    in use are not of EMBED_MODEL.
    """
    if settings.database_url is None:
        migrations.upgrade(database)
    if migrations.is_at_head(database):
        database.open_pool()
        build_gate(settings, database).refuse_open_address()
        refuse_other_model(database, settings.embed_model)
    elif not (settings.binds_loopback or settings.allow_anonymous or settings.accepts_credentials):
        raise ConfigurationError(
            "The database is not migrated, so no key can be in it; run `make migrate` first."
        )
