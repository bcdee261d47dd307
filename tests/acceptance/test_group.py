"""POST /recommend/group: one list for several viewers."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, announce_catalogue, rows_of

_DANA, _LEE = {"user_id": "dana"}, {"user_id": "lee"}
_BOTH = [_DANA, _LEE]


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    service = start_sample()
    for user_id, liked in (("dana", ["movie:949", "movie:238"]), ("lee", ["movie:862"])):
        body = {"user_id": user_id, "items": liked, "event_type": "liked"}
        service.http.post("/user/history", json=body).raise_for_status()
    return service


def group(service: Service, members: list[dict[str, Any]], **body: Any) -> dict[str, Any]:
    answer = service.http.post("/recommend/group", json={"members": members, **body})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def ids(page: dict[str, Any]) -> list[int]:
    return [item["id"] for item in page["items"]]


def record(service: Service, user_id: str, item: int, event_type: str = "watched") -> None:
    body = {"user_id": user_id, "items": [item], "event_type": event_type}
    service.http.post("/user/history", json=body).raise_for_status()


def test_every_title_says_what_it_is_to_each(sample: Service) -> None:
    page = group(sample, _BOTH, limit=10)
    assert len(page["items"]) == 10
    for item in page["items"]:
        assert [one["user_id"] for one in item["members"]] == ["dana", "lee"]
        assert all(0 <= one["fit"] <= 1 for one in item["members"])
    told = [one for item in page["items"] for one in item["members"] if one["reasons"]]
    assert all(one["explanation"] for one in told)
    liked = {
        (one["user_id"], reason["evidence"]["title"])
        for one in told
        for reason in one["reasons"]
        if "title" in reason["evidence"]
    }
    assert liked <= {("dana", "Heat"), ("dana", "The Godfather"), ("lee", "Toy Story")}
    assert any(user_id == "dana" for user_id, _ in liked)


def test_nobody_is_shown_what_any_of_them_has_seen(sample: Service) -> None:
    first = ids(group(sample, [_DANA, {"user_id": "eve"}], limit=1))[0]
    record(sample, "eve", first)
    assert first not in ids(group(sample, [_DANA, {"user_id": "eve"}], limit=100))
    assert first in ids(group(sample, [_DANA, {"user_id": "eve"}], limit=100, seen="all"))


def test_a_refusal_of_one_holds_for_all(sample: Service) -> None:
    pair = [_DANA, {"user_id": "ann"}]
    first = ids(group(sample, pair, limit=2))
    record(sample, "ann", first[0], "disliked")
    record(sample, "ann", first[1], "not_now")
    assert not set(first) & set(ids(group(sample, pair, limit=100, seen="all")))


def test_what_one_never_wants_is_shown_to_none(sample: Service) -> None:
    stated = {"preferences": [{"kind": "genre", "value": "Crime", "stance": "never"}]}
    sample.http.put("/users/max/preferences", json=stated).raise_for_status()
    page = group(sample, [_DANA, {"user_id": "max"}], limit=100)
    genres = {genre["name"] for item in page["items"] for genre in item["genres"]}
    assert page["items"]
    assert "Crime" not in genres


def test_pages_go_on_and_leave_out_what_was_seen_meanwhile(sample: Service) -> None:
    pair = [_DANA, {"user_id": "una"}]
    first = group(sample, pair, limit=5)
    whole = ids(group(sample, pair, limit=20))
    record(sample, "una", whole[6])
    second = group(sample, pair, limit=5, cursor=first["next_cursor"])
    assert len(second["items"]) == 5
    assert not set(ids(second)) & {*ids(first), whole[6]}
    assert all(len(item["members"]) == 2 for item in second["items"])
    other = {"members": _BOTH, "limit": 5, "cursor": first["next_cursor"]}
    answer = sample.http.post("/recommend/group", json=other)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
    assert answer.json()["detail"].endswith(" What differs: members.")


def test_who_was_served_less_weighs_more_the_next_time(sample: Service) -> None:
    pair = [{"user_id": "dana"}, {"user_id": "pat"}]
    liked = {"user_id": "pat", "items": ["movie:862", "movie:8587"], "event_type": "liked"}
    sample.http.post("/user/history", json=liked).raise_for_status()
    before = group(sample, pair, limit=100)
    fits = [[one["fit"] for one in item["members"]] for item in before["items"]]
    place = max(range(len(fits)), key=lambda at: fits[at][0] - fits[at][1])
    taken = {
        "user_id": "dana",
        "item_id": before["items"][place]["id"],
        "event_type": "click",
        "recommendation_id": before["recommendation_id"],
    }
    sample.http.post("/feedback", json=taken).raise_for_status()
    after = group(sample, pair, limit=100)

    def pats(page: dict[str, Any]) -> float:
        return sum(float(item["members"][1]["fit"]) for item in page["items"][:10])

    assert ids(after) != ids(before)
    assert pats(after) >= pats(before)


def test_a_list_goes_with_any_of_its_members(sample: Service) -> None:
    page = group(sample, [_DANA, {"user_id": "tom"}])
    held = sample.http.get("/users/tom/export").json()["shared_lists"]
    assert [one["recommendation_id"] for one in held] == [page["recommendation_id"]]
    sample.http.delete("/users/tom").raise_for_status()
    left = rows_of(
        sample.database,
        "SELECT count(*) FROM slates WHERE id = %(id)s::uuid",
        id=page["recommendation_id"],
    )
    assert left == [(0,)]


def test_why_nothing_is_left_is_said(start: ServiceFactory) -> None:
    service = start()
    page = group(service, _BOTH)
    assert page["items"] == []
    assert "catalogue is empty" in page["empty_because"]
    titles = [add_item(service.database, "Heat"), add_item(service.database, "Alien", tmdb_id=348)]
    announce_catalogue(service.database)
    assert sorted(ids(group(service, _BOTH))) == sorted(titles)
    record(service, "dana", titles[0])
    record(service, "lee", titles[1])
    page = group(service, _BOTH)
    assert page["items"] == []
    assert "Together these viewers have seen or refused every title" in page["empty_because"]
    assert len(group(service, _BOTH, seen="all")["items"]) == 2


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ([_DANA], "at least 2"),
        ([{"user_id": str(n)} for n in range(9)], "at most 8"),
        ([_DANA, _DANA], "twice"),
        ([_DANA, {"profile": "p"}], "user_id"),
    ],
)
def test_bad_groups_are_refused(sample: Service, members: list[Any], says: str) -> None:
    answer = sample.http.post("/recommend/group", json={"members": members})
    assert answer.status_code == 422
    assert says in answer.text


def test_limits_of_all_hold_together(start_sample: ServiceFactory) -> None:
    service = start_sample()
    for profile, settings in (
        ("kids", {"kind": "child", "max_age": 9, "country": "US"}),
        ("teen", {"max_age": 12, "unrated": "hide", "country": "DE"}),
    ):
        service.http.put(f"/users/dana/profiles/{profile}", json=settings).raise_for_status()
    kids, teen = ({"user_id": "dana", "profile": name} for name in ("kids", "teen"))
    together = set(ids(group(service, [kids, teen], limit=100)))
    assert together

    def may_see(profile: dict[str, str]) -> set[int]:
        return {
            one
            for one in together
            if service.http.get(f"/items/{one}", params=profile).status_code == 200
        }

    assert may_see(kids) == may_see(teen) == together
    stranger = {"members": [kids, {"user_id": "dana", "profile": "x"}]}
    unknown = service.http.post("/recommend/group", json=stranger)
    assert unknown.status_code == 404


def test_a_misspelt_limit_is_named_and_not_passed_over(sample: Service) -> None:
    members = [{"user_id": "ada"}, {"user_id": "bea"}]
    for wrong in ({"maxage": 6}, {"query": "no horror"}):
        answer = sample.http.post("/recommend/group", json={"members": members, **wrong})
        assert answer.status_code == 422
        assert next(iter(wrong)) in answer.text


def _family(service: Service, user_id: str, *, likes: list[str]) -> list[dict[str, str]]:
    """A grown-up who likes these, and a child of nine who has said nothing."""
    limits = {"kind": "child", "max_age": 9, "country": "US"}
    service.http.put(f"/users/{user_id}/profiles/kid", json=limits).raise_for_status()
    service.http.put(f"/users/{user_id}/profiles/me", json={"kind": "adult"}).raise_for_status()
    if likes:
        liked = {"user_id": user_id, "profile": "me", "items": likes, "event_type": "liked"}
        service.http.post("/user/history", json=liked).raise_for_status()
    return [{"user_id": user_id, "profile": name} for name in ("me", "kid")]


_ABOVE_NINE = ["movie:949", "movie:238", "movie:550"]


def test_a_taste_above_the_childs_limit_counts_within_it(sample: Service) -> None:
    of_crime = group(sample, _family(sample, "ida", likes=_ABOVE_NINE), limit=100)
    of_nothing = group(sample, _family(sample, "jon", likes=[]), limit=100)
    assert ids(of_crime) != ids(of_nothing)
    fits = [item["members"][0]["fit"] for item in of_crime["items"]]
    assert None not in fits
    assert max(fits) == 1
    own: dict[str, Any] = {"user_id": "ida", "profile": "me", "max_age": 9, "country": "US"}
    alone = [item["id"] for item in sample.recommend(**own, limit=100, diversify=False)["items"]]
    best = of_crime["items"][fits.index(1)]["id"]
    assert best in alone[:20]


@pytest.mark.parametrize("route", ["/recommend/group", "/tonight"])
def test_nothing_above_the_childs_limit_is_told_of_a_taste(sample: Service, route: str) -> None:
    """Neither its titles nor who is behind them, nor what genres they make a habit of."""
    members = _family(sample, "kim", likes=_ABOVE_NINE)
    if route == "/tonight":
        asked = {**members[0], "members": "kid"}
        answer = sample.http.get(route, params=asked)
        assert answer.status_code == 200, answer.text
        page = answer.json()
    else:
        page = group(sample, members, limit=100)
    told = [*page["items"], *(one for item in page["items"] for one in item["members"])]
    codes = {reason["code"] for one in told for reason in one["reasons"]}
    assert not codes & {"genre_affinity", "person_in_common", "made_by_person", "same_maker"}
    for one in told:
        for reason in one["reasons"]:
            assert "item_id" not in reason["evidence"]
    assert page["items"]


def test_of_whom_nothing_is_known_no_fit_is_told(sample: Service) -> None:
    page = group(sample, _family(sample, "ole", likes=_ABOVE_NINE), limit=20)
    assert {item["members"][1]["fit"] for item in page["items"]} == {None}
    assert not any(item["members"][1]["reasons"] for item in page["items"])
    codes = {reason["code"] for item in page["items"] for reason in item["reasons"]}
    assert "for_all_members" not in codes
    held = sample.http.get("/users/ole/export").json()["shared_lists"]
    assert {fit for one in held if one["profile"] == "kid" for fit in one["fits"]} == {None}


def test_what_is_said_of_all_holds_for_each(sample: Service) -> None:
    trio = [_DANA, _LEE, {"user_id": "nobody knows"}]
    for members in (_BOTH, trio):
        for item in group(sample, members, limit=100)["items"]:
            suits = [one["fit"] is not None and one["fit"] >= 0.25 for one in item["members"]]
            evidence = {reason["code"]: reason["evidence"] for reason in item["reasons"]}
            for code in ("for_all_members", "for_members", "for_one_member"):
                assert code not in evidence or evidence[code]["count"] <= sum(suits)
            assert ("for_all_members" in evidence) <= all(suits)
