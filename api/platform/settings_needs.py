"""What the platform needs of the settings, so that it lies below their file and imports nothing."""

from pathlib import Path
from typing import Protocol

from pydantic import SecretStr

PROJECT_ROOT = Path(__file__).resolve().parents[2]


class DatabaseSettings(Protocol):
    """Where the database is; config/settings.py has these."""

    @property
    def database_url(self) -> SecretStr | None:
        """A libpq or SQLAlchemy URL; None for the embedded database."""
        ...

    @property
    def data_dir(self) -> Path:
        """The folder of the embedded database."""
        ...

    @property
    def database_pool_size(self) -> int:
        """Connections of the request path, and as many for all else."""
        ...
