"""docs/how-to/add-a-filter.md, followed: its filter is parsed, kept, shown and previewed."""

import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from api.domain.limits import NO_LIMITS
from api.http.services import Services
from api.http.wiring import build_services
from api.recommend.constraints.kinds import FilterParameters
from api.recommend.constraints.parameters import from_json, to_json
from api.recommend.request import RecommendRequest
from api.recommend.schemas import ListParameters
from config.settings import PROJECT_ROOT, Settings
from tests.builders import rows_of
from tests.conftest import DatabaseFactory, opened

_PAGE = (PROJECT_ROOT / "docs/how-to/add-a-filter.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def declared() -> Iterator[Any]:
    """The file of the page's block."""
    (block,) = re.findall(r"^```python\n(.*?)^```$", _PAGE, re.MULTILINE | re.DOTALL)
    module = ModuleType("vote_average")
    # Where pydantic looks for the types that the fields name.
    sys.modules[module.__name__] = module
    exec(compile(block, "vote_average.py", "exec"), module.__dict__)
    yield module
    del sys.modules[module.__name__]


@pytest.fixture(scope="module")
def parameters(declared: Any) -> type[ListParameters]:
    """The parameters of a list with the group among their bases."""
    return type("WithVoteAverage", (ListParameters, declared.VoteAverageParameters), {})


@pytest.fixture(scope="module")
def services(
    clone: DatabaseFactory, sample_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    with opened(clone(sample_template)) as database:
        settings = Settings.load(
            {"DATABASE_URL": database.libpq_url, "DATA_DIR": tmp_path_factory.mktemp("data")}
        )
        services = build_services(settings, database)
        try:
            yield services
        finally:
            services.encoder.close()
            services.interpreter.close()


def _request(
    services: Services, parameters: type[ListParameters], **asked: Any
) -> RecommendRequest:
    read = parameters.model_validate({"user_id": "dana"} | asked)
    return services.request_reader.read(read, names_within=NO_LIMITS)


def test_every_page_keeps_it_and_shows_nothing_else(
    services: Services, parameters: type[ListParameters]
) -> None:
    request = _request(services, parameters, vote_average_min=8, limit=50)
    page: dict[str, Any] = orjson.loads(services.recommender.first_page(request).body)
    found = [item["id"] for item in page["items"]]
    while cursor := page.get("next_cursor"):
        page = orjson.loads(services.recommender.next_page(request, cursor).body)
        found += [item["id"] for item in page["items"]]
    expected = rows_of(services.database, "SELECT id FROM items WHERE vote_average >= 8")
    assert sorted(found) == sorted(row[0] for row in expected)
    assert len(found) > 50


def test_words_beside_it_are_relaxed_and_it_is_not(
    services: Services, parameters: type[ListParameters]
) -> None:
    asked = {"vote_average_min": 8.3, "query": "westerns", "limit": 40}
    request = _request(services, parameters, **asked)
    page = orjson.loads(services.recommender.first_page(request).body)
    assert page["relaxed"] == ["genres"]
    assert len(page["items"]) == 40
    assert all(item["vote_average"] >= 8.3 for item in page["items"])


def test_a_preview_says_what_a_title_has_instead(
    services: Services, parameters: type[ListParameters]
) -> None:
    ((item_id, average),) = rows_of(
        services.database,
        "SELECT id, round(vote_average::numeric, 1)::float FROM items"
        " ORDER BY vote_average, id LIMIT 1",
    )
    request = _request(services, parameters, vote_average_min=9.5)
    (why,) = services.preview.judge(request, item_id).reasons
    assert why.code == "rated_lower"
    assert why.detail == f"Rated {average:g} of 10; the request asks for 9.5."
    assert why.evidence == {"by": "request", "average": average, "needed": 9.5}


def test_bad_values_and_unknown_parameters_are_refused(parameters: type[ListParameters]) -> None:
    with pytest.raises(ValidationError, match="vote_average_min"):
        parameters.model_validate({"user_id": "dana", "vote_average_min": 11})
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        ListParameters.model_validate({"user_id": "dana", "vote_average_min": 8})


def test_a_stored_list_keeps_it_for_those_who_know_it(
    declared: Any, services: Services, parameters: type[ListParameters]
) -> None:
    (asked,) = _request(services, parameters, vote_average_min=8).filters
    assert from_json(parameters, [to_json(asked)]) == (asked,)
    assert from_json(FilterParameters, [to_json(asked)]) == ()
