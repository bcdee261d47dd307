"""Who is served by which strategy: a stable hash, the same for a viewer in every process."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

import orjson

# Named by the request, drawn for an experiment, or the champion because the request names none.
Assignment = Literal["asked", "experiment", "champion"]


@dataclass(frozen=True, slots=True)
class Arm:
    """A strategy that serves a share of viewers in place of the champion."""

    strategy: str
    share: float  # 0 to 1
    salt: str


def place_of(salt: str, *parts: str | None) -> float:
    """Where the parts fall in [0, 1), evenly; the same for ever and on every machine."""
    # As JSON: `a`, `b::c` and `a::b`, `c` must not be one, nor a missing profile and an empty one.
    digest = sha256(orjson.dumps([salt, *parts])).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53


def drawn_arm(arms: Sequence[Arm], user_id: str, profile: str | None) -> str | None:
    """The strategy that a profile is drawn for, None for most.

    Each arm draws by its own salt from those that the arms before it left, so that shares are met
    exactly and a changed share of one arm moves no viewer between two others.
    """
    left = 1.0
    for arm in arms:
        if place_of(arm.salt, user_id, profile) * left < arm.share:
            return arm.strategy
        left -= arm.share
    return None
