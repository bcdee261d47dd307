"""TMDB's daily id export: every title's id and popularity in one compressed file."""

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import BinaryIO

from pydantic import BaseModel, ValidationError

from api.domain.items import MediaType
from api.platform.errors import UpstreamUnavailable
from etl.tmdb.client import TmdbClient
from etl.tmdb.parse import Id, Number

_FILES = {"movie": "movie_ids", "tv": "tv_series_ids"}
DAYS_BACK = 7
_TRIES = 3  # of a file that arrives damaged
_LONGEST_LINE_BYTES = 65536
_CHUNK_BYTES = 2**20


class _Line(BaseModel):
    id: Id
    popularity: Number = 0.0
    adult: bool = False


@contextmanager
def newest_export(
    client: TmdbClient, media_type: MediaType, *, today: date
) -> Iterator[BinaryIO | None]:
    """The newest export of a week as a file that is known to be whole; None when there is none.

    It lies on the disk, and goes with the block. Raises UpstreamUnavailable when it stays damaged.
    """
    with tempfile.TemporaryFile() as file:
        for days in range(DAYS_BACK + 1):
            name = f"{_FILES[media_type]}_{today - timedelta(days=days):%m_%d_%Y}.json.gz"
            if _download(client, name, file):
                yield file
                return
        yield None


def popular_in(export: BinaryIO, *, min_popularity: float) -> Iterator[tuple[int, float]]:
    """Ids with their popularity, at or above the floor, in the order of the file; a line at a time.

    A line that cannot be read costs one title, not the export.
    """
    export.seek(0)
    with gzip.open(export) as lines:
        while text := lines.readline(_LONGEST_LINE_BYTES):
            try:
                line = _Line.model_validate_json(text)
            except ValidationError:
                continue
            if line.popularity >= min_popularity and not line.adult:
                yield line.id, line.popularity


def _download(client: TmdbClient, name: str, into: BinaryIO) -> bool:
    for _ in range(_TRIES):
        if not client.download_export(name, into):
            return False
        if _is_whole(into):
            return True
    raise UpstreamUnavailable(f"TMDB's export {name} arrives damaged every time.")


def _is_whole(file: BinaryIO) -> bool:
    file.seek(0)
    try:
        with gzip.open(file) as content:
            while content.read(_CHUNK_BYTES):
                pass
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return False
    return True
