"""/recommend/batches: lists for many viewers that are ordered, made by a worker and downloaded."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import orjson
import pytest

from api.commands.list_maker import open_list_maker
from api.jobs.job_options import JobOptions
from api.jobs.jobs import NO_RUN_MAKES_LISTS, NOBODY_WORKS
from api.recommend.lists.housekeeping import Housekeeping
from config.settings import Settings
from etl.lists import MakeLists
from etl.running.job import RunContext, new_row, run_at
from etl.running.progress import LogLines
from etl.running.report import Report
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of
from tests.doubles.job_site import wait_for_end, working

_ADMIN = {"Authorization": "Bearer admin-key-of-the-test"}
_CLIENT = {"Authorization": "Bearer client-key-of-the-test"}


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    return start_sample()


@pytest.fixture
def settings(data_dir: Path) -> Settings:
    return Settings.load({"DATA_DIR": str(data_dir)})


def order(service: Service, *viewers: dict[str, Any], **body: Any) -> str:
    answer = service.http.post("/recommend/batches", json={"viewers": list(viewers), **body})
    assert answer.status_code == 202, answer.text
    where = answer.headers["location"]
    assert where == f"/recommend/batches/{answer.json()['id']}"
    return where


def state(service: Service, where: str) -> tuple[str, int, int]:
    answer = service.http.get(where).raise_for_status().json()
    return answer["state"], answer["made"], answer["viewers"]


def download(service: Service, where: str) -> list[dict[str, Any]]:
    answer = service.http.get(f"{where}/lists")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert "lists.ndjson" in answer.headers["content-disposition"]
    return [orjson.loads(line) for line in answer.content.splitlines()]


def make(service: Service, settings: Settings) -> Report:
    """Runs the job to its end, beside the queue."""
    context, options = RunContext(service.database, LogLines()), JobOptions()
    work = MakeLists(settings, open_list_maker)
    ended = run_at(context, "lists", work, options, new_row("lists", options))
    assert ended is not None
    assert ended.state == "success", ended
    return ended.report


def waiting_run(service: Service) -> int:
    (run,) = rows_of(
        service.database, "SELECT id FROM job_runs WHERE job = 'lists' AND state = 'pending'"
    )
    return int(run[0])


def test_a_worker_makes_what_was_ordered_as_recommend_answers_it(
    sample: Service, settings: Settings
) -> None:
    sample.post_history("movie:949", user_id="ann", event_type="liked")
    # With variety a place is drawn, for each list anew.
    asked: dict[str, Any] = {"limit": 5, "media_type": "movie", "diversify": False}
    where = order(sample, {"user_id": "ann"}, {"user_id": "bob"}, **asked)
    assert state(sample, where) == ("waiting", 0, 2)
    assert sample.http.get(where).json()["waits_for"] == NOBODY_WORKS
    early = sample.http.get(f"{where}/lists")
    assert (early.status_code, early.json()["code"]) == (409, "not_made_yet")
    run_id = waiting_run(sample)
    with working(sample.database, {"lists": MakeLists(settings, open_list_maker)}):
        run = wait_for_end(sample.database, run_id)
    assert (run.state, run.percent) == ("success", 100)
    assert run.report is not None
    assert (run.report["read"], run.report["written"]) == (2, 2)
    assert state(sample, where) == ("done", 2, 2)
    assert sample.http.get(where).json()["waits_for"] is None
    ann, bob = download(sample, where)
    alone = sample.recommend("ann", **asked)
    assert [item["id"] for item in ann["items"]] == [item["id"] for item in alone["items"]]
    assert (bob["user_id"], len(bob["items"])) == ("bob", 5)


def test_several_orders_may_wait_for_one_run(sample: Service, settings: Settings) -> None:
    first, second = (order(sample, {"user_id": one}, limit=3) for one in ("ann", "bob"))
    assert waiting_run(sample)
    assert make(sample, settings).written == 2
    assert [len(download(sample, where)) for where in (first, second)] == [1, 1]


def test_a_run_that_was_killed_goes_on_where_it_was(sample: Service, settings: Settings) -> None:
    where = order(sample, *({"user_id": f"reader {one}"} for one in range(5)), limit=3)
    with open_list_maker(settings, sample.database) as orders:
        made = orders.make()
        assert [next(made), next(made)] == [True, True]  # a process that dies between two lists
    assert state(sample, where) == ("working", 2, 5)
    before = rows_of(sample.database, "SELECT line FROM batch_lists WHERE place < 2")
    assert make(sample, settings).written == 3
    assert state(sample, where) == ("done", 5, 5)
    assert rows_of(sample.database, "SELECT line FROM batch_lists WHERE place < 2") == before
    assert [line["user_id"] for line in download(sample, where)] == [
        f"reader {one}" for one in range(5)
    ]


def test_what_is_called_off_ends_and_the_next_order_is_made(
    sample: Service, settings: Settings
) -> None:
    off = order(sample, *({"user_id": f"reader {one}"} for one in range(5)), limit=3)
    on = order(sample, {"user_id": "ann"}, limit=3)
    with open_list_maker(settings, sample.database) as orders:
        made = orders.make()
        assert next(made)
        assert sample.http.delete(off).status_code == 204
        assert list(made) == [True]
    assert sample.http.get(off).status_code == 404
    assert sample.http.get(f"{off}/lists").status_code == 404
    assert state(sample, on) == ("done", 1, 1)


def test_a_cancelled_run_leaves_the_order_for_the_next(sample: Service, settings: Settings) -> None:
    where = order(sample, {"user_id": "ann"}, limit=3)
    sample.http.post(f"/admin/jobs/{waiting_run(sample)}/cancel").raise_for_status()
    assert sample.http.get(where).json()["waits_for"] == NO_RUN_MAKES_LISTS
    assert make(sample, settings).written == 1
    assert state(sample, where) == ("done", 1, 1)


def test_what_has_expired_is_neither_made_nor_found(sample: Service, settings: Settings) -> None:
    make(sample, settings)
    with sample.database.autocommit() as cursor:
        cursor.execute("DELETE FROM batches")
    made, unmade = (order(sample, {"user_id": one}, limit=3) for one in ("ann", "bob"))
    with sample.database.autocommit() as cursor:
        cursor.execute("UPDATE batch_lists SET line = '{}' WHERE user_id = 'ann'")
        cursor.execute("UPDATE batches SET expires_at = %s", (datetime.now(UTC),))
    assert make(sample, settings).written == 0
    for where in (made, f"{made}/lists", unmade):
        assert sample.http.get(where).status_code == 404
    keeps = timedelta(days=90)
    chores = Housekeeping(sample.database, keep_slates=keeps, clock=lambda: datetime.now(UTC))
    assert chores.tidy() == 2
    assert rows_of(sample.database, "SELECT 1 FROM batch_lists") == []


def test_an_order_is_kept_as_long_as_is_set(start: ServiceFactory) -> None:
    sample = start(BATCH_KEEP_HOURS="5")
    answer = sample.http.get(order(sample, {"user_id": "ann"})).json()
    kept = datetime.fromisoformat(answer["expires_at"]) - datetime.fromisoformat(
        answer["created_at"]
    )
    assert kept == timedelta(hours=5)


def test_what_limits_forbid_by_now_is_not_downloaded(sample: Service, settings: Settings) -> None:
    kids = {"user_id": "cleo", "profile": "kids"}
    path = "/users/cleo/profiles/kids"
    sample.http.put(path, json={"kind": "child", "max_age": 12}).raise_for_status()
    page = sample.http.get("/recommend", params=kids | {"limit": 8}).json()
    liked = {"items": [item["id"] for item in page["items"]], "event_type": "liked"}
    sample.http.post("/user/history", json=kids | liked).raise_for_status()
    where = order(sample, kids, {"user_id": "cleo", "profile": "nobody"}, limit=50)
    make(sample, settings)
    before, gone = download(sample, where)
    assert "profile" in gone["problem"]
    sample.http.put(path, json={"kind": "child", "max_age": 6}).raise_for_status()
    now, _ = download(sample, where)

    def is_shown(item_id: int) -> bool:
        return sample.http.get(f"/items/{item_id}", params=kids).status_code == 200

    kept = {item["id"] for item in now["items"]}
    assert 0 < len(kept) < len(before["items"])
    assert all(is_shown(one) for one in kept | _named(now))
    assert any(not is_shown(one) for one in _named(before))


def _named(line: dict[str, Any]) -> set[int]:
    """The titles that reasons of a line name."""
    reasons = [reason["evidence"] for item in line["items"] for reason in item["reasons"]]
    return {one["item_id"] for one in reasons if "item_id" in one}


def test_a_deleted_viewer_leaves_no_line(sample: Service, settings: Settings) -> None:
    where = order(sample, {"user_id": "gwen"}, {"user_id": "hugo"}, limit=3)
    sample.http.post("/user/history", json={"user_id": "hugo", "profile": "late", "items": []})
    late = order(sample, {"user_id": "hugo", "profile": "late"}, {"user_id": "ines"}, limit=3)
    make(sample, settings)
    held = sample.http.get("/users/gwen/export").json()["batch_lists"]
    assert [one["batch_id"] for one in held] == [where.rsplit("/", 1)[1]]
    sample.http.delete("/users/gwen").raise_for_status()
    assert [line["user_id"] for line in download(sample, where)] == ["hugo"]
    sample.http.delete("/users/hugo/profiles/late").raise_for_status()
    assert [line["user_id"] for line in download(sample, late)] == ["ines"]


def test_the_keepers_of_viewers_alone_order_and_download(start: ServiceFactory) -> None:
    service = start(API_KEYS="client-key-of-the-test,admin:admin-key-of-the-test")
    body = {"viewers": [{"user_id": "ann"}]}
    ordered = service.http.post("/recommend/batches", json=body, headers=_CLIENT)
    assert ordered.status_code == 202
    where = ordered.headers["location"]
    for headers in (_CLIENT, _ADMIN):
        assert service.http.get(where, headers=headers).status_code == 200
    for path in (where, f"{where}/lists"):
        assert service.http.get(path).status_code == 401


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"viewers": []}, "viewers"),
        ({"viewers": [{"user_id": "ann"}] * 2}, "two lists"),
        ({"viewers": [{"user_id": f"n{one}"} for one in range(1001)]}, "1000"),
        ({"viewers": [{"user_id": "ann"}], "genres": "nonsense"}, "nonsense"),
    ],
)
def test_a_bad_order_stores_nothing(sample: Service, body: dict[str, Any], said: str) -> None:
    before = rows_of(sample.database, "SELECT count(*) FROM batches")
    answer = sample.http.post("/recommend/batches", json=body)
    assert answer.status_code == 422
    assert said in answer.text
    assert rows_of(sample.database, "SELECT count(*) FROM batches") == before


def test_an_unknown_batch_is_not_found(sample: Service) -> None:
    where = f"/recommend/batches/{uuid4()}"
    answers: list[httpx2.Response] = [
        sample.http.get(where),
        sample.http.get(f"{where}/lists"),
        sample.http.delete(where),
    ]
    assert [one.status_code for one in answers] == [404] * 3
