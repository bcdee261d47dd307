"""What is worked out of a catalogue, kept until there is another state of it."""

from collections.abc import Callable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class KeptByState(Generic[Found]):
    """By medium, and once for each state of the catalogue."""

    def __init__(self) -> None:
        self._kept: dict[bool, tuple[object, Found]] = {}

    def of(self, *, shows: bool, state: object, work_out: Callable[[], Found]) -> Found:
        """What was found in this state before, or what is found now."""
        kept = self._kept.get(shows)
        if kept is None or kept[0] != state:
            kept = self._kept[shows] = state, work_out()
        return kept[1]
