"""`seenemall serve`: the service on HOST:PORT, in WORKERS processes."""

import socket
from contextlib import nullcontext

from api.access.environment_keys import EnvironmentKeys
from api.access.rate_limit import RateLimiter
from api.commands.worker_beside import worker_beside
from api.http.examples import announce_when_ready
from api.platform import logs
from api.platform.errors import ConfigurationError
from config.business_rules import BusinessRulesFile
from config.explanations import ExplanationTemplatesFile
from config.settings import Settings


def check_start(*, stays_small: bool = False) -> Settings:
    """The settings, when nothing that can be known by now keeps the service from starting.

    The database is not asked: an embedded one would have to be started for it. What `stays_small`
    does not import what names and templates are held to, 30 MB, where it only starts processes
    that serve. Raises ConfigurationError naming the first thing that does.
    """
    settings = Settings.load()
    refuse_taken_port(settings.host, settings.port)
    refuse_keys_and_limits(settings)
    rules = BusinessRulesFile(settings.business_rules_path)
    if settings.workers == 1 or not stays_small:
        from api.recommend.evidence.registry import EVIDENCE

        ExplanationTemplatesFile(settings.explanation_templates_path, EVIDENCE.reason_forms)
    if not stays_small:
        from api.recommend.constraints.genres import genre_problem

        if slip := rules.slip_in(rules.current(), genre_problem):
            raise ConfigurationError(slip)
    return settings


def serve_until_stopped(*, examples: bool, worker: bool) -> None:
    """Serves until it is stopped; `examples` prints requests to try once it answers.

    With `worker` a worker runs beside it, for what is queued and scheduled.

    Raises ConfigurationError or DatabaseUnavailable when it cannot start.
    """
    settings = check_start(stays_small=True)
    logs.configure(settings.log_level)
    # Takes two seconds to import, which a check does not need.
    from api.http.server import serve

    if examples:
        kept_in = (
            "the database of DATABASE_URL" if settings.database_url else str(settings.data_dir)
        )
        announce_when_ready(settings.host, settings.port, kept_in=kept_in)
    with worker_beside() if worker else nullcontext():
        serve(settings)


def refuse_keys_and_limits(settings: Settings) -> None:
    """Raises ConfigurationError for keys and limits with which no caller could be let in."""
    EnvironmentKeys(settings.api_keys)
    storage = settings.rate_limit_storage
    RateLimiter(
        per_minute=settings.rate_limit_per_minute,
        storage=storage.get_secret_value() if storage else None,
    )


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
