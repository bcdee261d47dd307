"""Keeps the catalogue facts of this process in step with the database."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.load_facts import FADED_AFTER
from api.platform.resident import Resident


class ResidentCatalogue:
    """The newest facts there are. Thread-safe.

    Of a small catalogue they are as new as it is; of a large one nobody waits for them but who asks
    first: they are read beside the requests, and are those that are published.
    """

    def __init__(
        self,
        read: Callable[[], CatalogueFacts],
        clock: Callable[[], float] = monotonic,
        *,
        large: int,
    ) -> None:
        """`read` gives facts as of now, `clock` tells seconds; from `large` titles on a catalogue
        is large."""
        self._facts = Resident("facts", read, clock, is_awaited=lambda facts: len(facts) < large)

    def current(self, version: int, now: datetime) -> CatalogueFacts:
        """Facts of `version`, or of an earlier one while those are being read."""
        facts = self._facts.current(version)
        return facts if now - facts.read_at < FADED_AFTER else self._facts.renewed(facts)

    def at_hand(self, version: int, now: datetime) -> CatalogueFacts | None:
        """What `current` returns where it waits for nothing and has nothing read."""
        facts = self._facts.at_hand(version)
        return facts if facts is not None and now - facts.read_at < FADED_AFTER else None

    def wait(self) -> None:
        """Until nothing is read beside the requests."""
        self._facts.wait()
