"""Every request passes the gate before anything of it is read, but those of the public paths."""

from collections.abc import Callable, Collection
from functools import partial

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access.gate import Gate
from api.access.presented import hook_token_of, presented_by
from api.platform.at_once import AtOnce
from api.platform.errors import NotAuthenticated
from api.platform.questions import Asking
from api.platform.wire.problems import answer_to

# What is to be known of a request besides, if anything, and noted in its state. It is asked only
# where the caller acted for the user lately: others could tell from how long a refusal takes whom
# somebody asks for.
Ahead = Callable[[Request, Callable[[str], bool]], Asking[None] | None]

_BY_CODE = ("POST", "/session")
_HOOKS = "/hooks/"


class Admission:
    """Admits or refuses; whoever comes after finds `request.state.caller`, or `hook` at a hook.

    Before the body, so that a stranger's is not parsed, and before the routes, so that what there
    is cannot be told from what there is not.
    """

    def __init__(self, app: ASGIApp, public: Collection[str], ahead: Ahead) -> None:
        """`public` are whole paths, as they are written; `ahead` is asked beside who sends it."""
        self._app = app
        self._ahead = ahead
        self._public = frozenset(public)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; passes on what is not HTTP."""
        if scope["type"] != "http" or scope["path"] in self._public:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            await _admit(request, self._ahead)
        except NotAuthenticated as error:
            # A code may be in the body. The gate has charged for the request.
            if (scope["method"], scope["path"]) != _BY_CODE:
                refusal = answer_to(request, error)
                await refusal(scope, receive, send)
                return
        except Exception as error:
            refusal = answer_to(request, error)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


async def _admit(request: Request, ahead: Ahead) -> None:
    gate: Gate = request.app.state.provided[Gate]
    presented = presented_by(request)
    if request.scope["path"].startswith(_HOOKS):
        token = hook_token_of(request)
        request.state.hook = await run_in_threadpool(gate.admit_hook, presented, token)
    elif gate.waits_for(presented):
        request.state.caller = await run_in_threadpool(gate.admit, presented)
    else:
        at_once: AtOnce = request.app.state.provided[AtOnce]
        beside = ahead(request, partial(gate.acted_for, presented))
        request.state.caller = await at_once.answered(gate.admitting(presented), beside=beside)
