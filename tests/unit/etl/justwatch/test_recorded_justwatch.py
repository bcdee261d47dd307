"""Real answers of JustWatch, where the environment names a folder of them, lose nothing we store.

The folder holds `graphql/*.response.json`, as they came over the wire, and
`simplejustwatch/*.json`, the same data under a client's names.
"""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.justwatch.offers import TitleOffers, read_offers
from etl.justwatch.packages import read_services
from etl.justwatch.search import read_candidates

_FOLDER = os.environ.get("SEENEMALL_RECORDED_JUSTWATCH")
pytestmark = pytest.mark.skipif(
    _FOLDER is None, reason="SEENEMALL_RECORDED_JUSTWATCH names no folder"
)
_LONG_AGO = date(2000, 1, 1)
_KINDS = {
    "FLATRATE": "subscription",
    "FREE": "free",
    "ADS": "ads",
    "RENT": "rent",
    "BUY": "buy",
}
_DISCS = {"DVD", "BLURAY", "BLURAY_4K"}


def recorded(name: str) -> Any:
    assert _FOLDER is not None
    return json.loads((Path(_FOLDER) / name).read_text(encoding="utf-8"))


def entries() -> Iterator[dict[str, Any]]:
    for name in ("search", "popular"):
        yield from recorded(f"simplejustwatch/{name}.json")["result"]
    yield recorded("simplejustwatch/details.json")["result"]


def wire_package(package: dict[str, Any]) -> dict[str, Any]:
    return {
        "packageId": package["package_id"],
        "shortName": package["short_name"],
        "clearName": package["name"],
        "technicalName": package["technical_name"],
    }


def wire(offer: dict[str, Any]) -> dict[str, Any]:
    return {
        "monetizationType": offer["monetization_type"],
        "presentationType": offer["presentation_type"],
        "standardWebURL": offer["url"],
        "deeplinkURL": offer["deeplink_roku"],
        "availableTo": offer["available_to"],
        "package": wire_package(offer["package"]),
    }


def read(lists: dict[str, list[dict[str, Any]]]) -> TitleOffers:
    node = {country: [wire(offer) for offer in offers] for country, offers in lists.items()}
    found = read_offers({"data": {"t0": node}}, titles=1, countries=tuple(lists), today=_LONG_AGO)[
        0
    ]
    assert found is not None
    return found


def assert_nothing_lost(lists: dict[str, list[dict[str, Any]]]) -> int:
    found = read(lists)
    for country, offers in lists.items():
        streamed = [
            offer
            for offer in offers
            if offer["monetization_type"] != "CINEMA" and offer["presentation_type"] not in _DISCS
        ]
        kept = found.by_country[country]
        assert {(one.service, one.offer_type) for one in kept} == {
            (offer["package"]["short_name"], _KINDS[offer["monetization_type"]])
            for offer in streamed
        }
        links = {offer["url"] for offer in streamed if offer["url"].startswith("https:")}
        assert {one.url for one in kept if one.url} <= links
        linked = {offer["package"]["short_name"] for offer in streamed if offer["url"] in links}
        assert {one.service for one in kept if one.url} == linked
    assert not found.unknown_kinds
    return sum(map(len, found.by_country.values()))


def test_offers_of_several_countries() -> None:
    lists = recorded("simplejustwatch/offers_for_countries.json")["result"]
    assert set(lists) == {"FR", "GB", "US"}
    assert assert_nothing_lost(lists) > 0


def test_offers_of_titles() -> None:
    assert sum(assert_nothing_lost({"US": entry["offers"]}) for entry in entries()) > 0


def test_candidates_with_their_ids() -> None:
    nodes = [
        {
            "id": entry["entry_id"],
            "objectType": entry["object_type"],
            "content": {
                "title": entry["title"],
                "originalReleaseYear": entry["release_year"],
                "externalIds": {"imdbId": entry["imdb_id"], "tmdbId": entry["tmdb_id"]},
            },
        }
        for entry in entries()
    ]
    edges = [{"node": node} for node in nodes]
    found = read_candidates({"data": {"popularTitles": {"edges": edges}}})
    assert [(one.node_id, one.title, one.year, str(one.tmdb_id), one.imdb_id) for one in found] == [
        (
            entry["entry_id"],
            entry["title"],
            entry["release_year"],
            entry["tmdb_id"],
            entry["imdb_id"],
        )
        for entry in entries()
    ]
    assert all(one.media_type is not None for one in found)


def test_services() -> None:
    packages = recorded("simplejustwatch/providers.json")["result"]
    found = read_services({"data": {"packages": list(map(wire_package, packages))}})
    assert [(one.short_name, one.name, one.tmdb_id, one.aliases) for one in found] == [
        (
            package["short_name"],
            package["name"].strip(),
            package["package_id"],
            (package["technical_name"],),
        )
        for package in packages
    ]


def test_the_raw_answer() -> None:
    for path in sorted((Path(_FOLDER or "") / "graphql").glob("*.response.json")):
        document = recorded(f"graphql/{path.name}")
        nodes = [edge["node"] for edge in document["data"]["popularTitles"]["edges"]]
        found = read_candidates(document)
        assert [(one.node_id, one.title) for one in found] == [
            (node["id"], node["content"]["title"]) for node in nodes
        ]
        offers = [node["watchNowOffer"] for node in nodes]
        # This recording was asked for less of a service than we ask for.
        for offer in offers:
            offer["package"]["shortName"] = "dnp"
        said = {f"t{number}": {"KR": [offer]} for number, offer in enumerate(offers)}
        read_back = read_offers(
            {"data": said}, titles=len(offers), countries=("KR",), today=_LONG_AGO
        )
        assert [one.by_country["KR"][0].url for one in read_back if one] == [
            offer["standardWebURL"] for offer in offers
        ]
