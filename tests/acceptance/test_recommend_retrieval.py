"""GET /recommend: candidates are found whole, from one embedding space, and for true reasons.

Each test here is a fault that an older implementation had.
"""

from typing import Any

import pytest

from etl.embeddings.embed import Embed
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of
from tests.doubles.encoder import HashEncoder
from tests.doubles.jobs import run

_ANN_K = 40  # of viewers whom the collaborative model knows

# Exact: the expression is no index's.
_NEAREST = """
    SELECT other.item_id
    FROM item_embeddings one
    JOIN item_embeddings other ON other.space_id = one.space_id AND other.item_id <> one.item_id
    JOIN items ON items.id = other.item_id
    WHERE one.item_id = %(seed)s
      AND (%(media_type)s::text IS NULL OR media_type = %(media_type)s)
      AND (%(genre)s::int IS NULL OR %(genre)s = ANY(genre_ids))
    ORDER BY one.embedding <=> other.embedding
    LIMIT %(k)s
"""


def _ids(items: list[dict[str, Any]]) -> list[int]:
    return [item["id"] for item in items]


def _found_by(items: list[dict[str, Any]], source: str) -> set[int]:
    return {item["id"] for item in items if source in item["sources"]}


def _like(service: Service, reference: str, *, user_id: str) -> int:
    service.post_history(reference, user_id=user_id, event_type="liked")
    kind, _, number = reference.partition(":")
    ((item,),) = rows_of(
        service.database,
        "SELECT id FROM items WHERE media_type = %(kind)s AND tmdb_id = %(number)s",
        kind=kind,
        number=int(number),
    )
    return int(item)


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"media_type": "movie"},
        {"media_type": "tv"},
        {"genre": 18},
        {"genre": 35},
        {"genre": 9648},
    ],
    ids=str,
)
@pytest.mark.parametrize("seed", ["movie:949", "tv:1396", "movie:129"])
def test_filtered_retrieval_finds_what_exact_search_finds(
    sample: Service, seed: str, filters: dict[str, Any]
) -> None:
    item = _like(sample, seed, user_id=f"fan of {seed}")
    # By nearness alone, because other signals put the farthest behind the end of the list.
    query: dict[str, Any] = {"mixer_ann_weight": 100}
    if "media_type" in filters:
        query["media_type"] = filters["media_type"]
    if "genre" in filters:
        query["genre_override"] = {18: "Drama", 35: "Comedy", 9648: "Mystery"}[filters["genre"]]
    # A larger page than there are mysteries would relax the genre.
    whole = sample.whole_list(f"fan of {seed}", limit=50, **query)
    found = _found_by(whole, "profile_ann")
    parameters = {"media_type": None, "genre": None} | filters
    if seed.startswith("tv:") and parameters["media_type"] is None:
        parameters["media_type"] = "tv"  # who named shows alone is searched shows for
    nearest = rows_of(sample.database, _NEAREST, seed=item, k=_ANN_K, **parameters)
    exact = {row[0] for row in nearest}
    assert len(found) == len(exact)
    assert len(found & exact) >= 0.98 * len(exact)


def test_a_query_finds_the_stories_it_tells_of(sample: Service) -> None:
    stories = {
        "dinosaurs escape in a theme park": "Jurassic Park",
        "a chemistry teacher makes drugs": "Breaking Bad",
        "a hobbit carries a ring to a volcano": "The Lord of the Rings: The Fellowship of the Ring",
    }
    for query, title in stories.items():
        found = sample.recommend("teller", query=query, diversify=False, limit=5)["items"]
        assert title in {item["title"] for item in found}, query


def test_a_name_finds_its_title_whatever_the_story_says(sample: Service) -> None:
    for name in ("Heat", "the wire", "AMELIE"):
        first = sample.recommend("namer", query=name, limit=3)["items"]
        assert name.casefold().rstrip("e") in {
            item["title"].replace("é", "e").casefold().rstrip("e") for item in first
        }


def test_titles_that_ann_found_have_its_signal_and_no_other_title_has(sample: Service) -> None:
    _like(sample, "movie:949", user_id="annist")
    weights = {
        f"mixer_{name}_weight": 0
        for name in ("collab", "trending", "popularity", "vote", "novelty")
    }
    items = sample.whole_list("annist", diversify=False, mixer_ann_weight=100, **weights)
    by_ann = [("profile_ann" in item["sources"]) for item in items]
    # Parts of a series wait for those before them; all others stand by their score.
    alone = [found for found, item in zip(by_ann, items, strict=True) if not item["collection_id"]]
    assert alone == sorted(alone, reverse=True)
    assert sum(by_ann) == _ANN_K


def test_titles_that_are_only_liked_together_are_found_and_do_not_lead(sample: Service) -> None:
    items = sample.whole_list("sample-crime-noir", diversify=False)
    alone = [
        place
        for place, item in enumerate(items)
        if "collaborative" in item["sources"] and "profile_ann" not in item["sources"]
    ]
    assert alone
    assert "profile_ann" in items[0]["sources"]


def test_one_star_does_not_attract(sample: Service) -> None:
    stranger = _ids(sample.whole_list("a stranger", diversify=False))
    for user_id, rating in (("hater", 0.5), ("grump", 1)):
        sample.post_history({"item": "movie:694", "rating": rating}, user_id=user_id)
        items = sample.whole_list(user_id, diversify=False)
        sources = {source for item in items for source in item["sources"]}
        assert sources == {"audience", "popular", "trending"}
        assert [item for item in _ids(items) if item in stranger] == [
            item for item in stranger if item in _ids(items)
        ]


def test_ten_points_attract(sample: Service) -> None:
    sample.post_history({"item": "movie:694", "rating": 10}, user_id="lover")
    named = {
        reason["evidence"].get("title")
        for item in sample.recommend("lover")["items"]
        for reason in item["reasons"]
    }
    assert "The Shining" in named


def test_the_own_other_profile_does_not_colour_a_list(sample: Service) -> None:
    _like(sample, "movie:949", user_id="splitter")
    before = sample.recommend("splitter")["items"]
    children = ["movie:12", "movie:862", "movie:585", "movie:129"]
    sample.post_history(*children, user_id="splitter", profile="kids", event_type="liked")
    sample.post_history("movie:949", user_id="splitter", profile="kids", event_type="disliked")
    assert sample.recommend("splitter")["items"] == before


def test_a_space_in_the_making_neither_doubles_nor_colours_a_list(
    start_own_sample: ServiceFactory,
) -> None:
    service = start_own_sample(RECOMMEND_CACHE_TTL_SECONDS=0)
    _like(service, "movie:949", user_id="dana")
    queries: list[dict[str, Any]] = [
        {"diversify": False} | more for more in ({}, {"query": "heist"})
    ]
    before = [service.whole_list(**query) for query in queries]
    half = run(service.database, Embed(HashEncoder(dimension=384), "2", "basic"), limit=400)
    assert "still lack a vector" in half.out
    assert [service.whole_list(**query) for query in queries] == before


@pytest.mark.parametrize("dimension", [8, 384])
def test_words_are_not_compared_with_vectors_of_another_model(
    start_own_sample: ServiceFactory, dimension: int
) -> None:
    service = start_own_sample()
    heat = _like(service, "movie:949", user_id="dana")
    assert "degraded" not in service.recommend(query="heist")
    # The next process will be started on the new model; this one still has the old.
    switched = run(service.database, Embed(HashEncoder("other", dimension), "1", "natural"))
    assert "Switched to other" in switched.out
    with_words = service.recommend(query="heist")
    assert with_words["degraded"] == ["text_vector"]
    silent = service.whole_list(mixer_ann_weight=50)
    assert len(set(_ids(silent))) == len(silent)
    exact = rows_of(
        service.database,
        _NEAREST.replace("one.item_id = %(seed)s", "one.item_id = %(seed)s AND one.space_id = 2"),
        seed=heat,
        media_type=None,
        genre=None,
        # Vectors of hashed words have many neighbours that are equally near.
        k=3 * _ANN_K,
    )
    found = _found_by(silent, "profile_ann")
    assert len(found) == _ANN_K
    assert len(found & {row[0] for row in exact}) >= 0.98 * _ANN_K
    not_ready = service.http.get("/readyz").json()["not_ready"]
    assert "other" in not_ready["model"]
