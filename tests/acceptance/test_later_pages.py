"""A frozen list keeps its order; later pages obey what was said, seen and forbidden since."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of
from tests.scrapes import Scrape

_NUMBERS = count(1)
_SIZE = 6


def page(service: Service, user_id: str, cursor: str | None) -> dict[str, Any]:
    after = {} if cursor is None else {"cursor": cursor}
    return service.recommend(user_id, limit=_SIZE, diversify=False, **after)


def rest(service: Service, user_id: str, cursor: str, pages: int = 4) -> list[list[int]]:
    """The ids of the next pages."""
    found = []
    for _ in range(pages):
        answer = page(service, user_id, cursor)
        found.append([item["id"] for item in answer["items"]])
        cursor = answer["next_cursor"]
    return found


def flat(pages: list[list[int]]) -> list[int]:
    return [one for ids in pages for one in ids]


def feedback(service: Service, user_id: str, item: int, event_type: str) -> None:
    body = {"user_id": user_id, "item_id": item, "event_type": event_type}
    assert service.http.post("/feedback", json=body).status_code == 200


def post(event_type: str) -> "Deed":
    return lambda service, user, item: service.post_history(
        item, user_id=user, event_type=event_type
    )


def say(event_type: str) -> "Deed":
    return lambda service, user, item: feedback(service, user, item, event_type)


Deed = Callable[[Service, str, int], Any]
_DEEDS: dict[str, Deed] = {
    **{
        event: post(event)
        for event in ("watched", "liked", "disliked", "not_interested", "not_now")
    },
    "rated": lambda s, user, item: s.post_history({"item": item, "rating": 3}, user_id=user),
    **{
        f"feedback {event}": say(event)
        for event in ("complete", "like", "dislike", "not_now", "never")
    },
}


@pytest.mark.parametrize("deed", _DEEDS)
@pytest.mark.parametrize("place", [0, 7, 23])
def test_what_was_done_with_a_title_takes_it_from_pages_to_come(
    sample: Service, deed: str, place: int
) -> None:
    user = f"pager-{next(_NUMBERS)}"
    cursor = page(sample, user, None)["next_cursor"]
    before = rest(sample, user, cursor, pages=5)
    chosen = flat(before)[place]
    _DEEDS[deed](sample, user, chosen)
    after = rest(sample, user, cursor)
    assert flat(after) == [one for one in flat(before) if one != chosen][: 4 * _SIZE]
    assert [len(ids) for ids in after] == [_SIZE] * 4


@pytest.mark.parametrize("deed", _DEEDS)
def test_a_list_at_hand_obeys_it_too(sample: Service, deed: str) -> None:
    user = f"pager-{next(_NUMBERS)}"
    sample.post_history("movie:949", user_id=user)
    cursor = page(sample, user, None)["next_cursor"]
    before = rest(sample, user, cursor)
    _DEEDS[deed](sample, user, flat(before)[0])
    assert flat(rest(sample, user, cursor, pages=3)) == flat(before)[1 : 3 * _SIZE + 1]


def test_pages_at_hand_are_those_of_the_stored_list(start_own_sample: ServiceFactory) -> None:
    here, elsewhere = start_own_sample(), start_own_sample()
    here.post_history("movie:949", "movie:238")
    pages = list(here.pages(limit=_SIZE))
    of_list: dict[str, Any] = {"limit": _SIZE}
    read = [elsewhere.recommend(**of_list, cursor=one["next_cursor"]) for one in pages[:-1]]
    assert read == pages[1:]
    told = [Scrape.of(one.http.get("/metrics").text) for one in (here, elsewhere)]
    at_hand = [one.value("seenemall_cache_hits_total", cache="lists") for one in told]
    assert at_hand == [len(pages) - 1, 0]


def test_a_list_at_hand_is_of_its_own_request_alone(sample: Service) -> None:
    user = f"pager-{next(_NUMBERS)}"
    sample.post_history("movie:949", user_id=user)
    cursor = page(sample, user, None)["next_cursor"]
    other = {"user_id": user, "cursor": cursor, "genres": "Drama"}
    assert sample.http.get("/recommend", params=other).status_code == 400


@pytest.mark.parametrize("number", [3, 4, 5, 24, 25])
def test_a_page_is_filled_from_far_behind(sample: Service, number: int) -> None:
    user = f"pager-{next(_NUMBERS)}"
    cursor = page(sample, user, None)["next_cursor"]
    before = flat(rest(sample, user, cursor, pages=6))
    sample.post_history(*before[:number], user_id=user)
    assert flat(rest(sample, user, cursor, pages=1)) == before[number : number + _SIZE]


def test_a_list_of_which_nothing_is_left_ends(sample: Service) -> None:
    user = f"pager-{next(_NUMBERS)}"
    first = page(sample, user, None)
    ids = [row[0] for row in rows_of(sample.database, "SELECT id FROM items")]
    sample.post_history(*ids, user_id=user)
    answer = page(sample, user, first["next_cursor"])
    assert answer["items"] == []
    assert "next_cursor" not in answer


@pytest.mark.parametrize("event", ["impression", "click"])
def test_what_was_only_shown_stays(sample: Service, event: str) -> None:
    user = f"pager-{next(_NUMBERS)}"
    cursor = page(sample, user, None)["next_cursor"]
    before = rest(sample, user, cursor)
    feedback(sample, user, before[0][0], event)
    assert rest(sample, user, cursor) == before


def test_what_was_taken_back_comes_again(sample: Service) -> None:
    user = f"pager-{next(_NUMBERS)}"
    cursor = page(sample, user, None)["next_cursor"]
    before = rest(sample, user, cursor)
    sample.post_history(before[0][0], user_id=user)
    assert rest(sample, user, cursor) != before
    query: dict[str, Any] = {"user_id": user, "item": before[0][0]}
    assert sample.http.delete("/user/history", params=query).json()["removed"] == 1
    assert rest(sample, user, cursor) == before


def test_a_genre_that_is_never_wanted_is_ruled_out_and_the_pages_filled(sample: Service) -> None:
    user = f"pager-{next(_NUMBERS)}"
    first = page(sample, user, None)
    stated = {"preferences": [{"kind": "genre", "value": "Drama", "stance": "never"}]}
    assert sample.http.put(f"/users/{user}/preferences", json=stated).status_code == 200
    cursor: str | None = first["next_cursor"]
    while cursor:
        answer = page(sample, user, cursor)
        cursor = answer.get("next_cursor")
        genres = {genre["name"] for item in answer["items"] for genre in item["genres"]}
        assert "Drama" not in genres
        assert len(answer["items"]) == _SIZE or cursor is None


def test_an_age_that_was_set_since_holds_on_later_pages(start_own_sample: ServiceFactory) -> None:
    service = start_own_sample()
    first = page(service, "dana", None)
    limits = {"kind": "adult", "max_age": 12, "unrated": "hide"}
    assert service.http.put("/users/dana/profiles/~", json=limits).status_code in {200, 201}
    cursor: str | None = first["next_cursor"]
    shown: list[int] = []
    while cursor:
        answer = page(service, "dana", cursor)
        cursor = answer.get("next_cursor")
        shown += [item["id"] for item in answer["items"]]
        assert len(answer["items"]) == _SIZE or cursor is None
    assert shown
    with service.database.autocommit() as rows:
        statement = "SELECT count(*) FROM items WHERE id = ANY(%s) AND maturity_age > 12"
        assert rows.execute(statement, (shown,)).fetchone() == (0,)


def test_when_all_that_is_left_was_seen_the_page_is_empty_and_the_last(sample: Service) -> None:
    user = f"pager-{next(_NUMBERS)}"
    query = {"limit": 30, "services": "nfx"}
    first = sample.recommend(user, **query)
    cursor = first["next_cursor"]
    others = sample.recommend(user, **query, cursor=cursor)["items"]
    sample.post_history(*(item["id"] for item in others), user_id=user)
    answer = sample.recommend(user, **query, cursor=cursor)
    assert answer["items"] == []
    assert "next_cursor" not in answer


@pytest.mark.parametrize(
    ("words", "asked"),
    [("dramas that are not on my watchlist", {}), ("dramas", {"watchlist": "exclude"})],
)
def test_what_is_put_on_the_list_that_was_not_wanted_leaves_the_pages(
    sample: Service, words: str, asked: dict[str, Any]
) -> None:
    user = f"pager-{next(_NUMBERS)}"
    sample.post_history("movie:949", user_id=user)
    request: dict[str, Any] = {"query": words, "limit": _SIZE, "diversify": False, **asked}
    first = sample.recommend(user, **request)
    second = sample.recommend(user, **request, cursor=first["next_cursor"])
    listed = second["items"][0]["id"]
    sample.http.put(f"/users/{user}/watchlist/{listed}").raise_for_status()
    after = sample.recommend(user, **request, cursor=first["next_cursor"])
    ids = [item["id"] for item in after["items"]]
    assert ids[: _SIZE - 1] == [item["id"] for item in second["items"]][1:]
    assert len(ids) == _SIZE


def test_pages_of_ones_own_list_that_words_ask_for_follow_it(sample: Service) -> None:
    user = f"pager-{next(_NUMBERS)}"
    shown = sample.recommend(user, limit=8)["items"]
    for item in shown:
        sample.http.put(f"/users/{user}/watchlist/{item['id']}").raise_for_status()
    request: dict[str, Any] = {"query": "from my watchlist", "limit": 4, "diversify": False}
    first = sample.recommend(user, **request)
    second = sample.recommend(user, **request, cursor=first["next_cursor"])
    taken_off = second["items"][0]["id"]
    sample.http.delete(f"/users/{user}/watchlist/{taken_off}").raise_for_status()
    after = sample.recommend(user, **request, cursor=first["next_cursor"])
    rest_of_it = [item["id"] for item in second["items"]][1:]
    assert [item["id"] for item in after["items"]] == rest_of_it
