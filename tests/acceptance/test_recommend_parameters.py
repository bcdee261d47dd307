"""Filters as parameters of GET /recommend: each holds for every title, alone and beside words."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.commands.replaying import replay_list
from config.settings import Settings
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import announce_catalogue, rows_of

_WITH = (
    "EXISTS (SELECT FROM credits c JOIN people p ON p.id = c.person_id"
    " WHERE c.item_id = i.id AND p.name = '{}')"
)

# The boards that an age counts: the well-kept ones and that of the country, Israel here.
_BOARDS = "'US','GB','DE','AU','CA','FR','NL','ES','IT','BR','IE','NZ','IL'"
_FOR_AGE = (
    "maturity_age <= {0} AND (EXISTS (SELECT FROM certificates c WHERE c.item_id = i.id"
    f" AND c.country IN ({_BOARDS}) AND c.age <= {{0}})"
    " OR NOT EXISTS (SELECT FROM certificates c WHERE c.item_id = i.id))"
    " AND NOT EXISTS (SELECT FROM certificates c WHERE c.item_id = i.id"
    f" AND c.country IN ({_BOARDS}) AND c.age > {{0}})"
)

# What is asked for, and the same in SQL that the service has no part in.
_PARAMETERS: list[tuple[dict[str, Any], str]] = [
    ({"genres": "crime,Thriller"}, "genre_ids && '{80,53}'"),
    ({"genres": "western", "genre_override": "drama"}, "genre_ids @> '{37,18}'"),
    ({"exclude_genres": "drama,COMEDY"}, "NOT genre_ids && '{18,35}'"),
    ({"year_min": 1995}, "release_year >= 1995"),
    ({"year_max": 1972}, "release_year <= 1972"),
    ({"year_min": 1980, "year_max": 1989}, "release_year BETWEEN 1980 AND 1989"),
    ({"runtime_min": 150}, "runtime >= 150"),
    ({"runtime_max": 95}, "runtime BETWEEN 1 AND 95"),
    ({"runtime_min": 90, "runtime_max": 100}, "runtime BETWEEN 90 AND 100"),
    ({"languages": "KO, ja"}, "original_language IN ('ko', 'ja')"),
    ({"max_age": 8}, _FOR_AGE.format(8)),
    ({"max_age": 16}, _FOR_AGE.format(16)),
    ({"people": "tom HANKS"}, _WITH.format("Tom Hanks")),
    (
        {"people": "Al Pacino,Robert De Niro"},
        f"{_WITH.format('Al Pacino')} AND {_WITH.format('Robert De Niro')}",
    ),
    (
        {"exclude_ids": "movie:238,tv:1399", "year_max": 2012, "genres": "drama"},
        "(media_type, tmdb_id) NOT IN (('movie', 238), ('tv', 1399))"
        " AND release_year <= 2012 AND 18 = ANY(genre_ids)",
    ),
    (
        {"genres": "animation", "languages": "en", "max_age": 8, "media_type": "movie"},
        "16 = ANY(genre_ids) AND original_language = 'en' AND maturity_age <= 8"
        " AND media_type = 'movie'",
    ),
]


def _matches(service: Service, where: str) -> set[int]:
    return {row[0] for row in rows_of(service.database, f"SELECT i.id FROM items i WHERE {where}")}


def _ids(items: list[dict[str, Any]]) -> set[int]:
    return {item["id"] for item in items}


@pytest.mark.parametrize(("asked", "where"), _PARAMETERS, ids=lambda value: str(value)[:60])
@pytest.mark.parametrize("text", [None, "a quiet story about a family"])
def test_the_pages_reach_every_match_and_no_other(
    sample: Service, asked: dict[str, Any], where: str, text: str | None
) -> None:
    query = asked if text is None else asked | {"query": text}
    expected = _matches(sample, where)
    found = sample.whole_list("slider", **query)
    assert _ids(found) <= expected
    assert len(found) == len(_ids(found)) == min(len(expected), 600)
    assert expected


def test_what_cannot_fill_a_page_is_short_and_never_relaxed(sample: Service) -> None:
    asked = {"genres": "western", "year_max": 1962, "runtime_max": 130, "people": "John Wayne"}
    page = sample.recommend("strict", limit=50, **asked)
    assert "relaxed" not in page
    assert len(page["items"]) < 50


def test_words_give_way_and_parameters_beside_them_do_not(sample: Service) -> None:
    page = sample.recommend("strict", query="westerns", year_max=1975, limit=60)
    assert page["relaxed"] == ["genres"]
    assert _ids(page["items"]) <= _matches(sample, "release_year <= 1975")
    assert len(page["items"]) == 60


def test_the_stricter_of_words_and_parameter_wins_and_both_are_shown(sample: Service) -> None:
    page = sample.recommend("both", query="crime from the 90s", year_min=1995, limit=5)
    expected = _matches(sample, "80 = ANY(genre_ids) AND release_year BETWEEN 1995 AND 1999")
    assert _ids(page["items"]) <= expected
    shown = [
        (chip["field"], chip["value"], chip["text"], chip["status"], chip["source"])
        for chip in page["interpreted"]
    ]
    assert shown == [
        ("genre", 80, "crime", "enforced", "words"),
        ("year", [1990, 1999], "from the 90s", "enforced", "words"),
        ("year", [1995, 0], "year_min=1995", "enforced", "parameter"),
    ]


@pytest.mark.parametrize(
    ("text", "asked", "field", "where"),
    [
        ("films from the 80s", {"year_min": 2000}, "year", "release_year >= 2000"),
        ("films from the 80s", {"year_max": 1970}, "year", "release_year <= 1970"),
        ("films over three hours", {"runtime_max": 100}, "runtime", "runtime BETWEEN 1 AND 100"),
        ("films under 80 minutes", {"runtime_min": 120}, "runtime", "runtime >= 120"),
        ("films in Korean", {"languages": "fr"}, "language", "original_language = 'fr'"),
        ("no horror please", {"genres": "horror"}, "exclude_genre", "27 = ANY(genre_ids)"),
    ],
)
def test_words_that_contradict_a_parameter_do_not_count(
    sample: Service, text: str, asked: dict[str, Any], field: str, where: str
) -> None:
    page = sample.recommend("contrary", query=text, limit=5, **asked)
    assert len(page["items"]) == 5
    assert _ids(page["items"]) <= _matches(sample, where)
    overruled = [chip for chip in page["interpreted"] if chip["status"] == "unsupported"]
    assert [(chip["field"], chip["source"]) for chip in overruled] == [(field, "words")]
    assert overruled[0]["note"] == "The request's own parameter says otherwise and counts."


def test_every_parameter_is_shown_as_it_was_written(sample: Service) -> None:
    asked = {
        "genres": "crime,Drama",
        "exclude_genres": "horror",
        "year_min": 1980,
        "runtime_max": 200,
        "languages": "EN",
        "max_age": 18,
        "people": "al pacino",
        "exclude_ids": "movie:238",
        "media_type": "movie",
    }
    shown = sample.recommend("shown", **asked)["interpreted"]
    assert {chip["text"] for chip in shown} == {f"{name}={said}" for name, said in asked.items()}
    assert {chip["source"] for chip in shown} == {"parameter"}
    labels = {chip["field"]: chip["label"] for chip in shown}
    assert labels["genre"] == "Crime or Drama"
    assert labels["person"] == "Al Pacino"
    assert labels["maturity"] == "For ages up to 18"


def test_a_person_may_be_named_by_id(sample: Service) -> None:
    ((person,),) = rows_of(sample.database, "SELECT id FROM people WHERE name = 'Tom Hanks'")
    by_id = sample.recommend("namer", people=str(person), limit=100)["items"]
    assert _ids(by_id) == _ids(sample.recommend("namer", people="Tom Hanks", limit=100)["items"])
    assert by_id


def test_a_year_to_come_may_be_asked_for(sample: Service) -> None:
    assert sample.recommend("patient", year_min=2100)["items"] == []
    assert "empty_because" in sample.recommend("patient", year_min=2100)


def test_titles_that_nobody_has_rated_are_left_out_of_a_list_for_an_age(
    start_own_sample: ServiceFactory,
) -> None:
    service = start_own_sample()
    with service.database.transaction() as cursor:
        cursor.execute("UPDATE items SET maturity_age = NULL WHERE id % 2 = 0")
    announce_catalogue(service.database)
    found = service.whole_list("parent", max_age=18)
    assert _ids(found) == _matches(service, _FOR_AGE.format(18))


@pytest.mark.parametrize(
    ("other", "differing"),
    [
        ({}, "year_min"),
        ({"year_min": 1991}, "year_min"),
        ({"year_min": 1990, "max_age": 18}, "max_age"),
    ],
    ids=json.dumps,
)
def test_a_cursor_is_one_of_its_filters(
    sample: Service, other: dict[str, Any], differing: str
) -> None:
    first = sample.recommend("pager", year_min=1990)
    assert sample.recommend("pager", year_min=1990, cursor=first["next_cursor"])["items"]
    answer = sample.http.get(
        "/recommend", params={"user_id": "pager", "cursor": first["next_cursor"]} | other
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
    assert answer.json()["detail"].endswith(f" What differs: {differing}.")


def test_another_process_pages_on_under_the_same_filters(
    sample: Service, start_sample: ServiceFactory
) -> None:
    asked = {"people": "Al Pacino", "exclude_ids": "movie:949", "limit": 2}
    first = sample.recommend("roamer", **asked)
    second = start_sample().recommend("roamer", **asked, cursor=first["next_cursor"])
    assert second["items"]
    assert second["interpreted"] == first["interpreted"]


def test_a_list_is_made_again_under_its_filters(sample: Service, data_dir: Path) -> None:
    asked = {"genres": "crime", "people": "Al Pacino", "max_age": 18, "year_min": 1970}
    served = sample.recommend("replayed", **asked)
    settings = Settings.load({"DATA_DIR": data_dir})
    found = replay_list(settings, sample.database, UUID(served["recommendation_id"]))
    assert found.identical, found


@pytest.mark.parametrize("kind", ["genre", "language"])
def test_what_is_ruled_out_between_two_pages_is_not_on_the_second(
    sample: Service, kind: str
) -> None:
    value, where = {
        "genre": ("Crime", "80 = ANY(genre_ids)"),
        "language": ("en", "original_language = 'en'"),
    }[kind]
    user = f"changing their mind on {kind}"
    first = sample.recommend(user, limit=10)
    said = {"preferences": [{"kind": kind, "value": value, "stance": "never"}]}
    assert sample.http.put(f"/users/{user}/preferences", json=said).status_code == 200
    rest = _rest(sample.recommend, user, first)
    assert rest
    assert not _ids(rest) & _matches(sample, where)


def _rest(
    recommend: Callable[..., dict[str, Any]], user: str, page: dict[str, Any]
) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    while cursor := page.get("next_cursor"):
        page = recommend(user, limit=10, cursor=cursor)
        items += page["items"]
    return items
