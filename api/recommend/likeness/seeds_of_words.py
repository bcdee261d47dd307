"""Titles that the words of a request name, as a small history: what is liked and alike beside them.

Who writes "I loved Heat and Ronin" tells a taste, so what any of them speaks for counts, and what
several speak for counts more; who writes "heat" means the film, and next what is like it. Titles
given to be alike (hydrators.py) must all be met instead.
"""

from dataclasses import replace

import numpy as np

from api.domain.arrays import Floats, Ints
from api.recommend.likeness.hydrators import ReadItemLists
from api.recommend.likeness.likeness import Likeness
from api.recommend.likeness.listed_beside import ListedBeside, said_beside
from api.recommend.likeness.metadata import SimilarityOf, on_facts
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query

_MOST_SEEDS = 8
# Of metadata, TMDB's lists, co-liking and fans. Where titles are told of, fitted with the numbers
# of config/ranking.toml's [fame.named]: who tells of titles mostly asks for what is made like them.
_SHARES = np.array([0.25, 0.25, 0.25, 0.25], dtype=np.float32)
# From this kind on they are what viewers say. Of a known title half of the fans like another one;
# where a tenth do, there are so few that what they like is chance.
_OF_VIEWERS, _MANY_FANS_AGREE = 2, np.float32(0.4)
_SHARES_NARRATIVE = np.array([0.56, 0.18, 0.2, 0.06], dtype=np.float32)


class SeedsOfWords(QueryHydrator):
    """Sets `likeness` where the words name titles: four kinds of evidence, each with its share."""

    name = "seeds"

    def __init__(
        self,
        similarity_of: SimilarityOf,
        read_lists: ReadItemLists,
        listed: ListedBeside,
    ) -> None:
        self._similarity_of = similarity_of
        self._read_lists = read_lists
        self._listed = listed

    def hydrate(self, query: Query) -> Query:
        intent = query.intent
        if query.request.names_titles or intent is None or not query.named_ids:
            return query
        ids = np.unique(np.array(query.named_ids[:_MOST_SEEDS], dtype=np.int32))
        similarity = self._similarity_of(query.facts.version)
        metadata = on_facts(query, similarity, similarity.to_titles(ids))
        kinds = [metadata, self._listed.of(query.facts, ids), *self._liked_beside(query, ids)]
        own = query.facts.known_rows(ids)
        scaled = np.stack([_on_one_scale(one, own) for one in kinds])
        to_each = (_shares_of_each(query, kinds)[:, :, None] * scaled).sum(axis=0, dtype=np.float32)
        scores = _on_one_scale(to_each, own).sum(axis=0)
        # A text that is a name asks for the title itself, too; of whom is compared with, own ones.
        if intent.named_title is not None or query.ids_of_likened:
            scores[own] = 1
        likeness = Likeness(tuple(ids.tolist()), to_each, metadata, scores, similarity=similarity)
        return replace(query, likeness=likeness)

    def _liked_beside(self, query: Query, ids: Ints) -> list[Floats]:
        """What viewers like beside each, and what the fans of each like."""
        if query.versions.model_id is None:
            return []
        lists = self._read_lists(query.versions.model_id, ids)
        return [
            said_beside(query.facts, ids, one.items, one.neighbours, one.weights)
            for one in (lists.co_liked, lists.fan_liked)
        ]


def _shares(query: Query, kinds: int) -> Floats:
    """Of the first so many kinds, which sum up to 1: without a model nobody likes anything."""
    shares = (_SHARES if query.text_kind == "query" else _SHARES_NARRATIVE)[:kinds]
    return np.asarray(shares / shares.sum(), dtype=np.float32)


def _shares_of_each(query: Query, kinds: list[Floats]) -> Floats:
    """(kinds, named titles): of a title whose fans are few, what it is made of has the share that
    viewers would have."""
    shares = np.repeat(_shares(query, len(kinds))[:, None], len(kinds[0]), axis=1)
    if len(kinds) > _OF_VIEWERS:
        fans_agree = kinds[-1].max(axis=1, initial=0)
        # No word of fans says nothing against what is liked beside it.
        trusted = np.where(fans_agree > 0, (fans_agree / _MANY_FANS_AGREE).clip(0, 1), 1)
        lost = shares[_OF_VIEWERS:].sum(axis=0) * (1 - trusted)
        shares[_OF_VIEWERS:] *= trusted
        shares[0] += lost
    return np.asarray(shares, dtype=np.float32)


def _on_one_scale(to_each: Floats, own: Ints) -> Floats:
    """The same, so that the best of all titles has 1 in all; the named titles themselves 0."""
    scaled = to_each.copy()
    scaled[:, own] = 0
    best = max(float(scaled.sum(axis=0).max(initial=0)), 1e-6)
    return np.asarray(scaled / np.float32(best), dtype=np.float32)
