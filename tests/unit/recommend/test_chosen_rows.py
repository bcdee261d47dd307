"""Which rows a page has, and which titles stand in them."""

import numpy as np

from api.recommend.lists.slate import ListRow
from api.recommend.shelves.candidate_rows import CandidateRow
from api.recommend.shelves.chosen_rows import chosen_rows
from api.recommend.shelves.claims import titled

_SCORES = np.linspace(1, 0.1, 60).astype(np.float32)


def _row(code: str, places: range | list[int]) -> CandidateRow:
    holds = np.zeros(len(_SCORES), dtype=np.bool_)
    holds[list(places)] = True
    return CandidateRow(code, {}, holds)


_ALL = _row("for_you", range(60))


def _chosen(*others: CandidateRow, rows: int = 10) -> list[tuple[str, list[int]]]:
    found = chosen_rows([_ALL, *others], _SCORES, rows=rows)
    return [(row.code, places.tolist()) for row, places in found]


def test_the_row_for_all_comes_first_and_leaves_the_rest_to_others() -> None:
    assert _chosen() == [("for_you", list(range(12)))]


def test_no_title_stands_in_two_rows() -> None:
    rows = _chosen(_row("genre", range(30)), _row("decade", range(20, 50)))
    places = [place for _, own in rows for place in own]
    assert len(places) == len(set(places)) == 50


def test_the_row_with_the_most_relevance_left_comes_next() -> None:
    codes = [code for code, _ in _chosen(_row("decade", range(40, 60)), _row("genre", range(40)))]
    assert codes == ["for_you", "genre", "decade"]


def test_rows_of_one_kind_give_way_to_another() -> None:
    genres = [_row("genre", range(start, start + 9)) for start in (12, 21)]
    codes = [code for code, _ in _chosen(*genres, _row("decade", range(30, 39)))]
    assert codes == ["for_you", "genre", "decade", "genre"]


def test_what_a_viewer_means_to_watch_comes_before_what_is_worth_more() -> None:
    codes = [
        code
        for code, _ in _chosen(_row("genre", range(12, 36)), _row("on_watchlist", range(30, 38)))
    ]
    assert codes == ["for_you", "on_watchlist", "genre"]


def test_what_holds_for_nearly_all_has_what_other_rows_leave() -> None:
    rows = _chosen(_row("genre", range(58)), _row("decade", range(20, 40)))
    assert [code for code, _ in rows] == ["for_you", "decade", "genre"]
    assert rows[-1][1] == [*range(12, 20), *range(40, 58)]


def test_a_row_of_few_titles_is_none() -> None:
    assert len(_chosen(_row("genre", [20, 30, 40]))) == 1


def test_there_are_no_more_rows_than_asked_for() -> None:
    others = [_row("genre", range(start, start + 8)) for start in (12, 20, 28)]
    assert len(_chosen(*others, rows=2)) == 2


def test_nothing_makes_no_rows() -> None:
    assert chosen_rows([], _SCORES, rows=5) == []


def test_a_language_is_told_by_its_name() -> None:
    assert titled(ListRow("language", {"language": "ja"}, 0, 4)) == "Original language: Japanese"
    assert titled(ListRow("language", {"language": "eo"}, 0, 4)) == "Original language: eo"


def test_what_only_fills_the_list_stands_in_no_row_but_that_of_the_watchlist() -> None:
    scores = np.where(np.arange(60) < 40, _SCORES, 1e-4).astype(np.float32)
    others = [_row("decade", range(30, 60)), _row("on_watchlist", range(50, 56))]
    found = chosen_rows([_ALL, *others], scores, rows=10)
    places = {row.code: own.tolist() for row, own in found}
    assert places["decade"] == [*range(30, 40)]
    assert places["on_watchlist"] == [*range(50, 56)]
