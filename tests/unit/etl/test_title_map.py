"""Where titles begin on a map, and what its regions are called."""

from importlib.util import find_spec

import numpy as np
import pytest
from scipy import sparse

from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from etl.title_map.nearest import nearest_titles
from etl.title_map.places import start_anew, start_from
from etl.title_map.regions import divide, name_regions

_TITLES = 120
_KIND = np.arange(_TITLES) % 2


def similarity(titles: int = _TITLES) -> ItemSimilarity:
    """Titles of two genres; each shares a keyword with the one two places on."""
    rows = np.arange(titles, dtype=np.int32)
    none = Features(np.empty(0, np.int32), np.empty(0, np.int32))
    genres = Features(rows, (rows % 2).astype(np.int32))
    keywords = Features(np.append(rows, rows), np.append(rows // 2, rows // 2 + 1).astype(np.int32))
    fields = [genres, keywords, *[none] * 5]
    return similarity_of(version=1, ids=np.arange(1, titles + 1, dtype=np.int32), features=fields)


def test_the_nearest_are_the_most_alike_and_never_the_title_itself() -> None:
    known = similarity()
    found = nearest_titles(known, k=10)
    alike = known.to_titles(known.ids)
    np.fill_diagonal(alike, -1)
    assert (found.rows != np.arange(_TITLES)[:, None]).all()
    assert np.allclose(found.likeness, -np.sort(-alike, axis=1)[:, :10])


def test_a_small_catalogue_has_as_many_as_there_are() -> None:
    assert nearest_titles(similarity(1)).rows.shape == (1, 0)
    assert nearest_titles(similarity(3)).rows.shape == (3, 2)


def test_titles_go_on_from_where_they_were_and_new_ones_from_amid_theirs() -> None:
    known = similarity()
    nearest = nearest_titles(known, k=10)
    where = {item_id: (float(_KIND[item_id - 1]) * 100, 0.0) for item_id in range(1, _TITLES - 3)}
    places = start_from(where, known, nearest)
    assert places is not None
    for item_id, place in where.items():
        assert tuple(places[item_id - 1]) == place
    for row in range(_TITLES - 4, _TITLES):
        own = 100.0 * _KIND[row]
        assert abs(places[row, 0] - own) < 50


def test_another_catalogue_begins_anew() -> None:
    known = similarity()
    nearest = nearest_titles(known, k=10)
    assert start_from({}, known, nearest) is None
    assert start_from({1: (0.0, 0.0)}, known, nearest) is None
    assert (start_anew(known) == start_anew(known)).all()


def test_regions_are_named_by_what_is_common_there_and_rare_elsewhere() -> None:
    chance = np.random.default_rng(0)
    places = chance.normal(0, 1, (_TITLES, 2)) + 100 * _KIND[:, None]
    of = divide(places.astype(np.float32), ())
    assert len(np.unique(of)) == 2
    kinds = sparse.csr_array(
        (np.ones(2 * _TITLES), (np.tile(np.arange(_TITLES), 2), np.append(_KIND, [2] * _TITLES)))
    )
    regions = name_regions(
        places.astype(np.float32),
        of,
        genres=kinds,
        genre_names=["Crime", "Comedy", "Drama"],
        keywords=kinds,
        keyword_names=["heist", "wedding", "woman"],
    )
    named = {(tuple(one.genres), tuple(one.keywords)) for one in regions}
    assert named == {(("Crime",), ("heist",)), (("Comedy",), ("wedding",))}
    assert sum(one.titles for one in regions) == _TITLES


def test_regions_stay_where_titles_stay() -> None:
    places = np.random.default_rng(0).normal(0, 1, (400, 2)).astype(np.float32)
    first = divide(places, ())
    centres = [tuple(places[first == one].mean(axis=0).tolist()) for one in range(first.max() + 1)]
    assert (divide(places, centres) == first).mean() > 0.9


@pytest.mark.skipif(
    find_spec("openTSNE") is None, reason="There is no wheel of openTSNE for Linux on ARM."
)
def test_titles_lie_beside_those_they_are_like_each_time_at_the_same_places() -> None:
    from etl.title_map.tsne import lay_out

    known = similarity()
    nearest = nearest_titles(known, k=10)
    places = lay_out(nearest, start_anew(known), goes_on=False)
    assert np.array_equal(lay_out(nearest, start_anew(known), goes_on=False), places)
    far = np.linalg.norm(places[:, None] - places[None], axis=2)
    beside = np.argsort(far, axis=1)[:, 1:6]
    among = (beside[:, :, None] == nearest.rows[:, None, :]).any(axis=2)
    assert among.mean() > 0.5  # by chance a twelfth
    width = float(np.ptp(places, axis=0).max())
    assert np.abs(lay_out(nearest, places, goes_on=True) - places).max() < width / 5
