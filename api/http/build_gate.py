"""The gate, which the process that starts the others needs too, and nothing else that serves."""

from api.access.gate import Gate
from api.access.hooks.hook_store import HookStore
from api.access.households import Households
from api.access.key_store import ApiKeyStore
from api.access.rate_limit import RateLimiter
from api.access.sessions.session_store import SessionStore
from api.platform.database import Database
from config.settings import Settings


def build_gate(settings: Settings, database: Database) -> Gate:
    """Who may call; the command line consults it before it binds an address."""
    storage = settings.rate_limit_storage
    limiter = RateLimiter(
        per_minute=settings.rate_limit_per_minute,
        storage=storage.get_secret_value() if storage else None,
    )
    return Gate(
        settings,
        database=database,
        keys=ApiKeyStore(database),
        limiter=limiter,
        households=Households(database),
        sessions=SessionStore(database),
        hooks=HookStore(database),
    )
