"""GET /recommend: a cursor walks through the very list that page one was cut from."""

from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import orjson
import pytest

from api.platform.database import Database
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.stored_evidence import unpacked
from tests.acceptance.conftest import Service, ServiceFactory, serving
from tests.builders import announce_catalogue
from tests.conftest import DatabaseFactory, opened


def _continue(service: Service, page: dict[str, Any], **query: Any) -> httpx2.Response:
    params = {"user_id": "dana", "cursor": page["next_cursor"]} | query
    return service.http.get("/recommend", params=params)


def _assert_problem(answer: httpx2.Response, status: int, detail: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert detail in answer.json()["detail"]


def test_a_viewer_reaches_500_titles_while_history_is_written_in_between(sample: Service) -> None:
    sample.post_history("movie:949", user_id="walker", event_type="liked")
    seen: list[int] = []
    scores: list[float] = []
    sizes: list[int] = []
    for page in sample.pages("walker", limit=7):
        seen += [item["id"] for item in page["items"]]
        scores += [item["score"] for item in page["items"]]
        sizes.append(len(page["items"]))
        # What is watched meanwhile does not reorder this list.
        sample.post_history(seen[-1], user_id="walker")
    assert len(set(seen)) == len(seen) >= 500
    assert all(later <= earlier for earlier, later in pairwise(scores))
    assert set(sizes[:-1]) == {7}
    assert 1 <= sizes[-1] <= 7


def test_pages_are_cut_from_the_list_of_page_one(sample: Service) -> None:
    # With variety the list itself depends on the page's size: each page has its long tail.
    whole = sample.recommend("cutter", limit=60, diversify=False)["items"]
    pages = list(islice(sample.pages("cutter", limit=20, diversify=False), 3))
    cut = [item for page in pages for item in page["items"]]
    # Sentences are put for the page they stand on: none comes twice in a row.
    assert [item | {"explanation": ""} for item in cut] == [
        item | {"explanation": ""} for item in whole
    ]
    assert all(item["explanation"] for item in cut)


def test_the_last_page_has_no_cursor(sample: Service) -> None:
    pages = list(sample.pages("finisher", limit=100, services="nfx"))
    assert "next_cursor" not in pages[-1]
    assert len(pages[-1]["items"]) == 39


def test_a_page_that_just_fits_is_the_last(sample: Service) -> None:
    page = sample.recommend("fitter", limit=39, services="nfx")
    assert len(page["items"]) == 39
    assert "next_cursor" not in page


def test_another_page_size_goes_on(sample: Service) -> None:
    first = sample.recommend(limit=5)
    second = _continue(sample, first, limit=9).json()
    third = _continue(sample, second, limit=2).json()
    sizes = [len(page["items"]) for page in (first, second, third)]
    assert sizes == [5, 9, 2]
    ids = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert len(set(ids)) == 16


def test_a_cursor_may_be_used_twice(sample: Service) -> None:
    first = sample.recommend()
    assert _continue(sample, first).content == _continue(sample, first).content


def test_another_process_of_the_same_database_goes_on(
    sample: Service, start_sample: ServiceFactory
) -> None:
    first = sample.recommend("dana", query="a heist")
    other = start_sample()
    here, there = (_continue(service, first, query="a heist") for service in (sample, other))
    assert there.status_code == 200
    assert there.json()["items"] == here.json()["items"]
    assert _continue(sample, there.json(), query="a heist").status_code == 200


def test_a_cursor_outlives_the_process_that_signed_it(
    clone: DatabaseFactory, sample_template: str, data_dir: Path
) -> None:
    with opened(clone(sample_template)) as database:
        with serving(database, data_dir) as before:
            page = before.recommend()
            expected = _continue(before, page).json()["items"]
        with serving(database, data_dir) as after:
            assert _continue(after, page).json()["items"] == expected


def test_processes_of_one_secret_read_each_others_cursors_and_no_other_does(
    start_sample: ServiceFactory,
) -> None:
    first, second = (start_sample(CURSOR_SECRET="one secret for both") for _ in range(2))
    stranger = start_sample(CURSOR_SECRET="another secret")
    page = first.recommend()
    assert _continue(second, page).status_code == 200
    _assert_problem(_continue(stranger, page), 400, "Invalid cursor")


@pytest.mark.parametrize("place", [0, 10, -1, -20])
def test_a_cursor_with_one_letter_changed_is_refused(sample: Service, place: int) -> None:
    page = sample.recommend()
    letters = list(page["next_cursor"])
    letters[place] = "A" if letters[place] != "A" else "Q"
    page["next_cursor"] = "".join(letters)
    _assert_problem(_continue(sample, page), 400, "Invalid cursor")


@pytest.mark.parametrize("cursor", ["", ".", "e30.AAAA", "null", "🍿", "a" * 2000])
def test_what_never_was_a_cursor_is_refused(sample: Service, cursor: str) -> None:
    answer = _continue(sample, {"next_cursor": cursor})
    _assert_problem(answer, 400, "Invalid cursor")
    assert answer.json()["code"] == "invalid_cursor"
    assert answer.json()["errors"] == [
        {"in": "query", "field": "cursor", "message": "must be the next_cursor of the page before"}
    ]


def test_a_cursor_in_a_body_is_named_there(sample: Service) -> None:
    body = {"like": ["movie:949"], "cursor": "forged"}
    answer = sample.http.post("/blend", json=body)
    _assert_problem(answer, 400, "Invalid cursor")
    assert [(one["in"], one["field"]) for one in answer.json()["errors"]] == [("body", "cursor")]


def test_a_cursor_of_another_route_is_refused(sample: Service) -> None:
    sample.post_history("movie:949", "movie:238", user_id="reader")
    answer = sample.http.get("/user/history", params={"user_id": "reader", "limit": 1})
    cursor = {"next_cursor": answer.json()["next_cursor"]}
    _assert_problem(_continue(sample, cursor, user_id="reader"), 400, "Invalid cursor")


@pytest.mark.parametrize(
    "changed",
    [
        {"user_id": "eve"},
        {"profile": "kids"},
        {"query": "another heist"},
        {"query": ""},
        {"media_type": "movie"},
        {"genre_override": "crime"},
        {"services": "nfx"},
        {"country": "US"},
        {"diversify": False},
        {"strategy": "default"},
        {"use_llm_intent": False},
        {"ann_description_override": "a vault"},
        {"rewrite_override": "a vault"},
        {"ann_weight_override": 0.5},
        {"rewrite_weight_override": 0.5},
        {"mixer_vote_weight": 2},
        {"year_min": 1990, "exclude_genres": "horror"},
        {"library": "exclude", "query": "a vault"},
    ],
    ids=lambda changed: ",".join(changed),
)
def test_a_cursor_of_other_parameters_is_refused_and_told_which_differ(
    sample: Service, changed: dict[str, Any]
) -> None:
    page = sample.recommend(query="a heist")
    answer = _continue(sample, page, **{"query": "a heist"} | changed)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
    told, _, differing = answer.json()["detail"].partition(" What differs: ")
    assert told == "Invalid cursor: it goes on with a list of other parameters."
    assert sorted(differing.rstrip(".").split(", ")) == sorted(changed)


def test_a_next_page_without_the_words_of_the_first_one_is_told_so(sample: Service) -> None:
    page = sample.recommend(query="a heist", year_min=1990)
    _assert_problem(_continue(sample, page), 400, "What differs: query, year_min.")


@pytest.mark.parametrize("whose", [{"user_id": "eve"}, {"profile": "kids"}])
def test_nothing_is_told_of_what_somebody_else_asked_for(
    sample: Service, whose: dict[str, str]
) -> None:
    page = sample.recommend(query="a heist", year_min=1990)
    answer = _continue(sample, page, query="another heist", **whose)
    (name,) = whose
    assert answer.json()["detail"].endswith(f" What differs: {name}.")


def test_the_same_parameters_written_otherwise_go_on(sample: Service) -> None:
    page = sample.recommend(query="a  heist ", services="Netflix,disney", country="us")
    written = {"query": "a heist", "services": "dnp,nfx", "country": "US", "profile": None}
    wanted = {name: value for name, value in written.items() if value is not None}
    assert _continue(sample, page, **wanted).status_code == 200


def _age(database: Database, recommendation: str, *, hours: int) -> None:
    with database.transaction() as cursor:
        cursor.execute(
            "UPDATE slates SET created_at = created_at - make_interval(hours => %s) WHERE id = %s",
            (hours, recommendation),
        )


def test_a_list_that_is_too_old_is_gone_and_the_answer_says_so(sample: Service) -> None:
    page = sample.recommend("sleeper")
    _age(sample.database, page["recommendation_id"], hours=2)
    answer = _continue(sample, page, user_id="sleeper")
    _assert_problem(answer, 410, "expired")
    assert answer.json()["code"] == "expired_cursor"


def test_lists_are_kept_as_long_as_the_operator_says(start_sample: ServiceFactory) -> None:
    patient = start_sample(SLATE_TTL_SECONDS=3 * 3600)
    page = patient.recommend("patient")
    _age(patient.database, page["recommendation_id"], hours=2)
    assert _continue(patient, page, user_id="patient").status_code == 200


@pytest.mark.parametrize("is_known", [True, False])
def test_the_list_of_a_deleted_user_is_gone_and_the_next_one_is_whole(
    sample: Service, is_known: bool
) -> None:
    user_id = f"leaver, known: {is_known}"
    if is_known:
        sample.recommend(user_id)  # a stranger's list, made before there was a profile
        sample.post_history("movie:949", user_id=user_id)
    page = sample.recommend(user_id)
    sample.http.delete(f"/users/{user_id}")
    _assert_problem(_continue(sample, page, user_id=user_id), 410, "expired")
    anew = sample.recommend(user_id)
    assert anew["recommendation_id"] != page["recommendation_id"]
    assert _continue(sample, anew, user_id=user_id).status_code == 200


def test_a_title_that_left_the_catalogue_leaves_the_pages_to_come(
    start_own_sample: ServiceFactory,
) -> None:
    service = start_own_sample()
    first = service.recommend(limit=20)
    expected = [item["id"] for item in _continue(service, first, limit=20).json()["items"]]
    with service.database.transaction() as cursor:
        cursor.execute("DELETE FROM items WHERE id = %s", (expected[10],))
    announce_catalogue(service.database)
    service.recommend("another viewer")  # any first page brings the facts up to date
    found = [item["id"] for item in _continue(service, first, limit=20).json()["items"]]
    assert found[:19] == [*expected[:10], *expected[11:]]
    assert len(found) == 20  # filled from behind


def test_a_list_that_was_stored_before_lists_said_how_they_are_laid_out_goes_on(
    start_own_sample: ServiceFactory,
) -> None:
    own_sample = start_own_sample()
    own_sample.post_history("movie:949", "movie:238", event_type="liked")
    first = own_sample.recommend()
    usual = _continue(own_sample, first).json()
    with own_sample.database.autocommit() as cursor:
        (stored,) = cursor.execute("SELECT evidence FROM slates").fetchall()
        cursor.execute("UPDATE slates SET evidence = %s", (_in_the_first_format(stored[0]),))
    old = _continue(own_sample, first).json()
    told = {"explanation": "", "reasons": []}
    assert [item | told for item in old["items"]] == [item | told for item in usual["items"]]
    # What each contributed was not noted then, so the reasons are not in the order of that.
    for before, now in zip(old["items"], usual["items"], strict=True):
        assert before["reasons"]
        codes = {one["code"] for one in now["reasons"]}
        # Alone where nothing contributed enough to be told, which the old list does not know.
        assert codes == {"fills_the_list"} or codes & {one["code"] for one in before["reasons"]}


# (name, kind) of a record's fields, and the sources of its bits from the lowest one.
_FIRST_COLUMNS = [
    ("sources", "<u2"),
    ("explored", "?"),
    ("near_id", "<i4"),
    ("near_cosine", "<f4"),
    ("near_liked", "?"),
    ("because_id", "<i4"),
    ("followed_id", "<i4"),
    ("neighbours", "<i2"),
    ("listed_id", "<i4"),
    ("person_id", "<i4"),
    ("genre_id", "<i4"),
    ("genre_titles", "<i2"),
    ("by_words", "?"),
    ("words_cosine", "<f4"),
    ("seed_id", "<i4"),
    ("seed_cosine", "<f4"),
    ("fatigue", "<f4"),
    ("propensity", "<f4"),
]
_FIRST_SOURCES = [
    "profile_ann",
    "query_ann",
    "lexical",
    "collaborative",
    "people",
    "trending",
    "popular",
    "related",
    "story",
    "followed",
    "audience",
    "fan_liked",
    "neighbours",
]


def _in_the_first_format(stored: bytes) -> bytes:
    header, records = unpacked(stored, EVIDENCE)
    first = np.zeros(len(records), dtype=_FIRST_COLUMNS)
    known = set(EVIDENCE.dtype.names or ()) & set(first.dtype.names or ())
    for name in known - {"sources"}:
        first[name] = records[name]
    for row, sources in enumerate(EVIDENCE.sources_of(records)):
        found = [name for name in sources if name in _FIRST_SOURCES]
        first["sources"][row] = sum(2 ** _FIRST_SOURCES.index(name) for name in found)
    names = ("people", "phrases", "degraded", "relaxed", "interpreted", "most_per_page")
    written = orjson.dumps({"wish": header["request"]} | {name: header[name] for name in names})
    return len(written).to_bytes(4, "little") + written + first.tobytes()


def test_no_page_is_sent_whose_list_cannot_be_stored(start_own_sample: ServiceFactory) -> None:
    service = start_own_sample()
    with service.database.autocommit() as cursor:
        cursor.execute("ALTER TABLE slates ADD CONSTRAINT full_disk CHECK (false) NOT VALID")
    asked = {"user_id": "dana", "query": "heist"}
    # The second answer shows that the page of the first was not kept either.
    for _ in range(2):
        assert service.http.get("/recommend", params=asked).status_code == 500
    with service.database.autocommit() as cursor:
        cursor.execute("ALTER TABLE slates DROP CONSTRAINT full_disk")
    assert service.http.get("/recommend", params=asked).status_code == 200
