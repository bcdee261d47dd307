"""The media servers that can call a hook: how each is read, and who plays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from api.viewers.imports.row import Row
from api.viewers.imports.sources.jellyfin import emby_event, jellyfin_event
from api.viewers.imports.sources.json_values import text
from api.viewers.imports.sources.kodi import kodi_event
from api.viewers.imports.sources.plex import plex_event, tautulli_event

HookSource = Literal["plex", "jellyfin", "emby", "tautulli", "kodi"]
HOOK_SOURCES: tuple[HookSource, ...] = get_args(HookSource)


@dataclass(frozen=True, slots=True)
class Server:
    """How one is read.

    `reads` makes a row of a body; `accounts` are the paths to what names who plays, `events` what
    says what happened, of which every body of it has one.
    """

    reads: Callable[[Any, str], Row]
    accounts: tuple[tuple[str, ...], ...]
    events: tuple[str, ...]

    def names(self, body: Mapping[str, Any]) -> list[str]:
        """What an account is called in this body: its name, its id."""
        return [name for path in self.accounts if (name := text(body, *path))]

    def tells(self, body: Mapping[str, Any]) -> bool:
        """Whether this body says what happened."""
        return any(text(body, name) for name in self.events)


SERVERS: Mapping[HookSource, Server] = {
    "plex": Server(plex_event, (("Account", "title"), ("Account", "id")), ("event",)),
    "jellyfin": Server(
        jellyfin_event,
        (("NotificationUsername",), ("Username",), ("UserId",)),
        ("NotificationType", "PlayedToCompletion"),
    ),
    "emby": Server(emby_event, (("User", "Name"), ("User", "Id")), ("Event",)),
    "tautulli": Server(
        tautulli_event,
        (("user",), ("username",), ("friendly_name",), ("user_id",)),
        ("action", "watched_status"),
    ),
    "kodi": Server(kodi_event, (("user",), ("profile",)), ("event", "progress", "mediaType")),
}
