"""Requests that other people wrote, with the titles that people answered: lines of JSON.

The texts belong to their writers, so none of them is here; a folder of such files is brought along.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from api.platform.errors import ConfigurationError

MOST_CHARACTERS = 500  # as many as a request may have
Key = tuple[str, int]  # media type and TMDB id


@dataclass(frozen=True, slots=True)
class StrangersRequest:
    """A request, the titles it names, and its judged answers with grades of 1 to 3."""

    id: str
    kind: str
    text: str
    named: tuple[Key, ...]
    grades: Mapping[Key, int]


def is_held_back(request_id: str) -> bool:
    """Whether nothing is learned from it: a quarter of all, the same every time."""
    return sha256(request_id.encode()).digest()[5] % 4 == 3


def read_requests(
    folder: Path, *, most: int, held_back: bool = False
) -> dict[str, list[StrangersRequest]]:
    """By kind at most so many requests, the first ones by their ids: the same every time.

    `held_back` reads those alone that nothing is learned from. Raises ConfigurationError for a
    folder without such files and for a line that is none.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise ConfigurationError(f"There are no requests (*.jsonl) in {folder}.")
    kinds: dict[str, list[StrangersRequest]] = {}
    every = (request for file in files for request in _lines(file))
    for request in (one for one in every if is_held_back(one.id) or not held_back):
        kinds.setdefault(request.kind, []).append(request)
    return {
        kind: sorted(requests, key=lambda request: request.id)[:most]
        for kind, requests in kinds.items()
    }


def _lines(file: Path) -> Iterator[StrangersRequest]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield _request(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(f"{file}, line {number} is no judged request.") from error


def _request(line: Mapping[str, Any]) -> StrangersRequest:
    named = [("movie", title) for title in line["liked_seeds"]]
    named += [("tv", title) for title in line.get("liked_seeds_tv", [])]
    grades = {(one["media_type"], one["tmdb_id"]): int(one["grade"]) for one in line["answers"]}
    return StrangersRequest(line["id"], line["kind"], shortened(line["text"]), tuple(named), grades)


def shortened(text: str) -> str:
    """As much of a text as a request may have, cut between two words."""
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS].rsplit(" ", 1)[0]
