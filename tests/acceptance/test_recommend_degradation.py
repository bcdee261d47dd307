"""GET /recommend: without an optional part the answer is poorer, says so, and comes."""

from itertools import pairwise
from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_items


@pytest.fixture(scope="module")
def wordless(start_sample: ServiceFactory, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A service whose encoder's folder holds no model."""
    return start_sample(EMBED_MODEL=str(tmp_path_factory.mktemp("no-model")))


def _falls(page: dict[str, Any]) -> bool:
    scores = [item["score"] for item in page["items"]]
    return all(later <= earlier for earlier, later in pairwise(scores))


def test_words_without_a_model_are_searched_in_names(wordless: Service) -> None:
    page = wordless.recommend(query="the godfather saga")
    assert page["degraded"] == ["text_vector"]
    assert len(page["items"]) == 20
    assert page["items"][0]["title"].startswith("The Godfather")
    assert "query_ann" not in {source for item in page["items"] for source in item["sources"]}
    assert _falls(page)


def test_later_pages_say_that_the_list_is_degraded_too(wordless: Service) -> None:
    first, second, *_ = wordless.pages("pager", query="heist", limit=50)
    assert first["degraded"] == second["degraded"] == ["text_vector"]


def test_taste_needs_no_model(wordless: Service) -> None:
    wordless.post_history("movie:949", user_id="taster", event_type="liked")
    page = wordless.recommend("taster")
    assert "degraded" not in page
    assert "profile_ann" in {source for item in page["items"] for source in item["sources"]}
    with_words = wordless.recommend("taster", query="heist")
    assert with_words["degraded"] == ["text_vector"]
    assert "profile_ann" in {source for item in with_words["items"] for source in item["sources"]}


def test_a_degraded_answer_is_not_used_again(wordless: Service) -> None:
    first, second = (wordless.recommend("hoper", query="heist") for _ in range(2))
    assert first["recommendation_id"] != second["recommendation_id"]


def test_the_missing_model_is_named_by_readyz(wordless: Service) -> None:
    wordless.recommend(query="heist")  # waits for the encoder, in vain
    answer = wordless.http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["not_ready"].keys() == {"model"}
    assert "no-model" in answer.json()["not_ready"]["model"]
    assert wordless.http.get("/healthz").status_code == 200


def test_with_everything_there_the_service_is_ready(sample: Service) -> None:
    sample.recommend(query="heist")  # waits for the encoder
    assert sample.http.get("/readyz").status_code == 200


@pytest.fixture(scope="module")
def reranking(start_sample: ServiceFactory) -> Service:
    return start_sample(RERANK_PROVIDER="small", SMALL_RERANK_RANK_WEIGHT=0)


@pytest.mark.parametrize("query", [{"query": "a heist that goes wrong"}, {"user_id": "taster"}])
def test_the_small_reranker_puts_the_nearest_first_and_scores_still_fall(
    reranking: Service, sample: Service, query: dict[str, Any]
) -> None:
    reranking.post_history("movie:949", user_id="taster", event_type="liked")
    query = {"limit": 40, "diversify": False} | query
    reranked = reranking.recommend(**query)
    usual = sample.recommend(**query)
    assert _falls(reranked)
    ids, usual_ids = ([item["id"] for item in page["items"]] for page in (reranked, usual))
    assert ids != usual_ids
    assert set(ids) == set(usual_ids)
    assert "degraded" not in reranked


def test_the_small_reranker_pages_like_the_mixer(reranking: Service) -> None:
    items = reranking.whole_list(query="a heist that goes wrong", limit=30)
    assert len({item["id"] for item in items}) == len(items) >= 500
    assert _falls({"items": items})


def test_a_reranker_switched_off_leaves_the_mixers_order(
    start_sample: ServiceFactory, sample: Service
) -> None:
    off = start_sample(RERANK_PROVIDER="small", RERANK_ENABLED=0)
    query: dict[str, Any] = {
        "query": "a heist that goes wrong",
        "user_id": "switcher",
        "diversify": False,
    }
    assert off.recommend(**query)["items"] == sample.recommend(**query)["items"]


def test_without_words_or_taste_there_is_nothing_to_rerank_by(reranking: Service) -> None:
    trace = reranking.recommend("a stranger", debug=True)["trace"]
    assert "rerank" not in {span["stage"] for span in trace}


@pytest.mark.parametrize("path", ["/recommend", "/shelves", "/tonight"])
def test_a_list_that_takes_too_long_is_given_up_and_everything_else_goes_on(
    start: ServiceFactory, path: str
) -> None:
    service = start(REQUEST_DEADLINE_SECONDS="1e-9")
    add_items(service.database, 3)
    answer = service.http.get(path, params={"user_id": "dana"})
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) >= 1
    assert service.post_history(1).status_code == 200


def test_a_chain_that_takes_too_long_is_given_up_too(start: ServiceFactory) -> None:
    service = start(REQUEST_DEADLINE_SECONDS="1e-9")
    first, last = add_items(service.database, 2)
    answer = service.http.get("/path", params={"from": first, "to": last})
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert int(answer.headers["Retry-After"]) >= 1
