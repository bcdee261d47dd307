"""`python -m tests.endurance.exports`: planning over exports of rising size.

Each size is planned from nothing by a process of its own that fetches a single title: how long it
takes, and how much memory the process had at most. Three quarters of the ids lie below the floor.
"""

import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
from sqlalchemy import text

from api.platform import migrations
from api.platform.database import open_database
from config.settings import Settings
from tests.doubles.tmdb import KEY, TmdbDouble

_SIZES = (10_000, 100_000, 1_000_000)
_FLOOR = 1.0
_LOOK_EVERY_SECONDS = 0.05


def main() -> int:
    """Prints a line per size."""
    print(f"{'ids':>11}{'planned':>11}{'seconds':>10}{'peak MB':>10}")
    with tempfile.TemporaryDirectory(prefix="seenemall-exports-") as folder:
        os.chmod(folder, 0o755)  # as root the embedded server runs as a user of its own
        for ids in _SIZES:
            with TmdbDouble() as tmdb:
                tmdb.ready_exports = {"movie": _export(ids), "tv": gzip.compress(b"")}
                planned, seconds, peak = _plan(tmdb, Path(folder) / str(ids))
            print(f"{ids:>11,}{planned:>11,}{seconds:>10.1f}{peak / 1e6:>10.0f}")
    return 0


def _plan(tmdb: TmdbDouble, data_dir: Path) -> tuple[int, float, int]:
    database = open_database(Settings.load({"DATA_DIR": data_dir}))
    try:
        migrations.upgrade(database)
        environment = {
            **os.environ,
            "DATABASE_URL": database.libpq_url,
            "TMDB_API_KEY": KEY,
            "TMDB_BASE_URL": tmdb.api_url,
            "TMDB_EXPORT_URL": tmdb.export_url,
            "TMDB_MIN_POPULARITY": str(_FLOOR),
        }
        began = time.monotonic()
        process = psutil.Popen(
            [sys.executable, "-m", "api.commands.seenemall", "job", "tmdb", "--limit", "1"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        peak = _peak_bytes(process)
        if process.returncode:
            raise RuntimeError(f"the job ended with {process.returncode}")
        seconds = time.monotonic() - began
        with database.engine.connect() as connection:
            waiting = connection.execute(text("SELECT count(*) FROM titles_to_fetch"))
            return waiting.scalar_one(), seconds, peak
    finally:
        database.close()


def _peak_bytes(process: psutil.Popen) -> int:
    # Looked at from outside: what a child reports of itself includes what its parent had.
    peak = 0
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            peak = max(peak, process.memory_info().rss)
        with suppress(psutil.TimeoutExpired):
            process.wait(_LOOK_EVERY_SECONDS)
    return peak


def _export(ids: int) -> bytes:
    chance = random.Random(ids)
    return gzip.compress(b"".join(_lines(ids, chance)), compresslevel=3)


def _lines(ids: int, chance: random.Random) -> Iterator[bytes]:
    for tmdb_id in range(1, ids + 1):
        popularity = chance.uniform(0, _FLOOR) if tmdb_id % 4 else _FLOOR + chance.random() * 50
        yield (
            f'{{"adult":false,"id":{tmdb_id},"original_title":"Title {tmdb_id}",'
            f'"popularity":{popularity:.4f},"video":false}}\n'
        ).encode()


if __name__ == "__main__":
    sys.exit(main())
