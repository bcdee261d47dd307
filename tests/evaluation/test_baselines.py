"""The baselines on ratings small enough to be worked out by hand."""

import numpy as np
import pytest

from api.domain.arrays import Floats, Ints
from tests.evaluation.baselines.content_profile import ContentProfile
from tests.evaluation.baselines.ease import Ease
from tests.evaluation.baselines.item_knn import ItemKnn
from tests.evaluation.baselines.opinions import above_mean, centred, liked
from tests.evaluation.baselines.popularity import Popularity
from tests.evaluation.baselines.recommends import Recommends
from tests.evaluation.baselines.user_knn import UserKnn
from tests.evaluation.ratings import Ratings, Training
from tests.evaluation.splits import Case
from tests.evaluation.tuning import choose, settings_of, with_settings


def ratings_of(likes: dict[int, list[int]], stars: float = 5.0) -> Ratings:
    """Titles that each viewer rated alike."""
    rows = [(viewer, title) for viewer, titles in likes.items() for title in titles]
    viewer, title = np.array(rows, dtype=np.int32).reshape(-1, 2).T
    return Ratings(
        viewer,
        title,
        np.full(len(rows), stars, dtype=np.float32),
        np.arange(len(rows), dtype=np.int64),
    )


def training_of(ratings: Ratings, titles: int, vectors: Floats | None = None) -> Training:
    given = np.eye(titles, dtype=np.float32) if vectors is None else vectors
    return Training(ratings, int(ratings.viewer.max()) + 1, given)


def stranger(*titles: int, relevant: int = 0, hidden: tuple[int, ...] = ()) -> Case:
    return Case(
        viewer=99,
        history=ratings_of({99: list(titles)}),
        relevant=np.array([relevant], dtype=np.int32),
        hidden=np.array(hidden, dtype=np.int32),
        trained=False,
    )


# Two circles of viewers: titles 0 to 2 and 3 to 5; title 6 is liked by one of each.
_LIKES = {0: [0, 1, 2], 1: [0, 1], 2: [1, 2, 6], 3: [3, 4, 5], 4: [3, 4], 5: [4, 5, 6]}
_RATINGS = ratings_of(_LIKES)


def best(recommender: Recommends, case: Case, titles: int = 8) -> list[int]:
    recommender.fit(training_of(_RATINGS, titles))
    return list(map(int, recommender.rank([case], 3)[0]))


def test_popularity_counts_and_leaves_out_what_was_seen() -> None:
    # 1 and 4 have three ratings each, the lower row first; then two each.
    assert best(Popularity(), stranger(4)) == [1, 0, 2]


def test_hidden_titles_are_no_candidates() -> None:
    assert best(Popularity(), stranger(4, hidden=(1, 0))) == [2, 3, 5]


@pytest.mark.parametrize(
    "recommender",
    [ItemKnn("liked", 5, 0.0), UserKnn("liked", 3, 0.0)],
    ids=["item-kNN", "user-kNN"],
)
def test_a_stranger_is_folded_in_among_those_who_like_the_same(recommender: Recommends) -> None:
    assert set(best(recommender, stranger(0))[:2]) == {1, 2}
    assert set(best(recommender, stranger(3))[:2]) == {4, 5}


def test_item_knn_is_the_cosine_by_hand() -> None:
    recommender = ItemKnn("liked", 5, 10.0)
    recommender.fit(training_of(_RATINGS, 8))
    # Titles 0 and 1: two viewers in common of two and three; shrunk by 2 of 2 + 10.
    expected = 2 / np.sqrt(2 * 3) * 2 / 12
    assert recommender._weights[0, 1] == pytest.approx(expected)
    assert recommender._weights[0, 0] == 0


def test_nobody_is_their_own_neighbour() -> None:
    history = _RATINGS.keep(_RATINGS.viewer == 1)
    case = Case(1, history, np.array([2]), np.empty(0, np.int32), trained=True)
    recommender = UserKnn("liked", 1, 0.0)
    recommender.fit(training_of(_RATINGS, 8))
    assert recommender.rank([case], 1)[0].tolist() == [2]


def test_ease_is_the_same_from_the_viewers_side_and_from_the_titles_side() -> None:
    """With fewer viewers than titles the inverse is another one; the weights are not."""
    draw = np.random.default_rng(2)
    likes = {viewer: draw.permutation(12)[:5].tolist() for viewer in range(8)}
    few = ratings_of(likes)
    # Viewers without a rating change neither side, but which one is taken.
    many = Training(few, 30, np.eye(12, dtype=np.float32))
    lists: list[list[Ints]] = []
    scores: list[Floats] = []
    cases = [stranger(0, 1, 2), stranger(7)]
    for training in (training_of(few, 12), many):
        recommender = Ease("liked", 3.0)
        recommender.fit(training)
        lists.append(recommender.rank(cases, 5))
        scores.append(recommender._scores(cases))
    assert all(np.array_equal(*pair) for pair in zip(*lists, strict=True))
    unseen = np.setdiff1d(np.arange(12), [0, 1, 2])
    assert scores[0][0, unseen] == pytest.approx(scores[1][0, unseen], abs=1e-5)


def test_ease_is_the_formula_of_the_paper() -> None:
    recommender = Ease("liked", 2.0)
    recommender.fit(training_of(_RATINGS, 7))
    liked_by = np.zeros((6, 7))
    liked_by[_RATINGS.viewer, _RATINGS.title] = 1
    inverse = np.linalg.inv(liked_by.T @ liked_by + 2.0 * np.eye(7))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    unseen = [1, 2, 4, 5, 6]
    assert recommender._scores([stranger(0, 3)])[0, unseen] == pytest.approx(
        (weights[0] + weights[3])[unseen], abs=1e-6
    )


def test_the_content_profile_looks_at_vectors_alone() -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1], [-1, 0]], dtype=np.float32)
    recommender = ContentProfile()
    recommender.fit(training_of(ratings_of({0: [2, 3]}), 4, vectors))
    assert recommender.rank([stranger(0)], 3)[0].tolist() == [1, 2, 3]


def test_opinions_are_read_from_stars_in_several_ways() -> None:
    ratings = ratings_of({0: [0, 1]})
    ratings.stars[:] = [4.0, 2.0]
    assert liked(ratings).tolist() == [1, 0]
    # The mean of 4 and 2 and five times 3.5 is 23.5 / 7.
    assert centred(ratings).tolist() == pytest.approx([4 - 23.5 / 7, 2 - 23.5 / 7])
    assert above_mean(ratings).tolist() == [1, 0]


def test_a_single_liking_is_above_the_mean() -> None:
    assert above_mean(ratings_of({0: [3]})).tolist() == [1]


def test_the_settings_with_the_best_validation_are_chosen_for_each_group() -> None:
    grid = (Popularity("rated"), Popularity("liked"))
    ratings = ratings_of({0: [0, 1], 1: [0]}, stars=3.0)
    later = ratings_of({2: [2]}, stars=5.0)
    both = Ratings(
        *(
            np.concatenate([getattr(ratings, name), getattr(later, name)])
            for name in ("viewer", "title", "stars", "at")
        )
    )
    cases = [
        Case(9, ratings_of({9: [1]}), np.array([2]), np.empty(0, np.int32), False, group="a"),
        Case(8, ratings_of({8: [1]}), np.array([0]), np.empty(0, np.int32), False, group="b"),
    ]
    chosen = choose({"popularity": grid}, training_of(both, 4), cases)
    assert chosen == {
        "a": {"popularity": {"opinion": "liked"}},
        "b": {"popularity": {"opinion": "rated"}},
    }


def test_settings_make_the_same_baseline_again() -> None:
    made = UserKnn("centred", 20, 50.0)
    again = with_settings([UserKnn()], settings_of(made))
    assert isinstance(again, UserKnn)
    assert settings_of(again) == {"opinion": "centred", "neighbours": 20, "shrinkage": 50.0}
