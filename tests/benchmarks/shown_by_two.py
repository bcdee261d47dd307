"""`python -m tests.benchmarks.shown_by_two`: how soon after its commit two machines show a change.

Two services, each with a folder of its own, answer on the one database of DATABASE_URL or DATA_DIR
(bring a copy; DATA_DIR has the models as well). A title is written, an overview changed, a title
retired and an offer ended, each in a commit of its own and as a job in the middle of its run leaves
them: nothing is published but by the services, an hour after the snapshot before. Both are asked in
turns, four times a second, until each shows all of it; printed are seconds from the commit to the
first answer that does. What waits for a snapshot waits longer by 300 s at most where one was
published shortly before.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from sqlalchemy import text

from api.catalogue.published.publish import publish
from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.catalogue.writing.catalogue_writes import (
    retire_titles,
    write_titles,
)
from api.catalogue.writing.title import Title
from api.platform.database import Database, opened_database
from config.settings import Settings
from tests.benchmarks.servers import Server, service

_MOST_SECONDS = 900.0
_BETWEEN_SECONDS = 0.25
_FIRST_TMDB_ID = 91_000_000  # none that TMDB has given
_STORY = "Two lighthouse keepers keep one secret."

# Whether a service shows the change; another user each time, or an answer kept for one would do.
Shows = Callable[[Server], bool]


@dataclass(frozen=True)
class Change:
    """What is committed when, and where it must be seen."""

    name: str
    committed: float
    is_shown: Shows


def main() -> int:
    """Prints a line per change; 1 when one was not shown in time."""
    settings = Settings.load()
    with opened_database(settings) as database, _two_services(settings, database) as both:
        for one in both:
            _page(one)
        changes = list(_changes(database, both[0]))
        missing = _tell_when_shown(changes, both)
    for name, place in sorted(missing):
        print(f"{name:44}service {place + 1}: not within {_MOST_SECONDS:.0f} s")
    return int(bool(missing))


@contextmanager
def _two_services(settings: Settings, database: Database) -> Iterator[list[Server]]:
    database.open_pool()
    publish(database, settings.catalogue_dir)
    with database.autocommit() as cursor:
        cursor.execute("UPDATE catalogue_snapshots SET built_at = built_at - interval '1 hour'")
    models = (settings.data_dir / "models").resolve()
    with TemporaryDirectory(prefix="seenemall-shown-by-two-") as name, ExitStack() as services:
        both = []
        for machine in ("one", "two"):
            folder = Path(name) / machine
            folder.mkdir()
            (folder / "models").symlink_to(models)
            own = {"DATA_DIR": str(folder), "DATABASE_URL": database.libpq_url}
            both.append(services.enter_context(service(own | {"RATE_LIMIT_PER_MINUTE": "0"})))
        yield both


def _changes(database: Database, asked: Server) -> Iterator[Change]:
    edited, gone = _page(asked)[:2]
    offered, country = _with_offers(database)
    now = datetime.now(UTC)
    number = int(now.timestamp()) % 1_000_000
    name = f"Quillfeather Harbour {number}"  # another in every run
    with database.engine.begin() as connection:
        new = Title("movie", _FIRST_TMDB_ID + number, name, overview=_STORY, release_year=2026)
        write_titles(connection, [new], source="tmdb", now=now)
    yield Change("a new title, in search", time.monotonic(), lambda one: _finds(one, name))
    with database.engine.begin() as connection:
        connection.execute(
            text("UPDATE items SET overview = :story, updated_at = :now WHERE id = :id"),
            {"story": _STORY, "now": now, "id": edited["id"]},
        )
        bump_catalogue_version(connection, [edited["id"]])
    committed = time.monotonic()
    yield Change(
        "a changed overview, of the title itself",
        committed,
        lambda one: _item(one, edited["id"])["overview"] == _STORY,
    )
    yield Change(
        "a changed overview, in a page",
        committed,
        lambda one: any(each["overview"] == _STORY for each in _page(one)),
    )
    with database.engine.begin() as connection:
        retire_titles(connection, [(gone["media_type"], gone["tmdb_id"])], now=now)
    committed = time.monotonic()
    yield Change(
        "a retired title, out of a page",
        committed,
        lambda one: all(each["id"] != gone["id"] for each in _page(one)),
    )
    yield Change(
        "a retired title, out of search",
        committed,
        lambda one: all(each["id"] != gone["id"] for each in _found(one, gone["title"])),
    )
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM availability WHERE item_id = :id"), {"id": offered})
        bump_catalogue_version(connection, [offered])
    yield Change(
        "an ended offer, of the title itself",
        time.monotonic(),
        lambda one: not _item(one, offered, country)["offers"],
    )


def _tell_when_shown(changes: Sequence[Change], both: Sequence[Server]) -> set[tuple[str, int]]:
    """Prints each as soon as it is; what was not shown in time, by change and service."""
    missing = {(change.name, place) for change in changes for place in range(len(both))}
    ends = time.monotonic() + _MOST_SECONDS
    while missing and time.monotonic() < ends:
        for change in changes:
            for place, one in enumerate(both):
                if (change.name, place) in missing and change.is_shown(one):
                    seconds = time.monotonic() - change.committed
                    print(f"{change.name:44}service {place + 1}: {seconds:.1f} s", flush=True)
                    missing.discard((change.name, place))
        time.sleep(_BETWEEN_SECONDS)
    return missing


def _with_offers(database: Database) -> tuple[int, str]:
    """A title that can be watched somewhere, and where."""
    with database.autocommit() as cursor:
        row = cursor.execute(
            "SELECT item_id, country FROM availability JOIN items ON items.id = item_id "
            "WHERE retired_at IS NULL ORDER BY vote_count DESC, item_id LIMIT 1"
        ).fetchone()
    if row is None:
        raise RuntimeError("no title of this catalogue can be watched anywhere")
    return int(row[0]), str(row[1])


def _page(one: Server) -> list[dict[str, Any]]:
    return _items(one, f"/recommend?user_id=shown-{uuid4().hex[:12]}&limit=20")


def _found(one: Server, name: str) -> list[dict[str, Any]]:
    return _items(one, f"/search?q={quote(name)}&limit=10")


def _finds(one: Server, name: str) -> bool:
    return any(each["title"] == name for each in _found(one, name))


def _items(one: Server, path: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(one.request(path))["items"]
    return items


def _item(one: Server, item_id: int, country: str = "US") -> dict[str, Any]:
    item: dict[str, Any] = json.loads(one.request(f"/items/{item_id}?country={country}"))
    return item


if __name__ == "__main__":
    sys.exit(main())
