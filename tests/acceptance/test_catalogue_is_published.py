"""A large catalogue is published by a process beside the service, which maps what that wrote."""

from api.catalogue.published.publish import FEWEST_TITLES
from tests.acceptance.conftest import Service
from tests.builders import add_items, announce_catalogue


def test_a_large_catalogue_is_published_beside_the_service_and_told(service: Service) -> None:
    add_items(service.database, FEWEST_TITLES)
    # The service may have read the empty catalogue as it started.
    announce_catalogue(service.database)
    found = service.http.get("/search", params={"q": "film 1999"}, timeout=120)
    assert [one["title"] for one in found.json()["items"]] == ["Film 1999"]
    index = service.http.get("/admin/index").json()
    told = index["snapshot"]
    assert told["problem"] is None
    assert (told["reads_from"], told["waiting"]) == ("snapshot", 0)
    assert told["version"] == told["served"] == index["catalogue_version"]
    assert told["bytes"] > FEWEST_TITLES
    assert told["age_seconds"] >= 0
