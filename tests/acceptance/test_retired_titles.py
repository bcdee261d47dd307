"""Titles that are gone at their source are kept for histories and served nowhere."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from api.platform.database import Database
from api.platform.resident import Resident
from tests.acceptance.conftest import Service, ServiceFactory, starting
from tests.builders import add_related, announce_catalogue, rows_of
from tests.conftest import DatabaseFactory, opened


def retire(database: Database, ids: list[int]) -> None:
    with database.transaction() as cursor:
        cursor.execute("UPDATE items SET retired_at = now() WHERE id = ANY(%s)", (ids,))
    announce_catalogue(database)


@pytest.fixture(scope="module")
def half_gone(clone: DatabaseFactory, sample_template: str, data_dir: Path) -> Iterator[Service]:
    """The sample catalogue, where every second title is retired while the service runs; all
    titles are listed beside movie:949, which dana likes."""
    with ExitStack() as stack:
        database = stack.enter_context(opened(clone(sample_template)))
        service = stack.enter_context(starting(database, data_dir))()
        service.post_history("movie:949", "movie:238", event_type="liked")
        ids = rows_of(database, "SELECT id, tmdb_id FROM items WHERE media_type = 'movie'")
        (seed,) = (item for item, tmdb_id in ids if tmdb_id == 949)
        add_related(database, seed, recommended=[tmdb_id for _, tmdb_id in ids])
        service.whole_list()
        retire(
            database, [item for (item,) in rows_of(database, "SELECT id FROM items") if item % 2]
        )
        yield service


def _retired(database: Database) -> set[int]:
    return {
        item for (item,) in rows_of(database, "SELECT id FROM items WHERE retired_at IS NOT NULL")
    }


@pytest.mark.parametrize(
    "query",
    [
        {"user_id": "dana"},
        {"user_id": "stranger"},
        {"user_id": "dana", "query": "heist in the city"},
        {"user_id": "stranger", "query": "heat"},
        {"user_id": "dana", "media_type": "tv"},
        {"user_id": "dana", "genre_override": "Crime"},
    ],
)
def test_no_source_proposes_a_retired_title(half_gone: Service, query: dict[str, Any]) -> None:
    items = half_gone.whole_list(**query)
    assert items
    assert not {item["id"] for item in items} & _retired(half_gone.database)


def test_every_source_was_asked(half_gone: Service) -> None:
    lists = (half_gone.whole_list(), half_gone.whole_list(query="heat"))
    sources = {source for items in lists for item in items for source in item["sources"]}
    assert {"profile_ann", "query_ann", "collaborative", "people", "related", "popular"} <= sources


def test_search_and_listed_titles_leave_it_out(half_gone: Service) -> None:
    gone = _retired(half_gone.database)
    for letter in "abehst":
        found = half_gone.http.get("/search", params={"q": letter, "limit": 50}).json()["items"]
        assert found
        assert not {item["id"] for item in found} & gone
    listed = half_gone.http.get("/items/movie:949").json()["recommended"]
    assert listed
    assert not {item["id"] for item in listed} & gone


def test_its_record_stays_and_says_so(half_gone: Service) -> None:
    gone = min(_retired(half_gone.database))
    assert half_gone.http.get(f"/items/{gone}").json()["retired"] is True


def test_a_list_begun_before_goes_on_without_it(start_own_sample: ServiceFactory) -> None:
    service = start_own_sample()
    first = service.recommend(limit=10)
    query = {"limit": 10, "cursor": first["next_cursor"]}
    second = [item["id"] for item in service.recommend(**query)["items"]]
    retire(service.database, second[3:5])
    again = [item["id"] for item in service.recommend(**query)["items"]]
    assert again[:8] == second[:3] + second[5:]
    assert len(again) == 10  # filled from behind


def test_it_is_not_shown_while_the_facts_of_before_are_in_use(
    start_own_sample: ServiceFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a large catalogue, whose changes are published minutes later."""
    service = start_own_sample()
    before = [item["id"] for item in service.whole_list()]
    monkeypatch.setattr(Resident, "_waits_for_next", lambda *_: False)
    monkeypatch.setattr(Resident, "_read_beside", lambda *_: None)
    retire(service.database, before[:5])
    after = [item["id"] for item in service.whole_list()]
    assert after[:10] == before[5:15]
