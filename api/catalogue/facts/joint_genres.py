"""Which of two things a show is whose genre at TMDB joins them, such as "Sci-Fi & Fantasy".

Films have the two apart, so the vectors of their stories teach it. Shows that could be either stay
both: House of the Dragon is no science fiction, and of Arcane nobody can be sure. Of "War &
Politics" only war is a genre of films; politics is what films have keywords of, and no war.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Cursor

from api.catalogue.embeddings.read_embeddings import decode_halfvecs
from api.domain.arrays import Floats, Ints
from api.domain.genres import genre_bits

# Science fiction and fantasy, action and adventure.
_JOINED = ((878, 14), (28, 12))
_WAR = 10752
# How keywords of politics begin, "political thriller" and "usa president" among them.
_OF_POLITICS = (
    r"\m(politic|president|election|senat|government|congress|parliament|prime minister|diploma|"
    "white house)"
)
# Films of one of the two, the best known: enough to learn from, few enough for any catalogue.
_MOST_FILMS = 1500
_FEWEST_FILMS = 50
# Ridge regression (Hoerl & Kennard 1970) on unit vectors. Of the films of a catalogue of 29,921
# titles, two thirds to learn from, it tells the others apart with an AUC of .935 and .933.
_RIDGE = 1.0
# Of films that were left out, so many are right where a show is decided. Of 462 shows 75 are; at .9
# they are 405, Stranger Things among them as no science fiction.
_RIGHT = 0.95

# No index has genres: a pass over the titles, and the primary key of the vectors. `labelled` are
# the stories of which each is of the first thing, the second, or both.
_TAUGHT = """
(SELECT id, 1, halfvec_send(embedding) FROM labelled
 WHERE media_type = 'movie' AND first AND NOT second ORDER BY vote_count DESC, id LIMIT %(most)s)
UNION ALL
(SELECT id, -1, halfvec_send(embedding) FROM labelled
 WHERE media_type = 'movie' AND second AND NOT first ORDER BY vote_count DESC, id LIMIT %(most)s)
UNION ALL
(SELECT id, 0, halfvec_send(embedding) FROM labelled
 WHERE media_type = 'movie' AND first AND second ORDER BY vote_count DESC, id LIMIT %(most)s)
UNION ALL
(SELECT id, NULL, halfvec_send(embedding) FROM labelled
 WHERE media_type = 'tv' AND first AND second)
"""
_OF_TWO_GENRES = f"""
WITH labelled AS (
    SELECT items.id, media_type, vote_count, embedding,
           %(first)s = ANY(genre_ids) AS first, %(second)s = ANY(genre_ids) AS second
    FROM items JOIN item_embeddings ON item_id = items.id
    WHERE space_id = (SELECT id FROM embedding_spaces WHERE active) AND retired_at IS NULL
          AND genre_ids && ARRAY[%(first)s, %(second)s]::int[]
)
{_TAUGHT}"""  # noqa: S608 - no value is part of the text
# A show that tells of a war is not looked at: giants of steel in space are unlike films of war.
_OF_WAR_OR_POLITICS = f"""
WITH politics AS (
    SELECT DISTINCT item_id FROM item_keywords
    WHERE keyword_id IN (SELECT id FROM keywords WHERE name ~ %(politics)s)
), labelled AS (
    SELECT items.id, media_type, vote_count, embedding, %(war)s = ANY(genre_ids) AS first,
           CASE media_type WHEN 'movie' THEN politics.item_id IS NOT NULL
           ELSE NOT coalesce(stories.words @@ 'war'::tsquery, false) END AS second
    FROM items JOIN item_embeddings ON item_embeddings.item_id = items.id
    LEFT JOIN politics ON politics.item_id = items.id
    LEFT JOIN item_stories stories ON stories.item_id = items.id
    WHERE space_id = (SELECT id FROM embedding_spaces WHERE active) AND retired_at IS NULL
          AND (%(war)s = ANY(genre_ids) OR politics.item_id IS NOT NULL)
)
{_TAUGHT}"""  # noqa: S608 - no value is part of the text


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells the first of two genres (above 0) from the second (below), by a story's vector."""

    weights: Floats
    offset: float
    doubt: float  # what is nearer to 0 than this may be either

    def sides(self, vectors: Floats) -> Ints:
        """Of each 1 for the first genre alone, -1 for the second alone, 0 for doubt."""
        scores = vectors @ self.weights + self.offset
        return np.asarray(np.sign(scores) * (np.abs(scores) >= self.doubt), dtype=np.int32)


def read_undone(cursor: Cursor[Any]) -> tuple[Ints, NDArray[np.uint32]]:
    """Shows that are one of two joined genres, by their ids, and the genre bits they are not of."""
    found = [
        _undone(cursor, _OF_TWO_GENRES, {"first": first, "second": second}, (first, second))
        for first, second in _JOINED
    ]
    found.append(
        _undone(cursor, _OF_WAR_OR_POLITICS, {"war": _WAR, "politics": _OF_POLITICS}, (_WAR, None))
    )
    ids, bits = zip(*found, strict=True)
    return np.concatenate(ids), np.concatenate(bits)


def without_undone(
    genres: NDArray[np.uint32], ids: Ints, undone: tuple[Ints, NDArray[np.uint32]]
) -> NDArray[np.uint32]:
    """The genre bits of the ascending ids without those."""
    rows = np.searchsorted(ids, undone[0])
    known = rows < len(ids)
    known[known] = ids[rows[known]] == undone[0][known]
    kept = genres.copy()
    np.bitwise_and.at(kept, rows[known], ~undone[1][known])
    return kept


def judge_of(vectors: Floats, sides: Ints) -> Judge | None:
    """What films teach, of the first genre alone (1), of the second (-1) or of both (0).

    None where they are too few or tell nothing. The doubt is the least at which films are right
    that the fit was made without: the residuals of leaving out one follow from the fit itself. A
    film of both that is decided is wrong.
    """
    apart, wanted = vectors[sides != 0].astype(np.float64), sides[sides != 0].astype(np.float64)
    if min((wanted > 0).sum(), (wanted < 0).sum()) < _FEWEST_FILMS:
        return None
    centre, mean = apart.mean(axis=0), wanted.mean()
    centred = apart - centre
    gram = centred.T @ centred + _RIDGE * np.eye(centred.shape[1])
    weights = np.linalg.solve(gram, centred.T @ (wanted - mean))
    leverage = (centred * np.linalg.solve(gram, centred.T).T).sum(axis=1) + 1 / len(wanted)
    residuals = (wanted - centred @ weights - mean) / np.maximum(1 - leverage, 1e-6)
    both = (vectors[sides == 0] - centre) @ weights + mean
    scores = np.concatenate([wanted - residuals, both])
    doubt = _least_doubt(scores, np.concatenate([wanted, np.zeros(len(both))]))
    offset = float(mean - centre @ weights)
    return None if doubt is None else Judge(weights.astype(np.float32), offset, doubt)


def _least_doubt(scores: NDArray[np.float64], wanted: NDArray[np.float64]) -> float | None:
    surest_first = np.argsort(-np.abs(scores), kind="stable")
    right = np.sign(scores[surest_first]) == wanted[surest_first]
    share = np.cumsum(right) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero(share >= _RIGHT)
    # Of a few sure ones all may be right by chance.
    if len(enough) == 0 or enough[-1] < _FEWEST_FILMS:
        return None
    return float(np.abs(scores[surest_first[enough[-1]]]))


def _undone(
    cursor: Cursor[Any], statement: str, parameters: dict[str, Any], pair: tuple[int, int | None]
) -> tuple[Ints, NDArray[np.uint32]]:
    """`pair` are the genres of the two things; None for what is no genre."""
    rows = cursor.execute(statement, parameters | {"most": _MOST_FILMS}).fetchall()
    vectors = decode_halfvecs([row[2] for row in rows])
    is_show = np.array([row[1] is None for row in rows], dtype=np.bool_)
    taught = np.array([row[1] for row in rows if row[1] is not None], dtype=np.int32)
    judge = judge_of(vectors[~is_show], taught) if len(rows) else None
    if judge is None:
        return np.empty(0, np.int32), np.empty(0, np.uint32)
    shows = np.array([row[0] for row in rows if row[1] is None], dtype=np.int32)
    sides = judge.sides(vectors[is_show])
    first, second = (0 if genre is None else genre_bits([genre]) for genre in pair)
    not_of = np.choose(sides + 1, (first, 0, second)).astype(np.uint32)
    return shows[not_of != 0], not_of[not_of != 0]
