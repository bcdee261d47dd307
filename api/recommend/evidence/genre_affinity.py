"""The genres that the viewer likes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats
from api.domain.genres import GENRES, genre_bits, genre_flags, genre_place
from api.recommend.evidence.kind import (
    Column,
    GivesReason,
    Kind,
    ScoresTitles,
    Subject,
    Weights,
)
from api.recommend.evidence.own_titles import OwnTitles
from api.recommend.evidence.reason_facts import OftenChosenGenre
from api.recommend.pipeline.protocols import Scorer
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm

# A genre is a favourite from this share of the likings on, and "often" from so many titles.
_FAVOURITE_GENRE = 0.1
_OFTEN = 3
_RARE = 1e-3  # share of all titles that a genre is taken to have at least
_ENOUGH = 10_000  # titles that tell how many have a genre, in 10 us


class GenreAffinitySignal(Scorer):
    """How much of the viewer's genres a title has, per genre it has at all."""

    name = "genre_affinity"

    def applies_to(self, query: Query) -> bool:
        return bool(query.viewer.taste.genre_prefs)

    def score(self, query: Query, pool: Pool) -> Floats:
        bits = query.facts.genres[pool.rows]
        share_of = np.zeros(32, dtype=np.float32)
        for genre_id, share in query.viewer.taste.genre_prefs.items():
            share_of[genre_place(genre_id)] = share
        shares = genre_flags(bits) @ share_of
        # Divided by the root of the count: a title of every genre must not win by that alone.
        per_genre = shares / np.sqrt(np.maximum(np.bitwise_count(bits), 1))
        return (per_genre / max(float(per_genre.max(initial=0.0)), 1e-6)).astype(np.float32)


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    """Of each title the genre that tells most of the viewer, 0 for none: of all its favourites the
    one that is chosen most beyond what is usual. A drama is what every second title is, and no
    choice.
    """
    bits = query.facts.genres[ranking.pool.rows[ranking.order]]
    for genre_id, count in _favourites(query):
        has_genre = (bits & np.uint32(genre_bits([genre_id]))) != 0
        records["genre_id"][has_genre] = genre_id
        records["genre_titles"][has_genre] = count


def _favourites(query: Query) -> list[tuple[int, int]]:
    """With the number of the viewer's titles, the one that tells most last."""
    taste, facts = query.viewer.taste, query.facts
    usual = facts.listed_genres  # as the viewer's own titles are counted
    if OwnTitles.of(query).shows_alone and facts.is_show.any():
        usual = usual[facts.is_show]
    usual = usual[:: max(len(usual) // _ENOUGH, 1)]
    beyond: dict[int, float] = {}
    for genre_id, share in taste.genre_prefs.items():
        count = taste.genre_titles.get(genre_id, 0)
        if share >= _FAVOURITE_GENRE and count >= _OFTEN:
            of_usual = float(((usual & np.uint32(genre_bits([genre_id]))) != 0).mean())
            beyond[genre_id] = count / max(taste.liked_titles, 1) / max(of_usual, _RARE)
    told = sorted((one for one in beyond if beyond[one] > 1), key=lambda one: beyond[one])
    return [(one, taste.genre_titles[one]) for one in told]


def _often_chosen(subject: Subject) -> dict[str, Any] | None:
    genre: int = subject.record["genre_id"]
    if not genre:
        return None
    count: int = subject.record["genre_titles"]
    return {"genre_id": genre, "genre": GENRES[genre], "count": count}


GENRE_AFFINITY = Kind(
    signal=ScoresTitles(
        "genre_affinity",
        "how much of the viewer's genres a title has",
        lambda _: GenreAffinitySignal(),
        Weights(warm=0.1, lone=0.1, query=0.35),
    ),
    columns=(
        Column("genre_id", "<i4"),  # of its genres the favourite that tells most of the viewer
        Column("genre_titles", "<i2"),  # the viewer's titles of that genre
    ),
    note=_note,
    reasons=(
        GivesReason(
            code="genre_affinity",
            form=ReasonForm("You often choose {genre}.", {"genre": "Crime"}),
            facts=OftenChosenGenre,
            signals=("genre_affinity",),
            is_personal=True,
            evidence=_often_chosen,
        ),
    ),
)
