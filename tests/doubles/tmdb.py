"""A TMDB on loopback with a handful of invented titles, and faults when a test asks for them."""

import gzip
import json
import threading
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from api.domain.folding import fold
from tests.doubles.loopback import Loopback, QuietHandler

KEY = "a-key-nobody-may-see"
_PAGE = 20
_LEFT_OUT = {"alternative_titles", "translations", "also_known_as", "also_released"}


@dataclass(frozen=True)
class Fault:
    """What comes instead of the answer, once."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False  # half the body, then the connection is closed
    hang: bool = False  # nothing, until the double is released; then the answer after all


TOO_MANY = Fault(429, headers={"Retry-After": "7"})
SERVER_ERROR = Fault(500)
TRUNCATED = Fault(cut=True)
GARBAGE = Fault(body=b"<html>a proxy's page</html>")
HANG = Fault(hang=True)


class TmdbDouble(Loopback):
    """`titles` and `lists` may be changed at any time; `requests` tells what was asked."""

    def __init__(self) -> None:
        super().__init__(self._handler())
        self.titles: dict[tuple[str, int], dict[str, Any]] = {}
        self.people: dict[int, dict[str, Any]] = {}
        self.searches: list[dict[str, str]] = []  # what was sent with each search
        self.lists: dict[str, list[int]] = {}  # by path, e.g. "movie/popular"
        self.changed: dict[str, list[int]] = {"movie": [], "tv": []}
        self.windows: list[tuple[str, str]] = []  # first and last day of changes asked for
        self.crowded = False  # changes of more than a day have more pages than are shown
        self.seasons: dict[tuple[int, int], dict[str, Any]] = {}  # by show and number
        self.export_day = datetime.now(UTC).date()
        self.damaged_exports = 0
        self.date: str | None = None  # what answers are dated, in place of now
        self.ready_exports: dict[str, bytes] = {}  # by media type, instead of one of `titles`
        self.requests: list[str] = []
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._released = threading.Event()
        self._arrived = threading.Condition()

    def __exit__(self, *of_error: object) -> None:
        self.release()
        super().__exit__(*of_error)

    @property
    def api_url(self) -> str:
        return f"{self.url}/3"

    @property
    def export_url(self) -> str:
        return f"{self.url}/exports"

    def release(self) -> None:
        """Lets what hangs go on, and nothing hang again."""
        self._released.set()

    def wait_for(self, requests: int) -> None:
        """Returns when so many have arrived in all."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.requests) >= requests, timeout=60)

    def fail(self, path: str, *faults: Fault) -> None:
        """The next requests for `path` (such as "movie/1") meet these faults, in order."""
        self._faults[path].extend(faults)

    def add_film(self, tmdb_id: int, title: str, **more: Any) -> None:
        film = {"id": tmdb_id, "title": title, "popularity": 10.0, "vote_count": 100}
        self.titles["movie", tmdb_id] = film | more

    def add_show(self, tmdb_id: int, name: str, **more: Any) -> None:
        show = {"id": tmdb_id, "name": name, "popularity": 10.0, "vote_count": 100}
        self.titles["tv", tmdb_id] = show | more

    def add_person(self, tmdb_id: int, name: str, **more: Any) -> None:
        person = {"id": tmdb_id, "name": name, "popularity": 5.0, "known_for": [{"id": 1}]}
        self.people[tmdb_id] = person | more

    def asked_for(self, prefix: str) -> list[str]:
        return [path for path in self.requests if path.startswith(prefix)]

    def answer(self, path: str, query: dict[str, str], *, authorised: bool) -> Fault:
        with self._arrived:
            self.requests.append(path)
            self._arrived.notify_all()
        page = int(query.get("page", "1"))
        if self._faults[path]:
            fault = self._faults[path].popleft()
            if not fault.hang:
                return fault
            self._released.wait()
        if path.startswith("exports/"):
            return self._export(path.removeprefix("exports/"))
        if not authorised:
            return _json({"status_code": 7, "success": False}, status=401)
        return self._found(path, query, page)

    def _found(self, path: str, query: dict[str, str], page: int) -> Fault:
        if path in self.lists or path.startswith(("trending/", "discover/")):
            return self._page(self.lists.get(path, []), page, path)
        media_type, _, name = path.partition("/")
        if media_type == "search":
            return self._search(name, query)
        if media_type == "find":
            return self._find(name, query["external_source"])
        if name in {"popular", "top_rated"}:
            return self._page([], page, path)
        if name == "changes":
            return self._changes(media_type, query, page, path)
        if "/season/" in name:
            show, _, number = name.partition("/season/")
            season = self.seasons.get((int(show), int(number)))
            return _json(season) if season else _json({"status_code": 34}, status=404)
        if media_type == "person":
            return _json(self.people[int(name)])
        title = self.titles.get((media_type, int(name)))
        return _json(title) if title else _json({"status_code": 34}, status=404)

    def _search(self, kind: str, query: dict[str, str]) -> Fault:
        """Whoever has every word of the query in a name, of whichever language, the best known
        first; the answer says only what they are mostly called."""
        self.searches.append(query)
        words = fold(query["query"]).split()
        documents: list[dict[str, Any]] = list(self.people.values())
        if kind != "person":
            documents = [title for (media, _), title in self.titles.items() if media == kind]
        hits = [
            {name: value for name, value in document.items() if name not in _LEFT_OUT}
            for document in documents
            if set(words) <= {word for name in _names(document) for word in fold(name).split()}
            and query.get("year") in (None, _date(document)[:4], document.get("also_released"))
        ]
        hits.sort(key=lambda hit: -hit["popularity"])
        return _json({"page": 1, "results": hits[:_PAGE], "total_pages": 1})

    def _find(self, written: str, source: str) -> Fault:
        """Whatever title has the id among its external ids."""
        found = {
            f"{kind}_results": [
                title
                for (media, _), title in self.titles.items()
                if media == kind and str(title.get("external_ids", {}).get(source)) == written
            ]
            for kind in ("movie", "tv")
        }
        return _json(found | {"person_results": []})

    def _changes(self, media_type: str, query: dict[str, str], page: int, path: str) -> Fault:
        window = (query["start_date"], query["end_date"])
        if page == 1:
            self.windows.append(window)
        if self.crowded and window[0] != window[1]:
            return _json({"page": page, "results": [], "total_pages": 501})
        return self._page(self.changed[media_type], page, path)

    def _page(self, ids: list[int], page: int, path: str) -> Fault:
        media_type = next(part for part in path.split("/") if part in {"movie", "tv"})
        start = (page - 1) * _PAGE
        results = [
            {"id": one, "popularity": self.titles.get((media_type, one), {}).get("popularity", 0)}
            for one in ids[start : start + _PAGE]
        ]
        return _json({"page": page, "results": results, "total_pages": -(-len(ids) // _PAGE)})

    def _export(self, name: str) -> Fault:
        media_type = "movie" if name.startswith("movie_ids_") else "tv"
        if not name.endswith(f"_{self.export_day:%m_%d_%Y}.json.gz"):
            return Fault(403, b"<Error/>")
        if media_type in self.ready_exports:
            return Fault(200, self.ready_exports[media_type])
        lines = [
            json.dumps({"id": tmdb_id, "popularity": title["popularity"]})
            for (kind, tmdb_id), title in self.titles.items()
            if kind == media_type
        ]
        body = gzip.compress("\n".join([*lines, ""]).encode())
        if self.damaged_exports:
            self.damaged_exports -= 1
            body = body[: len(body) // 2]
        return Fault(200, body)

    def _handler(self) -> type[QuietHandler]:
        double = self

        class Handler(QuietHandler):
            def serve(self, body: bytes) -> None:
                split = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(split.query).items()}
                bearer = self.headers.get("Authorization") == f"Bearer {KEY}"
                answer = double.answer(
                    split.path.removeprefix("/3/").removeprefix("/"),
                    query,
                    authorised=bearer or query.get("api_key") == KEY,
                )
                self.send(answer.status, answer.body, answer.headers, cut=answer.cut)

            def date_time_string(self, timestamp: float | None = None) -> str:
                return super().date_time_string(timestamp) if double.date is None else double.date

        return Handler


def _names(document: dict[str, Any]) -> list[str]:
    alternatives = document.get("alternative_titles", {})
    translations = document.get("translations", {}).get("translations", [])
    return [
        document.get("title") or document["name"],
        document.get("original_title", ""),
        *document.get("also_known_as", []),
        *(one["title"] for one in alternatives.get("titles") or alternatives.get("results", [])),
        *(one["data"].get("title") or one["data"].get("name", "") for one in translations),
    ]


def _date(document: dict[str, Any]) -> str:
    return str(document.get("release_date") or document.get("first_air_date") or "")


def _json(document: object, *, status: int = 200) -> Fault:
    return Fault(status, json.dumps(document).encode(), {"Content-Type": "application/json"})
