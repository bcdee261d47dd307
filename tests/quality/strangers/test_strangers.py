"""Requests of strangers are read, asked and scored as their measure says."""

import json
from pathlib import Path

import numpy as np
import pytest

from api.platform.errors import ConfigurationError
from tests.quality.strangers.baselines import NAMES, Baselines
from tests.quality.strangers.catalogue import Titles, words_of
from tests.quality.strangers.requests import MOST_CHARACTERS, read_requests, shortened
from tests.quality.strangers.scores import score

_ONE, _TWO, _THREE = ("movie", 1), ("movie", 2), ("tv", 3)


def test_the_best_order_of_the_answers_scores_one() -> None:
    assert score([_TWO, _ONE], {_ONE: 1, _TWO: 3}) == (1.0, 1.0, 1.0, 1.0)


def test_a_list_with_the_lesser_answer_first_scores_less_than_the_best_order() -> None:
    ndcg, *recalls = score([_ONE, _TWO], {_ONE: 1, _TWO: 3})
    assert ndcg == pytest.approx((1 + 7 / np.log2(3)) / (7 + 1 / np.log2(3)))
    assert recalls == [1.0, 1.0, 1.0]


def test_an_empty_page_scores_nothing() -> None:
    assert score([], {_ONE: 1}) == (0.0, 0.0, 0.0, 0.0)


def test_an_answer_behind_the_tenth_place_is_deep_recall_alone() -> None:
    others = [("movie", number) for number in range(100, 110)]
    assert score([*others, _ONE], {_ONE: 2}) == (0.0, 0.0, 1.0, 0.0)


def test_baselines_put_the_title_with_the_words_first_and_the_voted_one_first_by_popularity() -> (
    None
):
    titles = Titles(
        keys=[_ONE, _TWO, _THREE],
        votes=np.array([10.0, 900.0, 90.0]),
        words=[words_of("A diver finds a wreck"), words_of("Dancers"), words_of("Two cooks")],
        vectors=np.eye(3, dtype=np.float32),
    )
    ranked = Baselines(titles).ranked("divers and wrecks", np.array([1, 0, 0], dtype=np.float32))
    assert list(ranked) == list(NAMES)
    assert ranked["popularity"][0] == _TWO
    assert ranked["BM25"][0] == ranked["vectors"][0] == ranked["fusion"][0] == _ONE


def test_co_liking_sums_up_what_is_liked_beside_the_named_titles_and_names_none_of_them() -> None:
    titles = Titles(
        keys=[_ONE, _TWO, _THREE, ("movie", 4)],
        votes=np.ones(4),
        words=[words_of("a wreck")] * 4,
        vectors=np.eye(4, dtype=np.float32),
        co_liked={_ONE: {_TWO: 0.9, _THREE: 0.3}, _TWO: {_THREE: 0.3, ("movie", 4): 0.5}},
    )
    vector = np.array([1, 0, 0, 0], dtype=np.float32)
    ranked = Baselines(titles).ranked("like these", vector, (_ONE, _TWO))
    assert ranked["co-liking of seeds"] == [_THREE, ("movie", 4)]
    assert Baselines(titles).ranked("wrecks", vector)["co-liking of seeds"] == []


def test_a_long_request_is_cut_between_two_words() -> None:
    text = "word " * 200
    cut = shortened(text)
    assert len(cut) <= MOST_CHARACTERS
    assert set(cut.split()) == {"word"}


def test_of_each_kind_the_same_first_requests_are_read(tmp_path: Path) -> None:
    lines = [_line(f"{number}", kind) for kind in ("topic", "dialogue") for number in (3, 1, 2)]
    (tmp_path / "some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    kinds = read_requests(tmp_path, most=2)
    assert {kind: [one.id for one in found] for kind, found in kinds.items()} == {
        "topic": ["1", "2"],
        "dialogue": ["1", "2"],
    }


def test_a_folder_without_requests_and_a_broken_line_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no requests"):
        read_requests(tmp_path, most=1)
    (tmp_path / "some.jsonl").write_text(_line("1", "topic") + "\n{", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="line 2"):
        read_requests(tmp_path, most=1)


def _line(request_id: str, kind: str) -> str:
    answers = [{"media_type": "movie", "tmdb_id": 1, "grade": 3}]
    return json.dumps(
        {"id": request_id, "kind": kind, "text": "a film", "liked_seeds": [], "answers": answers}
    )
