"""GET /people/{person}, /genres and /services: what the catalogue is made of, with counts."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import (
    add_certificate,
    add_credit,
    add_item,
    add_offer,
    add_person,
    add_provider,
    announce_catalogue,
)


@pytest.fixture(scope="module")
def service(start_quiet: ServiceFactory) -> Service:
    """A film for all and one for adults by one person, a show, and a film that is gone."""
    service = start_quiet()
    database = service.database
    drama: dict[str, Any] = {"genre_ids": [18]}
    harmless = add_item(database, "Harmless", tmdb_id=1, popularity=1.0, **drama)
    harsh = add_item(database, "Harsh", tmdb_id=2, popularity=9.0, **drama)
    show = add_item(database, "Show", tmdb_id=3, media_type="tv", genre_ids=[18, 35])
    gone = add_item(database, "Gone", tmdb_id=4, retired_at="2026-01-01T00:00:00Z", **drama)
    add_certificate(database, harmless, "US", "G")
    add_certificate(database, harsh, "US", "R")
    person = add_person(database, "Jo Maker", tmdb_id=77)
    for item in (harmless, harsh, gone):
        add_credit(database, item, person, role="director")
    add_credit(database, harmless, person, role="cast")
    add_provider(database, "nfx", "Netflix")
    add_provider(database, "itu", "Apple TV")
    for item in (harmless, harsh, gone):
        add_offer(database, item, "nfx", country="IL")
    add_offer(database, show, "itu", country="IL", offer_type="rent")
    add_offer(database, show, "nfx", country="US")
    announce_catalogue(database)
    service.http.put("/users/dana/profiles/kids", json={"kind": "child", "max_age": 9})
    return service


_KIDS = {"user_id": "dana", "profile": "kids"}


def read(service: Service, path: str, **params: Any) -> dict[str, Any]:
    answer = service.http.get(path, params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_person_comes_with_their_titles_the_most_popular_first(service: Service) -> None:
    person = read(service, "/people/tmdb:77")
    assert (person["name"], person["tmdb_id"]) == ("Jo Maker", 77)
    assert [title["title"] for title in person["titles"]] == ["Harsh", "Harmless"]
    roles = [[part["role"] for part in title["parts"]] for title in person["titles"]]
    assert roles == [["director"], ["cast", "director"]]
    assert read(service, f"/people/{person['id']}") == person
    assert len(read(service, "/people/tmdb:77", limit=1)["titles"]) == 1


def test_a_child_sees_a_persons_titles_within_the_limits(service: Service) -> None:
    titles = read(service, "/people/tmdb:77", **_KIDS)["titles"]
    assert [title["title"] for title in titles] == ["Harmless"]


@pytest.mark.parametrize("person", ["0", "tmdb:78", "99999999999", "imdb:nm0000199", "Jo"])
def test_an_unknown_person_is_not_found(service: Service, person: str) -> None:
    answer = service.http.get(f"/people/{person}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_every_genre_is_listed_with_its_films_and_shows(service: Service) -> None:
    genres = read(service, "/genres")["genres"]
    names = [genre["name"] for genre in genres]
    assert names == sorted(names)
    counts = {one["name"]: (one["movies"], one["shows"]) for one in genres}
    assert (counts["Drama"], counts["Comedy"], counts["Western"]) == ((2, 1), (0, 1), (0, 0))


def test_counts_are_of_what_a_child_may_be_shown(service: Service) -> None:
    genres = read(service, "/genres", **_KIDS)["genres"]
    assert [(one["movies"], one["shows"]) for one in genres if one["name"] == "Drama"] == [(1, 0)]
    services = read(service, "/services", country="IL", **_KIDS)["services"]
    assert [(one["service"], one["titles"]) for one in services] == [("nfx", 1)]


def test_services_are_those_of_the_country(service: Service) -> None:
    assert read(service, "/services", country="IL") == {
        "country": "IL",
        "services": [
            {"service": "nfx", "name": "Netflix", "titles": 2, "for_sale": 0},
            {"service": "itu", "name": "Apple TV", "titles": 0, "for_sale": 1},
        ],
    }
    assert read(service, "/services") == read(service, "/services", country="IL")
    assert read(service, "/services", country="FR")["services"] == []


def test_an_unchanged_answer_is_not_sent_again(service: Service) -> None:
    for path in ("/people/tmdb:77", "/genres", "/services"):
        tag = service.http.get(path).headers["etag"]
        assert service.http.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_country_that_is_none_is_refused(service: Service) -> None:
    assert service.http.get("/services", params={"country": "Narnia"}).status_code == 422
