"""/admin/jobs: asking for jobs, watching them, calling them off; for administrators alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from api.jobs import job_runs
from api.jobs.job_options import JobName, JobOptions, JobState
from api.jobs.job_queue import SCHEMA
from api.jobs.jobs import NOBODY_WORKS
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, rows_of
from tests.doubles.job_site import Gate, entries, read, wait_for_end, working

_ADMIN = {"Authorization": "Bearer admin-key-of-the-test"}
_CLIENT = {"Authorization": "Bearer client-key-of-the-test"}


def _request(service: Service, job: str, **options: Any) -> httpx2.Response:
    return service.http.post("/admin/jobs", json={"job": job, "options": options})


def _add_ended(service: Service, job: JobName, state: JobState) -> int:
    with service.database.transaction() as cursor:
        run_id = job_runs.add(cursor, job, JobOptions(), requested_by="command")
        job_runs.end(cursor, run_id, state, report={"read": 1}, log=["a line"])
    return run_id


def test_a_requested_job_waits_for_a_worker_which_does_it(service: Service) -> None:
    answer = _request(service, "tmdb", limit=5, since="2026-01-31", full=True)
    assert answer.status_code == 202
    run = answer.json()
    assert answer.headers["location"] == f"/admin/jobs/{run['id']}"
    assert (run["job"], run["state"], run["requested_by"]) == ("tmdb", "pending", "admin")
    assert run["options"] == {"limit": 5, "since": "2026-01-31", "full": True}
    assert entries(service.database) == [("todo", "tmdb")]
    gate = Gate()
    gate.may_end.set()
    with working(service.database, {"tmdb": gate}):
        wait_for_end(service.database, run["id"])
    run = service.http.get(answer.headers["location"]).json()
    assert (run["state"], run["percent"], run["report"]["written"]) == ("success", 100, 1)
    assert (run["children"], run["parent_id"]) == ([], None)
    assert run["started_at"] <= run["finished_at"]


def test_a_run_that_waits_says_when_nobody_works(service: Service) -> None:
    answer = _request(service, "tmdb")
    nobody = "No worker is at work; start one with `make worker`."
    assert answer.json()["waits_for"] == nobody
    assert service.http.get(answer.headers["location"]).json()["waits_for"] == nobody
    gate = Gate()
    with working(service.database, {"tmdb": gate}):
        assert gate.begun.wait(timeout=30)
        assert _request(service, "embed").json()["waits_for"] is None
        assert service.http.get(answer.headers["location"]).json()["waits_for"] is None
        gate.may_end.set()


def test_countries_and_items_are_kept_in_one_spelling(service: Service) -> None:
    answer = _request(service, "justwatch", countries=["il", "US"])
    assert answer.json()["options"] == {"countries": ["IL", "US"]}


def test_a_job_that_waits_is_not_queued_twice(service: Service) -> None:
    waiting = _request(service, "tmdb").json()["id"]
    answer = _request(service, "tmdb", limit=3)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "job_waiting")
    assert problem["run"] == waiting
    assert problem["detail"] == f"Run {waiting} of tmdb is waiting already."
    assert len(entries(service.database)) == 1


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"job": "tidy"}, "job: must be '"),
        ({}, "job: is needed."),
        ({"job": "tmdb", "option": {}}, "option: unknown field; did you mean options?"),
        ({"job": "tmdb", "options": {"speed": 1}}, "options.speed: unknown field."),
        ({"job": "tmdb", "options": {"limit": 0}}, "options.limit: "),
        ({"job": "tmdb", "options": {"limit": 2**31}}, "options.limit: "),
        ({"job": "tmdb", "options": {"since": "yesterday"}}, "options.since: "),
        (
            {"job": "tmdb", "options": {"since": "2999-01-01"}},
            "options.since: 2999-01-01 is in the future",
        ),
        ({"job": "justwatch", "options": {"countries": ["ISR"]}}, "options.countries[0]: "),
        ({"job": "embed", "options": {"items": [0]}}, "options.items[0]: "),
        (
            {"job": "neighbours", "options": {"limit": 5}},
            "options.limit: the job neighbours does not take it.",
        ),
        (
            {"job": "tmdb", "options": {"items": [1]}},
            "options.items: the job tmdb does not take it.",
        ),
    ],
)
def test_what_cannot_be_asked_for_is_one_sentence(
    quiet: Service, body: dict[str, Any], detail: str
) -> None:
    answer = quiet.http.post("/admin/jobs", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"].startswith(detail)
    assert entries(quiet.database) == []


def test_runs_are_paged_newest_first(service: Service) -> None:
    ids = [_add_ended(service, "tmdb", "success") for _ in range(5)]
    seen: list[int] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = service.http.get("/admin/jobs", params=query).json()
        seen += [run["id"] for run in page["items"]]
        if "next_cursor" not in page:
            break
        query["cursor"] = page["next_cursor"]
    assert seen == ids[::-1]


def test_runs_are_told_apart_by_job_and_state(service: Service) -> None:
    good, bad = _add_ended(service, "tmdb", "success"), _add_ended(service, "tmdb", "failure")
    _add_ended(service, "embed", "failure")

    def found(**query: Any) -> list[int]:
        page = service.http.get("/admin/jobs", params=query).json()
        return [run["id"] for run in page["items"]]

    assert found(job="tmdb") == [bad, good]
    assert found(job="tmdb", state="failure") == [bad]
    assert found(state="pending") == []


def test_a_cursor_is_bound_to_its_filter(service: Service) -> None:
    for _ in range(2):
        _add_ended(service, "tmdb", "success")
    page = service.http.get("/admin/jobs", params={"limit": 1, "job": "tmdb"}).json()
    for query, detail in (
        ({"cursor": page["next_cursor"]}, "What differs: job."),
        ({"job": "tmdb", "cursor": "forged"}, "with the same parameters."),
    ):
        answer = service.http.get("/admin/jobs", params=query)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
        assert answer.json()["detail"].endswith(detail)


@pytest.mark.parametrize("query", [{"job": "tidy"}, {"state": "done"}, {"limit": 0}, {"page": 1}])
def test_a_wrong_parameter_is_named(quiet: Service, query: dict[str, Any]) -> None:
    answer = quiet.http.get("/admin/jobs", params=query)
    assert answer.status_code == 422
    assert next(iter(query)) in answer.json()["detail"]


def test_a_run_is_shown_with_its_log_and_its_steps(service: Service) -> None:
    with service.database.transaction() as cursor:
        parent = job_runs.add(cursor, "refresh", JobOptions(), requested_by="schedule")
        steps = [
            job_runs.add(cursor, job, JobOptions(), requested_by="job", parent=parent)
            for job in ("tmdb", "embed")
        ]
        job_runs.end(cursor, steps[0], "success", report={"read": 1}, log=["a line"])
    run = service.http.get(f"/admin/jobs/{parent}").json()
    assert [(step["id"], step["state"]) for step in run["children"]] == [
        (steps[0], "success"),
        (steps[1], "pending"),
    ]
    assert service.http.get(f"/admin/jobs/{steps[0]}").json()["log"] == ["a line"]


def test_cancelling_what_waits_revokes_it_at_once_and_again_is_no_error(service: Service) -> None:
    run_id = _request(service, "tmdb").json()["id"]
    for _ in range(2):
        answer = service.http.post(f"/admin/jobs/{run_id}/cancel")
        assert (answer.status_code, answer.json()["state"]) == (200, "revoked")
    assert entries(service.database) == []
    assert _request(service, "tmdb").status_code == 202


def test_cancelling_what_runs_stops_it_at_its_next_batch(service: Service) -> None:
    gate = Gate()
    run_id = _request(service, "tmdb").json()["id"]
    with working(service.database, {"tmdb": gate}):
        assert gate.begun.wait(60)
        answer = service.http.post(f"/admin/jobs/{run_id}/cancel")
        ended = wait_for_end(service.database, run_id)
    assert answer.status_code == 200
    assert answer.json()["cancel_requested_at"] is not None
    assert ended.state == "revoked"


@pytest.mark.parametrize("state", ["success", "failure"])
def test_what_has_ended_cannot_be_cancelled(service: Service, state: JobState) -> None:
    run_id = _add_ended(service, "tmdb", state)
    answer = service.http.post(f"/admin/jobs/{run_id}/cancel")
    assert (answer.status_code, answer.json()["code"]) == (409, "job_ended")
    assert answer.json()["detail"] == f"Run {run_id} has ended in {state}."
    assert read(service.database, run_id).state == state


@pytest.mark.parametrize("run", ["1", "2147483647"])
def test_an_unknown_run_is_not_found(quiet: Service, run: str) -> None:
    for answer in (
        quiet.http.get(f"/admin/jobs/{run}"),
        quiet.http.post(f"/admin/jobs/{run}/cancel"),
    ):
        assert (answer.status_code, answer.json()["detail"]) == (404, f"There is no run {run}.")


@pytest.mark.parametrize("run", ["0", "x", "2147483648"])
def test_what_is_no_run_id_is_refused(quiet: Service, run: str) -> None:
    assert quiet.http.get(f"/admin/jobs/{run}").status_code == 422


def test_one_item_is_queued_to_be_embedded(service: Service) -> None:
    item = add_item(service.database)
    answer = service.http.post("/admin/items/movie:603/embed")
    assert answer.status_code == 202
    assert (answer.json()["job"], answer.json()["options"]) == ("embed", {"items": [item]})
    again = service.http.post(f"/admin/items/{item}/embed")
    assert (again.status_code, again.json()["run"]) == (409, answer.json()["id"])


def test_a_retired_item_is_not_embedded(service: Service) -> None:
    """The job passes it over: a run for it did nothing, and ended well."""
    add_item(service.database, retired_at="2026-01-01T00:00:00Z")
    answer = service.http.post("/admin/items/movie:603/embed")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "movie:603 has left the catalogue."


@pytest.mark.parametrize("item", ["movie:1", "99", "nonsense"])
def test_an_unknown_item_is_not_embedded(quiet: Service, item: str) -> None:
    answer = quiet.http.post(f"/admin/items/{item}/embed")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_schedule_is_shown_with_its_next_time_and_last_run(start: ServiceFactory) -> None:
    service = start(REFRESH_SCHEDULE="15 3 * * *")
    schedule, sync = service.http.get("/admin/schedules").json()["items"]
    assert (sync["job"], sync["cron"]) == ("sync", "40 * * * *")
    assert (schedule["job"], schedule["cron"], schedule["last_run"]) == (
        "refresh",
        "15 3 * * *",
        None,
    )
    coming = datetime.fromisoformat(schedule["next_at"])
    assert (coming.hour, coming.minute, coming.utcoffset()) == (3, 15, timedelta(0))
    assert timedelta(0) < coming - datetime.now(UTC) <= timedelta(days=1)
    run_id = _add_ended(service, "refresh", "success")
    schedule, _ = service.http.get("/admin/schedules").json()["items"]
    assert schedule["last_run"]["id"] == run_id


def test_schedules_say_when_nobody_works(service: Service) -> None:
    assert service.http.get("/admin/schedules").json()["waits_for"] == NOBODY_WORKS
    with service.database.autocommit() as cursor:
        cursor.execute(f"INSERT INTO {SCHEMA}.procrastinate_workers DEFAULT VALUES")
    assert service.http.get("/admin/schedules").json()["waits_for"] is None
    with service.database.autocommit() as cursor:
        cursor.execute(
            f"UPDATE {SCHEMA}.procrastinate_workers SET last_heartbeat = now() - interval '2 hours'"
        )
    assert service.http.get("/admin/schedules").json()["waits_for"] == NOBODY_WORKS


def test_a_schedule_that_is_off_is_not_shown(start: ServiceFactory) -> None:
    service = start(REFRESH_SCHEDULE="off", SYNC_SCHEDULE="off")
    assert service.http.get("/admin/schedules").json()["items"] == []


def test_only_an_administrator_sees_and_asks_for_jobs(start_quiet: ServiceFactory) -> None:
    service = start_quiet(API_KEYS="client-key-of-the-test,admin:admin-key-of-the-test")
    requests = [
        ("GET", "/admin/jobs"),
        ("POST", "/admin/jobs"),
        ("GET", "/admin/jobs/1"),
        ("POST", "/admin/jobs/1/cancel"),
        ("GET", "/admin/schedules"),
        ("POST", "/admin/items/1/embed"),
    ]
    for method, path in requests:
        answer = service.http.request(method, path, headers=_CLIENT)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_authorised"), path
        assert service.http.request(method, path, headers=_ADMIN).status_code != 403
    assert rows_of(service.database, "SELECT count(*) FROM job_runs") == [(0,)]
