"""Few requests are worked on at once, some wait, and who would wait too long is sent away."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from api.http.turns import SendsAway, TakesTurns, TooBusy, Turns


class Work:
    """An application whose every request waits until it may end."""

    def __init__(self) -> None:
        self.begun = 0
        self.may_end = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun += 1
        await self.may_end.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def ask(
    app: Callable[[Scope, Receive, Send], Awaitable[None]],
    *,
    method: str = "GET",
    path: str = "/recommend",
    body: tuple[Message, ...] = (),
) -> tuple[int, dict[bytes, bytes]]:
    """Status and headers of an answer; a body that is not whole is waited for."""
    parts, sent = deque(body), list[Message]()
    scope: dict[str, Any] = {"type": "http", "method": method, "path": path, "headers": []}
    scope["state"] = {"request_id": "one"}

    async def receive() -> Message:
        if not parts:
            await asyncio.Event().wait()
        return parts.popleft()

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return (sent[0]["status"], dict(sent[0]["headers"])) if sent else (0, {})


async def settle() -> None:
    """Lets everything go as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_the_next_one_begins_when_one_is_answered() -> None:
    async def run() -> None:
        work, turns = Work(), Turns(at_once=2, patience_seconds=60)
        app = TakesTurns(work, turns, exempt=())
        asked = [asyncio.create_task(ask(app)) for _ in range(5)]
        await settle()
        assert (work.begun, turns.waiting) == (2, 3)
        work.may_end.set()
        assert [status for status, _ in await asyncio.gather(*asked)] == [200] * 5
        assert turns.waiting == 0

    asyncio.run(run())


def test_who_waits_too_long_is_told_when_to_come_back() -> None:
    async def run() -> None:
        work, turns = Work(), Turns(at_once=1, patience_seconds=0.01)
        app = TakesTurns(work, turns, exempt=())
        first = asyncio.create_task(ask(app))
        await settle()
        status, headers = await ask(app)
        assert (status, headers[b"retry-after"]) == (503, b"1")
        assert (turns.waiting, turns.sent_away) == (0, 1)
        work.may_end.set()
        assert (await first)[0] == 200
        assert (await ask(app))[0] == 200

    asyncio.run(run())


def test_who_would_wait_too_long_as_turns_have_passed_is_sent_away_at_once() -> None:
    now = 0.0

    async def run() -> None:
        nonlocal now
        work = Work()
        turns = Turns(at_once=1, patience_seconds=60, clock=lambda: now)
        app = SendsAway(work, turns, exempt={"/healthz"})
        await turns.take()
        waiting = [asyncio.create_task(turns.take()) for _ in range(10)]
        await settle()
        for _ in range(3):  # a turn takes ten seconds
            turns.give_back()
            now += 10
        assert (turns.waiting, turns.is_too_long) == (7, True)
        status, headers = await ask(app)
        assert (status, headers[b"retry-after"], work.begun) == (503, b"70", 0)
        with pytest.raises(TooBusy):
            await turns.take()
        work.may_end.set()
        assert (await ask(app, path="/healthz"))[0] == 200
        for one in waiting:
            one.cancel()

    asyncio.run(run())


def test_a_client_who_is_still_sending_holds_no_turn() -> None:
    async def run() -> None:
        work, turns = Work(), Turns(at_once=1, patience_seconds=60)
        app = TakesTurns(work, turns, exempt=())
        half: Message = {"type": "http.request", "body": b"{", "more_body": True}
        slow = asyncio.create_task(ask(app, method="POST", body=(half,)))
        await settle()
        work.may_end.set()
        assert (await ask(app))[0] == 200
        slow.cancel()

    asyncio.run(run())


def test_a_client_who_leaves_while_sending_is_not_worked_for() -> None:
    async def run() -> None:
        work, turns = Work(), Turns(at_once=1, patience_seconds=60)
        app = TakesTurns(work, turns, exempt=())
        assert await ask(app, method="POST", body=({"type": "http.disconnect"},)) == (0, {})
        assert work.begun == 0

    asyncio.run(run())


def test_the_body_is_handed_on_as_it_came() -> None:
    async def run() -> None:
        read = list[Message]()

        async def work(scope: Scope, receive: Receive, send: Send) -> None:
            read.extend([await receive(), await receive()])
            await send({"type": "http.response.start", "status": 200, "headers": []})

        parts: tuple[Message, ...] = (
            {"type": "http.request", "body": b"{", "more_body": True},
            {"type": "http.request", "body": b"}", "more_body": False},
        )
        app = TakesTurns(work, Turns(at_once=1, patience_seconds=60), exempt=())
        assert (await ask(app, method="POST", body=parts))[0] == 200
        assert read == list(parts)

    asyncio.run(run())


def test_who_waits_for_somebody_else_gives_the_turn_back() -> None:
    async def run() -> None:
        work, turns = Work(), Turns(at_once=1, patience_seconds=60)
        app = TakesTurns(work, turns, exempt=())
        app.longest_turn_seconds = 0.001
        slow = [asyncio.create_task(ask(app)) for _ in range(3)]
        while work.begun < 3:
            await asyncio.sleep(0.001)
        work.may_end.set()
        await asyncio.gather(*slow)
        app.longest_turn_seconds = 60
        work.may_end.clear()
        again = [asyncio.create_task(ask(app)) for _ in range(2)]
        await settle()
        assert (work.begun, turns.waiting) == (4, 1)  # each turn came back once
        work.may_end.set()
        await asyncio.gather(*again)

    asyncio.run(run())


def test_a_client_who_gives_up_takes_no_turn_away() -> None:
    async def run() -> None:
        work, turns = Work(), Turns(at_once=1, patience_seconds=60)
        app = TakesTurns(work, turns, exempt=())
        first = asyncio.create_task(ask(app))
        second = asyncio.create_task(ask(app))
        await settle()
        second.cancel()
        await settle()
        work.may_end.set()
        assert (await first)[0] == 200
        assert (await ask(app))[0] == 200

    asyncio.run(run())
