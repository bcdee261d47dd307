"""`seenemall serve`: the service on HOST:PORT, in WORKERS processes."""

import socket
from contextlib import nullcontext

from api.commands.worker_beside import worker_beside
from api.http.examples import announce_when_ready
from api.platform import logs
from api.platform.errors import ConfigurationError
from config.settings import Settings


def check_start() -> Settings:
    """The settings, when nothing that can be known by now keeps the service from starting.

    Raises ConfigurationError naming the first thing that does.
    """
    settings = Settings.load()
    refuse_taken_port(settings.host, settings.port)
    return settings


def serve_until_stopped(*, examples: bool, worker: bool) -> None:
    """Serves until it is stopped; `examples` prints requests to try once it answers.

    With `worker` a worker runs beside it, for what is queued and scheduled.

    Raises ConfigurationError or DatabaseUnavailable when it cannot start.
    """
    settings = check_start()
    logs.configure(settings.log_level)
    # Takes two seconds to import, which a check does not need.
    from api.http.server import serve

    if examples:
        announce_when_ready(settings.host, settings.port)
    with worker_beside() if worker else nullcontext():
        serve(settings)


def refuse_taken_port(host: str, port: int) -> None:
    """Raises ConfigurationError when the address cannot be bound."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigurationError(
                f"Cannot listen on {host}:{port}: {error.strerror}; set HOST or PORT."
            ) from error
