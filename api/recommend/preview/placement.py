"""Why a title is or is not in a viewer's list: what POST /recommend/preview answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: a code, the same in a sentence, and the facts that make it true."""

    code: str
    detail: str
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one title stands in one viewer's list, and why."""

    item_id: int
    title: str
    ranked: int  # titles in order, those behind the list's end included
    reasons: tuple[Why, ...]  # the deciding one first
    rank: int | None = None  # in the list
    page: int | None = None
    score: float | None = None
    degraded: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()
