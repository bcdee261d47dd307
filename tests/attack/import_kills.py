"""`python -m tests.attack.import_kills`: kill -9 of a process that applies an import or undoes it.

At random moments of a long import. After each kill the history must be what it was before or what
it is after the whole, by a digest of everything an import writes; then the same must go on to its
end.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Literal

from api.catalogue.limits.shown_titles import ShownTitles
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.migrations import migrated_database
from api.viewers.events import ProfileKey
from api.viewers.imports.imports import Imports
from config.settings import Settings
from tests.builders import add_items

Act = Literal["apply", "undo"]

_NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_VIEWER = ProfileKey("import-kills")
_PROCESSES = get_context("forkserver")  # each is a process of its own, quick to start
_PATIENCE_SECONDS = 60
_OWN = """
    INSERT INTO interactions (profile_id, item_id, event_type, rating, occurred_at, recorded_at)
    SELECT profiles.id, items.id, 'rated', 3, '2025-01-01Z', '2025-01-01Z'
    FROM profiles, items
    WHERE user_id = %(user)s AND media_type = 'movie' AND tmdb_id = ANY(%(films)s)
    ON CONFLICT (profile_id, item_id, event_type, watched_at) DO UPDATE
    SET rating = 3, import_id = NULL, source = NULL, scale = NULL
"""
# Everything that an import writes, without what a row is called.
_DIGEST = """
    SELECT count(*), md5(coalesce(string_agg(line, ' ' ORDER BY line), '')) FROM (
        SELECT concat_ws('|', item_id, event_type, rating, watched_at, occurred_at, recorded_at,
            interactions.source, scale, episodes, import_id IS NULL, import_id = %(earlier)s
        ) AS line
        FROM interactions JOIN profiles ON profiles.id = profile_id WHERE user_id = %(user)s
        UNION ALL SELECT concat_ws('|', 'wish', item_id, added_at, import_id IS NULL)
        FROM watchlist JOIN profiles ON profiles.id = profile_id WHERE user_id = %(user)s
        UNION ALL SELECT concat_ws('|', 'owned', item_id, import_id IS NULL)
        FROM library WHERE user_id = %(user)s
        UNION ALL SELECT concat_ws('|', 'kept', interaction_id, import_replaced.rating)
        FROM import_replaced JOIN imports ON imports.id = import_id WHERE user_id = %(user)s
    ) AS lines
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
    """A history with an earlier import and opinions of one's own, and a long import."""

    def __init__(self, database: Database, films: Sequence[int], seed: int) -> None:
        """`films` are TMDB's ids, of the catalogue."""
        self._database = database
        self._chance = random.Random(seed)
        self._file = _file(films)
        self._seconds: dict[Act, float] = {}  # of the quickest that was left alone
        self._earlier = self._create(_ratings(films[:1000:2]))
        imports_of(database).apply(self._earlier)
        with database.autocommit() as cursor:
            cursor.execute(_OWN, {"user": _VIEWER.user_id, "films": list(films[200:300])})
        self._before = self._digest()

    def run(self, kills: int) -> Findings:
        """Kills so many times while it is applied, and as often while it is undone."""
        findings = Findings()
        import_id = self._create(self._file)
        self._whole("apply", import_id)
        after = self._digest()
        self._whole("undo", import_id)
        assert after != self._before == self._digest(), "undone, something is left"
        found: dict[tuple[int, str], str] = {self._before: "nothing", after: "the whole"}
        import_id = self._create(self._file)
        for _ in range(kills):
            self._killed("apply", import_id)
            became = found.get(self._digest(), "in part")
            findings.became["apply"][became] += 1
            if became == "the whole":
                self._whole("undo", import_id)
                import_id = self._create(self._file)
        self._whole("apply", import_id)
        for _ in range(kills):
            self._killed("undo", import_id)
            left = found.get(self._digest(), "in part")
            became = {"nothing": "the whole", "the whole": "nothing"}.get(left, left)
            findings.became["undo"][became] += 1
            if became == "the whole":
                import_id = self._create(self._file)
                self._whole("apply", import_id)
        went_on = self._digest() == after
        self._whole("undo", import_id)
        findings.went_on = went_on and self._digest() == self._before
        findings.seconds = self._seconds
        return findings

    def _create(self, content: bytes) -> int:
        return imports_of(self._database).create(_VIEWER, BytesIO(content), "mine.csv").stored.id

    def _digest(self) -> tuple[int, str]:
        asked = {"earlier": self._earlier, "user": _VIEWER.user_id}
        with self._database.autocommit() as cursor:
            row = cursor.execute(_DIGEST, asked).fetchone()
        assert row is not None
        return int(row[0]), str(row[1])

    def _whole(self, act: Act, import_id: int) -> None:
        worker = self._worker(act, import_id)
        began = time.monotonic()
        worker.join(_PATIENCE_SECONDS)
        assert worker.exitcode == 0
        took = time.monotonic() - began
        self._seconds[act] = min(took, self._seconds.get(act, took))

    def _killed(self, act: Act, import_id: int) -> None:
        worker = self._worker(act, import_id)
        time.sleep(self._chance.uniform(0, self._seconds[act]))
        worker.kill()
        worker.join(_PATIENCE_SECONDS)
        # The server learns of it at its next word to the client: whoever holds the import then
        # has ended.
        with self._database.transaction() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{_PATIENCE_SECONDS}s'")
            cursor.execute("SELECT FROM profiles WHERE user_id = %s FOR UPDATE", (_VIEWER.user_id,))

    def _worker(self, act: Act, import_id: int) -> BaseProcess:
        """A process that is about to begin."""
        begins, tells = _PROCESSES.Pipe(duplex=False)
        worker = _PROCESSES.Process(
            target=_act, args=(self._database.libpq_url, act, import_id, tells), daemon=True
        )
        worker.start()
        assert begins.poll(_PATIENCE_SECONDS)
        return worker


def imports_of(database: Database) -> Imports:
    """The use cases, at one moment that never passes."""
    cursors = Cursors(lambda: b"x" * 32)
    return Imports(database, cursors, ShownTitles(database), lambda: _NOW)


def _file(films: Sequence[int]) -> bytes:
    """Dated viewings, opinions dated and undated, wishes, by the ids of the catalogue."""
    lines = ["tmdb_id,type,watched,rating,watchlist"]
    for number, film in enumerate(films):
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}" if number % 4 else ""
        rating = str(number % 10 + 1) if number % 3 else ""
        wish = "" if day or rating else "yes"
        lines.append(f"{film},movie,{day},{rating},{wish}")
    return "\n".join(lines).encode()


def _ratings(films: Sequence[int]) -> bytes:
    """What an earlier import said of some of the same titles."""
    lines = [f"{film},movie,{number % 10 + 1}" for number, film in enumerate(films)]
    return "\n".join(["tmdb_id,type,rating", *lines]).encode()


def _act(url: str, act: Act, import_id: int, tells: Connection) -> None:
    database = Database(url)
    database.open_pool()
    imports = imports_of(database)
    tells.send("begins")
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
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seenemall-imports-") as folder:
        Path(folder).chmod(0o755)  # as root the server runs as a user of its own
        os.environ["DATA_DIR"] = folder
        with migrated_database(Settings.load()) as database:
            database.open_pool()
            add_items(database, arguments.rows)
            films = range(1, arguments.rows + 1)
            findings = Trial(database, films, arguments.seed).run(arguments.kills)
    print(f"{findings}\n{'held' if findings.sound else 'did not hold'}")
    return int(not findings.sound)


if __name__ == "__main__":
    sys.exit(main())
