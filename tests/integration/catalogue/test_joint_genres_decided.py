"""Shows of TMDB's "Sci-Fi & Fantasy" lose what films say they are not, once there are vectors."""

import numpy as np
from sqlalchemy import update

from api.catalogue.embeddings.embedding_spaces import open_space, switch_to, write_vectors
from api.catalogue.facts.load_facts import load_facts
from api.domain.genres import genres_of
from api.platform import tables
from api.platform.database import Database
from api.recommend.constraints.genres import ExcludedGenres
from tests.builders import add_item, add_items
from tests.facts_builder import NOW, RANKING

_SCIENCE_FICTION, _FANTASY = 878, 14
_EACH = 80


def _genres(database: Database, item: int) -> set[int]:
    facts = load_facts(database, NOW, trend=RANKING.trend)
    row = facts.rows_of(np.array([item], np.int32))
    refused = ExcludedGenres("words", frozenset({_SCIENCE_FICTION})).broken(facts, row)
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
    _embed(database, films, show, film)
    assert _genres(database, show) == {_FANTASY}
    assert _genres(database, film) == {_SCIENCE_FICTION, _FANTASY}


def _embed(database: Database, films: list[int], show: int, film: int) -> None:
    """Stories of one genre lie at one end, of the other at the other; the show among fantasies."""
    rng = np.random.default_rng(4)
    ids = [*films, show, film]
    vectors = rng.normal(0, 0.2, (len(ids), 8)).astype(np.float32)
    vectors[:_EACH, 0] += 1
    vectors[_EACH : 2 * _EACH, 0] -= 1
    vectors[-2, 0], vectors[-1, 1] = -1, 1
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    names = {"model": "synthetic", "version": "1", "template": "natural"}
    with database.engine.begin() as connection:
        space = open_space(connection, **names, dimension=8)
        write_vectors(connection, space, ids, vectors, [b""] * len(ids))
        switch_to(connection, space)
