"""The sources that can be asked, and what an operator sets for each: requests name no address."""

from typing import Literal, get_args

from config.settings import Settings

SyncSource = Literal["trakt", "plex", "jellyfin", "radarr", "sonarr"]
SYNC_SOURCES: tuple[SyncSource, ...] = get_args(SyncSource)
NAMED_ACCOUNTS: tuple[SyncSource, ...] = ("plex", "jellyfin")

_NEEDED: dict[SyncSource, tuple[str, ...]] = {
    "trakt": ("trakt_client_id", "trakt_client_secret"),
    "plex": ("plex_url", "plex_token"),
    "jellyfin": ("jellyfin_url", "jellyfin_api_key"),
    "radarr": ("radarr_url", "radarr_api_key"),
    "sonarr": ("sonarr_url", "sonarr_api_key"),
}


def lacking(settings: Settings, source: SyncSource) -> list[str]:
    """The settings that the source needs and that are not set."""
    return [name.upper() for name in _NEEDED[source] if getattr(settings, name) is None]
