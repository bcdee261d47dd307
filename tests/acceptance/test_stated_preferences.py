"""/users/{user_id}/preferences: what a viewer says counts at once, and stays what they said."""

from typing import Any

import httpx2
import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, announce_catalogue, rows_of

_HORROR = {"kind": "genre", "value": "Horror", "stance": "never"}


def put(service: Service, user_id: str, *stated: Any, **query: Any) -> httpx2.Response:
    return service.http.put(
        f"/users/{user_id}/preferences", params=query, json={"preferences": stated}
    )


def say(service: Service, user_id: str, *stated: tuple[str, str, str], **query: Any) -> Any:
    listed = [{"kind": kind, "value": value, "stance": stance} for kind, value, stance in stated]
    answer = put(service, user_id, *listed, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def read(service: Service, user_id: str, **query: Any) -> Any:
    answer = service.http.get(f"/users/{user_id}/preferences", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def genres_of(item: dict[str, Any]) -> set[str]:
    return {genre["name"] for genre in item["genres"]}


def test_what_is_said_is_kept_as_it_is_spelled_here(service: Service) -> None:
    said = say(
        service,
        "dana",
        ("genre", "sci-fi", "prefer"),
        ("language", "KO", "avoid"),
        ("decade", "1990", "never"),
    )
    assert (said["user_id"], said["profile"], said["inferred"]) == ("dana", None, [])
    kept = [(one["kind"], one["value"], one["stance"]) for one in said["preferences"]]
    assert sorted(kept) == [
        ("decade", "1990s", "never"),
        ("genre", "Science Fiction", "prefer"),
        ("language", "ko", "avoid"),
    ]
    assert {one["source"] for one in said["preferences"]} == {"user"}
    assert read(service, "dana") == said


def test_a_new_list_takes_the_place_of_the_old_one(service: Service) -> None:
    first = say(service, "dana", ("genre", "Horror", "never"), ("genre", "Drama", "prefer"))
    second = say(service, "dana", ("genre", "Horror", "never"), ("genre", "Drama", "avoid"))
    before = {one["value"]: one for one in first["preferences"]}
    after = {one["value"]: one for one in second["preferences"]}
    assert after["Horror"] == before["Horror"]  # said before, and still as of then
    assert after["Drama"]["stance"] == "avoid"
    assert after["Drama"]["created_at"] > before["Drama"]["created_at"]
    assert say(service, "dana")["preferences"] == []


def test_each_profile_has_its_own(service: Service) -> None:
    say(service, "dana", ("genre", "Horror", "never"), profile="kids")
    assert read(service, "dana")["preferences"] == []
    assert len(read(service, "dana", profile="kids")["preferences"]) == 1


def test_of_an_unknown_user_nothing_is_said_and_nothing_is_stored(service: Service) -> None:
    assert read(service, "nobody") == {
        "user_id": "nobody",
        "profile": None,
        "preferences": [],
        "inferred": [],
    }
    assert rows_of(service.database, "SELECT count(*) FROM profiles") == [(0,)]


@pytest.mark.parametrize(
    ("stated", "named"),
    [
        ({"kind": "genre", "value": "Sharks", "stance": "never"}, "preferences[1]: 'Sharks'"),
        ({"kind": "language", "value": "qq", "stance": "never"}, "preferences[1]: 'qq'"),
        ({"kind": "decade", "value": "1995", "stance": "prefer"}, "preferences[1]: '1995'"),
        ({"kind": "maturity", "value": "16", "stance": "avoid"}, "preferences[1]: 'avoid'"),
        ({"kind": "genre", "value": "horror", "stance": "prefer"}, "genre Horror is there twice"),
        ({"kind": "mood", "value": "Sad", "stance": "prefer"}, "preferences.1.kind"),
        ({"kind": "genre", "value": "Drama", "stance": "hate"}, "preferences.1.stance"),
        ({"kind": "genre", "value": "", "stance": "never"}, "preferences.1.value"),
        ({"kind": "genre", "value": "x" * 41, "stance": "never"}, "preferences.1.value"),
        ({"kind": "genre", "value": "a\x00b", "stance": "never"}, "preferences.1.value"),
        ({"kind": "genre", "value": "Drama"}, "preferences.1.stance"),
        ({**_HORROR, "weight": 3}, "preferences.1.weight"),
        ("Horror", "preferences.1"),
    ],
)
def test_what_is_unknown_is_named_and_nothing_changes(
    service: Service, stated: Any, named: str
) -> None:
    say(service, "dana", ("genre", "Drama", "prefer"))
    answer = put(service, "dana", _HORROR, stated)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    told = [problem["detail"], *(str(error) for error in problem.get("errors", []))]
    assert any(named.replace(".1", "[1]") in text or named in text for text in told), told
    assert [one["value"] for one in read(service, "dana")["preferences"]] == ["Drama"]


def test_a_list_has_a_longest_length(quiet: Service) -> None:
    assert put(quiet, "dana", *[_HORROR] * 201).status_code == 422


def test_an_unknown_parameter_is_named(quiet: Service) -> None:
    answer = quiet.http.get("/users/dana/preferences", params={"profil": "kids"})
    assert answer.status_code == 422
    assert "profil" in answer.text


def test_answers_are_not_kept_by_caches(quiet: Service) -> None:
    answer = quiet.http.get("/users/dana/preferences")
    assert answer.headers["cache-control"] == "private, no-store"


def test_what_is_never_wanted_is_gone_at_the_next_request(sample: Service) -> None:
    before = sample.whole_list("never", diversify=False)
    assert any("Horror" in genres_of(item) for item in before)
    say(sample, "never", ("genre", "Horror", "never"), ("language", "en", "never"))
    after = sample.whole_list("never", diversify=False)
    assert after
    assert not any("Horror" in genres_of(item) for item in after)
    assert not any(item["original_language"] == "en" for item in after)
    say(sample, "never")
    assert [item["id"] for item in sample.whole_list("never", diversify=False)] == [
        item["id"] for item in before
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"query": "a horror film that scares"},
        {"genre_override": "Horror"},
        {"diversify": False},
        {"media_type": "movie"},
    ],
    ids=str,
)
def test_no_request_brings_back_what_is_never_wanted(
    sample: Service, query: dict[str, Any]
) -> None:
    say(sample, "firm", ("genre", "Horror", "never"), ("maturity", "18", "never"))
    for item in sample.whole_list("firm", **query):
        assert "Horror" not in genres_of(item)
        assert item["maturity_rating"] not in ("NC-17", "18")


def test_an_empty_list_names_what_is_never_wanted(sample: Service) -> None:
    say(sample, "strict", ("media_type", "tv", "never"), ("genre", "Horror", "never"))
    page = sample.recommend("strict", media_type="tv")
    assert page["items"] == []
    assert page["empty_because"].endswith(
        "business rules, and what the viewer states: never genre Horror, never media_type tv."
    )


def test_a_wish_gives_way_before_what_is_never_wanted_does(sample: Service) -> None:
    say(sample, "stern", ("genre", "Horror", "never"))
    page = sample.recommend("stern", query="horror")
    assert page["relaxed"] == ["genres"]
    assert page["items"]
    assert not any("Horror" in genres_of(item) for item in page["items"])


def test_a_first_list_is_not_merely_popular(sample: Service) -> None:
    popular = sample.recommend("newcomer")["items"]
    say(sample, "newcomer", ("language", "ja", "prefer"), ("genre", "Animation", "prefer"))
    asked_for = sample.recommend("newcomer")["items"]

    def fitting(items: list[dict[str, Any]]) -> int:
        return sum(
            item["original_language"] == "ja" or "Animation" in genres_of(item) for item in items
        )

    assert fitting(asked_for[:10]) >= 8 > fitting(popular[:10])


def test_what_is_to_be_avoided_goes_down_and_does_not_go_away(sample: Service) -> None:
    def places(user_id: str) -> list[int]:
        listed = sample.whole_list(user_id, diversify=False)
        return [place for place, item in enumerate(listed) if "Drama" in genres_of(item)]

    before = places("unmoved")
    say(sample, "moved", ("genre", "Drama", "avoid"))
    after = places("moved")
    assert after
    assert min(after) > 20 > min(before)


def test_another_process_heeds_it_at_once(sample: Service, start_sample: ServiceFactory) -> None:
    other = start_sample()
    assert any("Comedy" in genres_of(item) for item in other.whole_list("roamer"))
    say(sample, "roamer", ("genre", "Comedy", "never"))
    assert not any("Comedy" in genres_of(item) for item in other.whole_list("roamer"))


def test_what_is_inferred_stands_apart(sample: Service) -> None:
    say(sample, "both", ("genre", "Drama", "avoid"))
    dramas = [item for item in sample.whole_list("someone") if "Drama" in genres_of(item)]
    sample.post_history(*(item["id"] for item in dramas[:8]), user_id="both", event_type="liked")
    told = read(sample, "both")
    assert [(one["value"], one["stance"]) for one in told["preferences"]] == [("Drama", "avoid")]
    inferred = told["inferred"]
    assert (inferred[0]["kind"], inferred[0]["value"]) == ("genre", "Drama")
    assert {one["source"] for one in inferred} == {"inferred"}
    assert all(0 <= one["strength"] <= 1 for one in inferred)
    assert all(one["strength"] > 0.5 for one in inferred if one["kind"] in ("language", "decade"))


def test_a_language_is_no_affinity_merely_by_being_common(service: Service) -> None:
    english = [
        add_item(service.database, f"E{n}", tmdb_id=n, original_language="en", release_year=2000)
        for n in range(1, 10)
    ]
    korean = add_item(service.database, "K", tmdb_id=99, original_language="ko", release_year=2000)
    announce_catalogue(service.database)
    service.post_history(*english[:8], korean, event_type="liked")
    told = [(one["kind"], one["value"]) for one in read(service, "dana")["inferred"]]
    assert told == [("language", "ko")]
