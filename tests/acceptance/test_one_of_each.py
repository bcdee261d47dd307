"""A title that the catalogue has in two entries stands in a list once."""

from tests.acceptance.conftest import ServiceFactory
from tests.builders import add_item


def test_of_two_entries_of_one_title_a_list_has_one(start_quiet: ServiceFactory) -> None:
    database = start_quiet().database
    better, lesser = (
        add_item(database, "Twin", tmdb_id=number, imdb_id="tt0000077", vote_count=votes)
        for number, votes in ((71, 900), (72, 5))
    )
    service = start_quiet()
    listed = {item["id"] for item in service.recommend("dana", limit=50)["items"]}
    assert better in listed
    assert lesser not in listed
    asked = {"user_id": "dana", "item": lesser}
    why = service.http.post("/recommend/preview", json=asked).json()["reasons"][0]
    assert (why["code"], why["evidence"]["items"]) == ("same_title", [better])
