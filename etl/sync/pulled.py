"""What a source is asked, and what it answers: rows, as its export would hold them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from api.viewers.imports.row import Row

# What was seen offline or was added later is dated before the last time that was asked.
OVERLAP = timedelta(days=14)
MOST_PAGES = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose history is wanted, and from when on; None: all of it."""

    account: str | None
    since: datetime | None


class Puller(Protocol):
    """A source that can be asked."""

    def rows(self, asked: Asked) -> Iterator[Row]:
        """The rows, in any order.

        Raises UpstreamUnavailable where it gives no answer, ConfigurationError where it refuses.
        """
        ...
