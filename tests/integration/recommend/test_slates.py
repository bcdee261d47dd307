"""Served lists come back from the database as they went in."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.language.intent import Intent, Mention, Part
from api.platform import migrations
from api.platform.database import Database
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.list_provenance import ListProvenance, ids_digest
from api.recommend.lists.slate import Slate
from api.recommend.lists.slates import (
    is_kept,
    prune_slates,
    read_provenance,
    read_slate,
    storing_slate,
)
from api.recommend.request import RecommendRequest
from api.viewers.versions import Versions

_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_HASH = b"\x00\xff" * 16

_WORDS = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
_WEIGHT = st.none() | st.floats(0, 100)
_WISHES = st.builds(
    RecommendRequest,
    user_id=st.sampled_from(["dana", "a::b", "🍿 דנה"]),
    profile=st.sampled_from([None, "kids", "a::b"]),
    limit=st.integers(1, 100),
    text=_WORDS,
    diversify=st.booleans(),
    country=st.sampled_from(["IL", "US"]),
    services=st.sampled_from([(), ("nfx",), ("dnp", "nfx")]),
    media_type=st.sampled_from([None, "movie", "tv"]),
    genres=st.sampled_from([(), (18,), (18, 80)]),
    description=_WORDS,
    rewrite=_WORDS,
    description_weight=_WEIGHT,
    rewrite_weight=_WEIGHT,
    weights=st.sampled_from([(), (("ann", 0.5), ("vote", 2.0))]),
)


def slate_of(item_ids: list[int], **more: Any) -> Slate:
    evidence = np.zeros(len(item_ids), dtype=EVIDENCE.dtype)
    evidence["near_id"] = [item_id + 1 for item_id in item_ids]
    evidence["near_cosine"] = np.linspace(0.4, 1, len(item_ids))
    evidence["has_words"] = [item_id % 2 == 0 for item_id in item_ids]
    fields: dict[str, Any] = {
        "id": uuid4(),
        "request": RecommendRequest("dana"),
        "item_ids": np.array(item_ids, dtype=np.int32),
        "scores": np.linspace(1, 0, len(item_ids)).astype(np.float32),
        "evidence": evidence,
        "people": {},
    }
    return Slate(**fields | more)


def store(database: Database, slate: Slate, now: datetime = _NOON) -> UUID:
    with storing_slate(database, slate, request_hash=_HASH, now=now):
        pass
    return slate.id


# One database for all examples: a slate is found by an id of its own.
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=_WISHES,
    item_ids=st.lists(st.integers(1, 2**31 - 2), max_size=40),
    people=st.dictionaries(
        st.integers(1, 2**31 - 1),
        st.tuples(st.text(st.characters(codec="utf-8"), max_size=20), st.integers(1, 200)),
        max_size=5,
    ),
    phrases=st.dictionaries(
        st.integers(1, 2**31 - 1), st.text(st.characters(codec="utf-8"), max_size=20), max_size=5
    ),
    degraded=st.sampled_from([(), ("text_vector",)]),
    relaxed=st.sampled_from([(), ("genres",)]),
)
def test_a_list_is_read_as_it_was_stored(
    database: Database,
    asked: RecommendRequest,
    item_ids: list[int],
    people: dict[int, tuple[str, int]],
    phrases: dict[int, str],
    degraded: tuple[str, ...],
    relaxed: tuple[str, ...],
) -> None:
    slate = slate_of(
        item_ids,
        request=asked,
        people=people,
        phrases=phrases,
        degraded=degraded,
        relaxed=relaxed,
    )
    found = read_slate(database, store(database, slate))
    assert found is not None
    read, request_hash, created_at = found
    assert (request_hash, created_at) == (_HASH, _NOON)
    assert (read.id, read.request, read.people) == (slate.id, asked, people)
    assert read.phrases == phrases
    assert (read.degraded, read.relaxed) == (degraded, relaxed)
    assert read.item_ids.tolist() == item_ids
    assert read.item_ids.dtype == np.int32
    np.testing.assert_array_equal(read.scores, slate.scores, strict=True)
    np.testing.assert_array_equal(read.evidence, slate.evidence, strict=True)


def test_scores_keep_every_bit(database: Database) -> None:
    scores = np.nextafter(np.full(200, 0.1, np.float32), np.float32(1))
    scores[1:] = np.random.default_rng(1).random(199, dtype=np.float32)
    slate = slate_of(list(range(1, 201)), scores=scores)
    found = read_slate(database, store(database, slate))
    assert found is not None
    assert found[0].scores.tobytes() == scores.tobytes()


def test_what_a_list_was_made_with_comes_back_as_it_was(database: Database) -> None:
    intent = Intent(
        text="80s westerns with Ada, like Dune",
        mentions=(Mention("year", [1980, 1989], "80s", 0, 3), Mention("seed", 5, "Dune", 28, 32)),
        genres=(frozenset({37, 18}),),
        years=((1980, 1989),),
        languages=frozenset({"en"}),
        parts=(Part(frozenset({7, 3}), frozenset({"cast"})),),
        seeds=(5,),
        free_text="with",
    )
    provenance = ListProvenance(
        configuration="ab" * 32,
        rules="cd" * 32,
        versions=Versions(7, None, 0, False, 1, "all-MiniLM-L6-v2", None, champion="bold"),
        facts_at=_NOON,
        learned_at=_NOON + timedelta(microseconds=1),
        excluded=0,
        excluded_digest=ids_digest(np.empty(0, dtype=np.int32)),
        degraded=("query_ann",),
        intent=intent,
        judged=(3, 1),
        seed="1f",
    )
    slate = slate_of([1, 2], strategy="bold", assignment="experiment", provenance=provenance)
    assert read_provenance(database, store(database, slate)) == provenance
    found = read_slate(database, slate.id)
    assert found is not None
    assert (found[0].strategy, found[0].assignment) == ("bold", "experiment")
    assert read_provenance(database, store(database, slate_of([1]))) is None


def test_what_an_older_version_noted_is_read(database: Database) -> None:
    document = """{
        "configuration": "ab", "rules": "cd", "catalogue_version": 7,
        "facts_at": "2026-03-01T12:00:00+00:00", "profile_id": 3, "profile_version": 2,
        "shares_taste": true, "learned_at": "2026-03-01T12:00:00+00:00", "excluded": 0,
        "excluded_digest": "ef", "space_id": 1, "space_model": "m", "model_id": null,
        "preferences": [], "degraded": [], "intent": null, "judged": []
    }"""
    slate_id = store(database, slate_of([1]))
    with database.autocommit() as cursor:
        cursor.execute("UPDATE slates SET origin = %s::jsonb WHERE id = %s", (document, slate_id))
    found = read_provenance(database, slate_id)
    assert found is not None
    assert found.versions == Versions(7, 3, 2, True, 1, "m", None)
    assert (found.configuration, found.learned_at) == ("ab", _NOON)


def test_an_unknown_list_is_none(database: Database) -> None:
    assert read_provenance(database, uuid4()) is None
    assert read_slate(database, uuid4()) is None
    assert not is_kept(database, uuid4())


def test_old_lists_are_pruned_and_young_ones_stay(database: Database) -> None:
    old = store(database, slate_of([1]), _NOON - timedelta(days=91))
    young = store(database, slate_of([1]), _NOON - timedelta(days=89))
    assert prune_slates(database, _NOON - timedelta(days=90)) == 1
    assert not is_kept(database, old)
    assert is_kept(database, young)


def test_a_downgrade_keeps_the_lists_that_the_version_before_can_read(database: Database) -> None:
    asked = RecommendRequest("dana", text='the film with "format": in it')
    first, second = store(database, slate_of([1], request=asked)), store(database, slate_of([1]))
    with database.autocommit() as cursor:
        header = b'{"wish":{"text":"a \\"format\\": film"}}'
        stored = len(header).to_bytes(4, "little") + header
        cursor.execute("UPDATE slates SET evidence = %s WHERE id = %s", (stored, second))
    migrations.downgrade(database, "0012")
    assert not is_kept(database, first)
    assert is_kept(database, second)
    migrations.upgrade(database)
    assert is_kept(database, second)
