"""Why a title is in a list, as clients get it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and the evidence that makes it true."""

    code: str
    evidence: dict[str, Any]
