"""Titles of the catalogue to like and to ask about: drawn at random, once, and kept beside it."""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.same_answers.service import Service

_FILE = "same_answers.json"
_DRAWN = 4000
_FAMOUS = 150
_MISSES_IN_A_ROW = 1000  # ids: so many unknown ones end the catalogue


@dataclass(frozen=True)
class Title:
    """One of them."""

    id: int
    media_type: str
    tmdb_id: int
    name: str
    votes: int

    @property
    def reference(self) -> str:
        """As a client names it."""
        return f"{self.media_type}:{self.tmdb_id}"


@dataclass(frozen=True)
class Titles:
    """All that were drawn, those with the most votes first."""

    all: Sequence[Title]

    @property
    def famous(self) -> Sequence[Title]:
        """Those that many know."""
        return self.all[:_FAMOUS]

    @property
    def shows(self) -> Sequence[Title]:
        """Those of television."""
        return [title for title in self.all if title.media_type == "tv"]


def draw(service: Service) -> Titles:
    """Asks the service for titles by ids drawn at random."""
    last = _last_id(service)
    ids = random.Random(1).sample(range(1, last + 1), min(_DRAWN, last))
    found = [title for item_id in ids if (title := _title(service, item_id)) is not None]
    return Titles(sorted(found, key=lambda title: (-title.votes, title.id)))


def keep(titles: Titles, data_dir: Path) -> None:
    """Writes them beside the database."""
    lines = [asdict(title) for title in titles.all]
    (data_dir / _FILE).write_text(json.dumps(lines), encoding="utf-8")


def kept(data_dir: Path) -> Titles:
    """Reads them again."""
    file = data_dir / _FILE
    if not file.exists():
        raise RuntimeError(f"{data_dir} is not prepared: it has no {_FILE}")
    return Titles([Title(**line) for line in json.loads(file.read_text("utf-8"))])


def _title(service: Service, item_id: int) -> Title | None:
    reply = service.ask(f"title-{item_id}", "GET", f"/items/{item_id}")
    if reply.status != 200 or reply.body["retired"]:
        return None
    body = reply.body
    return Title(body["id"], body["media_type"], body["tmdb_id"], body["title"], body["vote_count"])


def _last_id(service: Service) -> int:
    """The greatest id, or nearly: beyond it a whole stretch is unknown."""

    def is_known(item_id: int) -> bool:
        return service.ask(f"title-{item_id}", "GET", f"/items/{item_id}").status == 200

    last, step = 0, _MISSES_IN_A_ROW
    while step:
        while any(is_known(last + step - back) for back in range(min(step, 3))):
            last += step
        step //= 2
    if last == 0:
        raise RuntimeError("the catalogue is empty")
    return last
