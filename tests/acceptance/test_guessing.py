"""Guessing is slowed: whoever fails is charged before anything is done for them."""

import jwt
import pytest
from limits.storage import MemoryStorage

from api.access.key_store import ApiKeyStore
from api.access.rate_limit import RateLimiter
from api.platform.errors import ConfigurationError
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of

_KEY = "client-key-of-the-test"
_TOKENS = {
    "JWT_SECRET": "a secret of thirty-two characters!",
    "JWT_ISSUER": "https://id.example",
    "JWT_AUDIENCE": "seen",
}


def _statuses(service: Service, times: int, headers: dict[str, str], path: str) -> list[int]:
    return [service.http.get(path, headers=headers).status_code for _ in range(times)]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-API-Key": "a-key-that-is-guessed"},
        {"Authorization": f"Bearer {jwt.encode({'sub': 'dana'}, 'x' * 32)}"},
        {"Authorization": "Bearer a.b.c"},
        {"Authorization": "Basic dGVzdDp0ZXN0"},
    ],
    ids=["none", "key", "token", "junk", "basic"],
)
@pytest.mark.parametrize("path", ["/user/history?user_id=dana", "/no/such/path"])
def test_every_failed_check_is_charged(
    start_quiet: ServiceFactory, headers: dict[str, str], path: str
) -> None:
    service = start_quiet(**_TOKENS, RATE_LIMIT_PER_MINUTE=2)
    assert _statuses(service, 4, headers, path) == [401, 401, 429, 429]


def test_a_body_is_not_read_before_the_credential(start_quiet: ServiceFactory) -> None:
    service = start_quiet(API_KEYS=_KEY, RATE_LIMIT_PER_MINUTE=2)
    bodies = [service.http.post("/feedback", content=b"{") for _ in range(3)]
    assert [answer.status_code for answer in bodies] == [401, 401, 429]
    key = {"X-API-Key": _KEY, "Content-Type": "application/json"}
    bodies = [service.http.post("/feedback", content=b"{", headers=key) for _ in range(3)]
    assert [answer.status_code for answer in bodies] == [400, 400, 429]


def test_a_guesser_does_not_lock_out_whoever_was_let_in_before(start: ServiceFactory) -> None:
    service = start(RATE_LIMIT_PER_MINUTE=5)
    ApiKeyStore(service.database).add(_KEY, prefix="client-k", label="tv", scope="client")
    path, good = "/user/history?user_id=dana", {"X-API-Key": _KEY}
    assert _statuses(service, 1, good, path) == [200]
    assert _statuses(service, 5, {"X-API-Key": "a-guess"}, path)[-1] == 429
    assert _statuses(service, 1, good, path) == [200]


def test_forwarded_addresses_count_only_from_configured_proxies(
    start_quiet: ServiceFactory,
) -> None:
    path = "/user/history?user_id=dana"

    def each_from_another_address(service: Service) -> list[int]:
        return [
            _statuses(service, 1, {"X-Forwarded-For": f"203.0.113.{one}"}, path)[0]
            for one in range(4)
        ]

    keyed = {"API_KEYS": _KEY, "RATE_LIMIT_PER_MINUTE": 2}
    assert each_from_another_address(start_quiet(**keyed)) == [401, 401, 429, 429]
    trusting = start_quiet(**keyed, TRUSTED_PROXIES="127.0.0.0/8")
    assert each_from_another_address(trusting) == [401] * 4
    forged = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}
    assert _statuses(trusting, 3, forged, path) == [401, 401, 429]


def test_an_open_service_behind_its_proxy_is_answered(start_quiet: ServiceFactory) -> None:
    service = start_quiet(ALLOW_ANONYMOUS="1", TRUSTED_PROXIES="127.0.0.1")
    forwarded = {"X-Forwarded-For": "203.0.113.9"}
    assert _statuses(service, 1, forwarded, "/user/history?user_id=dana") == [200]
    alone = start_quiet(TRUSTED_PROXIES="127.0.0.1")
    assert _statuses(alone, 1, forwarded, "/user/history?user_id=dana") == [401]


class _Everywhere(MemoryStorage):
    """A storage that two services share, as they would a server of counts."""

    STORAGE_SCHEME = ["everywhere"]  # noqa: RUF012 - as the library declares it
    shared: "_Everywhere | None" = None

    def __new__(cls, *_: object, **__: object) -> "_Everywhere":
        if cls.shared is None:
            cls.shared = super().__new__(cls)
        return cls.shared

    def __init__(self, *_: object, **__: object) -> None:
        if not hasattr(self, "storage"):
            super().__init__()


def test_processes_that_share_their_counts_share_one_limit(start_quiet: ServiceFactory) -> None:
    shared = {"RATE_LIMIT_PER_MINUTE": 3, "RATE_LIMIT_STORAGE": "everywhere://"}
    services = [start_quiet(API_KEYS=_KEY, **shared) for _ in range(2)]
    path, key = "/user/history?user_id=dana", {"X-API-Key": _KEY}
    statuses = [_statuses(services[one % 2], 1, key, path)[0] for one in range(4)]
    assert statuses == [200, 200, 200, 429]


@pytest.mark.parametrize("uri", ["nowhere://u:hunter2@host", "hunter2"])
def test_a_storage_that_cannot_be_used_stops_the_start(uri: str) -> None:
    with pytest.raises(ConfigurationError, match="RATE_LIMIT_STORAGE") as refused:
        RateLimiter(per_minute=1, storage=uri)
    assert "hunter2" not in str(refused.value)


def test_a_get_stores_what_it_served_and_nothing_else(sample: Service) -> None:
    before = _counts(sample)
    paths = [
        "/recommend?user_id=looker&query=heist",
        "/user/history?user_id=looker",
        "/users/looker/preferences",
        "/users/looker/export",
        "/users/looker/track-record",
        "/search?q=the",
        "/search/interpret?q=heist",
        "/items/movie:949",
        "/admin/index",
        "/admin/jobs",
        "/admin/schedules",
    ]
    for path in paths:
        assert sample.http.get(path).status_code in (200, 404, 422), path
    grown = {table for table, count in _counts(sample).items() if count != before[table]}
    assert grown <= {"slates", "shadow_lists", "kept_configurations"}


def _counts(service: Service) -> dict[str, int]:
    tables = rows_of(
        service.database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    return {
        table: rows_of(service.database, f'SELECT count(*) FROM "{table}"')[0][0]
        for (table,) in tables
    }
