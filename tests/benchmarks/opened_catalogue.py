"""The catalogue that a benchmark measures on: that of DATABASE_URL or DATA_DIR."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.load_facts import load_facts
from api.platform.database import Database, opened_database
from api.platform.errors import ConfigurationError
from config.settings import Settings


@contextmanager
def opened_catalogue(fewest: int = 1000) -> Iterator[tuple[Settings, Database, CatalogueFacts]]:
    """Settings, the database with its pool open, and the facts of at least so many titles.

    Raises ConfigurationError for fewer, and what opening the database raises.
    """
    settings = Settings.load()
    with opened_database(settings) as database:
        database.open_pool()
        facts = load_facts(database, datetime.now(UTC), trend=settings.ranking.trend)
        if len(facts) < fewest:
            raise ConfigurationError(
                f"The catalogue has {len(facts)} titles; {fewest:,} are needed: `make etl-tmdb`."
            )
        yield settings, database, facts
