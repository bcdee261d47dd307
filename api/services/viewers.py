"""Viewers as the pipeline needs them: exclusions and taste, derived from events, kept per version.

Nothing derived is stored: a write moves the profile's version, and every process learns the taste
anew at that profile's next request.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock

import numpy as np
from cachetools import LRUCache

from api.domain import liking
from api.domain.catalogue import CatalogueFacts, Floats, Ints, decades_of, genres_of
from api.domain.fatigue import ShownInVain
from api.domain.recommendation import Viewer
from api.domain.taste import (
    Affinity,
    Event,
    Taste,
    event_weights,
    interests,
    leanings,
    likings,
    recency,
    said_by_lists,
    title_weights,
    vectors,
)
from api.storage import shown_in_vain
from api.storage import viewers as storage
from api.storage.database import Database
from api.storage.literals import FOR_EVER
from api.storage.preferences import of_profile
from api.storage.viewers import NeighbourLists, Stamp
from config.ranking import Ranking

_KEPT_VIEWERS = 128  # 200 titles of 1.5 KB each at most: 39 MB if all were that wide
# Taste ages with the clock: a kept one is learned anew after this long.
_OLDEST = timedelta(hours=6)
_UNKNOWN = Viewer(None, 0, np.empty(0, np.int32), Taste())


class Viewers:
    """Looks viewers up by stamp. Thread-safe; two threads may learn the same taste once each."""

    def __init__(self, database: Database, numbers: Ranking) -> None:
        self._database = database
        self._numbers = numbers
        self._lock = Lock()
        # By stamp and the facts' version: the genres of a taste are read from the facts.
        self._kept: LRUCache[tuple[Stamp, int], tuple[Viewer, datetime]] = LRUCache(_KEPT_VIEWERS)

    def of(
        self, stamp: Stamp, facts: CatalogueFacts, now: datetime, *, until: datetime = FOR_EVER
    ) -> Viewer:
        """The viewer of a stamp; one without a profile has no taste and no exclusions.

        With `until`, as the events tell that were recorded by then and are still the same.
        """
        if stamp.profile_id is None:
            return _UNKNOWN
        with self._lock:
            viewer, valid_until = self._kept.get((stamp, facts.version), (None, now))
        if viewer is not None and now < valid_until:
            return viewer
        excluded, next_snooze_end = storage.read_exclusions(
            self._database, stamp.profile_id, now, until=until
        )
        viewer = Viewer(
            stamp.profile_id,
            stamp.profile_version,
            excluded,
            self._learn(stamp, facts, now, until),
            stamp.shares_taste,
            of_profile(self._database, stamp.profile_id),
            self._shown_in_vain(stamp.profile_id, now, until),
            learned_at=now,
        )
        valid_until = min(now + _OLDEST, next_snooze_end or now + _OLDEST)
        with self._lock:
            self._kept[stamp, facts.version] = viewer, valid_until
        return viewer

    def _shown_in_vain(self, profile_id: int, now: datetime, until: datetime) -> ShownInVain:
        with self._database.read() as cursor:
            rows = shown_in_vain.of_profile(
                cursor, profile_id, now=now, until=until, numbers=self._numbers.fatigue
            )
        table = np.array(rows, dtype=np.int32).reshape(-1, 3)
        return ShownInVain(ids=table[:, 1], days=table[:, 2])

    def _learn(self, stamp: Stamp, facts: CatalogueFacts, now: datetime, until: datetime) -> Taste:
        numbers = self._numbers.profile
        profile_id = stamp.profile_id or 0
        most = max(numbers.events, self._numbers.collaborative.events)
        history = storage.read_events(self._database, profile_id, most, until=until)
        if not history:
            return Taste()
        events = history[: numbers.events]
        ids, weights, times = title_weights(events)
        liked = ids[weights > 0]
        praised = {
            event.item_id
            for event, weight in zip(events, event_weights(events), strict=True)
            if event.event_type != "watched" and weight > 0
        }
        taste = Taste(
            praised_ids=np.array(sorted(praised), dtype=np.int32),
            genre_prefs=_genre_prefs(facts, liked, weights[weights > 0]),
            liked_titles=len(liked),
            genre_titles=_genre_titles(facts, liked),
        )
        taste = _with_leanings(taste, facts, liked, weights[weights > 0])
        taste = self._with_vectors(taste, stamp, ids, weights, times, now)
        taste = self._with_neighbours(taste, stamp, history[: self._numbers.collaborative.events])
        taste = self._with_related(taste, liked, weights[weights > 0])
        return self._with_people(taste, liked)

    def _with_vectors(
        self,
        taste: Taste,
        stamp: Stamp,
        ids: Ints,
        weights: Floats,
        times: np.ndarray[tuple[int], np.dtype[np.float64]],
        now: datetime,
    ) -> Taste:
        if stamp.space_id is None:
            return taste
        found, rows = storage.read_embeddings(self._database, stamp.space_id, ids)
        if len(found) == 0:
            return taste
        # Newest first again; titles without a vector are left out.
        place_of = {int(item_id): place for place, item_id in enumerate(found)}
        places = [place_of.get(int(item_id), -1) for item_id in ids]
        has_vector = np.array([place >= 0 for place in places])
        ids, weights, times = ids[has_vector], weights[has_vector], times[has_vector]
        embeddings = rows[[place for place in places if place >= 0]]
        numbers = self._numbers.profile
        short, long = vectors(weights, times, embeddings, now=now, numbers=numbers)
        liked = weights > 0
        return replace(
            taste,
            short_vec=short,
            long_vec=long,
            interests=interests(weights, embeddings, numbers),
            liked_ids=ids[liked],
            liked_vectors=embeddings[liked],
        )

    def _with_neighbours(self, taste: Taste, stamp: Stamp, events: Sequence[Event]) -> Taste:
        if stamp.model_id is None:
            return taste
        ids, liked = likings(events)
        co_liked, followed = storage.read_neighbours(self._database, stamp.model_id, ids)
        numbers = self._numbers.collaborative
        recent = recency(len(ids), half_life=numbers.half_life, floor=numbers.floor)
        newest = recency(len(ids), half_life=numbers.next_half_life, floor=numbers.next_floor)
        # A title that was not liked may say something, but no reason names it.
        named = np.where(liked >= liking.SEEN, ids, 0)
        items, scores, because = _said_by(co_liked, ids, liked * recent, named)
        # What was seen last leads on though it was not liked much; what was turned down does not.
        leads_on = (liked + liking.SEEN).clip(0, 1)
        next_items, next_scores, after = _said_by(followed, ids, newest * leads_on, named)
        return replace(
            taste,
            co_liked_items=items,
            co_liked_scores=scores,
            co_liked_because=because,
            followed_items=next_items,
            followed_scores=next_scores,
            followed_because=after,
        )

    def _with_related(self, taste: Taste, liked: Ints, weights: Floats) -> Taste:
        numbers = self._numbers.retrieval
        seeds = liked[: numbers.related_seeds]
        if len(seeds) == 0 or numbers.related_k == 0:
            return taste
        items, listed, places, recommended = storage.read_related(self._database, seeds)
        if len(items) == 0:
            return taste
        by_id = dict(zip(liked.tolist(), weights.tolist(), strict=True))
        own = np.array([by_id[item] for item in items.tolist()], dtype=np.float32)
        said = said_by_lists(places, recommended, own, similar_share=numbers.similar_share)
        proposed, scores, because = _summed_up(listed, said, items)
        return replace(
            taste,
            related_items=proposed,
            related_scores=scores / scores.max(),
            related_because=because,
        )

    def _with_people(self, taste: Taste, liked: Ints) -> Taste:
        minimum = self._numbers.profile.people_min_titles
        if len(liked) == 0:
            return taste
        found = storage.read_people(self._database, liked, minimum)
        if not found:
            return taste
        strongest = max(strength for *_, strength in found)
        people = tuple(
            Affinity(person_id, name, titles, strength / strongest)
            for person_id, name, titles, strength in found
        )
        weight_of = {person.person_id: person.weight for person in people}
        pairs = storage.read_items_of_people(self._database, list(weight_of))
        said = np.array([weight_of[person] for person in pairs[:, 1].tolist()], dtype=np.float32)
        proposed, scores, because = _summed_up(pairs[:, 0], said, pairs[:, 1])
        return replace(
            taste,
            people=people,
            people_items=proposed,
            people_scores=scores,
            people_ids=because,
        )


def _said_by(
    lists: NeighbourLists, ids: Ints, weights: Floats, named: Ints
) -> tuple[Ints, Floats, Ints]:
    """What neighbour lists say, each weighted by whose list it is; only what is above 0.

    `named` goes with `ids`: by what a reason calls each, 0 for nothing.
    """
    if len(lists.items) == 0:
        return lists.items, lists.weights, lists.items
    by_id = np.argsort(ids)
    place = by_id[np.searchsorted(ids[by_id], lists.items)]
    said = lists.weights * weights[place]
    proposed, scores, because = _summed_up(lists.neighbours, said, named[place])
    kept = scores > 0
    return proposed[kept], scores[kept], because[kept]


def _summed_up(proposed: Ints, said: Floats, by: Ints) -> tuple[Ints, Floats, Ints]:
    """Per distinct title, ascending: what is said for it in all, and who says most."""
    distinct, place = np.unique(proposed, return_inverse=True)
    summed = np.bincount(place, weights=said, minlength=len(distinct)).astype(np.float32)
    ascending = np.lexsort((said, place))
    most = np.flatnonzero(np.diff(place[ascending], append=-1))  # the last of each title
    return distinct.astype(np.int32), summed, by[ascending[most]].astype(np.int32)


def _genre_titles(facts: CatalogueFacts, liked: Ints) -> dict[int, int]:
    """How many of the titles have each genre."""
    bits = facts.genres[facts.known_rows(liked)].tolist()
    return dict(Counter(genre_id for genres in bits for genre_id in genres_of(genres)))


def _genre_prefs(facts: CatalogueFacts, liked: Ints, weights: Floats) -> dict[int, float]:
    """Shares of the likings by genre, summing to 1; a title's weight is split among its genres."""
    rows = facts.rows_of(liked)
    shares: dict[int, float] = {}
    for row, weight in zip(rows.tolist(), weights.tolist(), strict=True):
        genres = genres_of(int(facts.genres[row])) if row >= 0 else []
        for genre_id in genres:
            shares[genre_id] = shares.get(genre_id, 0.0) + weight / len(genres)
    total = sum(shares.values())
    return {genre_id: share / total for genre_id, share in shares.items()} if total else {}


def _with_leanings(taste: Taste, facts: CatalogueFacts, liked: Ints, weights: Floats) -> Taste:
    rows = facts.rows_of(liked)
    weights, rows = weights[rows >= 0], rows[rows >= 0]
    decades = decades_of(facts.year)
    return replace(
        taste,
        languages=leanings(facts.language[rows], weights, facts.language),
        decades=leanings(decades[rows], weights, decades),
    )
