"""Lists for many viewers as an order: made by a worker, downloaded later, gone after a while."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import orjson

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import NO_LIMITS, Limits
from api.language.named_titles import may_be_named
from api.platform.counted import counted
from api.platform.errors import NotFound, NotMadeYet
from api.recommend.batch.batch import Batches
from api.recommend.batch.order_store import Order, OrderStore
from api.recommend.batch.schemas import BatchRequest
from api.recommend.schemas import ListShape


class QueuesLists(Protocol):
    """Sees to it that orders are worked on."""

    def make_lists(self) -> None:
        """Has every list made that was ordered and is not made."""
        ...

    def why_lists_wait(self) -> str | None:
        """What keeps them from being made, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Orders:
    """The use cases of /recommend/batches, and the work of the job `lists`; one per process."""

    store: OrderStore
    batches: Batches
    shown: ShownTitles
    keep: timedelta
    clock: Callable[[], datetime]
    jobs: QueuesLists

    def order(self, asked: BatchRequest) -> Order:
        """Stores an order and has it made. Raises as Batches.lines does."""
        self.batches.reader.known(asked, asked.keys, names_within=NO_LIMITS)
        shape = asked.model_dump(mode="json", exclude={"viewers"}, exclude_unset=True)
        batch_id, now = uuid4(), self.clock()
        self.store.add(batch_id, shape, asked.keys, created_at=now, expires_at=now + self.keep)
        self.jobs.make_lists()
        return self.read(batch_id)

    def read(self, batch_id: UUID) -> Order:
        """An order; raises NotFound for one that is unknown or has expired."""
        order = self.store.read(batch_id, now=self.clock())
        if order is None:
            raise NotFound("There is no such batch, or it has expired.")
        return order

    def why_it_waits(self, order: Order) -> str | None:
        """What keeps its lists from being made, or None."""
        return None if order.is_done else self.jobs.why_lists_wait()

    def lines(self, order: Order) -> Iterator[bytes]:
        """The file, without what a viewer's limits have come to forbid since it was made.

        Raises NotMadeYet before the first line.
        """
        if not order.is_done:
            raise NotMadeYet(
                f"{order.made} of {counted(order.viewers, 'list is', 'lists are')} made."
            )
        return (self._within(limits, line) for line, limits in self.store.lines(order.id))

    def call_off(self, order: Order) -> None:
        """Removes an order. Of what is being made, one list more is made at most."""
        self.store.remove(order.id)

    def waiting(self) -> int:
        """How many lists are still to be made."""
        return self.store.waiting(now=self.clock())

    def make(self) -> Iterator[bool]:
        """Makes what waits, list by list, each kept when it is made; whether it was still wanted.

        Goes on where another run ended, and takes up what is ordered meanwhile.
        """
        while (unmade := self.store.next(now=self.clock())) is not None:
            line = self.batches.line(ListShape.model_validate(unmade.shape), unmade.viewer)
            yield self.store.keep(unmade, line)

    def _within(self, limits: Limits, line: bytes) -> bytes:
        if not limits.hide_titles:
            return line
        body = orjson.loads(line)
        items, chips = body["items"], body.get("interpreted", [])
        named = [_named_by(item) for item in items]
        ids = {one for each in named for one in each if isinstance(one, int)}
        shown = self.shown.among(ids, limits)
        body["items"] = [item for item, its in zip(items, named, strict=True) if its <= shown]
        if chips:
            parts = [(chip["field"], chip["value"]) for chip in chips]
            may = may_be_named(parts, limits, self.shown)
            body["interpreted"] = [
                chip for chip, is_shown in zip(chips, may, strict=True) if is_shown
            ]
        return orjson.dumps(body) + b"\n"


def _named_by(item: Mapping[str, Any]) -> set[object]:
    """A title of a page and those that its reasons name."""
    reasons = [reason["evidence"] for reason in item["reasons"]]
    return {item["id"], *(one["item_id"] for one in reasons if "item_id" in one)}
