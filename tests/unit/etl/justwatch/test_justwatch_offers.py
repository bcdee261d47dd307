"""What becomes of JustWatch's offers, and of answers of another shape."""

from datetime import date
from typing import Any

import pytest

from api.catalogue.writing.title import Offer
from etl.justwatch.answer import Misunderstood
from etl.justwatch.offers import TitleOffers, offers_query, read_offers, titles_per_question
from etl.justwatch.packages import read_services
from etl.justwatch.search import read_candidates
from tests.doubles.justwatch import MUBI, package, wire_offer

TODAY = date(2026, 5, 1)


def read(*offers: Any, country: str = "IL") -> TitleOffers:
    document = {"data": {"t0": {country: list(offers)}}}
    found = read_offers(document, titles=1, countries=(country,), today=TODAY)[0]
    assert found is not None
    return found


def kinds(found: TitleOffers) -> list[str]:
    return [offer.offer_type for offer in found.by_country["IL"]]


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        ("FLATRATE", "subscription"),
        ("FLATRATE_AND_BUY", "subscription"),
        ("FREE", "free"),
        ("ADS", "ads"),
        ("FAST", "ads"),
        ("RENT", "rent"),
        ("BUY", "buy"),
    ],
)
def test_each_kind_keeps_its_meaning(kind: str, ours: str) -> None:
    assert kinds(read(wire_offer(kind))) == [ours]


def test_renting_and_buying_at_one_service_are_two_offers() -> None:
    assert sorted(kinds(read(wire_offer("RENT"), wire_offer("BUY")))) == ["buy", "rent"]


@pytest.mark.parametrize(
    ("kind", "quality"), [("CINEMA", "CANVAS"), ("BUY", "DVD"), ("BUY", "BLURAY_4K")]
)
def test_tickets_and_discs_are_left_out(kind: str, quality: str) -> None:
    found = read(wire_offer(kind, quality=quality))
    assert found.by_country == {"IL": ()}
    assert not found.unknown_kinds


def test_an_unknown_kind_is_counted_and_left_out() -> None:
    found = read(wire_offer(), wire_offer("BARTER"))
    assert kinds(found) == ["subscription"]
    assert found.unknown_kinds == {"BARTER": 1}


def test_nothing_but_unknown_kinds_is_another_form_and_no_end_of_offers() -> None:
    with pytest.raises(Misunderstood, match=r"does not know \(offers: only 'BARTER'\)\.$"):
        read(wire_offer("BARTER"))


def test_qualities_collapse_into_the_best_with_a_link() -> None:
    found = read(
        wire_offer(quality="SD", url="https://watch.example/sd"),
        wire_offer(quality="HD", url="https://watch.example/hd"),
        wire_offer(quality="_4K", url="http://watch.example/insecure"),
    )
    assert found.by_country["IL"] == (
        Offer("IL", "nfx", "subscription", "https://watch.example/hd"),
    )


@pytest.mark.parametrize(
    ("until", "left"),
    [("2026-04-30", 0), ("2026-05-01", 1), ("2026-06-01T00:00:00Z", 1), ("soon", 1), (None, 1)],
)
def test_an_offer_that_has_ended_is_left_out(until: str | None, left: int) -> None:
    assert len(read(wire_offer(until=until)).by_country["IL"]) == left


@pytest.mark.parametrize(
    "link",
    [
        "http://watch.example/1",
        "javascript:alert(1)",
        "intent://watch#Intent;end",
        "https://watch.example/a b",
        f"https://watch.example/{'a' * 2000}",
        "",
        None,
    ],
)
def test_only_links_that_may_be_followed_are_kept(link: str | None) -> None:
    found = read(wire_offer(url=link, deep_link=link)).by_country["IL"][0]
    assert (found.url, found.deep_link) == (None, None)


def test_a_deep_link_into_a_known_app_is_kept() -> None:
    found = read(wire_offer(deep_link="nflx://title/1")).by_country["IL"][0]
    assert found.deep_link == "nflx://title/1"


def test_services_of_the_offers_come_along() -> None:
    assert [one.short_name for one in read(wire_offer(service=MUBI)).services] == ["mbi"]


def test_a_node_that_is_no_more_is_none() -> None:
    assert read_offers({"data": {"t0": None}}, titles=1, countries=("IL",), today=TODAY) == [None]


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"data": None},
        {"data": {}},
        {"data": {"t0": {}}},
        {"data": {"t0": {"IL": None}}},
        {"data": {"t0": {"IL": [{}]}}},
        {"data": {"t0": {"IL": [wire_offer() | {"package": None}]}}},
        {"data": {"t0": {"IL": [wire_offer(service=package("", 8, "Netflix", "netflix"))]}}},
        {"data": {"t0": {"IL": [wire_offer(service=package("nfx", 0, "Netflix", "netflix"))]}}},
        {"errors": [{"message": "no"}], "data": {"t0": {"IL": []}}},
        {"errors": "no"},
        [],
    ],
)
def test_another_shape_is_one_sentence(document: object) -> None:
    with pytest.raises(Misunderstood) as caught:
        read_offers(document, titles=1, countries=("IL",), today=TODAY)
    assert str(caught.value).startswith("JustWatch answered in a form this version does not know (")
    assert str(caught.value).endswith(").")


@pytest.mark.parametrize(
    "document",
    [{"data": {}}, {"data": {"popularTitles": {"edges": [{"node": {"id": "tm1"}}]}}}],
)
def test_a_search_of_another_shape_is_one_sentence(document: object) -> None:
    with pytest.raises(Misunderstood, match=r"does not know \(search: "):
        read_candidates(document)


def test_a_reason_of_theirs_is_cut_and_kept_on_one_line() -> None:
    with pytest.raises(Misunderstood) as caught:
        read_services({"errors": [{"message": "no\n" * 1000}]})
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_service_without_a_name_goes_by_its_technical_one() -> None:
    document = {"data": {"packages": [package("mbi", 11, "", "mubi")]}}
    assert [(one.short_name, one.name) for one in read_services(document)] == [("mbi", "mubi")]


@pytest.mark.parametrize(("countries", "titles"), [(1, 10), (2, 10), (4, 5), (15, 1), (200, 1)])
def test_a_question_stays_small_with_many_countries(countries: int, titles: int) -> None:
    assert titles_per_question(countries) == titles


def test_the_question_names_each_title_and_country_once() -> None:
    query = offers_query(2, ("IL", "GB"))
    for declared in ("$n0: ID!", "$n1: ID!", "$IL: Country!", "$GB: Country!"):
        assert query.count(declared) == 1
    assert query.count("GB: offers(country: $GB, platform: $platform") == 2
