"""TMDB's daily id export: every title's id and popularity in one compressed file."""

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import BinaryIO

from pydantic import BaseModel, ValidationError

from api.domain.items import MediaType
from api.errors import UpstreamUnavailable
from etl.http_source import HttpSource

_FILES = {"movie": "movie_ids", "tv": "tv_series_ids"}
_DAYS_BACK = 7
_TRIES = 3  # of a file that arrives damaged
_LONGEST_LINE_BYTES = 65536


class _Line(BaseModel):
    id: int
    popularity: float = 0.0
    adult: bool = False


def exported_ids(
    source: HttpSource, media_type: MediaType, *, today: date, min_popularity: float
) -> list[int] | None:
    """Ids at or above the floor, the most popular first, from the newest export of a week.

    None when the week has none. Raises UpstreamUnavailable when the file stays damaged.
    """
    for days in range(_DAYS_BACK + 1):
        day = today - timedelta(days=days)
        path = f"{_FILES[media_type]}_{day:%m_%d_%Y}.json.gz"
        for _ in range(_TRIES):
            with tempfile.TemporaryFile() as file:
                if not source.download(path, file):
                    break
                try:
                    return _above_floor(file, min_popularity)
                except (EOFError, gzip.BadGzipFile, zlib.error):
                    continue
        else:
            raise UpstreamUnavailable(f"TMDB's export {path} arrives damaged every time.")
    return None


def _above_floor(file: BinaryIO, min_popularity: float) -> list[int]:
    ranked = [
        (-line.popularity, line.id)
        for line in _lines(file)
        if line.popularity >= min_popularity and not line.adult
    ]
    return [tmdb_id for _, tmdb_id in sorted(ranked)]


def _lines(file: BinaryIO) -> Iterator[_Line]:
    file.seek(0)
    with gzip.open(file) as lines:
        while line := lines.readline(_LONGEST_LINE_BYTES):
            try:
                yield _Line.model_validate_json(line)
            except ValidationError:
                continue  # one unreadable line of a million costs one title, not the export
