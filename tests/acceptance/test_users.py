"""/users: consent, export and deletion."""

from urllib.parse import quote

import pytest

from tests.acceptance.conftest import Service
from tests.builders import add_item, add_slate, rows_of

_PERSONAL = (
    "profiles",
    "preferences",
    "interactions",
    "watchlist",
    "library",
    "imports",
    "import_rows",
    "import_choices",
    "feedback",
    "slates",
    "idempotency_keys",
)


def _rows(service: Service) -> dict[str, int]:
    return {
        table: rows_of(service.database, f"SELECT count(*) FROM {table}")[0][0]
        for table in _PERSONAL
    }


def _live(service: Service, user_id: str) -> None:
    """Leaves a trace of every kind."""
    service.http.post(
        "/user/history",
        json={"user_id": user_id, "profile": "kids", "items": ["movie:603"]},
        headers={"Idempotency-Key": f"key-of-{len(user_id)}"},
    )
    stated = {"preferences": [{"kind": "genre", "value": "music", "stance": "never"}]}
    path = f"/users/{quote(user_id, safe='')}/preferences"
    service.http.put(path, params={"profile": "kids"}, json=stated)
    wish = f"/users/{quote(user_id, safe='')}/watchlist/movie:603"
    service.http.put(wish, params={"profile": "kids"})
    owned = f"/users/{quote(user_id, safe='')}/library"
    service.http.put(owned, json={"items": ["movie:603"]})
    _bring(service, user_id)
    slate = add_slate(service.database, user_id)
    feedback = {"event_type": "like", "item_id": "movie:603", "recommendation_id": str(slate)}
    service.http.post("/feedback", json=feedback)


def _bring(service: Service, user_id: str) -> None:
    """An import with a choice, applied."""
    table = {"file": ("films.csv", b"Title,Year\nThe Matrix,1999\n")}
    created = service.http.post("/imports", data={"user_id": user_id}, files=table).json()
    choice = {"choices": [{"row": 1, "item": "movie:603"}]}
    service.http.patch(f"/imports/{created['id']}/rows", json=choice).raise_for_status()
    service.http.post(f"/imports/{created['id']}/apply").raise_for_status()


def test_deletion_leaves_no_trace_and_nobody_else_is_touched(service: Service) -> None:
    add_item(service.database, tmdb_id=603)
    _live(service, "dana")
    alone = _rows(service)
    assert all(alone.values())
    _live(service, "noa::dana")
    answer = service.http.delete("/users/noa::dana")
    assert answer.json() == {"ok": True, "profiles": 2, "recommendations": 1}
    assert _rows(service) == alone
    service.http.delete("/users/dana")
    assert not any(_rows(service).values())


def test_the_export_holds_everything(service: Service) -> None:
    item = add_item(service.database, "The Matrix", tmdb_id=603)
    _live(service, "dana")
    answer = service.http.get("/users/dana/export")
    assert answer.headers["cache-control"] == "private, no-store"
    held = answer.json()
    assert [profile["profile"] for profile in held["profiles"]] == ["kids", None]
    assert [
        (event["profile"], event["event_type"], event["item_id"]) for event in held["history"]
    ] == [("kids", "watched", item), (None, "watched", item), (None, "liked", item)]
    assert [one["import_id"] for one in held["history"]] == [None, held["imports"][0]["id"], None]
    assert [one["item_id"] for one in held["library"]] == [item]
    assert [one["says"] for one in held["import_rows"]] == ["The Matrix (1999)"]
    assert [one["item_id"] for one in held["import_choices"]] == [item]
    assert [(one["profile"], one["item_id"]) for one in held["watchlist"]] == [("kids", item)]
    (stated,) = held["preferences"]
    assert stated.pop("created_at") is not None
    assert stated == {
        "profile": "kids",
        "kind": "genre",
        "value": "Music",
        "stance": "never",
        "source": "user",
    }
    assert [(said["event_type"], said["place"]) for said in held["feedback"]] == [("like", None)]
    assert [
        found["recommendation_id"] == held["feedback"][0]["recommendation_id"]
        for found in held["recommendations"]
    ] == [True]


def test_the_export_holds_words_descriptions_keys_and_that_there_is_a_pin(service: Service) -> None:
    add_item(service.database, "The Matrix", tmdb_id=603)
    _live(service, "dana")
    words = {"query": "a lantern by the sea", "ann_description_override": "quiet keepers"}
    service.recommend("dana", **words)
    with service.database.autocommit() as cursor:
        cursor.execute("INSERT INTO household_pins (user_id, pin_hash) VALUES ('dana', 'secret')")
    held = service.http.get("/users/dana/export")
    requests = [found["request"] for found in held.json()["recommendations"] if found["request"]]
    assert [(one["text"], one["description"]) for one in requests] == [tuple(words.values())]
    assert [kept["key"] for kept in held.json()["idempotency_keys"]] == ["key-of-4"]
    assert [pin["tries"] for pin in held.json()["household_pins"]] == [0]
    assert "secret" not in held.text


def test_nothing_is_held_of_an_unknown_user(quiet: Service) -> None:
    assert quiet.http.get("/users/nobody/export").json() == {
        "user_id": "nobody",
        "profiles": [],
        "preferences": [],
        "history": [],
        "watchlist": [],
        "library": [],
        "imports": [],
        "import_rows": [],
        "import_replaced": [],
        "import_choices": [],
        "hooks": [],
        "hook_accounts": [],
        "connections": [],
        "feedback": [],
        "recommendations": [],
        "sessions": [],
        "shared_lists": [],
        "batch_lists": [],
        "shadow_lists": [],
        "idempotency_keys": [],
        "household_pins": [],
    }
    assert quiet.http.delete("/users/nobody").json()["profiles"] == 0


def test_consent_is_per_profile_and_changes_only_what_it_names(service: Service) -> None:
    def put(**body: object) -> dict[str, object]:
        answer = service.http.put("/users/dana/consent", json=body)
        assert answer.status_code == 200
        return dict(answer.json())

    assert put(collaborative=False) == {
        "user_id": "dana",
        "profile": None,
        "collaborative": False,
        "llm": False,
    }
    version = service.version_of()
    assert put(llm=True)["collaborative"] is False
    assert service.version_of() == version + 1
    assert put(profile="kids")["collaborative"] is True


@pytest.mark.parametrize("user_id", ["a/b", "a::b", "🍿", "a/export", "a%2Fb"])
def test_any_user_id_fits_in_a_path(service: Service, user_id: str) -> None:
    service.post_history(user_id=user_id)
    path = quote(user_id, safe="")
    held = service.http.get(f"/users/{path}/export").json()
    assert (held["user_id"], len(held["profiles"])) == (user_id, 1)
    assert service.http.delete(f"/users/{path}").json()["profiles"] == 1


@pytest.mark.parametrize("user_id", ["%00", "x" * 201])
def test_no_user_has_such_an_id(quiet: Service, user_id: str) -> None:
    assert quiet.http.delete(f"/users/{user_id}").status_code == 422


def test_a_long_export_is_whole(service: Service) -> None:
    """It is read and written some rows at a time."""
    rows = 2_501
    with service.database.transaction() as cursor:
        cursor.execute(
            "INSERT INTO imports (user_id, source, file_name, state)"
            " VALUES ('dana', 'trakt', 'history.json', 'applied') RETURNING id"
        )
        cursor.execute(
            "INSERT INTO import_rows (import_id, position, number, file, says, title_key, kind,"
            " status) SELECT max(imports.id), n, n, 'a', 'Film ' || n, '', 'watched', 'unmatched'"
            " FROM imports, generate_series(1, %s) AS n GROUP BY n",
            (rows,),
        )
    held = service.http.get("/users/dana/export").json()
    assert [row["says"] for row in held["import_rows"]] == [f"Film {n + 1}" for n in range(rows)]
    assert len(held["imports"]) == 1
    assert held["user_id"] == "dana"
