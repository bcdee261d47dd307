"""What histories of media servers have in common: films, episodes, and nothing else."""

from typing import Any

from api.domain.items import MediaType
from api.viewers.imports.row import NO_IDS, Ids, Name, Row
from api.viewers.imports.sources.records import year_of

STOPPED = "stopped before its end"
_BEGUN = "begun or still playing, which is no viewing yet"
_BEGINS = {"play", "start", "started", "resume", "unpause", "pause", "progress", "buffer", "seek"}
_ENDS = {"stop", "stopped", "end", "ended", ""}
_LONGEST = 60  # letters of an event's name that are told
_OTHER = "not a film or an episode"
_TYPES: dict[str, MediaType] = {"movie": "movie", "episode": "tv", "show": "tv", "series": "tv"}


def no_viewing(event: str) -> str:
    """Why a server's event that tells of no viewing is passed over.

    What it is called: Plex's `media.pause`, Jellyfin's `PlaybackStart`, Kodi's `start`.
    """
    word = event.strip().casefold().rpartition(".")[2].removeprefix("playback")
    if word in _BEGINS:
        return _BEGUN
    return STOPPED if word in _ENDS else f"{event.strip()[:_LONGEST]!r} tells of no viewing"


def row_of(
    place: int, path: str, *, kind: str, title: str, show: str, year: str, ids: Ids, **seen: Any
) -> Row:
    """A row of a film or an episode; of anything else, one that is passed over."""
    media_type = _TYPES.get(kind.casefold())
    is_episode = kind.casefold() == "episode"
    named = show if is_episode else title
    return Row(
        place,
        path,
        title=named or title,
        names=(Name(named, media_type),) if named else (),
        media_type=media_type,
        year=None if is_episode else year_of(year),
        ids=NO_IDS if is_episode else ids,
        **({"skipped": None if media_type else _OTHER} | seen),
    )
