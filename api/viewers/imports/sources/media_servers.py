"""What histories of media servers have in common: films, episodes, and nothing else."""

from typing import Any

from api.domain.items import MediaType
from api.viewers.imports.reading.dates import Dates
from api.viewers.imports.row import NO_IDS, Ids, Name, Row
from api.viewers.imports.sources.records import year_of

UTC_DATES = Dates("ymd", zone_is_utc=True)
STOPPED = "stopped before its end"
_OTHER = "not a film or an episode"
_TYPES: dict[str, MediaType] = {"movie": "movie", "episode": "tv", "show": "tv", "series": "tv"}


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
