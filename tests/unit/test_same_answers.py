"""What `python -m tests.same_answers` tells of two recordings, and what it holds still."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.same_answers.comparing import compare, told
from tests.same_answers.launcher import ids_of, standing_at
from tests.same_answers.mix import own_texts
from tests.same_answers.recording import Recorded, read, write

_NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def _item(item_id: int, **changed: Any) -> dict[str, Any]:
    whole = {
        "id": item_id,
        "title": f"Film {item_id}",
        "score": 1 - item_id / 10,
        "explanation": "Popular now.",
        "reasons": [{"code": "popular", "evidence": {"rank": item_id}}],
        "sources": ["popular"],
        "overview": "Somebody wants something.",
    }
    return whole | changed


def _list(*items: dict[str, Any], **page: Any) -> Recorded:
    answer = {"items": list(items), "next_cursor": True} | page
    request = {"method": "GET", "path": "/recommend", "parameters": {"user_id": "dana"}}
    return Recorded("list-1", "list", request, 200, {"kept": False}, answer)


_BEFORE = _list(_item(1), _item(2), _item(3))


def _kinds(after: Recorded, tolerance: float = 0) -> Mapping[str, str]:
    found = compare({"list-1": _BEFORE}, {"list-1": after}, tolerance)
    return {one.kind: one.where for one in found}


def test_the_same_answer_differs_in_nothing() -> None:
    again = _list(_item(1), _item(2), _item(3))

    assert _kinds(again) == {}
    assert told({"list-1": _BEFORE}, {"list-1": again}, [], 5) == "1 answers: 1 equal, 0 not."


@pytest.mark.parametrize(
    ("after", "kind", "where"),
    [
        (_list(_item(1), _item(3), _item(2)), "order", "from place 2"),
        (_list(_item(1), _item(2)), "order", "from place 3"),
        (_list(_item(1), _item(2, score=0.5), _item(3)), "score", "2 Film 2: score"),
        (_list(_item(1), _item(2), _item(3, reasons=[])), "reasons", "3 Film 3: reasons"),
        (_list(_item(1, sources=[]), _item(2), _item(3)), "sources", "1 Film 1: sources"),
        (_list(_item(1, explanation=""), _item(2), _item(3)), "words", "1 Film 1: explanation"),
        (_list(_item(1, overview=""), _item(2), _item(3)), "card", "1 Film 1: overview"),
        (_list(_item(1), _item(2), _item(3), relaxed=["year"]), "relaxed", "relaxed"),
        (replace(_BEFORE, status=500, answer=None), "status", ""),
        (replace(_BEFORE, headers={"kept": True}), "headers", "kept"),
    ],
)
def test_a_difference_is_told_by_its_kind(after: Recorded, kind: str, where: str) -> None:
    assert _kinds(after) == {kind: where}


def test_titles_are_compared_wherever_they_stand() -> None:
    after = _list(_item(3), _item(2, score=0.1), _item(1))

    assert _kinds(after) == {"order": "from place 1", "score": "2 Film 2: score"}


def test_a_tolerance_is_for_numbers_alone() -> None:
    nearly = _list(_item(1), _item(2, score=0.8000009, explanation="Popular today."), _item(3))

    assert set(_kinds(nearly)) == {"score", "words"}
    assert set(_kinds(nearly, tolerance=1e-6)) == {"words"}


def test_a_whole_number_has_no_tolerance() -> None:
    ranked = [{"code": "popular", "evidence": {"rank": 4}}]

    assert set(_kinds(_list(_item(1), _item(2), _item(3, reasons=ranked)), tolerance=2)) == {
        "reasons"
    }


def test_a_request_that_one_side_lacks_is_a_difference() -> None:
    (found,) = compare({"list-1": _BEFORE}, {}, 0)

    assert (found.kind, found.after) == ("missing", "not asked")


def test_differences_are_shown_with_their_request() -> None:
    after = _list(_item(2), _item(1), _item(3))
    before, now = {"list-1": _BEFORE}, {"list-1": after}

    text = told(before, now, compare(before, now, 0), examples=1)

    assert text.splitlines()[0] == "1 answers: 0 equal, 1 not."
    assert "order: 1 differences in 1 answers" in text
    assert "list-1  GET /recommend?user_id=dana" in text
    assert "from place 1: ['1 Film 1', '2 Film 2', '3 Film 3']" in text


def test_a_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    write([_BEFORE], tmp_path / "one.jsonl.gz")
    write([_BEFORE], tmp_path / "two.jsonl.gz")

    assert read(tmp_path / "one.jsonl.gz") == {"list-1": _BEFORE}
    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "two.jsonl.gz").read_bytes()


def test_the_clock_stands_and_makes_plain_datetimes() -> None:
    standing = standing_at(_NOON)

    assert standing.now(UTC) == _NOON
    assert type(standing(2026, 1, 1)) is datetime
    assert type(standing.fromisoformat("2026-01-01T00:00:00+00:00")) is datetime
    assert isinstance(_NOON + timedelta(days=1), standing)


def test_ids_follow_from_the_request() -> None:
    first = list(islice(ids_of("list-1"), 3))

    assert first == list(islice(ids_of("list-1"), 3))
    assert len({*first, *islice(ids_of("list-2"), 3)}) == 6
    assert {one.version for one in first} == {4}


def test_no_text_is_asked_twice() -> None:
    texts = own_texts()

    assert len(texts) == len(set(texts)) > 150
