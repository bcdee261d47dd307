"""Shows of TMDB's joint genres lose what films say they are not, once there are vectors."""

import numpy as np
from sqlalchemy import func, insert, update

from api.catalogue.embeddings.embedding_spaces import open_space, switch_to, write_vectors
from api.catalogue.facts.load_facts import load_facts
from api.domain.genres import genres_of
from api.platform import tables
from api.platform.database import Database
from api.recommend.constraints.genres import ExcludedGenres
from tests.builders import add_item, add_items
from tests.facts_builder import NOW, RANKING

_SCIENCE_FICTION, _FANTASY, _WAR, _DRAMA = 878, 14, 10752, 18
_EACH = 80


def _genres(database: Database, item: int, *, refused_genre: int = _SCIENCE_FICTION) -> set[int]:
    facts = load_facts(database, NOW, trend=RANKING.trend)
    row = facts.rows_of(np.array([item], np.int32))
    refused = ExcludedGenres("words", frozenset({refused_genre})).broken(facts, row)
    assert refused.all()  # in doubt or not: a refusal takes no chance
    return set(genres_of(int(facts.genres[row[0]])))


def test_a_show_is_of_both_until_vectors_tell_and_films_stay_what_they_are(
    database: Database,
) -> None:
    films = add_items(database, 2 * _EACH)
    both = [_SCIENCE_FICTION, _FANTASY]
    show = add_item(database, "Dragons", tmdb_id=1, media_type="tv", genre_ids=both)
    film = add_item(database, "Dragons", tmdb_id=900, genre_ids=both)
    with database.engine.begin() as connection:
        for genre, some in zip(both, (films[:_EACH], films[_EACH:]), strict=True):
            table = tables.items
            connection.execute(update(table).where(table.c.id.in_(some)).values(genre_ids=[genre]))
    assert _genres(database, show) == {_SCIENCE_FICTION, _FANTASY}
    _embed(database, films, [show], film)
    assert _genres(database, show) == {_FANTASY}
    assert _genres(database, film) == {_SCIENCE_FICTION, _FANTASY}


def test_a_show_of_politics_is_none_of_war_unless_its_story_has_one(database: Database) -> None:
    films = add_items(database, 2 * _EACH)
    cabinet = add_item(database, "Cabinet", tmdb_id=1, media_type="tv", genre_ids=[_WAR, _DRAMA])
    front = add_item(database, "Front", tmdb_id=2, media_type="tv", genre_ids=[_WAR, _DRAMA])
    film = add_item(database, "Both", tmdb_id=900, genre_ids=[_WAR, _DRAMA])
    items, keywords = tables.items, tables.keywords
    with database.engine.begin() as connection:
        is_of_war = items.c.id.in_(films[:_EACH])
        connection.execute(update(items).where(is_of_war).values(genre_ids=[_WAR]))
        named = insert(keywords).values(name="political intrigue").returning(keywords.c.id)
        keyword = connection.execute(named).scalar_one()
        have = [{"item_id": one, "keyword_id": keyword} for one in films[_EACH:]]
        connection.execute(insert(tables.item_keywords), have)
        words = func.to_tsvector("english", "A cabinet at war.")
        connection.execute(insert(tables.item_stories).values(item_id=front, words=words))
    _embed(database, films, [cabinet, front], film)
    assert _genres(database, cabinet, refused_genre=_WAR) == {_DRAMA}
    assert _genres(database, front, refused_genre=_WAR) == {_WAR, _DRAMA}


def _embed(database: Database, films: list[int], shows: list[int], film: int) -> None:
    """Stories of one genre lie at one end, of the other at the other, with the shows; no film."""
    rng = np.random.default_rng(4)
    ids = [*films, *shows, film]
    vectors = rng.normal(0, 0.2, (len(ids), 8)).astype(np.float32)
    vectors[:_EACH, 0] += 1
    vectors[_EACH : 2 * _EACH, 0] -= 1
    vectors[2 * _EACH : -1, 0], vectors[-1, 1] = -1, 1
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    names = {"model": "synthetic", "version": "1", "template": "natural"}
    with database.engine.begin() as connection:
        space = open_space(connection, **names, dimension=8)
        write_vectors(connection, space, ids, vectors, [b""] * len(ids))
        switch_to(connection, space)
