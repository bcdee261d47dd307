"""Absence is no permission: what its source calls not out is not recommended, whatever it lacks."""

from datetime import date
from typing import Any

import pytest

from tests.acceptance.conftest import Service
from tests.builders import add_certificate, add_item, add_offer, announce_catalogue

_NO_DAY: dict[str, Any] = {"release_date": None, "release_year": None}


def recommended(service: Service, **columns: Any) -> bool:
    add_item(service.database, "The Lantern Keeper", tmdb_id=1, popularity=50.0, **columns)
    announce_catalogue(service.database)
    return bool(service.whole_list(diversify=False))


@pytest.mark.parametrize(
    "status", ["Rumored", "Planned", "In Production", "Post Production", "Canceled"]
)
@pytest.mark.parametrize("day", [None, date(2001, 5, 1)])
def test_a_film_that_is_being_made_or_was_called_off_is_not_out(
    service: Service, status: str, day: date | None
) -> None:
    columns = {"status": status, "vote_count": 900, "release_date": day}
    assert not recommended(service, **columns)


@pytest.mark.parametrize("status", ["Canceled", "Ended", "Returning Series", "In Production"])
def test_a_show_that_was_on_air_is_out(service: Service, status: str) -> None:
    assert recommended(service, media_type="tv", status=status)


@pytest.mark.parametrize("status", [None, "Released", "a word that TMDB invents"])
def test_a_dated_film_of_any_other_status_is_out(service: Service, status: str | None) -> None:
    assert recommended(service, status=status)


@pytest.mark.parametrize("media_type", ["movie", "tv"])
@pytest.mark.parametrize("status", [None, "Released", "Pilot"])
def test_an_undated_title_without_evidence_is_not_out(
    service: Service, media_type: str, status: str | None
) -> None:
    assert not recommended(service, media_type=media_type, status=status, **_NO_DAY)


def test_an_undated_title_with_votes_is_out(service: Service) -> None:
    assert recommended(service, vote_count=3, **_NO_DAY)


def test_an_undated_title_with_an_offer_is_out(service: Service) -> None:
    item = add_item(service.database, "Offered", tmdb_id=2, **_NO_DAY)
    add_offer(service.database, item)
    announce_catalogue(service.database)
    assert [one["id"] for one in service.whole_list()] == [item]


def test_an_undated_title_with_a_certificate_is_out(service: Service) -> None:
    item = add_item(service.database, "Certified", tmdb_id=2, **_NO_DAY)
    add_certificate(service.database, item, "GB", "12A")
    announce_catalogue(service.database)
    assert [one["id"] for one in service.whole_list()] == [item]


def test_a_title_of_which_the_year_alone_is_known_is_out(service: Service) -> None:
    assert recommended(service, release_date=None, release_year=1999)


def test_a_preview_tells_why(service: Service) -> None:
    add_item(service.database, "Called Off", tmdb_id=1, status="Canceled")
    add_item(service.database, "Never Seen", tmdb_id=2, **_NO_DAY)
    announce_catalogue(service.database)

    def told(item: str) -> list[str]:
        body = {"user_id": "dana", "item": item}
        answer = service.http.post("/recommend/preview", json=body)
        return [one["detail"] for one in answer.json()["reasons"]]

    assert "Its source calls it Canceled." in str(told("movie:1"))
    assert "nobody has voted for it" in str(told("movie:2"))
