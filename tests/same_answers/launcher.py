"""Starts the service in the current folder with a clock that stands and no chance of its own.

`python launcher.py MOMENT`, run as a file: it knows nothing of the project but its command, so that
it starts any version of it. Tastes age, trends fade, and what is explored is drawn with the id of
the list; here the time is MOMENT throughout, and every random id follows from the `X-Request-ID` of
the request that draws it. Production code is not touched.
"""

import runpy
import sys
import uuid
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import datetime, tzinfo
from hashlib import sha256
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

# What serves with uvicorn in this very process, under `python -m`; the second in older versions.
COMMANDS = (["api.commands.seenemall", "serve"], ["api"])

_chance: ContextVar[Iterator[uuid.UUID] | None] = ContextVar("_chance", default=None)
_uuid4 = uuid.uuid4


def main() -> None:
    """Serves as `seenemall serve` does, until it is stopped."""
    moment = datetime.fromisoformat(sys.argv.pop(1))
    code = Path.cwd()
    sys.path[0] = str(code)
    # Before the project is imported: a default value may keep the function for ever.
    uuid.uuid4 = _drawn
    _steady_when_loaded(moment, code)
    module, *arguments = next(one for one in COMMANDS if _is_there(one[0]))
    sys.argv[1:] = arguments
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package above it
        return False


def stop_clock(moment: datetime, code: Path) -> None:
    """Lets every module below a folder that has imported `datetime` read this moment as now."""
    standing = standing_at(moment)
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file in (None, __file__) or code not in Path(str(file)).parents or ".venv" in str(file):
            continue
        if getattr(module, "datetime", None) is datetime:
            module.datetime = standing  # type: ignore[attr-defined]


def standing_at(moment: datetime) -> type[datetime]:
    """`datetime` in everything but `now`; what it makes are plain datetimes."""

    class Standing(type):
        def __call__(cls, *args: Any, **kwargs: Any) -> datetime:
            return datetime(*args, **kwargs)  # noqa: DTZ001 - the caller's zone or none

        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, datetime)

    class StandingDatetime(datetime, metaclass=Standing):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    return StandingDatetime


def ids_of(request_id: str) -> Iterator[uuid.UUID]:
    """The ids that a request draws, the same whenever it is asked again."""
    for number in count():
        digest = sha256(f"{request_id} {number}".encode()).digest()
        yield uuid.UUID(bytes=digest[:16], version=4)


def _drawn() -> uuid.UUID:
    chance = _chance.get()
    return _uuid4() if chance is None else next(chance)


class _Steady:
    """Around the application: no time passes, and chance follows from the id of a request."""

    def __init__(self, app: ASGIApp, moment: datetime, code: Path) -> None:
        self._app = app
        self._moment = moment
        self._code = code
        self._modules = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves; before it starts, `scope` is that of its lifespan."""
        if len(sys.modules) != self._modules:  # one may have been imported late
            stop_clock(self._moment, self._code)
            self._modules = len(sys.modules)
        headers = dict(scope.get("headers", ()))
        if given := headers.get(b"x-request-id"):
            _chance.set(ids_of(given.decode()))
        await self._app(scope, receive, send)


def _steady_when_loaded(moment: datetime, code: Path) -> None:
    load = uvicorn.Config.load

    def load_steady(self: uvicorn.Config) -> None:
        load(self)
        self.loaded_app = _Steady(self.loaded_app, moment, code)

    uvicorn.Config.load = load_steady  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
