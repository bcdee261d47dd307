"""A title of an operator's own catalogue, and what became of it."""

from dataclasses import dataclass
from typing import Literal

from api.catalogue.writing.title import Title

Outcome = Literal["created", "changed", "unchanged", "same_as"]


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """A title with the source and the id that it has there, e.g. ("archive", "reel-7")."""

    key: tuple[str, str]
    title: Title


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a title; `same_as` one that TMDB has, which stays as TMDB describes it."""

    key: tuple[str, str]
    item_id: int
    outcome: Outcome
