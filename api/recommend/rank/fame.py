"""Factors of relevance in a request in words: fame, what is only preferred, and usual answers."""

import numpy as np

from api.catalogue.facts.catalogue_facts import fame_of
from api.domain.arrays import Floats
from api.recommend.constraints.genres import Genres
from api.recommend.constraints.moods import Moods
from api.recommend.constraints.topics import OnTopic
from api.recommend.constraints.years import Years
from api.recommend.likeness.likeness import OF_OTHER_MEDIUM
from api.recommend.pool import Pool
from api.recommend.query import Query
from config.ranking import Fame, FameOfText

# The powers of what a title lacks for a topic and for a mood, where a request has both.
_OF_TOPICS, _OF_MOODS = 1.5, 0.5


def fame_numbers(query: Query, numbers: Fame) -> FameOfText:
    """Those of the request's text; without any, what changes nothing."""
    if not _is_open(query) or query.request.names_titles:
        return FameOfText(power=0.0, lacking=numbers.lacking, floor=0.0)
    liking = query.intent is not None and query.intent.tells_a_liking
    return numbers.of(
        query.text_kind,
        query.different_words,
        tells_a_liking=liking,
        names_titles=bool(query.named_ids),
    )


def fame_share(query: Query, pool: Pool, numbers: FameOfText) -> Floats:
    """What is left of each relevance: fame to a power that is less where more is told.

    Who asks for a good comedy means one that people know; who tells a plot means one title. Added
    to the relevance fame hurts both; as a factor it never lifts what does not fit.
    """
    fame = fame_of(pool.facts, pool.rows)
    if query.intent is not None and query.intent.is_to_come:
        fame = pool.facts.popularity_percentile[pool.rows]  # nobody has voted yet
    share: Floats = fame ** np.float32(numbers.power)
    if query.intent is not None and query.intent.named_title is not None:
        share[pool.ids == query.intent.named_title] = 1  # however few know it
    return share


def kept_share(query: Query, pool: Pool, numbers: FameOfText) -> Floats:
    """What is left of each relevance for the preferred parts of the words that a title lacks."""
    share = _share_of_medium(query, pool)
    topics = sum(isinstance(one, OnTopic) for one in query.preferred)
    has_mood = any(isinstance(one, Moods) for one in query.preferred)
    for one in query.preferred:
        lacking = numbers.lacking ** (1 / topics if isinstance(one, OnTopic) else 1)
        if isinstance(one, OnTopic) and has_mood:
            lacking **= _OF_TOPICS
        if isinstance(one, Years) and query.text_kind == "query":
            lacking = numbers.lacking_new
        if isinstance(one, Moods) and query.text_kind == "query":
            # "A heist movie with a happy ending" is about a heist first, crime as that is.
            lacking = numbers.lacking_mood if topics == 0 else numbers.lacking**_OF_MOODS
            share[one.go_against(pool.facts, pool.rows)] *= np.float32(lacking)
        if isinstance(one, Genres):
            # Who likes war films and romances likes either, and both in one best.
            share *= np.float32(lacking) ** one.share_lacked(pool.facts, pool.rows)
        else:
            share[one.broken(pool.facts, pool.rows)] *= np.float32(lacking)
    return share


def _share_of_medium(query: Query, pool: Pool) -> Floats:
    """Who asks for what is like a show means shows, and like films those, unless they say which: a
    film whose story is near to that of "Friends" stands behind the comedies that are shows. Who
    tells of a title may remember it beside any.
    """
    share = np.ones(len(pool), dtype=np.float32)
    named = pool.facts.known_rows(np.array(query.named_ids, dtype=np.int32))
    says = any(one.field == "media_type" for one in query.interpreted)
    if query.text_kind != "query" or not query.request.text or says or len(named) == 0:
        return share
    is_show = pool.facts.is_show[named]
    if is_show.all() or not is_show.any():
        share[pool.facts.is_show[pool.rows] != is_show[0]] = OF_OTHER_MEDIUM
    return share


def answered_share(query: Query, pool: Pool, numbers: FameOfText) -> Floats:
    """What the facts of titles that people answer such words with make of each relevance."""
    if query.wanted_traits is None or numbers.answered == 0:
        return np.ones(len(pool), dtype=np.float32)
    return query.wanted_traits.share(pool.facts, pool.rows, numbers.answered)


def _is_open(query: Query) -> bool:
    """A request in words."""
    return bool(query.request.text)
