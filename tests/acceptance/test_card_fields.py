"""`fields`: answers whose titles have what was asked for, and lose nothing else."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from api.recommend.schemas import RecommendedItem
from tests.acceptance.conftest import Service, ServiceFactory

_VIEWER = {"user_id": "dana"}
_Ask = Callable[..., httpx2.Response]


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    return start_sample()


def _get(path: str, **usual: Any) -> _Ask:
    return lambda service, **asked: service.http.get(path, params=usual | asked)


def _post(path: str, **usual: Any) -> _Ask:
    return lambda service, **asked: service.http.post(path, json=usual | asked)


_LISTS: dict[str, _Ask] = {
    "/recommend": _get("/recommend", **_VIEWER, limit=5),
    "/items/{item}/similar": _get("/items/movie:949/similar", limit=5),
    "/tonight": _get("/tonight", **_VIEWER),
    "/shelves": _get("/shelves", **_VIEWER),
    "/path": _get("/path", **{"from": "movie:949", "to": "movie:238"}),
    "/search": _get("/search", q="the", limit=5),
    "/blend": _post("/blend", like=["movie:949"], limit=5),
    "/recommend/group": _post("/recommend/group", members=[_VIEWER, {"user_id": "lee"}], limit=5),
}
_RECOMMEND = _LISTS["/recommend"]


def _answer(answer: httpx2.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def _cards(answer: dict[str, Any]) -> list[dict[str, Any]]:
    holders = [answer, *answer.get("rows", ())]
    return [card for holder in holders for card in holder.get("items", ())]


@pytest.mark.parametrize("path", _LISTS)
def test_titles_have_the_fields_that_were_asked_for_alone(sample: Service, path: str) -> None:
    whole = _answer(_LISTS[path](sample))
    cut = _answer(_LISTS[path](sample, fields="title,id"))
    assert _cards(whole)
    assert [list(card) for card in _cards(cut)] == [["title", "id"]] * len(_cards(whole))
    assert cut.keys() == whole.keys()
    if path != "/shelves":
        ids = _answer(_LISTS[path](sample, fields="id"))["items"]
        assert ids == [{"id": card["id"]} for card in whole["items"]]


@pytest.mark.parametrize("path", _LISTS)
def test_an_unknown_field_is_refused_with_those_that_there_are(sample: Service, path: str) -> None:
    for fields, unknown in (
        ("id,poster", "poster"),
        ("ID", "ID"),
        ("recommendation_id", "recommendation_id"),
        ("cast,id,crew", "cast, crew"),
    ):
        refused = _LISTS[path](sample, fields=fields)
        assert refused.status_code == 422
        assert refused.headers["content-type"] == "application/problem+json"
        assert f"fields: there is no field {unknown}. There are: id, " in refused.json()["detail"]
        assert "poster_url" in refused.json()["detail"]


@pytest.mark.parametrize("path", _LISTS)
@pytest.mark.parametrize("fields", ["", " ", ",", " , ,"])
def test_fields_that_name_none_are_refused_with_what_to_do(
    sample: Service, path: str, fields: str
) -> None:
    refused = _LISTS[path](sample, fields=fields)
    assert refused.status_code == 422
    told = "fields: must name a field, or be left out for all of them. There are: id, "
    assert told in refused.json()["detail"]


@pytest.mark.parametrize("path", _LISTS)
def test_blanks_and_repeats_between_the_commas_ask_for_nothing_more(
    sample: Service, path: str
) -> None:
    cards = _cards(_answer(_LISTS[path](sample, fields=" title ,,id, title,")))
    assert {tuple(card) for card in cards} == {("title", "id")}


@pytest.mark.parametrize("written", ["\\ud800", "id,\\udfff", "id\\u0000"])
def test_what_is_no_text_is_refused_in_a_body(sample: Service, written: str) -> None:
    body = f'{{"like": ["movie:603"], "fields": "{written}"}}'
    headers = {"Content-Type": "application/json"}
    answer = sample.http.post("/blend", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", _LISTS)
def test_every_list_documents_it(sample: Service, path: str) -> None:
    document = sample.http.get("/openapi.json").json()
    operation = next(iter(document["paths"][path].values()))
    documented = {one["name"]: one["schema"] for one in operation.get("parameters", ())}
    if "requestBody" in operation:
        (content,) = operation["requestBody"]["content"].values()
        documented |= document["components"]["schemas"][content["schema"]["$ref"].split("/")[-1]][
            "properties"
        ]
    assert "`id` for ids alone" in str(documented["fields"])


def test_a_page_in_memory_is_cut_anew_for_each_choice(sample: Service) -> None:
    whole = _answer(_RECOMMEND(sample))
    for _ in range(3):  # the last ones are of queries that were read before
        for fields in ("id", "title,score,reasons"):
            cut = _answer(_RECOMMEND(sample, fields=fields))
            assert cut["recommendation_id"] == whole["recommendation_id"]
            names = fields.split(",")
            assert cut["items"] == [{name: card[name] for name in names} for card in whole["items"]]
        assert _answer(_RECOMMEND(sample)) == whole


def test_later_pages_are_cut_too_and_a_cursor_goes_on_with_any_choice(sample: Service) -> None:
    page = _answer(_RECOMMEND(sample, fields="id"))
    second = _answer(_RECOMMEND(sample, cursor=page["next_cursor"], fields="id"))
    whole = _answer(_RECOMMEND(sample, cursor=page["next_cursor"]))
    assert second["items"] == [{"id": card["id"]} for card in whole["items"]]
    assert whole["items"][0].keys() == RecommendedItem.model_fields.keys() - {"debug"}
    assert second["next_cursor"]
    assert {card["id"] for card in page["items"]}.isdisjoint(card["id"] for card in second["items"])


def test_what_an_answer_may_have_is_left_out_where_it_has_none(sample: Service) -> None:
    page = _answer(_RECOMMEND(sample, fields="id,debug"))
    assert [list(card) for card in page["items"]] == [["id"]] * 5
    page = _answer(_RECOMMEND(sample, fields="id,debug", debug=True))
    assert [list(card) for card in page["items"]] == [["id", "debug"]] * 5
    assert page["trace"]


def test_each_choice_has_a_tag_of_its_own(sample: Service) -> None:
    search = _LISTS["/search"]
    tags = [search(sample, **asked).headers["etag"] for asked in ({}, {"fields": "id"})]
    assert tags[0] != tags[1]
    for tag, status in zip(tags, (200, 304), strict=True):
        parameters: dict[str, str | int] = {"q": "the", "limit": 5, "fields": "id"}
        answer = sample.http.get("/search", params=parameters, headers={"If-None-Match": tag})
        assert answer.status_code == status
