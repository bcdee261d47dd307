"""What follows from every first page: while it is written, before it is sent, or once it is."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

from api.recommend.lists.served import BesidePage, Served, SideEffect
from api.recommend.pipeline.trace import Trace

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SideEffects:
    """In the order in which they are done."""

    while_rendering: Sequence[BesidePage] = ()
    before_sending: Sequence[SideEffect] = ()
    after_sending: Sequence[SideEffect] = ()

    @contextmanager
    def beside(self, listed: Served, trace: Trace) -> Iterator[None]:
        """Has done what the page depends on, but needs no page for, while the block runs.

        Storing a list waits for the database for a millisecond, in which the page is written. The
        block is left once that is done, with what it raised.
        """
        with ExitStack() as block:
            for effect in self.while_rendering:
                if effect.applies_to(listed):
                    block.enter_context(trace.span("follow", effect.name))
                    block.enter_context(effect.beside(listed))
            yield

    def before(self, served: Served, trace: Trace) -> None:
        """Does what the page depends on, and raises what that raises."""
        for effect in self.before_sending:
            if effect.applies_to(served):
                _do(effect, served, trace)

    def after(self, served: Served) -> Callable[[], None] | None:
        """What is to be called once the page is sent, which never raises; None for nothing."""
        applicable = [effect for effect in self.after_sending if effect.applies_to(served)]
        return partial(_follow, applicable, served) if applicable else None


def _do(effect: SideEffect, served: Served, trace: Trace) -> None:
    with trace.span("follow", effect.name):
        effect.follow(served)


def _follow(effects: Sequence[SideEffect], served: Served) -> None:
    for effect in effects:
        try:
            effect.follow(served)
        except Exception as error:
            # The page is out already. A message might hold what the viewer wrote.
            fields = {
                "effect": effect.name,
                "slate": str(served.slate_id),
                "error": type(error).__name__,
            }
            log.warning("side effect failed", extra={"fields": fields})
