"""Later pages on the event loop: those that wait for nothing, and the same as from a thread."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from api.http.services import Services
from api.http.wiring import build_services
from api.platform.database import Database
from api.platform.errors import ExpiredCursor, InvalidCursor
from api.recommend.request import RecommendRequest
from api.viewers.versions import Versions
from config.settings import Settings
from tests.conftest import DatabaseFactory, opened

_NOW = datetime(2026, 11, 1, tzinfo=UTC)
_REQUEST = RecommendRequest("dana", limit=5)
_HOUSEHOLD = """
WITH added AS (
    INSERT INTO profiles (user_id, profile, max_age)
    VALUES ('dana', NULL, NULL), ('dana', 'kid', 12) RETURNING id
)
INSERT INTO interactions (profile_id, item_id, event_type, occurred_at)
SELECT added.id, (SELECT min(items.id) FROM items), 'liked', now() FROM added
"""


class _Clock:
    now = _NOW


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def database(clone: DatabaseFactory, sample_template: str) -> Iterator[Database]:
    with opened(clone(sample_template)) as database:
        with database.autocommit() as cursor:
            cursor.execute(_HOUSEHOLD)
        yield database


@pytest.fixture
def services(database: Database, data_dir: Path, clock: _Clock) -> Iterator[Services]:
    environment = {"DATABASE_URL": database.libpq_url, "DATA_DIR": data_dir}
    services = build_services(Settings.load(environment), database, lambda: clock.now)
    try:
        yield services
    finally:
        services.encoder.close()
        services.interpreter.close()


def first_page(services: Services, request: RecommendRequest) -> tuple[str, Versions]:
    """The cursor of the page that follows, and what it depends on."""
    versions = services.recommender.versions_behind(request.user_id, request.profile)
    page = services.recommender.first_page(request, versions=versions)
    if page.after is not None:
        page.after()
    return orjson.loads(page.body)["next_cursor"], versions


def test_a_page_is_at_hand_once_its_cards_are(services: Services) -> None:
    recommender = services.recommender
    cursor, versions = first_page(services, _REQUEST)
    assert recommender.next_page_at_hand(_REQUEST, cursor, versions) is None
    made = recommender.next_page(_REQUEST, cursor, versions=versions)
    assert recommender.next_page_at_hand(_REQUEST, cursor, versions) == made


def test_a_long_page_is_left_to_a_thread(services: Services) -> None:
    request = RecommendRequest("dana", limit=50)
    cursor, versions = first_page(services, request)
    services.recommender.next_page(request, cursor, versions=versions)
    assert services.recommender.next_page_at_hand(request, cursor, versions) is None


def test_so_is_one_of_a_profile_with_an_age(services: Services) -> None:
    request = RecommendRequest("dana", profile="kid", limit=5)
    cursor, versions = first_page(services, request)
    services.recommender.next_page(request, cursor, versions=versions)
    assert services.recommender.next_page_at_hand(request, cursor, versions) is None


def test_and_one_of_which_anything_has_moved(services: Services, database: Database) -> None:
    cursor, versions = first_page(services, _REQUEST)
    services.recommender.next_page(_REQUEST, cursor, versions=versions)
    with database.autocommit() as written:
        written.execute("UPDATE profiles SET version = version + 1")
    moved = services.recommender.versions_behind("dana", None)
    assert services.recommender.next_page_at_hand(_REQUEST, cursor, moved) is None


def test_a_cursor_is_as_good_as_in_a_thread(services: Services, clock: _Clock) -> None:
    cursor, versions = first_page(services, _REQUEST)
    services.recommender.next_page(_REQUEST, cursor, versions=versions)
    for request, asked in ((_REQUEST, cursor + "x"), (RecommendRequest("eve", limit=5), cursor)):
        with pytest.raises(InvalidCursor):
            services.recommender.next_page_at_hand(request, asked, versions)
    clock.now += timedelta(days=2)
    assert services.recommender.next_page_at_hand(_REQUEST, cursor, versions) is None
    services.recommender.runs.catalogue.current(0, clock.now)
    with pytest.raises(ExpiredCursor):
        services.recommender.next_page_at_hand(_REQUEST, cursor, versions)
