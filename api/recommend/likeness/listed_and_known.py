"""What TMDB lists beside a title, and how many know what is like it.

The lists are for a single title alone: between several it is what they have in common that is
asked for.
"""

from dataclasses import replace

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts, fame_of
from api.domain.arrays import Floats
from api.recommend.likeness.likeness import OF_OTHER_MEDIUM, likeness_of
from api.recommend.likeness.listed_beside import ListedBeside
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query

# Measured by `python -m tests.quality.similar`, see docs/measurements.md: 41 of 100 similar pairs
# are in TMDB's lists, and 6 of 100 others.
OF_LISTED = np.float32(0.1)
# The power of fame: of what is as much alike the better known is meant. Votes say little of a show,
# as a third of those that everybody knows has none at TMDB. Between several hardly anybody knew
# what lay there: of the first tens of six blends .38 had fewer than 300 votes, and have .02.
FAME, _KNOWN_SHOW = np.float32(0.3), np.float32(0.75)
# Less than a single vote tells, and not nothing: an operator's own films have none, and are still
# more or less alike.
_NO_VOTE = np.float32(0.05)


class ListedAndKnown(QueryHydrator):
    """Mixes TMDB's lists into the likeness to a single title, by everything there is to compare,
    beside which what is of the other medium steps back; what few know does so between several, too.
    """

    name = "listed_and_known"

    def __init__(self, listed: ListedBeside) -> None:
        self._listed = listed

    def hydrate(self, query: Query) -> Query:
        request, before = query.request, query.likeness
        is_single = len(request.like) == 1 and not (request.like_words or request.unlike)
        if before is None or request.by != "mix":
            return query
        if not is_single:
            scores = before.scores * _known(query.facts)
            return replace(query, likeness=replace(before, scores=scores.astype(np.float32)))
        listed = self._listed.of(query.facts, np.array(request.like, dtype=np.int32))
        to_each = (1 - OF_LISTED) * before.to_each + OF_LISTED * listed
        likeness = likeness_of(
            before.ids, to_each, before.by_metadata, similarity=before.similarity
        )
        scores = likeness.scores * _known(query.facts)
        rows = query.facts.known_rows(np.array(request.like, dtype=np.int32))
        if len(rows):
            scores[query.facts.is_show != query.facts.is_show[rows[0]]] *= OF_OTHER_MEDIUM
        return replace(query, likeness=replace(likeness, scores=scores.astype(np.float32)))


def _known(facts: CatalogueFacts) -> Floats:
    """(rows of the facts): what is left of each likeness; all of it where nothing has votes."""
    if not facts.vote_count.any():
        return np.ones(len(facts), dtype=np.float32)
    fame = fame_of(facts, np.arange(len(facts), dtype=np.int32))
    return of_fame(np.where(facts.is_show, _KNOWN_SHOW, fame))


def of_fame(fame: Floats) -> Floats:
    """What is left of the likeness of films so well known."""
    share: Floats = (_NO_VOTE + (1 - _NO_VOTE) * fame) ** FAME
    return share
