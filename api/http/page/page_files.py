"""The files that the page is made of, read once and sent compressed."""

import gzip
import mimetypes
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request, Response
from rjsmin import jsmin

from api.platform.wire.etag import is_known, weak_tag

FOLDER = Path(__file__).parent / "files"
PREFIX = "/page"
# Kept, but asked for again each time: an upgrade counts at once, and nothing is sent twice.
_CACHE_CONTROL = "no-cache"
WORKER = f"{PREFIX}/worker.js"  # opens the page offline, wherever one enters it
_IMPORT = re.compile(r'\bfrom"(\.[^"]+)"')  # as rjsmin leaves it
_WORKER_POLICY = "default-src 'none'; connect-src 'self'"
_TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file as it is sent."""

    path: str  # of its address
    media_type: str
    content: bytes
    packed: bytes  # the same in gzip
    tag: str

    def answer(self, request: Request) -> Response:
        """The file, or 304 for a client that has it."""
        headers = {"ETag": self.tag, "Cache-Control": _CACHE_CONTROL, "Vary": "Accept-Encoding"}
        if self.path == WORKER:
            # A worker has the policy that it came with, not that of the page.
            headers |= {"Service-Worker-Allowed": "/", "Content-Security-Policy": _WORKER_POLICY}
        if is_known(request, self.tag):
            return Response(status_code=304, headers=headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(self.content, media_type=self.media_type, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(self.packed, media_type=self.media_type, headers=headers)


def read_files() -> tuple[PageFile, ...]:
    """Every file below `files`, by path."""
    return tuple(_read(path) for path in sorted(FOLDER.rglob("*")) if path.is_file())


def scripts_behind(files: Iterable[PageFile], *names: str) -> list[str]:
    """Addresses of these scripts and of all that they import, each once, in the order met."""
    texts = {file.path: file.content.decode() for file in files if file.path.endswith(".js")}
    found: dict[str, None] = {}
    waiting = [f"{PREFIX}/{name}" for name in names]
    while waiting:
        path = waiting.pop(0)
        if path not in found:
            found[path] = None
            waiting += [
                posixpath.normpath(f"{path}/../{one}") for one in _IMPORT.findall(texts[path])
            ]
    return list(found)


def _read(path: Path) -> PageFile:
    content = path.read_bytes()
    if path.suffix == ".js":
        # Comments, types and indents are for those who read it here: a fifth of what would be sent.
        content = jsmin(content)
    guessed = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return PageFile(
        path=f"{PREFIX}/{path.relative_to(FOLDER).as_posix()}",
        media_type=guessed or "application/octet-stream",
        content=content,
        packed=gzip.compress(content, mtime=0),
        tag=weak_tag(content),
    )
