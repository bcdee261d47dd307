"""POST /recommend/preview: where a title stands, and every reason why; nothing is stored."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import numpy as np
import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, announce_catalogue, rows_of

_SECRET = "a secret of thirty-two characters!"
_LIKED = ("movie:949", "movie:238", "movie:240")
_WORDS = "a heist that goes wrong"


def preview(
    service: Service, item: Any, user_id: str = "previewer", **asked: Any
) -> dict[str, Any]:
    body = {"user_id": user_id, "item": item} | asked
    answer = service.http.post("/recommend/preview", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    return dict(answer.json())


def told(placement: dict[str, Any]) -> list[tuple[str, str]]:
    return [(reason["code"], reason["detail"]) for reason in placement["reasons"]]


def codes(placement: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in placement["reasons"]]


@pytest.fixture(scope="module")
def viewer(sample: Service) -> str:
    sample.post_history(*_LIKED, user_id="previewer", event_type="liked")
    return "previewer"


@pytest.fixture(scope="module")
def undrawn(start_sample: ServiceFactory) -> Service:
    """No place of its lists is drawn at random, so that two runs agree on all of them."""
    return start_sample(SERENDIPITY_RATIO="0")


@pytest.mark.parametrize("asked", [{}, {"query": _WORDS}, {"limit": 7}], ids=json.dumps)
def test_what_is_listed_stands_where_the_list_has_it(
    undrawn: Service, viewer: str, asked: dict[str, Any]
) -> None:
    sample = undrawn
    whole = [item for page in sample.pages(viewer, **asked) for item in page["items"]]
    size = asked.get("limit", 20)
    for place in (*range(0, 40, 3), 101, 350, len(whole) - 1):
        item = whole[place]
        placement = preview(sample, item["id"], **asked)
        assert placement["item"] == {"id": item["id"], "title": item["title"]}
        assert placement["listed"] is True
        assert (placement["rank"], placement["page"]) == (place + 1, place // size + 1)
        assert placement["score"] == pytest.approx(item["score"], abs=1e-5)
        assert placement["of"] >= len(whole)
        reasons = [{key: r[key] for key in ("code", "evidence")} for r in placement["reasons"]]
        assert reasons[0]["code"] == "ranked"
        assert reasons[-len(item["reasons"]) :] == item["reasons"]
        moves = [r["evidence"] for r in reasons[1 : -len(item["reasons"])]]
        assert [move["from"] for move in moves[1:]] == [move["to"] for move in moves[:-1]]
        assert (moves[-1]["to"] if moves else place + 1) == place + 1


def _place_by_score(sample: Service, item_id: int, user_id: str) -> int:
    """Where the mixer has it, by a run in which series alone are put in order."""
    placement = preview(sample, item_id, user_id, diversify=False)
    moves = [r["evidence"] for r in placement["reasons"] if r["code"] == "moved"]
    assert {move["component"] for move in moves} <= {"series_order"}
    assert all("it waits" in r["detail"] for r in placement["reasons"] if _is_put_back(r))
    return int(moves[0]["from"] if moves else placement["rank"])


def _is_put_back(reason: dict[str, Any]) -> bool:
    evidence = reason["evidence"]
    return bool(reason["code"] == "moved" and evidence["to"] > evidence["from"])


def test_moves_begin_at_the_place_by_score(sample: Service, viewer: str) -> None:
    codes_met = set()
    for item in sample.recommend(viewer)["items"]:
        placement = preview(sample, item["id"])
        moves = [r for r in placement["reasons"] if r["code"] in ("moved", "franchise_cap")]
        if moves:
            assert moves[0]["evidence"]["from"] == _place_by_score(sample, item["id"], viewer)
        codes_met |= {(r["evidence"]["component"], r["detail"].split()[-1]) for r in moves}
    assert ("mmr", "variety.") in codes_met


def test_a_place_that_was_explored_says_so(sample: Service) -> None:
    who = "sample-westerns"
    moved_by = {
        reason["evidence"]["component"]
        for item in sample.recommend(who)["items"]
        for reason in preview(sample, item["id"], who)["reasons"]
        if reason["code"] == "moved"
    }
    assert "exploration" in moved_by


def _has_a_score_of_its_own(whole: list[dict[str, Any]], place: int) -> bool:
    """Where parts of a series wait for others, several places have one score in the list, which is
    not the mixer's of all of them."""
    before, own, behind = (float(whole[n]["score"]) for n in (place - 1, place, place + 1))
    return before > own > behind


def test_a_later_place_is_compared_with_the_end_of_page_one(sample: Service, viewer: str) -> None:
    page = sample.recommend(viewer, diversify=False)
    whole = sample.whole_list(viewer, diversify=False)
    place = next(n for n in range(200, len(whole)) if _has_a_score_of_its_own(whole, n))
    later = whole[place]
    placement = preview(sample, later["id"], diversify=False)
    last = page["items"][-1]
    (reason, *_) = placement["reasons"]
    assert re.match(rf"Ranked {place + 1}(st|nd|rd|th) of ", reason["detail"])
    assert f"short of {last['title']}, the last of page 1; most is " in reason["detail"]
    evidence = reason["evidence"]
    assert evidence["last_on_page"]["item_id"] == last["id"]
    assert evidence["last_on_page"]["rank"] == 20
    assert evidence["score"] == pytest.approx(later["score"], abs=2e-4)
    assert evidence["needed"] == pytest.approx(last["score"] - later["score"], abs=1e-4)
    for side in (evidence, evidence["last_on_page"]):
        for signal in side["signals"].values():
            assert 0 <= signal["signal"] <= 1
            expected = signal["signal"] * signal["weight"]
            assert signal["contribution"] == pytest.approx(expected, abs=2e-4)
        summed = sum(signal["contribution"] for signal in side["signals"].values())
        left = float(np.prod([*side["factors"].values()]))
        assert side["score"] == pytest.approx(summed * left, abs=2e-3)
        weights = sum(signal["weight"] for signal in side["signals"].values())
        assert weights == pytest.approx(1, abs=1e-3)


def test_the_third_title_of_a_collection_says_so(sample: Service) -> None:
    by_score = sample.whole_list("a collector", diversify=False)[:100]
    seen: dict[int, int] = {}
    for item in by_score:
        collection = item["collection_id"]
        seen[collection] = seen.get(collection, 0) + 1
        if collection is not None and seen[collection] == 3:
            break
    else:
        pytest.fail("no collection has three titles in the head")
    placement = preview(sample, item["id"], "a collector")
    (reason,) = [r for r in placement["reasons"] if r["code"] == "franchise_cap"]
    assert reason["detail"].startswith("3rd title of its collection: moved from ")
    place = _place_by_score(sample, item["id"], "a collector")
    assert reason["evidence"]["from"] == place < reason["evidence"]["to"]


@pytest.mark.parametrize(
    ("event", "code", "detail"),
    [
        ({"event_type": "watched", "watched_at": "2024-05-03T20:15:00Z"}, "seen", "Seen on"),
        ({"event_type": "liked", "watched_at": "2024-05-03"}, "seen", "Liked on"),
        ({"rating": 7.5, "watched_at": "2024-05-03"}, "seen", "Rated 7.5 of 10 on"),
        ({"event_type": "disliked", "watched_at": "2024-05-03"}, "turned_down", "Turned down on"),
        (
            {"event_type": "not_interested", "watched_at": "2024-05-03"},
            "turned_down",
            "Turned down on",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_event_is_told_with_its_date(
    sample: Service, event: dict[str, Any], code: str, detail: str
) -> None:
    user_id = f"eventful {event}"
    event = {"item": "movie:603"} | event
    if "rating" in event:
        event["event_type"] = "rated"
    assert sample.post_history(event, user_id=user_id).status_code == 200
    placement = preview(sample, "movie:603", user_id)
    assert (placement["listed"], placement["rank"], placement["score"]) == (False, None, None)
    assert told(placement) == [(code, f"{detail} 3 May 2024.")]
    (reason,) = placement["reasons"]
    assert reason["evidence"]["event_type"] == event["event_type"]
    assert reason["evidence"]["occurred_at"].startswith("2024-05-03T")


def test_a_date_that_the_client_did_not_state_is_that_of_the_mark(sample: Service) -> None:
    sample.post_history("movie:603", user_id="undated")
    today = datetime.now(UTC)
    ((code, detail),) = told(preview(sample, "movie:603", "undated"))
    assert code == "seen"
    assert detail.startswith("Marked as seen on ")
    assert detail.endswith(f"{today:%Y}.")


def test_a_snooze_tells_its_end_and_then_counts_no_more(sample: Service) -> None:
    sample.post_history("movie:603", user_id="snoozing", event_type="not_now")
    with sample.database.transaction() as cursor:
        cursor.execute(
            "UPDATE interactions SET snoozed_until = '2126-12-21T10:00Z'"
            " WHERE profile_id = (SELECT id FROM profiles WHERE user_id = 'snoozing')"
        )
    placement = preview(sample, "movie:603", "snoozing")
    assert told(placement) == [("snoozed", "Snoozed until 21 December 2126.")]
    sample.post_history("movie:11", user_id="snoozing")  # another version: exclusions are read anew
    with sample.database.transaction() as cursor:
        cursor.execute(
            "UPDATE interactions SET snoozed_until = now() - interval '1 second'"
            " WHERE event_type = 'not_now'"
            " AND profile_id = (SELECT id FROM profiles WHERE user_id = 'snoozing')"
        )
    assert preview(sample, "movie:603", "snoozing")["listed"] is True


def test_every_event_and_every_broken_wish_is_told_the_deciding_first(sample: Service) -> None:
    sample.post_history("movie:603", user_id="thorough", event_type="disliked")
    sample.post_history("movie:603", user_id="thorough")
    placement = preview(
        sample,
        "movie:603",
        "thorough",
        query="crime film without science fiction from the 80s with Tom Hanks, for kids",
        services="netflix",
        country="DE",
    )
    assert codes(placement)[:2] == ["seen", "turned_down"]
    assert told(placement)[2:] == [
        ("genre", "Not Crime, as the request asks for."),
        ("excluded_genre", "Excluded by the request: Science Fiction."),
        ("year", "Of 1999; the request asks for 1980 to 1989."),
        ("for_older", "Rated 17 here; the request caps at 8."),
        ("not_offered", "Not on Netflix in DE."),
        ("without_person", "Without Tom Hanks, as the request asks for."),
    ]


@pytest.mark.parametrize(
    ("item", "asked", "expected"),
    [
        (
            "movie:769",
            {"query": "under two hours"},
            ("too_long", "Runs 145 minutes; the request allows 119."),
        ),
        (
            "movie:769",
            {"query": "longer than three hours"},
            ("too_short", "Runs 145 minutes; the request asks for 181 at least."),
        ),
        (
            "movie:769",
            {"query": "without Robert De Niro"},
            ("excluded_content", "Excluded by the request: Robert De Niro."),
        ),
        (
            "movie:769",
            {"query": "films not from the 90s"},
            ("excluded_year", "Of 1990; the request excludes 1990 to 1999."),
        ),
        (
            "movie:769",
            {"query": "films in French"},
            ("language", "In en; the request asks for fr."),
        ),
        (
            "movie:769",
            {"query": "something like GoodFellas"},
            ("excluded_id", "The request names it to be compared with, and not to be listed."),
        ),
        (
            "tv:1399",
            {"media_type": "movie"},
            ("media_type", "It is a show, which the request leaves out."),
        ),
        (
            "movie:769",
            {"genre_override": "Comedy,Western"},
            ("genre", "Not Comedy or Western, as the request asks for."),
        ),
        (
            "movie:769",
            {"genres": "comedy,western"},
            ("genre", "Not Comedy or Western, as the request asks for."),
        ),
        (
            "movie:769",
            {"exclude_genres": "crime"},
            ("excluded_genre", "Excluded by the request: Crime."),
        ),
        (
            "movie:769",
            {"year_min": 1991},
            ("too_old", "Of 1990; the request asks for 1991 or later."),
        ),
        (
            "movie:769",
            {"year_max": 1989},
            ("too_new", "Of 1990; the request asks for 1989 or earlier."),
        ),
        (
            "movie:769",
            {"runtime_min": 146},
            ("too_short", "Runs 145 minutes; the request asks for 146 at least."),
        ),
        (
            "movie:769",
            {"runtime_max": 144},
            ("too_long", "Runs 145 minutes; the request allows 144."),
        ),
        (
            "movie:769",
            {"languages": "KO,fr"},
            ("language", "In en; the request asks for fr or ko."),
        ),
        (
            "movie:769",
            {"max_age": 12},
            ("for_older", "Rated 17 here; the request caps at 12."),
        ),
        (
            "movie:769",
            {"people": "robert de niro, Tom Hanks"},
            ("without_person", "Without Tom Hanks, as the request asks for."),
        ),
        (
            "movie:769",
            {"exclude_ids": "movie:769"},
            ("excluded_id", "Excluded by the request: this very title."),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else str(value),
)
def test_a_broken_wish_is_told_with_what_the_title_has_instead(
    sample: Service, item: str, asked: dict[str, Any], expected: tuple[str, str]
) -> None:
    placement = preview(sample, item, "a wisher", **asked)
    assert placement["listed"] is False
    assert told(placement) == [expected]
    assert placement["reasons"][0]["evidence"]["by"] == "request"


def test_what_breaks_no_wish_is_listed_and_what_breaks_one_is_not(sample: Service) -> None:
    asked = {"query": "crime thrillers under two hours", "limit": 50}
    listed = {item["id"] for item in sample.whole_list("a judge", **asked)}
    every = [row[0] for row in rows_of(sample.database, "SELECT id FROM items ORDER BY id")]
    for item in every[::13]:
        placement = preview(sample, item, "a judge", **asked)
        assert placement["listed"] is (item in listed)
        if item not in listed:
            assert codes(placement)[0] in ("genre", "too_long")


@pytest.fixture(scope="module")
def ruled(start_sample: ServiceFactory, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A service whose operator leaves a lot out."""
    path = tmp_path_factory.mktemp("ruled") / "rules.json"
    filters = {
        "exclude_genres": ["Horror"],
        "include_genres": ["Crime", "Horror", "Comedy"],
        "min_vote_count": 21_000,
        "min_release_year": 1980,
        "max_release_year": 1985,
        "exclude_media_types": ["tv"],
        "exclude_tmdb_ids": ["movie:769"],
    }
    path.write_text(json.dumps({"filters": filters}), encoding="utf-8")
    return start_sample(BUSINESS_RULES_PATH=path)


def test_the_business_rules_are_named_as_such(ruled: Service) -> None:
    assert told(preview(ruled, "movie:769")) == [
        ("too_new", "Excluded by the business rules: no title after 1985 (of 1990)."),
        ("few_votes", "Excluded by the business rules: minimum votes 21000 (has 20480)."),
        ("excluded_id", "Excluded by the business rules: this very title."),
    ]
    of_show = told(preview(ruled, "tv:1399"))
    assert ("media_type", "It is a show, which the business rules leave out.") in of_show
    found = told(preview(ruled, "movie:129"))
    assert ("rule_genre", "Excluded by the business rules: only Comedy, Crime or Horror.") in found


def test_who_excludes_a_genre_is_told_apart(ruled: Service) -> None:
    ((horror,),) = rows_of(
        ruled.database, "SELECT id FROM items WHERE 27 = ANY(genre_ids) ORDER BY id LIMIT 1"
    )
    alone = [pair for pair in told(preview(ruled, horror)) if pair[0] == "excluded_genre"]
    assert alone == [("excluded_genre", "Excluded by the business rules: Horror.")]
    both = [
        pair
        for pair in told(preview(ruled, horror, query="films without horror"))
        if pair[0] == "excluded_genre"
    ]
    assert both == [
        ("excluded_genre", "Excluded by the request: Horror."),
        ("excluded_genre", "Excluded by the business rules: Horror."),
    ]


def test_what_no_page_holds_is_beyond_the_list_or_proposed_by_no_source(
    sample: Service, viewer: str
) -> None:
    whole = {item["id"] for item in sample.whole_list(viewer)}
    known = {row[0] for row in rows_of(sample.database, "SELECT id FROM items")}
    met: dict[str, int] = {}
    for item in sorted(known - whole):
        placement = preview(sample, item)
        assert (placement["listed"], placement["rank"], placement["page"]) == (False, None, None)
        reason = placement["reasons"][0]
        met[reason["code"]] = met.get(reason["code"], 0) + 1
        if reason["code"] == "not_proposed":
            assert reason["detail"].startswith("Proposed by no source: profile_ann (")
            assert reason["evidence"]["sources"]["popular"] == 600
            assert reason["evidence"]["popularity_rank"] > 600
        elif reason["code"] == "beyond_the_list":
            assert "a list ends at 600: " in reason["detail"]
            assert reason["evidence"]["rank"] > 600
    assert set(met) == {"seen", "not_proposed", "beyond_the_list"}
    assert met["beyond_the_list"] == placement["of"] - 600
    assert met["seen"] == len(_LIKED)


def test_what_damping_drops_is_too_little_known(start_sample: ServiceFactory) -> None:
    service = start_sample(
        HEURISTIC_MIN_POPULARITY=1e6,
        HEURISTIC_MIN_POPULARITY_PENALTY=0.5,
        HEURISTIC_MIN_SIGNAL_MULTIPLIER=0.9,
    )
    placement = preview(service, "movie:603", "a stranger")
    ((code, detail), *_) = told(placement)
    assert code == "too_little_known"
    assert detail.startswith("Too little known to be ranked: ")
    assert placement["of"] == 0


def test_a_title_that_is_not_there_yet_or_no_more_says_so(
    start_own_sample: ServiceFactory,
) -> None:
    service = start_own_sample()
    service.post_history("movie:680", user_id="t")
    with service.database.transaction() as cursor:
        cursor.execute(
            "DELETE FROM item_embeddings WHERE item_id ="
            " (SELECT id FROM items WHERE media_type = 'movie' AND tmdb_id = 603)"
        )
        cursor.execute(
            "UPDATE items SET retired_at = now()"
            " WHERE media_type = 'movie' AND tmdb_id IN (680, 11)"
        )
    announce_catalogue(service.database)
    retired = ("retired", "Retired from the catalogue: its source has it no more.")
    assert told(preview(service, "movie:11", "t")) == [retired]
    assert codes(preview(service, "movie:680", "t")) == ["retired", "seen"]
    without = preview(service, "movie:603", "t")
    assert without["listed"] is True
    assert "no_vector" in codes(without)
    add_item(service.database, "A New Film", tmdb_id=99_000_001)
    assert codes(preview(service, "movie:99000001", "t")) == ["not_announced"]
    announce_catalogue(service.database)
    assert codes(preview(service, "movie:99000001", "t"))[:2] == ["not_proposed", "no_vector"]


def test_a_relaxed_wish_lets_a_title_in_behind_the_others(sample: Service) -> None:
    asked: dict[str, Any] = {"query": "westerns", "limit": 60}
    page = sample.recommend("relaxed", **asked)
    assert page["relaxed"] == ["genres"]
    placement = preview(sample, page["items"][-1]["id"], "relaxed", **asked)
    assert placement["relaxed"] == ["genres"]
    assert any("exact matches lead" in detail for _, detail in told(placement))


_TABLES = ("slates", "feedback", "interactions", "profiles", "idempotency_keys")


def test_nothing_is_stored_or_kept(sample: Service) -> None:
    def counts() -> list[tuple[Any, ...]]:
        counted = ", ".join(f"(SELECT count(*) FROM {table})" for table in _TABLES)
        return rows_of(sample.database, f"SELECT {counted}")

    before = counts()
    for asked in ({}, {"query": _WORDS}, {"profile": "kids"}):
        preview(sample, "movie:603", "a ghost", **asked)
    assert counts() == before
    answer = sample.http.get("/recommend", params={"user_id": "a ghost"})
    assert answer.headers["server-timing"] != "cache"
    assert counts()[0][0] == before[0][0] + 1


@pytest.mark.parametrize("item", ["movie:603", "imdb:tt0133093", None], ids=str)
def test_a_title_may_be_named_in_every_way(sample: Service, item: str | None) -> None:
    ((item_id,),) = rows_of(
        sample.database, "SELECT id FROM items WHERE media_type = 'movie' AND tmdb_id = 603"
    )
    with sample.database.transaction() as cursor:
        cursor.execute("UPDATE items SET imdb_id = 'tt0133093' WHERE id = %s", (item_id,))
    for reference in (item or item_id, item or str(item_id)):
        assert preview(sample, reference, "a namer")["item"]["id"] == item_id


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"item": "movie:99999999"}, "Unknown item: movie:99999999."),
        ({"item": 2_000_000_000}, "Unknown item: 2000000000."),
        (
            {"item": "banana"},
            "Unknown item: banana. Name an item by its id, or as movie:603, tv:1399",
        ),
        ({"item": -1}, "Unknown item: -1."),
        ({"item": 10**30}, "Unknown item"),
        ({"item": ""}, "Unknown item"),
        ({"item": True}, "item"),
        ({"item": 1.5}, "item"),
        ({"item": None}, "item"),
        ({"item": ["movie:603"]}, "item"),
        ({"item": "a\x00b"}, "item"),
        ({"item": "x" * 41}, "item"),
        ({"colour": "red"}, "colour: unknown field"),
        ({"cursor": "x"}, "cursor: unknown field"),
        ({"debug": True}, "debug: unknown field"),
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"query": "x" * 501}, "query"),
        ({"user_id": ""}, "user_id"),
        ({"user_id": None}, "user_id"),
        ({"country": "Israel"}, "country"),
        ({"genre_override": "Gothic"}, "Gothic"),
        ({"languages": "klingon"}, "klingon"),
        ({"people": "Nobody Atall"}, "Nobody Atall"),
        ({"year_min": 2001, "year_max": 2000}, "year_min: must not be later than year_max, 2000."),
        ({"services": "no such service"}, "no such service"),
        ({"strategy": "newest"}, "newest"),
        ({"mixer_vote_weight": -1}, "mixer_vote_weight"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_input_is_named(sample: Service, body: dict[str, Any], named: str) -> None:
    usual = {"user_id": "previewer", "item": "movie:603"}
    answer = sample.http.post("/recommend/preview", json=usual | body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.json()["detail"]


def test_an_unknown_item_is_told_to_programs_too(sample: Service) -> None:
    body = {"user_id": "previewer", "item": "movie:99999999"}
    problem = sample.http.post("/recommend/preview", json=body).json()
    assert (problem["code"], problem["unknown"]) == ("unknown_items", ["movie:99999999"])


def test_a_title_above_the_limits_is_answered_like_an_unknown_one(sample: Service) -> None:
    sample.http.put("/users/tim/profiles/kids", json={"kind": "child", "max_age": 6})
    child = {"user_id": "tim", "profile": "kids"}
    for item in ("movie:603", "movie:99999999"):
        answer = sample.http.post("/recommend/preview", json=child | {"item": item})
        assert (answer.status_code, answer.json()["unknown"]) == (422, [item])


@pytest.mark.parametrize("missing", ["item", "user_id"])
def test_user_and_item_are_needed(sample: Service, missing: str) -> None:
    body = {"user_id": "previewer", "item": "movie:603"}
    del body[missing]
    answer = sample.http.post("/recommend/preview", json=body)
    assert answer.status_code == 422
    assert missing in answer.json()["detail"]


def test_a_body_that_is_no_json_is_malformed(sample: Service) -> None:
    answer = sample.http.post(
        "/recommend/preview", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed_body"


def test_a_token_asks_for_its_own_user_only(start_sample: ServiceFactory) -> None:
    service = start_sample(JWT_SECRET=_SECRET, JWT_ISSUER="https://id.example", JWT_AUDIENCE="seen")
    body = {"user_id": "dana", "item": "movie:603"}
    assert service.http.post("/recommend/preview", json=body).status_code == 401
    claims = {
        "sub": "dana",
        "iss": "https://id.example",
        "aud": "seen",
        "exp": datetime.now(UTC) + timedelta(minutes=5),
    }
    service.http.headers["Authorization"] = f"Bearer {jwt.encode(claims, _SECRET, 'HS256')}"
    assert service.http.post("/recommend/preview", json=body).status_code == 200
    for user_id in ("eve", "DANA"):
        other = service.http.post("/recommend/preview", json=body | {"user_id": user_id})
        assert (other.status_code, other.json()["code"]) == (404, "not_found")
    # Whether the item exists is nothing to learn about another user's list.
    stranger = {"user_id": "eve", "item": "movie:99999999"}
    assert service.http.post("/recommend/preview", json=stranger).status_code == 404


def test_an_empty_catalogue_knows_no_item(quiet: Service) -> None:
    body = {"user_id": "dana", "item": 1}
    answer = quiet.http.post("/recommend/preview", json=body)
    assert answer.status_code == 422
    assert "Unknown item: 1." in answer.json()["detail"]
