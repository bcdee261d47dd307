"""Where titles begin on a map, and what its regions are called."""

from importlib.util import find_spec

import numpy as np
import pytest
from scipy import sparse

from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from api.domain.arrays import Mask
from etl.title_map.name_words import capitalised, may_name, plain
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


def named(keywords: sparse.csr_array, names: list[str]) -> set[tuple[tuple[str, ...], ...]]:
    """By genres and keywords the two regions of titles that lie by their kind."""
    chance = np.random.default_rng(0)
    places = (chance.normal(0, 1, (_TITLES, 2)) + 100 * _KIND[:, None]).astype(np.float32)
    of = divide(places, ())
    assert len(np.unique(of)) == 2
    regions = name_regions(
        places,
        of,
        votes=np.arange(_TITLES, dtype=np.int32),
        genres=having((0, _KIND == 0), (1, _KIND == 1), (2, _KIND >= 0)),
        genre_names=["Crime", "Comedy", "Drama"],
        keywords=keywords,
        keyword_names=names,
    )
    assert sum(one.titles for one in regions) == _TITLES
    return {(tuple(one.genres), tuple(one.keywords)) for one in regions}


def having(*columns: tuple[int, Mask]) -> sparse.csr_array:
    """(titles, names), 1 where a title has the one of this number."""
    rows = np.concatenate([np.flatnonzero(own) for _, own in columns])
    places = np.concatenate([np.full(own.sum(), number) for number, own in columns])
    return sparse.csr_array((np.ones(len(rows)), (rows, places)), (_TITLES, len(columns)))


def test_regions_are_named_by_what_is_common_there_and_rare_elsewhere() -> None:
    keywords = having((0, _KIND == 0), (1, _KIND == 1), (2, _KIND >= 0))
    found = named(keywords, ["heist", "wedding", "woman"])
    assert found == {(("Crime",), ("heist",)), (("Comedy",), ("wedding",))}


def test_a_keyword_that_none_of_the_known_titles_has_names_no_region() -> None:
    """Votes rise with the row, so the first titles are those that nobody knows."""
    rows = np.arange(_TITLES)
    unknown, one_in_six = rows < _TITLES / 2, (rows % 12 == 0)
    keywords = having((0, unknown & (_KIND == 0)), (1, one_in_six), (2, _KIND == 1))
    found = named(keywords, ["samurai", "noir", "wedding"])
    assert found == {(("Crime",), ()), (("Comedy",), ("wedding",))}


@pytest.mark.parametrize(
    ("keyword", "may"),
    [
        ("samurai", True),
        ("world war ii", True),
        ("essex", True),
        ("sexual violence", False),
        ("sexy", False),
        ("female nudity", False),
        ("rape", False),
        ("grape", True),
        ("softcore", False),
        ("prostitution", False),
        ("duringcreditsstinger", False),
        ("aftercreditsstinger", False),
        ("based on novel or book", False),
        ("woman director", False),
        ("independent film", False),
        ("video nasty", False),
        ("sequel", False),
    ],
)
def test_what_is_of_sex_or_of_how_a_title_was_made_names_nothing(keyword: str, may: bool) -> None:
    assert may_name(keyword) == may


def test_a_place_is_named_without_its_country_and_a_body_without_its_letters() -> None:
    assert plain("los angeles, california") == "los angeles"
    assert plain("marvel cinematic universe (mcu)") == "marvel cinematic universe"
    assert plain("heist") == "heist"


def test_keywords_are_written_as_most_stories_do_within_a_sentence() -> None:
    stories = [
        "In World War II a man plans a heist.",
        "Japan, 1870. A samurai flees from Japan to Ohio. Samurai follow.",
        "Heist. The heist of a lifetime, in japan or elsewhere, or in Japan.",
    ]
    written = capitalised(["world war ii", "japan", "samurai", "heist", "wedding"], stories)
    assert list(written.values()) == ["World War II", "Japan", "samurai", "heist", "wedding"]


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
