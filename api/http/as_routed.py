"""What the router sees of a request: the path as it was written, and a HEAD as the GET it is of."""

from urllib.parse import quote

from starlette.types import ASGIApp, Receive, Scope, Send


class AsRouted:
    """Lets paths be matched before they are decoded (api/platform/wire/path_segments.py).

    A HEAD is answered like its GET; the server, which keeps the scope it made, sends no body.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; passes on what is not HTTP."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        raw: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
        seen = dict(scope, path=raw.decode("ascii"))
        if scope["method"] == "HEAD":
            seen["method"] = "GET"
        try:
            await self._app(seen, receive, send)
        finally:
            scope["route"] = seen.get("route")  # for the log line, and to count
