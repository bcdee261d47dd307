"""GET /metrics: what a scrape of the running service tells."""

import re
from pathlib import Path

from api.http.application import create_app
from config.settings import Settings
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, add_items, announce_catalogue
from tests.doubles.llm import Fault, LlmDouble
from tests.doubles.tokens import ACCESS, ADMIN, CLIENT, bearer, token
from tests.scrapes import Scrape

_SECONDS = "seenemall_http_request_duration_seconds"


def scrape(service: Service, **headers: str) -> Scrape:
    answer = service.http.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return Scrape.of(answer.text)


def _stock(service: Service, films: int) -> None:
    add_items(service.database, films)
    announce_catalogue(service.database)


def test_every_family_is_ours_or_the_processs_and_says_what_it_is(quiet: Service) -> None:
    told = scrape(quiet)
    assert {name.split("_")[0] for name in told.types} == {"seenemall", "process"}
    assert [name for name, meaning in told.meanings.items() if not meaning.endswith(".")] == []
    assert told.value("process_resident_memory_bytes") > 1e7
    assert told.value("seenemall_processes") == 1


def test_connections_are_told_by_their_pool(quiet: Service) -> None:
    told = scrape(quiet)
    assert told.of_label("pool") == {"requests", "at_once", "composed"}
    for pool in told.of_label("pool"):
        in_use = told.value("seenemall_database_connections_in_use", pool=pool)
        assert 0 <= in_use <= told.value("seenemall_database_connections_most", pool=pool)


def test_a_request_is_told_by_the_template_of_its_route(service: Service) -> None:
    for path in ("/items/movie:1", "/items/movie:2", "/genres", "/no/such/page", "/people/x"):
        service.http.get(path)
    service.http.request("BREW", "/genres")
    told = scrape(service)
    asked = "seenemall_http_requests_total"
    item = {"method": "GET", "route": "/items/{item}"}
    assert told.value(asked, **item, status="404") == 2
    assert told.value(f"{_SECONDS}_count", **item) == 2
    assert told.value(f"{_SECONDS}_bucket", **item, le="+Inf") == 2
    assert 0 < told.value(f"{_SECONDS}_sum", **item) < 60
    assert told.value(asked, method="GET", route="/genres", status="200") == 1
    assert told.value(asked, method="GET", route="none", status="404") == 1
    assert told.value("seenemall_http_requests_in_flight") == 1
    assert told.of_label("route") == {"/items/{item}", "/genres", "/people/{person}", "none"}


def test_a_list_is_told_by_its_stages_and_sources(service: Service) -> None:
    _stock(service, 30)
    listed = service.recommend(limit=5)
    service.recommend(limit=5)  # the page that was kept: nothing ran for it
    service.recommend(limit=5, cursor=listed["next_cursor"])
    told = scrape(service)
    assert told.value("seenemall_lists_total", strategy="standard") == 1
    spans = "seenemall_stage_duration_seconds_count"
    assert told.value(spans, stage="retrieve", component="popular") == 1
    assert told.value(spans, stage="score", component="mixer") == 1
    assert told.value(spans, stage="follow", component="store_list") == 1
    assert told.value("seenemall_first_score_count") == 1
    assert told.value("seenemall_empty_lists_total") == 0
    # What was shown: the first places of one list, of all that could be.
    assert told.value("seenemall_titles") == 30
    assert told.value("seenemall_titles_shown") == 20


def test_caches_are_told_with_what_they_had(service: Service) -> None:
    _stock(service, 30)
    for _ in range(3):
        service.recommend(limit=5)
    told = scrape(service)
    assert told.value("seenemall_cache_hits_total", cache="pages") == 2
    assert told.value("seenemall_cache_misses_total", cache="pages") == 1
    assert told.value("seenemall_cache_entries", cache="pages") == 1
    assert told.value("seenemall_cache_misses_total", cache="cards") == 5
    assert told.value("seenemall_cache_entries", cache="cards") == 5
    kept = {"pages", "lists", "cards", "viewers", "texts", "title_vectors"}
    assert told.of_label("cache") == kept


def test_a_list_in_rows_counts_too(service: Service) -> None:
    _stock(service, 30)
    assert service.http.get("/shelves", params={"user_id": "dana"}).status_code == 200
    assert scrape(service).value("seenemall_lists_total", strategy="standard") == 1


def test_what_a_list_lacks_is_told(start: ServiceFactory, tmp_path: Path) -> None:
    service = start(EMBED_MODEL=str(tmp_path))  # no model is there
    add_item(service.database, "Long", tmdb_id=1, runtime=104)
    announce_catalogue(service.database)
    page = service.recommend(query="zanzibarlantern flurbs under 95 minutes")
    assert (page["degraded"], page["relaxed"]) == (["text_vector"], ["runtime"])
    told = scrape(service)
    assert told.value("seenemall_degradations_total", component="text_vector") == 1
    assert told.value("seenemall_relaxations_total", constraint="runtime") == 1
    assert told.value("seenemall_lists_in_words_total") == 1
    assert told.value("seenemall_words_not_understood_total") == 2
    service.recommend(query="under 20 minutes", limit=1)
    assert scrape(service).value("seenemall_empty_lists_total") == 1


def test_jobs_are_told_by_their_states(service: Service) -> None:
    assert service.http.post("/admin/jobs", json={"job": "embed"}).status_code == 202
    told = scrape(service)
    assert told.value("seenemall_job_runs", job="embed", state="pending") == 1
    assert told.value("seenemall_worker_up") == 0


def test_a_breaker_is_told_by_the_model_that_it_guards(start: ServiceFactory) -> None:
    with LlmDouble() as llm:
        llm.fault = Fault.SERVER_ERROR
        service = start(
            **llm.environment, INTENT_PROVIDER="openai", INTENT_MODEL="small", INTENT_TIMEOUT=60
        )
        _stock(service, 3)
        guard = {"service": "OpenAI", "model": "small"}
        state = "seenemall_breaker_state"
        assert scrape(service).value(state, **guard, state="closed") == 1
        for number in range(3):
            asked = {"q": f"flurbs of the year {number}"}
            service.http.get("/search/interpret", params=asked).raise_for_status()
        told = scrape(service)
    assert told.value(state, **guard, state="open") == 1
    assert told.value(state, **guard, state="closed") == 0
    assert told.value("seenemall_cache_misses_total", cache="model_answers") == 3


def test_a_table_that_is_away_takes_its_own_figures_alone(service: Service) -> None:
    with service.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE job_runs RENAME TO job_runs_of_later")
    told = scrape(service)
    assert told.value("seenemall_database_up") == 1
    assert told.value("seenemall_titles") == 0
    assert "seenemall_job_runs" not in told.types


def test_only_an_admin_may_ask(start: ServiceFactory) -> None:
    service = start(**ACCESS)

    def asked(**headers: str) -> int:
        return service.http.get("/metrics", headers=headers).status_code

    assert asked() == 401
    assert asked(**bearer(CLIENT)) == 403
    assert asked(**bearer(token("dana"))) == 403
    assert scrape(service, **bearer(ADMIN)).sum("seenemall_http_requests_total") == 3


def test_it_is_documented() -> None:
    document = create_app(Settings.load({})).openapi()
    operation = document["paths"]["/metrics"]["get"]
    assert re.match(r"text/plain", next(iter(operation["responses"]["200"]["content"])))
    assert operation["security"]
