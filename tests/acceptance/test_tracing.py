"""With a collector set, requests and the stages of their lists are traced; without, nothing is."""

from collections import Counter
from pathlib import Path

import pytest

from api.platform.database import Database
from tests.acceptance.conftest import serving
from tests.builders import add_items
from tests.doubles.collector import Collector


def test_a_request_is_traced_with_the_stages_of_its_list(
    database: Database, data_dir: Path
) -> None:
    add_items(database, 3)
    with Collector() as collector:
        # What waits is sent when the service stops, at the latest.
        with serving(database, data_dir, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url) as service:
            assert len(service.recommend()["items"]) == 3
            service.recommend()  # is kept: nothing is ranked for it
        spans = list(collector.spans())
    names = Counter(span.name for span in spans)
    assert names["GET /recommend"] == 2
    assert names["retrieve popular"] == names["score mixer"] == names["follow store_list"] == 1
    stage = next(span for span in spans if span.name == "retrieve popular")
    assert {one.key: one.value.int_value for one in stage.attributes} == {"found": 3}
    # It is part of the request's trace, and within its time.
    request = next(
        one for one in spans if one.name == "GET /recommend" and one.trace_id == stage.trace_id
    )
    assert request.start_time_unix_nano <= stage.start_time_unix_nano
    assert stage.end_time_unix_nano <= request.end_time_unix_nano


def test_a_collector_that_is_away_costs_no_request(database: Database, data_dir: Path) -> None:
    add_items(database, 3)
    away = "http://127.0.0.1:9"
    with serving(database, data_dir, OTEL_EXPORTER_OTLP_ENDPOINT=away) as service:
        assert len(service.recommend()["items"]) == 3


def test_fastapis_own_variables_make_it_trace_nothing(
    database: Database, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Collector() as collector:
        monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
        for signal in ("TRACES", "LOGS", "METRICS"):
            url = f"{collector.url}/v1/traces"
            monkeypatch.setenv(f"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT", url)
        with serving(database, data_dir) as service:
            service.recommend()
    assert collector.received == []
