"""Reads the words of every title, stemmed as Postgres stems English, and those of a text."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from psycopg import Cursor

from api.catalogue.words.word_index import Field, WordIndex, index_of
from api.domain.arrays import Ints
from api.domain.genres import GENRES
from api.platform.database import Database

_VERSION = "SELECT catalogue_version FROM service_state"
_TITLES = "SELECT id, genre_ids, search_name FROM items WHERE retired_at IS NULL ORDER BY id"
# Title, tagline, overview and keywords, as they are stored.
_STORIES = "SELECT item_id, tsvector_to_array(words) FROM item_stories"
_KEYWORDS = "SELECT id, tsvector_to_array(to_tsvector('english', name)) FROM keywords"
_HAVE_KEYWORDS = "SELECT item_id, keyword_id FROM item_keywords"
# Those whom a viewer may name; the whole of credits is read once.
_HAVE_PEOPLE = """
SELECT item_id, person_id FROM credits
WHERE role IN ('director', 'creator') OR role = 'cast' AND position < 15
"""
_PEOPLE = """
SELECT id, tsvector_to_array(to_tsvector('english', name)) FROM people
WHERE id IN (
    SELECT person_id FROM credits
    WHERE role IN ('director', 'creator') OR role = 'cast' AND position < 15
)
"""
_FORMS = """
SELECT tsvector_to_array(to_tsvector('english', word))
FROM unnest(%(words)s::text[]) WITH ORDINALITY AS said(word, place) ORDER BY place
"""
_WORDS = "SELECT tsvector_to_array(to_tsvector('english', %(text)s))"

# Guided by trials on judged requests, not fitted; the story's own weight is 1.
_KEYWORD = 1.5  # beside the story, which has the keywords too
_PERSON = 1.5
_GENRE = 2.0


def read_word_index(database: Database) -> WordIndex:
    """The index of the catalogue as it is. 4 s for 30,000 titles."""
    with database.patiently() as cursor:
        # The version first: a change while the words are read must lead to another load.
        version = cursor.execute(_VERSION).fetchone()
        titles = cursor.execute(_TITLES).fetchall()
        ids = np.array([row[0] for row in titles], dtype=np.int32)
        fields = (
            _stories(cursor, ids),
            _field(cursor, ids, _KEYWORDS, _HAVE_KEYWORDS, _KEYWORD),
            _field(cursor, ids, _PEOPLE, _HAVE_PEOPLE, _PERSON),
            _genres(cursor, titles),
        )
        names = [name for *_, name in titles]
    return index_of(0 if version is None else version[0], ids, fields, names)


def forms_of(database: Database, words: Sequence[str]) -> list[list[str]]:
    """Of each word what it is stemmed to, none for one that means nothing ("the"), several for one
    that is several ("sci-fi"); in their order.
    """
    with database.autocommit() as cursor:
        return [list(row[0]) for row in cursor.execute(_FORMS, {"words": [*words]}).fetchall()]


def _stories(cursor: Cursor[Any], ids: Ints) -> Field:
    rows = cursor.execute(_STORIES).fetchall()
    titles = _places(ids, [row[0] for row in rows])
    groups = np.flatnonzero(titles >= 0).astype(np.int32)
    return Field(1.0, titles[groups], groups, [row[1] for row in rows], by_length=True)


def _field(cursor: Cursor[Any], ids: Ints, names: str, having: str, weight: float) -> Field:
    named = sorted(cursor.execute(names).fetchall())
    table = np.array(cursor.execute(having).fetchall(), dtype=np.int32).reshape(-1, 2)
    titles = _places(ids, table[:, 0])
    groups = _places(np.array([row[0] for row in named], dtype=np.int32), table[:, 1])
    known = (titles >= 0) & (groups >= 0)
    return Field(weight, titles[known], groups[known], [row[1] for row in named])


def _genres(cursor: Cursor[Any], titles: Sequence[Any]) -> Field:
    genres = sorted(GENRES)
    # Within one statement each, through the same stemming as the words of a request.
    words = [cursor.execute(_WORDS, {"text": GENRES[genre]}).fetchone() for genre in genres]
    place = {genre: number for number, genre in enumerate(genres)}
    pairs = [
        (row, place[genre])
        for row, (_, own, _) in enumerate(titles)
        for genre in own
        if genre in place
    ]
    table = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return Field(_GENRE, table[:, 0], table[:, 1], [word[0] for word in words if word])


def _places(ids: Ints, wanted: Sequence[int] | Ints) -> Ints:
    """Where each of the wanted stands among ascending ids; -1 for nowhere."""
    sought = np.asarray(wanted, dtype=np.int32)
    if len(ids) == 0:
        return np.full(len(sought), -1, dtype=np.int32)
    places = np.minimum(np.searchsorted(ids, sought), len(ids) - 1)
    return np.where(ids[places] == sought, places, -1).astype(np.int32)
