"""`python -m tests.attack.import_kills`: kill -9 of a process that applies an import or undoes it.

At random moments of a long import. After each kill the history must be what it was before or what
it is after the whole, by a digest of everything an import writes; then the same must go on to its
end.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

from api.catalogue.limits.shown_titles import ShownTitles
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.migrations import migrated_database
from api.viewers.events import ProfileKey
from api.viewers.imports.imports import Imports
from config.settings import Settings
from tests.builders import add_items, rows_of

Act = Literal["apply", "undo"]

_NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_VIEWER = ProfileKey("dana")
_PATIENCE_SECONDS = 60
_OWN = """
    INSERT INTO interactions (profile_id, item_id, event_type, rating, occurred_at, recorded_at)
    SELECT profiles.id, items.id, 'rated', 3, '2025-01-01Z', '2025-01-01Z'
    FROM profiles, items WHERE tmdb_id BETWEEN 200 AND 300
    ON CONFLICT (profile_id, item_id, event_type, watched_at) DO UPDATE
    SET rating = 3, import_id = NULL, source = NULL, scale = NULL
"""
# Everything that an import writes, without what a row is called.
_DIGEST = """
    SELECT count(*), md5(coalesce(string_agg(line, ' ' ORDER BY line), '')) FROM (
        SELECT concat_ws('|', item_id, event_type, rating, watched_at, occurred_at, recorded_at,
            source, scale, episodes, import_id IS NULL, import_id = %(earlier)s) AS line
        FROM interactions
        UNION ALL SELECT concat_ws('|', 'wish', item_id, added_at, import_id IS NULL) FROM watchlist
        UNION ALL SELECT concat_ws('|', 'owned', item_id, import_id IS NULL) FROM library
        UNION ALL SELECT concat_ws('|', 'kept', interaction_id, rating, occurred_at)
        FROM import_replaced
    ) AS lines
"""
_STATES = "SELECT array_agg(state ORDER BY id) FROM imports"
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
"""


@dataclass
class Findings:
    """How often a kill left nothing, the whole, or something else."""

    became: dict[Act, Counter[str]] = field(
        default_factory=lambda: {"apply": Counter(), "undo": Counter()}
    )
    seconds: dict[Act, float] = field(default_factory=dict)
    went_on: bool = False

    @property
    def sound(self) -> bool:
        """Whether everything held."""
        return self.went_on and not any(one["in part"] for one in self.became.values())

    def __str__(self) -> str:
        lines = [
            f"{act}, {self.seconds[act]:.1f} s: {counted.total()} kills, of which "
            f"{counted['nothing']} left nothing of it, {counted['the whole']} the whole, "
            f"{counted['in part']} a part"
            for act, counted in self.became.items()
        ]
        return "\n".join([*lines, f"went on to its end: {self.went_on}"])


class Trial:
    """A catalogue, a history with an earlier import and opinions of one's own, a long import."""

    def __init__(self, database: Database, rows: int, seed: int) -> None:
        self._database = database
        self._chance = random.Random(seed)
        self._file = _file(rows)
        add_items(database, rows)
        self._earlier = self._create(_ratings())
        imports_of(database).apply(self._earlier)
        with database.autocommit() as cursor:
            cursor.execute(_OWN)
        self._before = self._digest()

    def run(self, kills: int) -> Findings:
        """Kills so many times while it is applied, and as often while it is undone."""
        findings = Findings()
        import_id = self._create(self._file)
        findings.seconds["apply"] = self._whole("apply", import_id)
        after = self._digest()
        findings.seconds["undo"] = self._whole("undo", import_id)
        assert after != self._before == self._digest(), "undone, something is left"
        found: dict[tuple[int, str], str] = {self._before: "nothing", after: "the whole"}
        import_id = self._create(self._file)
        for _ in range(kills):
            self._killed("apply", import_id, findings.seconds["apply"])
            became = found.get(self._digest(), "in part")
            findings.became["apply"][became] += 1
            if became == "the whole":
                self._whole("undo", import_id)
                import_id = self._create(self._file)
        self._whole("apply", import_id)
        for _ in range(kills):
            self._killed("undo", import_id, findings.seconds["undo"])
            left = found.get(self._digest(), "in part")
            became = {"nothing": "the whole", "the whole": "nothing"}.get(left, left)
            findings.became["undo"][became] += 1
            if became == "the whole":
                import_id = self._create(self._file)
                self._whole("apply", import_id)
        went_on = self._digest() == after
        self._whole("undo", import_id)
        findings.went_on = went_on and self._digest() == self._before
        return findings

    def _create(self, content: bytes) -> int:
        return imports_of(self._database).create(_VIEWER, BytesIO(content), "mine.csv").stored.id

    def _digest(self) -> tuple[int, str]:
        with self._database.autocommit() as cursor:
            row = cursor.execute(_DIGEST, {"earlier": self._earlier}).fetchone()
        assert row is not None
        return int(row[0]), str(row[1])

    def _whole(self, act: Act, import_id: int) -> float:
        worker = self._worker(act, import_id)
        began = time.monotonic()
        assert worker.wait(timeout=_PATIENCE_SECONDS) == 0
        return time.monotonic() - began

    def _killed(self, act: Act, import_id: int, seconds: float) -> None:
        worker = self._worker(act, import_id)
        time.sleep(self._chance.uniform(0, seconds))
        worker.kill()
        worker.wait(timeout=_PATIENCE_SECONDS)
        ends = time.monotonic() + _PATIENCE_SECONDS
        while rows_of(self._database, _OTHERS) != [(0,)]:  # its statement ends by itself
            assert time.monotonic() < ends, "the server goes on with what was killed"
            time.sleep(0.02)

    def _worker(self, act: Act, import_id: int) -> subprocess.Popen[bytes]:
        """A process that is about to begin."""
        command = [sys.executable, "-m", __spec__.name, "--act", act, "--import", str(import_id)]
        environment = {**os.environ, "DATABASE_URL": self._database.libpq_url}
        worker = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"begins\n"
        return worker


def imports_of(database: Database) -> Imports:
    """The use cases, at one moment that never passes."""
    cursors = Cursors(lambda: b"x" * 32)
    return Imports(database, cursors, ShownTitles(database), lambda: _NOW)


def _file(rows: int) -> bytes:
    """Dated viewings, opinions dated and undated, wishes, by the ids of the catalogue."""
    lines = ["tmdb_id,type,watched,rating,watchlist"]
    for number in range(1, rows + 1):
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}" if number % 4 else ""
        rating = str(number % 10 + 1) if number % 3 else ""
        wish = "" if day or rating else "yes"
        lines.append(f"{number},movie,{day},{rating},{wish}")
    return "\n".join(lines).encode()


def _ratings() -> bytes:
    """What an earlier import said of some of the same titles."""
    lines = [f"{number},movie,{number % 10 + 1}" for number in range(1, 1000, 2)]
    return "\n".join(["tmdb_id,type,rating", *lines]).encode()


def _act(act: Act, import_id: int) -> None:
    database = Database(os.environ["DATABASE_URL"])
    database.open_pool()
    imports = imports_of(database)
    print("begins", flush=True)
    if act == "apply":
        imports.apply(import_id)
    else:
        imports.take_back(import_id)
    database.close()


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--act", choices=("apply", "undo"), help=argparse.SUPPRESS)
    parser.add_argument("--import", type=int, dest="import_id", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.act:
        _act(arguments.act, arguments.import_id)
        return 0
    with tempfile.TemporaryDirectory(prefix="seenemall-imports-") as folder:
        Path(folder).chmod(0o755)  # as root the server runs as a user of its own
        os.environ["DATA_DIR"] = folder
        with migrated_database(Settings.load()) as database:
            database.open_pool()
            findings = Trial(database, arguments.rows, arguments.seed).run(arguments.kills)
    print(f"{findings}\n{'held' if findings.sound else 'did not hold'}")
    return int(not findings.sound)


if __name__ == "__main__":
    sys.exit(main())
