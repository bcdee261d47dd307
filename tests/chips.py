"""Of an answer's `interpreted`, what parts were read from."""

from collections.abc import Mapping
from typing import Any


def understood(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The chips, less those of words that were not understood."""
    return [chip for chip in answer["interpreted"] if chip["status"] != "not_understood"]
