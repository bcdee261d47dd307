"""The real app on a loopback port, over real HTTP, on a database of the test's or module's own."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn

from api.http.application import create_app
from api.http.http_protocol import BoundedHttp
from api.http.server import SERVING
from api.platform import resident
from api.platform.database import Database
from config.settings import Settings
from tests.conftest import DatabaseFactory, opened

_PATIENCE_SECONDS = 60  # on a machine that is busy with other tests

ServiceFactory = Callable[..., "Service"]


@dataclass(frozen=True)
class Service:
    """A running service: a client of it, and the database behind it."""

    http: httpx2.Client
    database: Database
    url: str

    def post_history(self, *items: Any, user_id: str = "dana", **body: Any) -> httpx2.Response:
        return self.http.post("/user/history", json={"user_id": user_id, "items": items} | body)

    def read_history(self, user_id: str = "dana", **query: Any) -> list[dict[str, Any]]:
        answer = self.http.get("/user/history", params={"user_id": user_id} | query)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    def recommend(self, user_id: str = "dana", **query: Any) -> dict[str, Any]:
        answer = self.http.get("/recommend", params={"user_id": user_id} | query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def pages(self, user_id: str = "dana", **query: Any) -> Iterator[dict[str, Any]]:
        """The pages of a list, each asked for when it is wanted."""
        page = self.recommend(user_id, **query)
        yield page
        while cursor := page.get("next_cursor"):
            page = self.recommend(user_id, **query, cursor=cursor)
            yield page

    def whole_list(self, user_id: str = "dana", **query: Any) -> list[dict[str, Any]]:
        """The items of every page."""
        pages = self.pages(user_id, **{"limit": 100} | query)
        return [item for page in pages for item in page["items"]]

    def version_of(self, user_id: str = "dana", profile: str | None = None) -> int:
        with self.database.autocommit() as cursor:
            row = cursor.execute(
                "SELECT version FROM profiles"
                " WHERE user_id = %s AND profile IS NOT DISTINCT FROM %s::text",
                (user_id, profile),
            ).fetchone()
        return int(row[0]) if row else 0


@pytest.fixture(autouse=True)
def _sees_changes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request waits for a small catalogue to be read anew, on a machine busy with other tests,
    too."""
    monkeypatch.setattr(resident, "_SHORT_SECONDS", 60.0)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


@pytest.fixture
def start(database: Database, data_dir: Path) -> Iterator[ServiceFactory]:
    """Starts a service under settings of the test: `start(API_KEYS="...")`."""
    with starting(database, data_dir) as start_one:
        yield start_one


@pytest.fixture
def service(start: ServiceFactory) -> Service:
    """A service without keys, as on an operator's own machine."""
    return start()


@pytest.fixture(scope="module")
def start_quiet(
    clone: DatabaseFactory, migrated_template: str, data_dir: Path
) -> Iterator[ServiceFactory]:
    """Like `start`, for tests that store nothing: its services serve a whole module."""
    with opened(clone(migrated_template)) as database, starting(database, data_dir) as start_one:
        yield start_one


@pytest.fixture(scope="module")
def quiet(start_quiet: ServiceFactory) -> Service:
    """A service without keys for tests that store nothing."""
    return start_quiet()


@pytest.fixture(scope="module")
def start_sample(
    clone: DatabaseFactory, sample_template: str, data_dir: Path
) -> Iterator[ServiceFactory]:
    """Starts services on the sample catalogue, shared by a module: its tests leave the catalogue
    alone and each writes only as viewers of its own."""
    with opened(clone(sample_template)) as database, starting(database, data_dir) as start_one:
        yield start_one


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    """A service without keys on the module's sample catalogue."""
    return start_sample()


@pytest.fixture
def start_own_sample(
    clone: DatabaseFactory, sample_template: str, data_dir: Path
) -> Iterator[ServiceFactory]:
    """Starts services on a sample catalogue that the test may change."""
    with opened(clone(sample_template)) as database, starting(database, data_dir) as start_one:
        yield start_one


@contextmanager
def starting(database: Database, data_dir: Path) -> Iterator[ServiceFactory]:
    """Starts as many services as the block asks for, and stops them at its end."""
    with ExitStack() as running:

        def start_one(**environment: Any) -> Service:
            return running.enter_context(serving(database, data_dir, **environment))

        yield start_one


@contextmanager
def serving(
    database: Database,
    data_dir: Path,
    *,
    http: type[BoundedHttp] | None = None,
    **environment: Any,
) -> Iterator[Service]:
    """Serves on a free port until the block ends, under other bounds where `http` has them."""
    usual = {
        "DATABASE_URL": database.libpq_url,
        "DATABASE_POOL_SIZE": 4,
        "DATA_DIR": data_dir,
        # A machine busy with other tests is no reason for a degraded answer.
        "SMALL_RERANK_TIMEOUT": 60,
        "REQUEST_PATIENCE_SECONDS": 60,
        "RATE_LIMIT_PER_MINUTE": 0,
    }
    settings = Settings.load(usual | environment)
    options = SERVING | {"http": http or BoundedHttp}
    config = uvicorn.Config(create_app(settings), lifespan="on", **options)
    server = _Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        arguments = {"sockets": [listener]}
        thread = threading.Thread(target=server.run, kwargs=arguments, daemon=True)
        thread.start()
        try:
            assert server.is_up.wait(_PATIENCE_SECONDS)
            with httpx2.Client(base_url=url, timeout=30) as client:
                yield Service(http=client, database=database, url=url)
        finally:
            server.should_exit = True
            thread.join(_PATIENCE_SECONDS)
            assert not thread.is_alive()
