"""The ways in which a client may name a title."""

import pytest

from api.domain.items import ItemRef


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (17, ItemRef(id=17)),
        (" 17 ", ItemRef(id=17)),
        ("movie:603", ItemRef(tmdb=("movie", 603))),
        ("tv:1399", ItemRef(tmdb=("tv", 1399))),
        ("imdb:tt0133093", ItemRef(imdb="tt0133093")),
        ("tvdb:81189", ItemRef(external=("tvdb", "81189"))),
        ("wikidata:Q83495", ItemRef(external=("wikidata", "Q83495"))),
        ("archive:reel-7", ItemRef(external=("archive", "reel-7"))),
        ("my_films2:A.b_c-9", ItemRef(external=("my_films2", "A.b_c-9"))),
    ],
)
def test_a_reference_names_one_title(written: int | str, meant: ItemRef) -> None:
    assert ItemRef.parse(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", "0", "-1", 2**31, "movie:0", "movie:x", f"tv:{2**31}", "film:", "imdb:603", "tmdb:603",
     "Archive:1", "a:1", "2b:1", "archive:a/b", "archive:a b",
     f"archive:{'x' * 65}", f"{'x' * 33}:1"],
)  # fmt: skip
def test_what_names_none(written: int | str) -> None:
    assert ItemRef.parse(written) is None
