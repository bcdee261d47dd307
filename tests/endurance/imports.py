"""`python -m tests.endurance.imports`: large exports, brought, brought again and taken back.

On a copy of the catalogue of DATABASE_URL or DATA_DIR, through `seenemall import` in processes of
its own; the copy is dropped at the end. It prints

    seconds and the most memory of a process that reads and writes 1,000, 20,000 and 100,000 rows;
    what the same file adds when it comes again, and whether all is as before once it is taken
    back from a viewer who had seen and rated some of it: every row of the history, the watchlist
    and the library;
    events a second of `seenemall import --many`, and of the same kind of events over REST.

It ends with 1 when anything is lost or doubled. Kills are of `python -m tests.attack.import_kills`.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psutil

from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from config.settings import Settings
from tests.benchmarks.servers import service
from tests.evaluation.database import copy_of_catalogue

_SIZES = (1_000, 20_000, 100_000)
_ROWS_BEFORE = 600  # of the viewer's own history, of titles that the exports have too
_LOOK_EVERY_SECONDS = 0.02
_USER = "endurance"
_HELD = ("interactions", "watchlist", "library")
_DIGEST = """
SELECT count(*), md5(string_agg(row, '' ORDER BY row))
FROM (SELECT md5(to_jsonb(held)::text) FROM {} AS held) AS rows(row)
"""
_TITLES = """
SELECT imdb_id, title, release_year FROM items
WHERE retired_at IS NULL AND imdb_id IS NOT NULL AND release_year IS NOT NULL
AND release_date < %s ORDER BY vote_count DESC, id LIMIT 20000
"""
_FIRST_DAY = date(2015, 1, 1)

Held = dict[str, tuple[int, str | None]]


@dataclass(frozen=True)
class Trial:
    """A copy of a catalogue, and where its exports lie."""

    database: Database
    folder: Path
    titles: Sequence[tuple[str, str, int]]  # IMDb id, name and year
    faults: list[str]

    def held(self) -> Held:
        """Rows and hash of all that belongs to viewers."""
        found: Held = {}
        with self.database.transaction() as cursor:
            for table in _HELD:
                row = cursor.execute(_DIGEST.format(table)).fetchone()
                found[table] = (row[0], row[1]) if row else (0, None)
        return found

    def export(self, rows: int, *, later: int = 0) -> Path:
        """A table of viewings, each of another title or day; a third is rated.

        Of two tables so many days apart the viewings are others, and the ratings as well.
        """
        path = self.folder / f"{rows}-{later}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("Title", "Year", "IMDb ID", "Watched date", "Rating"))
            for number in range(rows):
                imdb_id, title, year = self.titles[number % len(self.titles)]
                days = number // len(self.titles) * 400 + number % 400 + later
                rating = "" if number % 3 else 1 + (number + later) % 10
                writer.writerow((title, year, imdb_id, _FIRST_DAY + timedelta(days=days), rating))
        return path

    def environment(self) -> dict[str, str]:
        """Of a process on this copy."""
        return {**os.environ, "DATABASE_URL": self.database.libpq_url}

    def check(self, holds: bool, fault: str) -> str:
        """What to print of it."""
        if not holds:
            self.faults.append(fault)
        return "yes" if holds else "NO"


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.imports")
    parser.add_argument("--viewers", type=int, default=50_000, help="of `import --many`")
    asked = parser.parse_args()
    try:
        with (
            copy_of_catalogue(Settings.load()) as database,
            tempfile.TemporaryDirectory(prefix="seenemall-imports-") as folder,
        ):
            with database.transaction() as cursor:
                titles = cursor.execute(_TITLES, (_FIRST_DAY,)).fetchall()
            trial = Trial(database, Path(folder), titles, [])
            _sizes(trial)
            _many(trial, asked.viewers)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    print("\nfaults: " + ("; ".join(trial.faults) or "none"))
    return int(bool(trial.faults))


def _sizes(trial: Trial) -> None:
    print(
        f"{'rows':>9}{'events':>9}{'seconds':>10}{'peak MB':>9}{'again':>8}{'taken back':>12}"
        f"{'as before':>11}"
    )
    _measured(trial, "import", str(trial.export(_ROWS_BEFORE, later=7)), "--user", _USER, "--yes")
    for rows in _SIZES:
        path, before = trial.export(rows), trial.held()
        seconds, peak = _measured(trial, "import", str(path), "--user", _USER, "--yes")
        events = trial.held()["interactions"][0] - before["interactions"][0]
        first = _newest_import(trial)
        _measured(trial, "import", str(path), "--user", _USER, "--yes")
        again = trial.held()["interactions"][0] - before["interactions"][0] - events
        _measured(trial, "import", "--take-back", str(_newest_import(trial)))
        back, _ = _measured(trial, "import", "--take-back", str(first))
        as_before = trial.check(trial.held() == before, f"{rows:,} rows taken back leave traces")
        trial.check(events > 0 and again == 0, f"{rows:,} rows again add {again}")
        print(
            f"{rows:>9,}{events:>9,}{seconds:>10.1f}{peak:>9.0f}{again:>8,}{back:>10.1f} s"
            f"{as_before:>11}"
        )


def _many(trial: Trial, viewers: int) -> None:
    table, per_viewer = trial.folder / "many.csv", 20
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("user_id", "item", "event_type", "rating", "watched_at"))
        for viewer in range(viewers):
            for number in range(per_viewer):
                imdb_id, _, _ = trial.titles[(viewer * 31 + number * 97) % len(trial.titles)]
                day = _FIRST_DAY + timedelta(days=number * 7)
                writer.writerow((f"many-{viewer}", f"imdb:{imdb_id}", "rated", 7, day))
    seconds, peak = _measured(trial, "import", "--many", str(table))
    with trial.database.transaction() as cursor:
        counted = cursor.execute(
            "SELECT count(*) FROM interactions JOIN profiles ON profiles.id = profile_id "
            "WHERE user_id LIKE 'many-%%'"
        ).fetchone()
    events = viewers * per_viewer
    trial.check(bool(counted) and counted[0] == events, f"{counted} of {events:,} events")  # type: ignore[index]
    rate = events / seconds
    over_rest = _over_rest(trial)
    print(
        f"{viewers:,} viewers with {per_viewer} events each by --many: {seconds:.0f} s, "
        f"{rate:,.0f} events a second, {peak:.0f} MB at most; over REST {over_rest:,.0f} a second: "
        f"{rate / over_rest:.1f} times"
    )


def _over_rest(trial: Trial, viewers: int = 300, events: int = 100) -> float:
    """Events a second of POST /user/history, a viewer's whole history in a request."""
    settings = {"DATABASE_URL": trial.database.libpq_url, "RATE_LIMIT_PER_MINUTE": "0"}
    with service(settings) as api:
        began = time.monotonic()
        for viewer in range(viewers):
            items = [
                f"imdb:{trial.titles[(viewer * 31 + number * 97) % len(trial.titles)][0]}"
                for number in range(events)
            ]
            body = json.dumps({"user_id": f"rest-{viewer}", "items": items}).encode()
            headers = {"Content-Type": "application/json"}
            api.request("/user/history", method="POST", body=body, headers=headers)
        return viewers * events / (time.monotonic() - began)


def _newest_import(trial: Trial) -> int:
    with trial.database.transaction() as cursor:
        found = cursor.execute("SELECT max(id) FROM imports").fetchone()
    if found is None or found[0] is None:
        raise RuntimeError("there is no import")
    return int(found[0])


def _measured(trial: Trial, *arguments: str) -> tuple[float, float]:
    """Seconds of a command, and the most memory it had, in MB."""
    began, peak = time.monotonic(), 0
    process = psutil.Popen(
        [sys.executable, "-m", "api.commands.seenemall", *arguments],
        env=trial.environment(),
        stdout=subprocess.DEVNULL,
    )
    while process.poll() is None:
        try:
            peak = max(peak, process.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(_LOOK_EVERY_SECONDS)
    if process.wait():
        raise RuntimeError(f"seenemall {' '.join(arguments)} ended with {process.returncode}")
    return time.monotonic() - began, peak / 1e6


if __name__ == "__main__":
    sys.exit(main())
