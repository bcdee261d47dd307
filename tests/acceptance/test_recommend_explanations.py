"""GET /recommend: every reason is true, checked against the database by SQL of the test's own."""

import json
import os
from collections.abc import Iterator, Sequence
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest

from api.recommend.evidence.registry import EVIDENCE
from config.settings import Settings
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of

# Of this viewer: said well of, only watched, said badly of.
_PRAISED = ("movie:949", "movie:238", "movie:240", "movie:680", "movie:500", "tv:1396")
_WATCHED = ("movie:769", "movie:524", "movie:129", "movie:128")
_REFUSED = ("movie:694", "movie:539")


@pytest.fixture(scope="module")
def viewer(sample: Service) -> str:
    """A viewer with every kind of event."""
    user_id = "of every kind"
    sample.post_history(*_PRAISED[:4], user_id=user_id, event_type="liked")
    rated = [{"item": item, "rating": 9.5} for item in _PRAISED[4:]]
    sample.post_history(*rated, user_id=user_id)
    sample.post_history(*_WATCHED, user_id=user_id)
    sample.post_history({"item": _REFUSED[0], "rating": 0.5}, user_id=user_id)
    sample.post_history(_REFUSED[1], user_id=user_id, event_type="disliked")
    return user_id


def _ids(service: Service, references: Sequence[str]) -> set[int]:
    found = rows_of(
        service.database,
        "SELECT id FROM items WHERE media_type || ':' || tmdb_id = ANY(%(references)s)",
        references=list(references),
    )
    assert len(found) == len(references)
    return {row[0] for row in found}


@pytest.fixture(scope="module")
def praised(sample: Service) -> set[int]:
    return _ids(sample, _PRAISED)


@pytest.fixture(scope="module")
def chosen(sample: Service, praised: set[int]) -> set[int]:
    """What speaks for the viewer's taste: praised or watched, and not refused."""
    return praised | _ids(sample, _WATCHED)


@pytest.fixture(scope="module", params=[None, "a heist that goes wrong"], ids=str)
def items(request: pytest.FixtureRequest, sample: Service, viewer: str) -> list[dict[str, Any]]:
    """The viewer's whole list, without words and with some."""
    words = {} if request.param is None else {"query": request.param}
    return sample.whole_list(viewer, **words)


@pytest.fixture(scope="module")
def of_taste(sample: Service, viewer: str) -> list[dict[str, Any]]:
    """The viewer's whole list without words, which leave little to what others like."""
    return sample.whole_list(viewer)


def _reasons(
    items: Sequence[dict[str, Any]], *codes: str
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(item, evidence) of every reason with one of the codes; there is at least one."""
    found = [
        (item, reason["evidence"])
        for item in items
        for reason in item["reasons"]
        if reason["code"] in codes
    ]
    assert found
    yield from found


def _titles(service: Service) -> dict[int, str]:
    return dict(rows_of(service.database, "SELECT id, title FROM items"))


def test_the_title_it_is_like_was_liked_and_is_as_near_as_it_says(
    sample: Service, praised: set[int], items: list[dict[str, Any]]
) -> None:
    titles = _titles(sample)
    for item, evidence in _reasons(items, "similar_to_liked"):
        assert evidence["item_id"] in praised
        assert titles[evidence["item_id"]] == evidence["title"]
        ((cosine,),) = rows_of(
            sample.database,
            """
            SELECT 1 - (one.embedding <=> other.embedding)
            FROM item_embeddings one JOIN item_embeddings other USING (space_id)
            WHERE one.item_id = %(one)s AND other.item_id = %(other)s
            """,
            one=item["id"],
            other=evidence["item_id"],
        )
        assert evidence["cosine"] == pytest.approx(cosine, abs=0.002)
        assert cosine > 0.39


def test_the_title_that_was_only_watched_is_not_called_liked(
    sample: Service, praised: set[int], chosen: set[int], items: list[dict[str, Any]]
) -> None:
    titles = _titles(sample)
    for _, evidence in _reasons(items, "similar_to_watched"):
        assert evidence["item_id"] in chosen - praised
        assert titles[evidence["item_id"]] == evidence["title"]


def test_no_nearer_title_of_the_viewer_is_passed_over(
    sample: Service, chosen: set[int], items: list[dict[str, Any]]
) -> None:
    for item, evidence in _reasons(items, "similar_to_liked", "similar_to_watched"):
        ((nearest,),) = rows_of(
            sample.database,
            """
            SELECT max(1 - (one.embedding <=> other.embedding))
            FROM item_embeddings one JOIN item_embeddings other USING (space_id)
            WHERE one.item_id = %(one)s AND other.item_id = ANY(%(chosen)s)
            """,
            one=item["id"],
            chosen=list(chosen),
        )
        assert evidence["cosine"] == pytest.approx(nearest, abs=0.002)


def test_the_title_it_is_often_liked_with_is_its_neighbour_and_was_chosen(
    sample: Service, chosen: set[int], of_taste: list[dict[str, Any]]
) -> None:
    neighbours = set(
        rows_of(
            sample.database,
            "SELECT item_id, unnest(co_liked_ids || fan_liked_ids) FROM item_neighbours"
            " JOIN collaborative_models ON id = model_id WHERE active",
        )
    )
    titles = _titles(sample)
    for item, evidence in _reasons(of_taste, "co_liked"):
        assert evidence["item_id"] in chosen
        assert (evidence["item_id"], item["id"]) in neighbours
        assert titles[evidence["item_id"]] == evidence["title"]


def test_the_person_is_in_the_credits_of_the_item_and_of_so_many_chosen_titles(
    sample: Service, chosen: set[int], of_taste: list[dict[str, Any]]
) -> None:
    credits = rows_of(
        sample.database,
        "SELECT item_id, person_id, name FROM credits JOIN people ON people.id = person_id",
    )
    for item, evidence in _reasons(of_taste, "person_in_common", "same_maker"):
        theirs = [credit for credit in credits if credit[1] == evidence["person_id"]]
        assert {name for _, _, name in theirs} == {evidence["person"]}
        assert item["id"] in {item_id for item_id, *_ in theirs}
        assert len({item_id for item_id, *_ in theirs} & chosen) == evidence["count"]


def test_who_made_the_one_chosen_title_made_it(sample: Service) -> None:
    """Makers contribute enough to be named where little else is known."""
    sample.post_history(_PRAISED[1], user_id="of one maker", event_type="liked")
    (chosen,) = _ids(sample, _PRAISED[1:2])
    makers = {
        row[0]
        for row in rows_of(
            sample.database,
            "SELECT person_id FROM credits WHERE item_id = %(chosen)s "
            "AND role IN ('director', 'creator')",
            chosen=chosen,
        )
    }
    for _, evidence in _reasons(sample.whole_list("of one maker"), "same_maker"):
        assert evidence["person_id"] in makers
        assert evidence["count"] == 1


def test_the_genre_is_the_items_and_of_titles_that_were_chosen(
    sample: Service, chosen: set[int], items: list[dict[str, Any]]
) -> None:
    of_chosen = rows_of(
        sample.database,
        "SELECT DISTINCT unnest(genre_ids) FROM items WHERE id = ANY(%(chosen)s)",
        chosen=list(chosen),
    )
    for item, evidence in _reasons(items, "genre_affinity"):
        assert {"id": evidence["genre_id"], "name": evidence["genre"]} in item["genres"]
        assert (evidence["genre_id"],) in of_chosen


def test_words_are_a_reason_only_where_there_were_words(sample: Service, viewer: str) -> None:
    for item, _ in _reasons(sample.whole_list(viewer, query="a heist"), "matches_query"):
        assert {"query_ann", "lexical", "story"} & set(item["sources"])
    silent = sample.whole_list(viewer)
    assert not [r for item in silent for r in item["reasons"] if r["code"] == "matches_query"]


@pytest.fixture(scope="module")
def strangers_list(sample: Service) -> list[dict[str, Any]]:
    return sample.whole_list("a stranger", limit=20)


@pytest.mark.parametrize("code", ["trending", "top_rated", "popular"])
def test_the_rank_is_the_items_on_the_list_of_its_kind(
    sample: Service, strangers_list: list[dict[str, Any]], code: str
) -> None:
    ranks = dict(rows_of(sample.database, f"SELECT id, {code}_rank FROM items"))
    for item, evidence in _reasons(strangers_list, code):
        kind = "shows" if item["media_type"] == "tv" else "movies"
        assert evidence == {"rank": ranks[item["id"]], "kind": kind}
        assert evidence["rank"] <= 100


def test_the_votes_are_the_items(sample: Service, strangers_list: list[dict[str, Any]]) -> None:
    votes = {
        row[0]: row[1:]
        for row in rows_of(sample.database, "SELECT id, vote_average, vote_count FROM items")
    }
    for item, evidence in _reasons(strangers_list, "acclaimed"):
        average, count = votes[item["id"]]
        assert evidence["votes"] == count >= 500
        assert evidence["average"] == pytest.approx(average, abs=0.051)
        assert average >= 7.5


def test_what_is_off_the_beaten_path_has_few_votes(sample: Service, viewer: str) -> None:
    votes = dict(rows_of(sample.database, "SELECT id, vote_count FROM items"))
    for item, evidence in _reasons(sample.whole_list(viewer, limit=20), "off_the_beaten_path"):
        assert evidence == {"votes": votes[item["id"]]}


def test_a_stranger_is_told_nothing_of_a_taste(strangers_list: list[dict[str, Any]]) -> None:
    codes = {reason["code"] for item in strangers_list for reason in item["reasons"]}
    assert codes <= EVIDENCE.impersonal


def _sentences(reason: dict[str, Any], templates: dict[str, list[str]]) -> list[str]:
    # Whole numbers have a comma at the thousands.
    facts = {
        name: f"{fact:,}" if type(fact) is int else fact
        for name, fact in reason["evidence"].items()
    }
    return [wording.format(**facts) for wording in templates[reason["code"]]]


def test_at_most_two_sentences_each_saying_a_reason(items: list[dict[str, Any]]) -> None:
    path = Settings.load({}).explanation_templates_path
    templates = json.loads(path.read_text(encoding="utf-8"))["sentences"]
    assert all(wording.endswith(".") for wordings in templates.values() for wording in wordings)
    for item in items:
        said = [_sentences(reason, templates) for reason in item["reasons"]]
        pairs = permutations(said, min(2, len(said)))
        assert item["explanation"] in {" ".join(one) for pair in pairs for one in product(*pair)}
        assert len(item["reasons"]) <= 4


@pytest.mark.parametrize("user_id", ["a stranger", "of every kind", "sample-crime-noir"])
def test_a_page_does_not_repeat_one_sentence(sample: Service, viewer: str, user_id: str) -> None:
    said = [item["explanation"] for item in sample.recommend(user_id)["items"]]
    assert len(set(said)) >= 10


def test_later_pages_explain_themselves_as_the_first_did(sample: Service, viewer: str) -> None:
    whole = sample.recommend(viewer, limit=60, diversify=False)["items"]
    pages = sample.pages(viewer, limit=20, diversify=False)
    # The wordings vary down each page, what they say does not.
    told = [item["reasons"] for page in (next(pages), next(pages)) for item in page["items"]]
    assert told == [item["reasons"] for item in whole[:40]]


def test_a_change_of_mind_is_believed(sample: Service) -> None:
    sample.post_history("movie:949", user_id="fickle")
    sample.post_history("movie:949", "movie:238", user_id="fickle", event_type="liked")
    sample.post_history("movie:949", user_id="fickle", event_type="disliked")
    (heat,) = _ids(sample, ["movie:949"])
    named = {
        reason["evidence"].get("item_id")
        for item in sample.whole_list("fickle")
        for reason in item["reasons"]
    }
    assert heat not in named
    assert _ids(sample, ["movie:238"]) <= named


def test_changed_templates_change_the_next_answer_and_broken_ones_do_not(
    start_sample: ServiceFactory, tmp_path: Path
) -> None:
    usual = Settings.load({}).explanation_templates_path.read_text(encoding="utf-8")
    path = tmp_path / "templates.json"
    path.write_text(usual, encoding="utf-8")
    service = start_sample(EXPLANATION_TEMPLATES_PATH=path)
    first = service.recommend("reader")
    document = json.loads(usual)
    document["sentences"] = {code: [f"{code}!"] for code in document["sentences"]}
    path.write_text(json.dumps(document), encoding="utf-8")
    said = {item["explanation"] for item in service.recommend("reader")["items"]}
    assert all(sentence.endswith("!") for sentence in said)
    rest = service.recommend("reader", cursor=first["next_cursor"])["items"]
    assert all(item["explanation"].endswith("!") for item in rest)
    path.write_text('{"sentences": {"trending": []}}', encoding="utf-8")
    os.utime(path, (1, 1))
    assert service.recommend("reader")["items"][0]["explanation"].endswith("!")
    faults = service.http.get("/readyz").json()["faults"]
    assert "sentences.trending" in faults["explanation_templates"]
