"""What a worker makes ordered lists with: the parts of a service, which answers nobody."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.http.wiring import build_services
from api.platform.database import Database
from api.recommend.batch.orders import Orders
from config.settings import Settings


@contextmanager
def open_list_maker(settings: Settings, database: Database) -> Iterator[Orders]:
    """Opens the pool of the database, which stays open for the next run."""
    database.open_pool()
    services = build_services(settings, database)
    try:
        services.warm_up()
        yield services.orders
    finally:
        services.end_background()
