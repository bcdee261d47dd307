"""A first page and what it comes from, for the side effects that follow from it."""

from collections.abc import Hashable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from api.recommend.lists.new_slate import slate_of
from api.recommend.lists.slate import Slate
from api.recommend.pipeline.run import Run
from api.recommend.strategy import Chosen, Strategy


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """A list whose first page is sent."""

    strategy: Strategy
    run: Run
    slate: Slate
    # Equal for requests that this very page answers; None where it depends on more than one viewer
    # and the request.
    page_key: Hashable = None
    is_debug: bool = False  # asked by an operator who looks at it
    body: bytes = b""  # the page; empty while it is being written

    @classmethod
    def of(cls, run: Run, slate_id: UUID, chosen: Chosen) -> "Served":
        """The list of a run under this name."""
        return cls(chosen.strategy, run, slate_of(run, slate_id, chosen))

    @property
    def slate_id(self) -> UUID:
        """The name of the list, on the page and in the database."""
        return self.slate.id


class SideEffect(Protocol):
    """Something that follows from a served list and cannot change it.

    What is done before the page is sent fails it when it raises; what is done afterwards is only
    logged. Which is which is decided in api/http/wiring.py.
    """

    name: str

    def applies_to(self, served: Served) -> bool:
        """Whether there is anything to do."""
        ...

    def follow(self, served: Served) -> None:
        """Does it."""
        ...


class BesidePage(Protocol):
    """Something that the page depends on, and that the database does while the page is written."""

    name: str

    def applies_to(self, served: Served) -> bool:
        """Whether there is anything to do."""
        ...

    def beside(self, served: Served) -> AbstractContextManager[None]:
        """Begins it; it is done when the block has been left, or what it raises is raised."""
        ...
