"""GET /items and GET /watch-link: one title, and where it can be watched."""

import pytest

from tests.acceptance.conftest import Service
from tests.builders import (
    add_certificate,
    add_credit,
    add_item,
    add_offer,
    add_person,
    add_provider,
    add_related,
)


def test_the_record_has_cast_crew_and_offers_of_one_country(service: Service) -> None:
    item = add_item(
        service.database,
        "Heat",
        tmdb_id=949,
        imdb_id="tt0113277",
        genre_ids=[28, 80],
        poster_path="/heat.jpg",
    )
    add_credit(service.database, item, add_person(service.database, "Al Pacino"))
    add_credit(
        service.database, item, add_person(service.database, "Michael Mann"), role="director"
    )
    add_provider(service.database, "nfx", "Netflix")
    add_offer(service.database, item, "nfx", country="IL")
    add_offer(service.database, item, "hbm", country="US")
    record = service.http.get("/items/imdb:tt0113277").json()
    assert record["id"] == item
    assert record["poster_url"] == "https://image.tmdb.org/t/p/w500/heat.jpg"
    assert record["genres"] == [{"id": 28, "name": "Action"}, {"id": 80, "name": "Crime"}]
    assert [credit["name"] for credit in record["cast"]] == ["Al Pacino"]
    assert [(credit["name"], credit["role"]) for credit in record["crew"]] == [
        ("Michael Mann", "director")
    ]
    assert [(offer["service"], offer["name"]) for offer in record["offers"]] == [("nfx", "Netflix")]
    abroad = service.http.get("/items/movie:949", params={"country": "us"}).json()
    assert (abroad["country"], abroad["offers"][0]["service"]) == ("US", "hbm")


def test_certificates_begin_with_the_country_asked_for(service: Service) -> None:
    item = add_item(service.database, maturity_rating="R", maturity_age=17)
    for country, certificate in (("US", "R"), ("AU", "E"), ("GB", "15"), ("DE", "16")):
        add_certificate(service.database, item, country, certificate)
    record = service.http.get(f"/items/{item}", params={"country": "gb"}).json()
    assert record["certificates"] == [
        {"country": "GB", "certificate": "15", "age": 15},
        {"country": "AU", "certificate": "E", "age": None},
        {"country": "DE", "certificate": "16", "age": 16},
        {"country": "US", "certificate": "R", "age": 17},
    ]
    assert record["maturity_rating"] == "R"
    elsewhere = service.http.get(f"/items/{item}").json()["certificates"]
    assert [one["country"] for one in elsewhere] == ["AU", "DE", "GB", "US"]


def test_names_the_listed_titles_that_the_catalogue_has_in_their_order(service: Service) -> None:
    names = ["Das Kartell", "Ψυχρός ιδρώτας"]
    item = add_item(service.database, "Cold Ledger", tmdb_id=1, alternatives=names)
    night = add_item(service.database, "Night Ledger", tmdb_id=2, release_year=2019)
    dawn = add_item(service.database, "Dawn Ledger", tmdb_id=3)
    add_item(service.database, "Namesake Show", tmdb_id=4, media_type="tv")
    add_item(service.database, "Gone Ledger", tmdb_id=5, retired_at="2026-01-01")
    add_related(service.database, item, similar=[5, 2], recommended=[9, 3, 4, 2])
    record = service.http.get(f"/items/{item}").json()
    assert record["alternative_titles"] == names
    assert record["similar"] == [
        {
            "id": night,
            "tmdb_id": 2,
            "media_type": "movie",
            "title": "Night Ledger",
            "release_year": 2019,
        }
    ]
    assert [other["id"] for other in record["recommended"]] == [dawn, night]


def test_a_record_without_certificates_and_neighbours_has_empty_lists(service: Service) -> None:
    record = service.http.get(f"/items/{add_item(service.database)}").json()
    for part in ("alternative_titles", "certificates", "similar", "recommended"):
        assert record[part] == []


@pytest.mark.parametrize("reference", ["1", "movie:603", "imdb:tt0133093", "matrix", "-1", "🍿"])
def test_an_unknown_item_in_a_path_is_not_found(quiet: Service, reference: str) -> None:
    for path in ("/items", "/watch-link"):
        answer = quiet.http.get(f"{path}/{reference}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_an_unchanged_record_is_not_sent_again(service: Service) -> None:
    item = add_item(service.database)
    first = service.http.get(f"/items/{item}")
    headers = {"If-None-Match": f'"other", {first.headers["etag"]}'}
    again = service.http.get(f"/items/{item}", headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    add_offer(service.database, item)
    assert service.http.get(f"/items/{item}", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "service_name", ["nfx", "NFX", "netflix", "Netflix", "netflix basic", None]
)
def test_a_service_goes_by_all_its_names(service: Service, service_name: str | None) -> None:
    item = add_item(service.database)
    add_provider(service.database, "nfx", "Netflix", aliases=["Netflix Basic"])
    add_offer(service.database, item, "nfx", url="https://netflix.com/1")
    query = {"service": service_name} if service_name else {}
    answer = service.http.get(f"/watch-link/{item}", params=query)
    assert answer.status_code == 307
    assert answer.headers["location"] == "https://netflix.com/1"


def test_prefers_a_subscription_to_a_purchase_and_a_deep_link_to_a_page(
    service: Service,
) -> None:
    item = add_item(service.database)
    add_offer(service.database, item, "aaa", offer_type="buy", url="https://a.example/")
    add_offer(
        service.database,
        item,
        "zzz",
        offer_type="subscription",
        url="https://z.example/",
        deep_link="nflx://title/1",
    )
    answer = service.http.get("/watch-link/movie:603")
    assert answer.headers["location"] == "nflx://title/1"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "http://plain.example/",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example/",
        "https:///nohost",
        "https://good.example\\@evil.example/",
        "https://x.example/\r\nSet-Cookie: a=b",
        "intent://x#Intent;end",
    ],
)
def test_follows_https_and_known_apps_only(service: Service, link: str) -> None:
    item = add_item(service.database)
    add_offer(service.database, item, "nfx", deep_link=link, url=link)
    answer = service.http.get(f"/watch-link/{item}")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("No link to ")
    add_offer(service.database, item, "hbm", offer_type="buy", url="https://safe.example/")
    answer = service.http.get(f"/watch-link/{item}")
    assert answer.headers["location"] == "https://safe.example/"


@pytest.mark.parametrize("query", [{"service": "hulu"}, {"country": "US"}])
def test_no_offer_is_no_link(service: Service, query: dict[str, str]) -> None:
    item = add_item(service.database)
    add_offer(service.database, item, "nfx", country="IL")
    answer = service.http.get(f"/watch-link/{item}", params=query)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
