"""The files that the page is made of, read once and sent compressed."""

import gzip
import mimetypes
import posixpath
import re
from collections.abc import Mapping
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
# What every view needs, and the first view: one file, since a slow phone feels each one more.
JOINED = f"{PREFIX}/app.js"
_IMPORT = re.compile(r'\bfrom"([./][^"]+\.js)"')  # as rjsmin leaves it
_IMPORT_STATEMENT = re.compile(r'\bimport\{[^}]*\}from"[^"]+";')
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
    """Every file below `files`, by path; the script `JOINED` holds all that it imports."""
    scripts = read_scripts()
    others = {
        _address(path): path.read_bytes()
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file() and path.suffix != ".js"
    }
    sent = others | {path: script.encode() for path, script in _joined(scripts).items()}
    return tuple(_file(path, content) for path, content in sent.items())


def read_scripts() -> dict[str, str]:
    """Every script by its address, without what is for those who read it here: a fifth of it."""
    return {
        _address(path): str(jsmin(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.rglob("*.js"))
    }


def scripts_behind(scripts: Mapping[str, str], path: str) -> list[str]:
    """A script's address after those of all that it imports, each once, as they are run."""
    found: dict[str, None] = {}

    def add(one: str) -> None:
        for other in _imported(one, scripts[one]):
            if other not in found:
                add(other)
        found[one] = None

    add(path)
    return list(found)


def _joined(scripts: Mapping[str, str]) -> dict[str, str]:
    """With one script in place of it and those it imports, whose names all differ (a test says)."""
    parts = scripts_behind(scripts, JOINED)
    whole = "\n".join(_IMPORT_STATEMENT.sub("", scripts[path]) for path in parts)
    others = scripts.keys() - set(parts)
    return {JOINED: whole} | {
        path: _importing(path, scripts[path], frozenset(parts)) for path in sorted(others)
    }


def _imported(path: str, script: str) -> list[str]:
    return [_resolved(path, one) for one in _IMPORT.findall(script)]


def _resolved(path: str, specifier: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), specifier))


def _importing(path: str, script: str, parts: frozenset[str]) -> str:
    """The script, which imports the whole in place of its parts."""

    def named(found: re.Match[str]) -> str:
        return f'from"{JOINED}"' if _resolved(path, found[1]) in parts else found[0]

    return _IMPORT.sub(named, script)


def _address(path: Path) -> str:
    return f"{PREFIX}/{path.relative_to(FOLDER).as_posix()}"


def _file(path: str, content: bytes) -> PageFile:
    guessed = _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0]
    return PageFile(
        path=path,
        media_type=guessed or "application/octet-stream",
        content=content,
        packed=gzip.compress(content, mtime=0),
        tag=weak_tag(content),
    )
