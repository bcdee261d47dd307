"""/ and /operator: the page, of its own files, under a strict policy, with a list in its HTML.

It speaks the public API alone; see docs/decisions/0033-page-of-plain-modules.md.
"""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.http.page.page_files import JOINED, PREFIX, PageFile, read_files, scripts_behind
from api.http.page.plain_list import PlainList, plain_list_of
from api.recommend.schemas import Words
from config.settings import Settings

# Whom the page speaks for where nobody says who asks: a machine without keys, or a trusted key.
HOUSEHOLD = "home"
_SHELL = (Path(__file__).parent / "shell.html").read_text(encoding="utf-8")
_FILES = read_files()


def _preload(view: str) -> str:
    # What a view has beside the script that the shell names, so that both come at once.
    scripts = {file.path: file.content.decode() for file in _FILES if file.path.endswith(".js")}
    paths = scripts_behind(scripts, f"{PREFIX}/views/{view}.js")
    links = [f'<link rel="modulepreload" href="{path}" />' for path in paths if path != JOINED]
    return "\n    ".join(links)


_FIRST_OF_OPERATORS = _preload("operator")
FILE_PATHS = frozenset(file.path for file in _FILES)
PAGE_PATHS = FILE_PATHS | {"/", "/operator"}


def install(app: FastAPI, settings: Settings) -> None:
    """Serves the page and its files; last of all routes, so that the others are found as before."""
    headers = {"Content-Security-Policy": policy_of(settings)}
    shell = _filled(
        _SHELL,
        household=HOUSEHOLD,
        posters=settings.posters,
        country=settings.justwatch_country,
    )

    @app.get("/", include_in_schema=False)
    def page(
        request: Request,
        plain: Annotated[PlainList, Depends(plain_list_of)],
        q: Annotated[Words | None, Query()] = None,
    ) -> Response:
        listed = plain.html(request, household=HOUSEHOLD, words=q)
        filled = _filled(shell, preload="", list=listed, words=escape(q or ""))
        return HTMLResponse(filled, headers=headers)

    @app.get("/operator", include_in_schema=False)
    def operator() -> Response:
        listed = "<p>What operators see needs scripts.</p>"
        filled = _filled(shell, preload=_FIRST_OF_OPERATORS, list=listed, words="")
        return HTMLResponse(filled, headers=headers)

    for file in _FILES:
        app.add_api_route(file.path, _sender(file), methods=["GET"], include_in_schema=False)


def policy_of(settings: Settings) -> str:
    """Nothing from elsewhere but posters, and those only where they are wanted."""
    images = "'self'"
    if settings.posters == "tmdb":
        address = urlsplit(str(settings.tmdb_image_url))
        images += f" {address.scheme}://{address.netloc}"
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def _filled(template: str, **parts: str) -> str:
    for name, part in parts.items():
        template = template.replace(f"{{{{{name}}}}}", part)
    return template


def _sender(file: PageFile) -> Callable[[Request], Response]:
    # Typed by hand: a handler per file, since every route that is open to all stands in a list.
    def send(request: Request) -> Response:
        return file.answer(request)

    return send
