"""A title that the catalogue has in two entries stands in a list once."""

from collections.abc import Iterator

import httpx2
from sqlalchemy import text

from api.platform import tables
from api.platform.database import Database
from tests.acceptance.conftest import ServiceFactory
from tests.builders import add_item, announce_catalogue, rows_of


def test_of_two_entries_of_one_title_a_list_has_one(start_quiet: ServiceFactory) -> None:
    database = start_quiet().database
    better, lesser = (
        add_item(database, "Twin", tmdb_id=number, imdb_id="tt0000077", vote_count=votes)
        for number, votes in ((71, 900), (72, 5))
    )
    service = start_quiet()
    listed = {item["id"] for item in service.recommend("dana", limit=50)["items"]}
    assert better in listed
    assert lesser not in listed
    asked = {"user_id": "dana", "item": lesser}
    why = service.http.post("/recommend/preview", json=asked).json()["reasons"][0]
    assert (why["code"], why["evidence"]["items"]) == ("same_title", [better])


def _every_title_twice(database: Database) -> dict[int, str]:
    """Gives every title of the catalogue a second entry; what film or show each entry is."""
    own = {"id", "tmdb_id", "imdb_id"}
    named = ", ".join(one for one in tables.items.columns.keys() if one not in own)  # noqa: SIM118
    with database.engine.begin() as connection:
        connection.execute(
            text("UPDATE items SET imdb_id = 'tt' || 5000000 + id WHERE imdb_id IS NULL")
        )
        connection.execute(
            text(
                f"INSERT INTO items (tmdb_id, imdb_id, {named}) "
                f"SELECT tmdb_id + 10000000, imdb_id, {named} FROM items"
            )
        )
        for name in ("item_embeddings", "availability", "credits", "item_keywords"):
            columns = tables.metadata.tables[name].columns.keys()
            others = [column for column in columns if column not in {"item_id", "id"}]
            connection.execute(
                text(
                    f"INSERT INTO {name} (item_id, {', '.join(others)}) "
                    f"SELECT twin.id, {', '.join(f'{name}.{one}' for one in others)} FROM {name} "
                    "JOIN items AS own ON own.id = item_id JOIN items AS twin "
                    "ON twin.media_type = own.media_type "
                    "AND twin.tmdb_id = own.tmdb_id + 10000000"
                )
            )
    announce_catalogue(database)
    with database.autocommit() as cursor:
        return dict(cursor.execute("SELECT id, imdb_id FROM items").fetchall())


def _lists(http: httpx2.Client) -> Iterator[tuple[str, list[int]]]:
    """Every kind of list; what stands beside what, all rows of a page to browse as one."""
    of_dana = {"user_id": "dana", "country": "US", "limit": "100"}
    members = [{"user_id": "dana"}, {"user_id": "lee"}]
    yield "similar", _ids(http.get("/items/movie:949/similar", params=of_dana))
    like = {"user_id": "dana", "like": ["movie:949", "movie:603"], "limit": 100}
    yield "blend", _ids(http.post("/blend", json=like))
    yield "group", _ids(http.post("/recommend/group", json={"members": members, "limit": 100}))
    yield "tonight", _ids(http.get("/tonight", params={"user_id": "dana", "country": "US"}))
    path = http.get("/path", params={"from": "movie:949", "to": "movie:603", "user_id": "dana"})
    yield "path", _ids(path)
    rows = http.get("/shelves", params={"user_id": "dana"}).raise_for_status().json()["rows"]
    yield "shelves", [item["id"] for row in rows for item in row["items"]]
    batch = http.post("/recommend/batch", json={"viewers": [{"user_id": "dana"}], "limit": 100})
    yield "batch", _ids(batch)  # a single line
    for words in ("crime thrillers", "like heat", ""):
        asked = {"user_id": "dana", "limit": "25"} | ({"query": words} if words else {})
        page = http.get("/recommend", params=asked).raise_for_status().json()
        shown = [item["id"] for item in page["items"]]
        while "next_cursor" in page and len(shown) < 200:
            onward = asked | {"cursor": page["next_cursor"]}
            page = http.get("/recommend", params=onward).raise_for_status().json()
            shown += [item["id"] for item in page["items"]]
        yield f"recommend {words!r}", shown


def _ids(answer: httpx2.Response) -> list[int]:
    answer.raise_for_status()
    page = answer.json()
    return [item["id"] for item in page["items"]]


def test_no_list_of_any_kind_has_two_entries_of_one_title(
    start_own_sample: ServiceFactory,
) -> None:
    database = start_own_sample().database
    known_as = _every_title_twice(database)
    service = start_own_sample()
    liked = [{"item": one, "event_type": "liked"} for one in ("movie:949", "movie:240")]
    service.http.post("/user/history", json={"user_id": "dana", "items": liked}).raise_for_status()
    rows = rows_of(
        database,
        "SELECT item_id FROM interactions JOIN profiles ON profiles.id = profile_id "
        "WHERE user_id = 'dana'",
    )
    seen = {known_as[one] for (one,) in rows}
    assert len(seen) == 2
    for name, shown in _lists(service.http):
        titles = [known_as[one] for one in shown]
        assert titles, name
        assert len(set(titles)) == len(titles), name
        if name != "path":
            assert not seen & set(titles), name
