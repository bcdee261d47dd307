"""What of a title's score a sentence could name, worked out anew from what a page records.

Nothing here is of the code that makes and orders reasons: which signals a claim tells of is written
down a second time, and whether it holds is asked of the database by SQL of this file's own. How
like two titles are is the service's measure, as there is no other.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from api.catalogue.similarity.item_similarity import FieldShares, ItemSimilarity
from tests.acceptance.test_recommend_evidence import Known

# What contributed less is no reason. Shares are told to four digits, and a claim adds up to three.
_LEAST, ROUNDING = 0.05, 3e-4
_EDGE = 0.003  # of a cosine or a likeness that is told to three digits
_MADE_OF = FieldShares(language=0.0, period=0.0, kind=0.0, keywords=4.0, people=3.0, words=3.0)
_BY_WORDS = ("ann", "lexical", "story")

Holds = Mapping[int, bool]  # by title: whether a claim holds; absent where that is on the edge


@dataclass(frozen=True)
class Page:
    """A page as it was served, and what is known of its viewer and its words."""

    known: Known
    items: list[dict[str, Any]]
    similarity: ItemSimilarity
    in_words: bool

    @cached_property
    def ids(self) -> list[int]:
        return [item["id"] for item in self.items]

    @cached_property
    def named(self) -> list[int]:
        """The titles that the words name."""
        return [chip["value"] for chip in self.known.chips if chip["field"] == "seed"]

    def found(self, statement: str, **parameters: Any) -> Holds:
        """What holds for the titles of which the statement gives the ids, and for no other."""
        rows = self.known.rows(
            statement, page=self.ids, chosen=self.known.chosen, named=self.named, **parameters
        )
        having = {row[0] for row in rows}
        return {item_id: item_id in having for item_id in self.ids}

    def above(self, values: Mapping[int, float], least: float) -> Holds:
        """Whether each value, 0 where there is none, is above; nothing where it is close to it."""
        known = {item_id: values.get(item_id, 0.0) for item_id in self.ids}
        return {key: one > least for key, one in known.items() if abs(one - least) > _EDGE}


@dataclass(frozen=True)
class Told:
    """The share that a title's first reason tells, and between what bounds the largest is."""

    first: float
    least: float
    most: float

    @property
    def is_largest(self) -> bool:
        """Whether no larger contribution could be named, and this one can."""
        return self.least - ROUNDING <= self.first <= self.most + ROUNDING


def told_of(page: Page) -> Iterator[tuple[dict[str, Any], Told]]:
    """Of each title of the page."""
    claims = [(claim, claim.holds(page)) for claim in _CLAIMS]
    for item in page.items:
        codes = [reason["code"] for reason in item["reasons"]]
        contributions = item["debug"]["contributions"]
        sure, possible = 0.0, 0.0
        for claim, holds in claims:
            share = sum(contributions.get(name, 0.0) for name in claim.signals)
            is_true = holds.get(item["id"])
            if share >= _LEAST + ROUNDING and is_true:
                sure = max(sure, share)
            if share >= _LEAST - ROUNDING and is_true is not False:
                possible = max(possible, share)
        yield item, Told(_first(codes, contributions), sure, possible)


def _first(codes: list[str], contributions: Mapping[str, float]) -> float:
    """What the first reason tells that tells of a contribution; 0 for none.

    What was asked for in words comes before all, and has no share of its own.
    """
    signals = (_SIGNALS[code] for code in codes if code in _SIGNALS)
    return sum(contributions.get(name, 0.0) for name in next(signals, ()))


@dataclass(frozen=True)
class Claim:
    """What sentences of these codes say, and what contributed by that."""

    codes: tuple[str, ...]
    signals: tuple[str, ...]
    holds: Callable[[Page], Holds]


_COSINES = """
SELECT other.item_id, max(1 - (one.embedding <=> other.embedding))
FROM item_embeddings one JOIN item_embeddings other USING (space_id)
JOIN embedding_spaces ON embedding_spaces.id = space_id AND active
WHERE one.item_id = ANY(%(own)s) AND other.item_id = ANY(%(page)s) AND one.item_id <> other.item_id
GROUP BY 1
"""
_NEIGHBOURS = """
SELECT DISTINCT neighbour FROM item_neighbours
JOIN collaborative_models ON id = model_id AND active
CROSS JOIN LATERAL unnest({lists}) AS neighbour
WHERE item_id = ANY(%(chosen)s) AND neighbour = ANY(%(page)s)
"""
_LISTED = """
SELECT other.id FROM related_titles JOIN items mine ON mine.id = item_id
JOIN items other ON other.media_type = mine.media_type
  AND other.tmdb_id = ANY(similar_ids || recommended_ids)
WHERE item_id = ANY(%(chosen)s) AND other.id = ANY(%(page)s)
"""
_PEOPLE = """
SELECT theirs.item_id FROM credits theirs JOIN credits mine USING (person_id)
WHERE theirs.item_id = ANY(%(page)s) AND mine.item_id = ANY(%(chosen)s)
GROUP BY theirs.item_id, person_id
HAVING bool_or(mine.role IN ('director', 'creator'))
  OR count(DISTINCT mine.item_id) FILTER (WHERE mine.role = 'cast' AND mine.position < 5) >= 2
"""
_OF_MANY = """
SELECT id FROM items WHERE id = ANY(%(page)s) AND vote_count >= 500
  AND round(vote_average::numeric, 1) >= 6.5
"""
_OF_RANK = "SELECT id FROM items WHERE id = ANY(%(page)s) AND {rank} BETWEEN 1 AND 100"
_OF_VOTES = """
SELECT id FROM items WHERE id = ANY(%(page)s)
  AND (top_rated_rank BETWEEN 1 AND 100 OR vote_count >= 500 AND vote_average >= 7.5)
"""


def _near(page: Page) -> Holds:
    return page.above(_cosines(page, page.known.chosen), 0.5)


def _near_words(page: Page) -> Holds:
    """What the words found, or what is near to a title that they name.

    Where the filters of the words are told, those may stand for it. How near a title is to them and
    how much of them it has no page records where that is not told, so it is on the edge then.
    """
    if not page.in_words:
        return dict.fromkeys(page.ids, False)
    near = page.above(_cosines(page, page.named), 0.4)
    found: dict[int, bool] = {}
    for item in page.items:
        item_id, codes = item["id"], {reason["code"] for reason in item["reasons"]}
        is_true = near.get(item_id, False) or bool({"matches_query", "has_words"} & codes)
        by_words = bool({"query_ann", "lexical", "story"} & set(item["sources"]))
        is_known = is_true or (item_id in near and not by_words)
        if is_known and "as_asked" not in codes:
            found[item_id] = is_true
    return found


def _cosines(page: Page, own: list[int]) -> dict[int, float]:
    return dict(page.known.rows(_COSINES, own=own, page=page.ids))


def _alike(page: Page) -> Holds:
    ids = np.array(page.ids, dtype=np.int32)
    if not page.known.chosen:
        return dict.fromkeys(page.ids, False)
    chosen = np.array(page.known.chosen, dtype=np.int32)
    most = page.similarity.between(chosen, ids, _MADE_OF).max(axis=0)
    return page.above(dict(zip(page.ids, most.tolist(), strict=True)), 0.3)


def _like_named(page: Page) -> Holds:
    """Known where it is told, in whatever place; else on the edge, for this likeness is mixed of
    four measures that no page records."""
    if not page.named:
        return dict.fromkeys(page.ids, False)
    return {
        item["id"]: True
        for item in page.items
        if {"like_both", "like_named", "something_of_named"}
        & {reason["code"] for reason in item["reasons"]}
    }


def _often_of_genre(page: Page) -> Holds:
    """Three titles of a genre at least, and a tenth of all likings, which count by age and stars: a
    fourth of all genres that the titles have is as much by any count.

    Films alone are sure: which of two that TMDB joins a show is, the service decides.
    """
    known = page.known
    chosen = [known.items[item_id] for item_id in known.chosen]
    of_all = Counter(genre for one in chosen for genre in one["genre_ids"])
    of_films = Counter(
        genre for one in chosen if one["media_type"] == "movie" for genre in one["genre_ids"]
    )
    found: dict[int, bool] = {}
    for item_id in page.ids:
        title = known.items[item_id]
        genres = title["genre_ids"]
        often = max((of_films[genre] for genre in genres), default=0)
        if max((of_all[genre] for genre in genres), default=0) < 3:
            found[item_id] = False
        elif title["media_type"] == "movie" and often >= max(3, of_all.total() / 4):
            found[item_id] = True
    return found


def _in_often_chosen_language(page: Page) -> Holds:
    """Three titles in it at least, a quarter of all, and three times what the catalogue has.

    Titles count by age and stars, so that it is liked far more often than it is common is sure
    where it would be with a tenth of that count for those in it and all of it for the others.
    """
    known, chosen = page.known, page.known.chosen
    languages = {key: one["original_language"] for key, one in known.items.items()}
    of_all = Counter(languages.values())
    known_of = of_all.total() - of_all[None]
    own = Counter(languages[item_id] for item_id in chosen)
    found: dict[int, bool] = {}
    for item_id in page.ids:
        language, unknown = languages[item_id], own[None]
        if language is None:
            continue
        common, count = of_all[language] / max(known_of, 1), own[language]
        if count + unknown < max(3, len(chosen) / 4, 2.9 * common * len(chosen)):
            found[item_id] = False
        elif count >= max(3, len(chosen) / 4, 3.1 * common * len(chosen)):
            others = 3 * (len(chosen) - count)
            if count / 4 > 2.1 * common * (count / 4 + others + 5):
                found[item_id] = True
    return found


_CLAIMS = (
    Claim(("similar_to_liked", "similar_to_watched"), ("ann",), _near),
    Claim(
        ("co_liked",),
        ("collab", "fan_liked"),
        lambda page: page.found(_NEIGHBOURS.format(lists="co_liked_ids || fan_liked_ids")),
    ),
    Claim(
        ("followed",),
        ("followed",),
        lambda page: page.found(_NEIGHBOURS.format(lists="followed_ids")),
    ),
    Claim(("alike", "something_of_chosen"), ("alike",), _alike),
    Claim(("listed_beside",), ("related",), lambda page: page.found(_LISTED)),
    Claim(
        ("person_in_common", "made_by_person", "same_maker"),
        ("people",),
        lambda page: page.found(_PEOPLE),
    ),
    Claim(("genre_affinity",), ("genre_affinity",), _often_of_genre),
    Claim(("language_affinity",), ("language_affinity",), _in_often_chosen_language),
    Claim(("liked_by_many",), ("audience",), lambda page: page.found(_OF_MANY)),
    Claim(("top_rated", "acclaimed"), ("vote",), lambda page: page.found(_OF_VOTES)),
    Claim(
        ("popular",),
        ("popularity",),
        lambda page: page.found(_OF_RANK.format(rank="popular_rank")),
    ),
    Claim(
        ("trending",),
        ("trending",),
        lambda page: page.found(_OF_RANK.format(rank="trending_rank")),
    ),
    Claim(("matches_query", "has_words", "similar_to_named"), _BY_WORDS, _near_words),
    Claim(("like_both", "like_named", "something_of_named"), ("likeness",), _like_named),
)
_SIGNALS = {code: claim.signals for claim in _CLAIMS for code in claim.codes}
