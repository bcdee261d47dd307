"""TMDB's popular, top-rated and trending lists: read at the start of a run, kept at its end."""

from datetime import datetime

from sqlalchemy import Connection

from api.catalogue.writing.list_writes import ListName, apply_ranks, write_snapshot
from api.catalogue.writing.title import TitleKey
from api.domain.items import MediaType
from etl.running.progress import Progress
from etl.tmdb.client import TmdbClient
from etl.tmdb.passes import MEDIA_TYPES

_PAGES = 25  # 500 titles of each list
_NAMES: tuple[ListName, ...] = ("popular", "top_rated", "trending_day", "trending_week")

Lists = dict[tuple[ListName, MediaType], list[int]]


def read_lists(client: TmdbClient, progress: Progress) -> Lists:
    """Every list's ids, best first."""
    wanted = [(name, media_type) for name in _NAMES for media_type in MEDIA_TYPES]
    lists: Lists = {}
    with progress.track("lists", len(wanted)) as advance:
        for name, media_type in wanted:
            lists[name, media_type] = client.list_ids(name, media_type, pages=_PAGES)
            advance(1)
    return lists


def titles_on(lists: Lists) -> set[TitleKey]:
    """Every title that is on a list."""
    return {(media_type, one) for (_, media_type), ids in lists.items() for one in ids}


def keep_lists(connection: Connection, lists: Lists, *, now: datetime) -> int:
    """Stores a snapshot of each list and the ranks that follow; returns how many ranks moved."""
    for (name, media_type), ids in lists.items():
        write_snapshot(connection, name, media_type, ids, taken_at=now)
    return apply_ranks(connection, now=now)
