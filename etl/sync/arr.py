"""Radarr and Sonarr: what a household has files of, which says nothing of what it has seen."""

from collections.abc import Iterator
from contextlib import closing

from pydantic import SecretStr

from api.platform.errors import ConfigurationError
from api.viewers.imports.row import Row
from api.viewers.imports.sources.json_values import entries
from api.viewers.imports.sources.owned import radarr_entry, sonarr_entry
from config.settings import Settings
from etl.http_source import HttpSource
from etl.sync.pulled import Asked

_PACE = 5.0  # requests a second, of a server at home


class Radarr:
    """Asks the server of the settings for its films."""

    def __init__(self, settings: Settings) -> None:
        self._source = _connect(
            "Radarr", settings.radarr_url, settings.radarr_api_key, variables="RADARR"
        )

    def rows(self, asked: Asked) -> Iterator[Row]:  # noqa: ARG002 - it has one account and no dates
        """Every film, those without a file passed over."""
        with closing(self._source) as source:
            for place, entry in entries(source.get_list("api/v3/movie", {})):
                yield radarr_entry(place, "library", entry)


class Sonarr:
    """Asks the server of the settings for its shows."""

    def __init__(self, settings: Settings) -> None:
        self._source = _connect(
            "Sonarr", settings.sonarr_url, settings.sonarr_api_key, variables="SONARR"
        )

    def rows(self, asked: Asked) -> Iterator[Row]:  # noqa: ARG002 - as above
        """Every show, those without a file passed over."""
        with closing(self._source) as source:
            for place, entry in entries(source.get_list("api/v3/series", {})):
                yield sonarr_entry(place, "library", entry)


def _connect(name: str, url: object, key: SecretStr | None, *, variables: str) -> HttpSource:
    if url is None or key is None:
        raise ConfigurationError(
            f"{name} needs an address and a key: {variables}_URL and {variables}_API_KEY."
        )
    return HttpSource(
        name,
        str(url),
        rate_per_second=_PACE,
        unauthorised=f"{name} refuses the key; check {variables}_API_KEY.",
        headers={"X-Api-Key": key.get_secret_value()},
    )
