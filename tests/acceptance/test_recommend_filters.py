"""GET /recommend: every filter holds, and a narrow wish still fills the page."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, announce_catalogue, rows_of


def _matches(
    service: Service,
    *,
    media_type: str | None = None,
    genres: tuple[str, ...] = (),
    services: tuple[str, ...] = (),
    country: str = "IL",
) -> set[int]:
    """The ids that keep the filters, told by SQL that the service has no part in."""
    found = rows_of(
        service.database,
        """
        SELECT id FROM items
        WHERE (%(media_type)s::text IS NULL OR media_type = %(media_type)s)
          AND (%(genres)s::text[] = '{}' OR EXISTS (
            SELECT FROM genres WHERE genres.id = ANY(genre_ids) AND name = ANY(%(genres)s)))
          AND (%(services)s::text[] = '{}' OR id IN (
            SELECT item_id FROM availability
            WHERE country = %(country)s AND service = ANY(%(services)s)
              AND offer_type NOT IN ('rent', 'buy')))
        """,
        media_type=media_type,
        genres=list(genres),
        services=list(services),
        country=country,
    )
    return {row[0] for row in found}


_FILTERS: list[dict[str, Any]] = [
    {"media_type": "movie"},
    {"media_type": "tv"},
    {"genres": ("Drama",)},
    {"genres": ("Western",)},
    {"genres": ("War", "History")},
    {"media_type": "tv", "genres": ("Crime",)},
    {"media_type": "movie", "genres": ("Horror", "Mystery")},
    {"services": ("nfx",)},
    {"services": ("nfx", "dnp"), "country": "US"},
    {"services": ("bbc",), "country": "GB"},
    {"services": ("itu",)},
    {"services": ("nfx", "dnp", "amp"), "media_type": "movie", "genres": ("Drama",)},
    {"services": ("knp", "hop"), "country": "US", "genres": ("Comedy",)},
    {"services": ("mbi",), "country": "GB", "media_type": "movie"},
]


def _query(filters: dict[str, Any]) -> dict[str, Any]:
    query = dict(filters)
    if genres := query.pop("genres", ()):
        query["genre_override"] = ",".join(genres)
    if services := query.pop("services", ()):
        query["services"] = ",".join(services)
    return query


@pytest.fixture(scope="module")
def strict(start_sample: ServiceFactory, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A service whose operator lets no genre of the words be relaxed."""
    rules = tmp_path_factory.mktemp("strict") / "rules.json"
    rules.write_text('{"filters": {"require_intent_genres": true}}')
    return start_sample(BUSINESS_RULES_PATH=rules)


@pytest.mark.parametrize("filters", _FILTERS, ids=lambda filters: json.dumps(_query(filters)))
@pytest.mark.parametrize("limit", [7, 50])
@pytest.mark.parametrize("text", [None, "a quiet story about a family"])
def test_a_page_holds_as_many_matches_as_there_are(
    sample: Service, filters: dict[str, Any], limit: int, text: str | None
) -> None:
    query = _query(filters) | ({} if text is None else {"query": text})
    matches = _matches(sample, **filters)
    page = sample.recommend("filterer", limit=limit, **query)
    ids = [item["id"] for item in page["items"]]
    assert set(ids) <= matches
    assert len(ids) == min(limit, len(matches))
    assert "relaxed" not in page


@pytest.mark.parametrize("filters", _FILTERS[:6], ids=lambda filters: json.dumps(_query(filters)))
def test_the_pages_reach_every_match(sample: Service, filters: dict[str, Any]) -> None:
    whole = sample.whole_list("completist", **_query(filters))
    assert {item["id"] for item in whole} == _matches(sample, **filters)


@pytest.mark.parametrize("filters", _FILTERS, ids=lambda filters: json.dumps(_query(filters)))
def test_what_the_viewer_has_seen_makes_room_for_other_matches(
    sample: Service, filters: dict[str, Any]
) -> None:
    user_id = f"seen of {filters}"
    matches = _matches(sample, **filters)
    seen = sorted(matches)[::2]
    sample.post_history(*seen, user_id=user_id, event_type="liked")
    page = sample.recommend(user_id, **_query(filters))
    ids = {item["id"] for item in page["items"]}
    assert ids <= matches - set(seen)
    assert len(page["items"]) == min(20, len(matches) - len(seen))


@pytest.mark.parametrize("written", ["crime,WESTERN", " Western , cRiMe ", "western,,Crime,"])
def test_genres_may_be_written_in_any_case(sample: Service, written: str) -> None:
    expected = sample.recommend("speller", genre_override="Crime,Western")["items"]
    assert sample.recommend("speller", genre_override=written)["items"] == expected


def test_genres_may_be_written_as_the_ids_of_their_list(sample: Service) -> None:
    ids = {one["name"]: one["id"] for one in sample.http.get("/genres").json()["genres"]}
    by_name = {"genres": "Crime,Western", "exclude_genres": "Horror"}
    by_id = {"genres": f"{ids['Crime']},{ids['Western']}", "exclude_genres": str(ids["Horror"])}
    # What is explored is drawn for a request as it is written.
    one, other = (sample.recommend("speller", diversify=False, **said) for said in (by_name, by_id))
    assert other["items"] == one["items"]


@pytest.mark.parametrize("written", ["Sci-Fi & Fantasy", "sci-fi", "Science Fiction"])
def test_genres_of_shows_are_found_under_either_name(sample: Service, written: str) -> None:
    page = sample.recommend("trekkie", genre_override=written, media_type="tv")
    matches = _matches(sample, media_type="tv", genres=("Science Fiction",))
    assert {item["id"] for item in page["items"]} <= matches
    assert len(page["items"]) == 20
    assert "relaxed" not in page


@pytest.mark.parametrize(
    ("genre", "query"),
    [
        ("Reality", {"query": "reality shows"}),
        ("Documentary", {"query": "documentaries", "limit": 50}),
        ("Western", {"query": "westerns", "limit": 60}),
        ("Western", {"query": "western with robots in space", "limit": 60}),
        ("War", {"query": "war", "services": "nfx,dnp", "limit": 40}),
        ("Horror", {"query": "horror", "limit": 50, "diversify": False}),
    ],
    ids=str,
)
@pytest.mark.parametrize("user_id", ["a stranger", "sample-ghibli-family"])
def test_genres_that_cannot_fill_the_page_lead_it(
    sample: Service, genre: str, query: dict[str, Any], user_id: str
) -> None:
    page = sample.recommend(user_id, **query)
    assert page["relaxed"] == ["genres"]
    of_the_genre = [genre in {one["name"] for one in item["genres"]} for item in page["items"]]
    leading = of_the_genre.index(False)
    assert not any(of_the_genre[leading:])
    seen = rows_of(
        sample.database,
        "SELECT item_id FROM interactions JOIN profiles ON profiles.id = profile_id"
        " WHERE user_id = %(user_id)s",
        user_id=user_id,
    )
    services = tuple(query["services"].split(",")) if "services" in query else ()
    exact_matches = _matches(
        sample,
        genres=(genre,),
        media_type=query.get("media_type"),
        services=services,
    )
    assert leading == len(exact_matches - {row[0] for row in seen})


def test_genres_that_fill_the_page_are_not_relaxed(sample: Service) -> None:
    page = sample.recommend("content", genre_override="Western", limit=25)
    assert "relaxed" not in page
    assert len(page["items"]) == 25


def test_other_filters_are_never_relaxed(sample: Service) -> None:
    page = sample.recommend("hoper", media_type="tv", services="mbi", query="horror")
    matches = _matches(sample, media_type="tv", services=("mbi",))
    assert {item["id"] for item in page["items"]} <= matches


def test_the_operator_may_keep_genres_from_being_relaxed(strict: Service) -> None:
    page = strict.recommend("hoper", query="westerns", limit=60)
    assert "relaxed" not in page
    assert {item["id"] for item in page["items"]} == _matches(strict, genres=("Western",))


@pytest.mark.parametrize("written", ["netflix", "NETFLIX", "Netflix", "nfx", " nfx , netflix "])
def test_a_service_may_be_named_as_people_do(sample: Service, written: str) -> None:
    page = sample.recommend("subscriber", services=written, limit=100)
    assert {item["id"] for item in page["items"]} == _matches(sample, services=("nfx",))


@pytest.mark.parametrize("written", ["disney", "Disney+", "disney plus", "DisneyPlus"])
def test_a_service_may_be_named_by_an_alias(sample: Service, written: str) -> None:
    page = sample.recommend("subscriber", services=written, limit=100, country="GB")
    expected = _matches(sample, services=("dnp",), country="GB")
    assert {item["id"] for item in page["items"]} == expected


def test_what_can_only_be_rented_or_bought_is_not_on_the_service(sample: Service) -> None:
    offered = rows_of(
        sample.database,
        "SELECT count(*) FROM availability WHERE service = 'itu' AND country = 'IL'",
    )
    assert offered[0][0] > 20
    assert sample.recommend("renter", services="itu")["items"] == []


def test_an_offer_of_another_country_does_not_count(sample: Service) -> None:
    here, there = (
        {item["id"] for item in sample.whole_list("traveller", services="nfx", country=country)}
        for country in ("IL", "US")
    )
    assert here == _matches(sample, services=("nfx",), country="IL")
    assert there == _matches(sample, services=("nfx",), country="US")
    assert here != there


def test_the_operators_country_is_the_default(start_sample: ServiceFactory) -> None:
    american = start_sample(JUSTWATCH_COUNTRY="US")
    found = {item["id"] for item in american.whole_list("traveller", services="nfx")}
    assert found == _matches(american, services=("nfx",), country="US")


def test_what_is_not_out_yet_waits_for_its_day(service: Service) -> None:
    today = datetime.now(UTC).date()
    # A day that has begun may end while the service is asked.
    days = {"out": today, "next week": today + timedelta(days=7), "of no known day": None}
    items = {
        name: add_item(service.database, name, tmdb_id=number, release_date=day, vote_count=9)
        for number, (name, day) in enumerate(days.items())
    }
    announce_catalogue(service.database)
    ids = {item["id"] for item in service.recommend("early")["items"]}
    assert ids == {items["out"], items["of no known day"]}


def test_words_may_ask_for_years_to_come(service: Service) -> None:
    today = datetime.now(UTC).date()
    day = date(today.year + 2, 6, 1)
    item = add_item(service.database, "Later", release_date=day, release_year=day.year)
    announce_catalogue(service.database)
    page = service.recommend("patient", query=f"films of {day.year}")
    assert [one["id"] for one in page["items"]] == [item]


def test_an_unknown_service_is_named(sample: Service) -> None:
    answer = sample.http.get(
        "/recommend", params={"user_id": "dana", "services": "netflix,Blockbuster"}
    )
    assert answer.status_code == 422
    assert "'Blockbuster'" in answer.json()["detail"]


def test_the_operators_filters_hold_for_every_page(
    start_sample: ServiceFactory, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text(
        json.dumps(
            {
                "filters": {
                    "exclude_genres": ["horror", "WAR"],
                    "include_genres": ["Drama", "comedy"],
                    "min_vote_count": 1000,
                    "min_release_year": 1960,
                    "max_release_year": 2015,
                    "exclude_tmdb_ids": ["movie:238"],
                }
            }
        )
    )
    service = start_sample(BUSINESS_RULES_PATH=rules)
    expected = rows_of(
        service.database,
        """
        SELECT id FROM items
        WHERE NOT genre_ids && '{27,10752}' AND genre_ids && '{18,35}' AND vote_count >= 1000
          AND release_year BETWEEN 1960 AND 2015 AND (media_type, tmdb_id) <> ('movie', 238)
        """,
    )
    found = {item["id"] for item in service.whole_list("ruled", query="a crime in the family")}
    assert found == {row[0] for row in expected}
    assert len(found) > 100


@pytest.mark.parametrize(
    "written", ["Disney+", "Disney%2B", "Disney%20Plus", "disney-plus", "DISNEY"]
)
def test_a_service_is_the_same_by_any_of_its_names(sample: Service, written: str) -> None:
    """The "+" of an address is a space, which clients forget."""
    asked = "/recommend?user_id=nobody&country=US&limit=100&services="
    found = sample.http.get(f"{asked}{written}").json()["items"]
    assert [one["id"] for one in found] == [
        one["id"] for one in sample.http.get(f"{asked}dnp").json()["items"]
    ]
    assert found
