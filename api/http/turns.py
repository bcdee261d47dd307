"""Turns: so many requests are worked on at once, few wait, and the others are sent away at once.

More threads than the processor can run make each other slow until nobody is answered in time, and
keep the event loop from answering /healthz. Little's law says how long a queue waits, so whoever
would wait longer than the patience is told so before anything is done for them.
"""

import asyncio
import logging
import math
from collections import deque
from collections.abc import Callable, Collection
from contextlib import suppress
from time import monotonic

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.platform.wire.problems import BUSY, problem

log = logging.getLogger(__name__)

_WEIGHT = 0.1  # of the newest turn in the mean: some twenty turns count
_TELL_SECONDS = 10.0
# Whoever works for longer waits for somebody else, as for a language model, or has a whole import
# to write; those who come after do not wait for that. A list takes a tenth of it.
_LONGEST_TURN_SECONDS = 0.5
_DETAIL = "More is asked of the service than it can answer; come back soon."


class TooBusy(Exception):
    """Whoever waits for a turn is sent away."""


class Turns:
    """One per process, for its event loop alone: first come, first served."""

    def __init__(
        self, *, at_once: int, patience_seconds: float, clock: Callable[[], float] = monotonic
    ) -> None:
        """`at_once` requests are worked on; no other waits longer than the patience."""
        self._free = at_once
        self._patience = patience_seconds
        self._clock = clock
        self._waiting = deque[asyncio.Future[None]]()
        self._seconds_each = 0.0  # from one turn to the next, while somebody waits
        self._last_turn: float | None = None
        self._told_at = -math.inf
        self.sent_away = 0

    @property
    def waiting(self) -> int:
        """Requests that wait for their turn."""
        return len(self._waiting)

    @property
    def is_too_long(self) -> bool:
        """Whether one more would wait longer than the patience, as turns have passed of late."""
        return len(self._waiting) * self._seconds_each > self._patience

    @property
    def retry_after_seconds(self) -> int:
        """When whoever waits now has had a turn; at least one."""
        return max(1, math.ceil(len(self._waiting) * self._seconds_each))

    async def take(self) -> None:
        """Returns when it is one's turn, which is to be given back.

        Raises TooBusy where it would not come, or did not, within the patience.
        """
        if self._free and not self._waiting:
            self._free -= 1
            return
        if self.is_too_long:
            raise TooBusy
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self._patience):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                self.give_back()
            else:
                with suppress(ValueError):
                    self._waiting.remove(turn)
            if isinstance(error, TimeoutError):
                raise TooBusy from error
            raise

    def give_back(self) -> None:
        """The next one's turn."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                self._measure()
                turn.set_result(None)
                return
        self._last_turn = None
        self._free += 1

    def send_away(self) -> None:
        """Counts one who gets no turn, and says so in the log now and then."""
        self.sent_away += 1
        now = self._clock()
        if now - self._told_at > _TELL_SECONDS:
            self._told_at = now
            fields = {"sent_away": self.sent_away, "waiting": self.waiting}
            log.warning("more is asked than can be answered", extra={"fields": fields})

    def _measure(self) -> None:
        now, last = self._clock(), self._last_turn
        self._last_turn = now
        if last is not None:
            known = self._seconds_each or now - last
            self._seconds_each = known + _WEIGHT * (now - last - known)


class SendsAway:
    """Tells whoever would wait too long, before the gate looks at who they are."""

    def __init__(self, app: ASGIApp, turns: Turns, exempt: Collection[str]) -> None:
        """`exempt` are whole paths that take no turns."""
        self._app = app
        self._turns = turns
        self._exempt = frozenset(exempt)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; passes on what is not HTTP."""
        takes_one = scope["type"] == "http" and scope["path"] not in self._exempt
        if takes_one and self._turns.is_too_long:
            await _too_busy(self._turns, scope, receive, send)
        else:
            await self._app(scope, receive, send)


class TakesTurns:
    """Has a request wait for its turn once it is here as a whole, and give it back once its answer
    begins, or has not for long: slow clients and slow services elsewhere hold no turn."""

    longest_turn_seconds = _LONGEST_TURN_SECONDS  # an attribute, so that tests can be quick

    def __init__(self, app: ASGIApp, turns: Turns, exempt: Collection[str]) -> None:
        """`exempt` are whole paths that take no turns."""
        self._app = app
        self._turns = turns
        self._exempt = frozenset(exempt)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; passes on what is not HTTP."""
        if scope["type"] != "http" or scope["path"] in self._exempt:
            await self._app(scope, receive, send)
            return
        try:
            receive = await _whole(scope, receive)
            await self._turns.take()
        except ClientDisconnect:
            return
        except TooBusy:
            await _too_busy(self._turns, scope, receive, send)
            return
        has_turn = True

        def give_back() -> None:
            nonlocal has_turn
            if has_turn:
                has_turn = False
                self._turns.give_back()

        async def send_and_give_back(message: Message) -> None:
            give_back()
            await send(message)

        longest = asyncio.get_running_loop().call_later(self.longest_turn_seconds, give_back)
        try:
            await self._app(scope, receive, send_and_give_back)
        finally:
            longest.cancel()
            give_back()


async def _whole(scope: Scope, receive: Receive) -> Receive:
    """The body, read as far as it will be: it is bounded, and routes read all of it.

    What is wrong with it, as that it is too large, is told to whoever reads it then.
    """
    if scope["method"] == "GET":
        return receive
    parts = deque[Message]()
    wrong: HTTPException | None = None
    while not parts or parts[-1].get("more_body"):
        try:
            parts.append(await receive())
        except HTTPException as error:
            wrong = error
            break
        if parts[-1]["type"] == "http.disconnect":
            raise ClientDisconnect

    async def again() -> Message:
        if parts:
            return parts.popleft()
        if wrong is not None:
            raise wrong
        return await receive()

    return again


async def _too_busy(turns: Turns, scope: Scope, receive: Receive, send: Send) -> None:
    turns.send_away()
    headers = {"Retry-After": str(turns.retry_after_seconds)}
    await problem(Request(scope), BUSY, _DETAIL, headers=headers)(scope, receive, send)
