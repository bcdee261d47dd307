"""Viewers as the pipeline needs them: exclusions and taste, learned from events, kept for a while.

Nothing derived is stored: a write moves the profile's version, and every process learns the taste
anew at that profile's next request.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock, Thread

import numpy as np
from cachetools import LRUCache

from api.catalogue.embeddings.kept_embeddings import KeptEmbeddings, kept_embeddings
from api.catalogue.facts.catalogue_facts import CatalogueFacts, decades_of
from api.domain.arrays import Floats, Ints
from api.domain.genres import genres_of
from api.domain.limits import Limits
from api.platform.cache_counts import CacheCounts, CacheFigures
from api.platform.database import Database
from api.platform.literals import FOR_EVER
from api.platform.questions import Ask, AskingRows
from api.viewers.preferences.statements import preferences_of
from api.viewers.taste import evidence_of_taste as storage
from api.viewers.taste import impressions as ignored_impressions
from api.viewers.taste.ignored_impressions import IgnoredImpressions
from api.viewers.taste.implicit_rating import SEEN, Event, TitleRatings, title_ratings
from api.viewers.taste.neighbour_lists import ItemLists, NeighbourLists, item_lists_of
from api.viewers.taste.taste import (
    Affinity,
    Commonness,
    Proposed,
    Taste,
    affinities,
    commonness,
    interests,
    marking,
    recency,
    related_scores,
    vectors,
)
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.versions import Versions
from api.viewers.viewer import STRANGER, Viewer

log = logging.getLogger(__name__)

# Vectors of 200 titles take 300 KB, what they and 800 more propose 140 KB: 56 MB if all were that
# wide.
_KEPT_VIEWERS = 128
# Taste ages with the clock: a kept one is learned anew after this long.
_OLDEST = timedelta(hours=6)
# Likings of a title behind which what follows it counts half: three viewers are no rule.
_HALF_BELIEVED = 3.0


@dataclass(frozen=True, slots=True)
class _Kept:
    """A viewer as it was learned."""

    versions: Versions
    viewer: Viewer
    facts_version: int  # of the facts that it was learned by
    excluded: Ints  # without other rows of the same titles
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class _Common:
    """What is common in a catalogue."""

    state: tuple[int, datetime]  # of the facts: their version, and when they were read
    languages: Commonness
    decades: Commonness


class Viewers:
    """Looks viewers up at their versions. Thread-safe; two threads may each learn a taste once.

    A taste names titles by their ids, so that of a large catalogue it serves on where the facts
    have moved, until it is learned by the newer ones beside the requests.
    """

    def __init__(
        self,
        database: Database,
        numbers: TasteNumbers,
        embeddings: KeptEmbeddings | None = None,
        *,
        large: int = 0,
    ) -> None:
        """From `large` titles on a catalogue is large; 0: none is. `embeddings` may be shared."""
        self._database = database
        self.embeddings = embeddings or kept_embeddings(database)
        self._numbers = numbers
        self._large = large
        self._lock = Lock()
        self._learning_beside = Lock()
        self._counts = CacheCounts()
        self._common: _Common | None = None
        # One of each profile and of each limits that it is learned within: what was learned before
        # a write is of no use behind it.
        self._kept: LRUCache[tuple[int, Limits], _Kept] = LRUCache(_KEPT_VIEWERS)

    def of(
        self,
        versions: Versions,
        facts: CatalogueFacts,
        now: datetime,
        *,
        until: datetime = FOR_EVER,
    ) -> Viewer:
        """The viewer of these versions; one without a profile has no taste and no exclusions.

        With `until`, as the events tell that were recorded by then and are still the same.
        """
        if versions.profile_id is None:
            return STRANGER
        # What the catalogue has moved on to since these facts is not in what is learned by them.
        key = replace(versions, catalogue_version=0 if self._is_large(facts) else facts.version)
        with self._lock:
            kept = self._kept.get((versions.profile_id, versions.limits))
            is_kept = kept is not None and kept.versions == key and now < kept.valid_until
            self._counts.count(hits=is_kept)
        if kept is None or not is_kept:
            return self._learned(key, versions, facts, now, until).viewer
        if kept.facts_version >= facts.version:
            return kept.viewer
        meanwhile = replace(kept.viewer, excluded_ids=facts.with_same_titles(kept.excluded))
        # One at a time; another viewer's is learned for a later request.
        if self._learning_beside.acquire(blocking=False):
            arguments = (key, versions, facts, now, until)
            Thread(target=self._learn_beside, args=arguments, name="taste", daemon=True).start()
        return meanwhile

    def _is_large(self, facts: CatalogueFacts) -> bool:
        return 0 < self._large <= len(facts)

    def _learn_beside(
        self,
        key: Versions,
        versions: Versions,
        facts: CatalogueFacts,
        now: datetime,
        until: datetime,
    ) -> None:
        """Learns anew in a thread of its own; whoever asks meanwhile finds what is kept."""
        try:
            self._learned(key, versions, facts, now, until)
        except Exception as error:  # the next request has it tried again
            fields = {"profile": versions.profile_id, "error": type(error).__name__}
            log.warning("a taste was not learned anew", extra={"fields": fields})
        finally:
            self._learning_beside.release()

    def _learned(
        self,
        key: Versions,
        versions: Versions,
        facts: CatalogueFacts,
        now: datetime,
        until: datetime,
    ) -> _Kept:
        """Learned now and kept; Postgres looks for one thing while another is summed up."""
        profile_id = versions.profile_id or 0
        most = max(self._numbers.profile.events, self._numbers.collaborative.events)
        with self._database.asking_together() as ask:
            history = ask(storage.events_of(profile_id, most, limits=versions.limits, until=until))
            events = history()
            excluding = ask(storage.exclusions_of(profile_id, now, until=until))
            stated = ask(preferences_of(profile_id))
            shown = ask(self._ignored(profile_id, now, until))
            taste = self._learn(ask, events, versions, facts, now) if events else Taste()
            excluded, next_snooze_end = excluding()
            preferences, ignored = stated(), shown()
        viewer = Viewer(
            profile_id,
            versions.profile_version,
            facts.with_same_titles(excluded),
            taste,
            versions.shares_taste,
            preferences,
            ignored,
            learned_at=now,
        )
        valid_until = min(now + _OLDEST, next_snooze_end or now + _OLDEST)
        kept = _Kept(key, viewer, facts.version, excluded, valid_until)
        with self._lock:
            self._kept[profile_id, versions.limits] = kept
        return kept

    def cache_figures(self) -> CacheFigures:
        """How often a viewer was at hand."""
        with self._lock:
            return self._counts.figures(self._kept)

    def _ignored(
        self, profile_id: int, now: datetime, until: datetime
    ) -> AskingRows[IgnoredImpressions]:
        rows = yield from ignored_impressions.of_profile(
            profile_id, now=now, until=until, numbers=self._numbers.fatigue
        )
        table = np.array(rows, dtype=np.int32).reshape(-1, 3)
        return IgnoredImpressions(ids=table[:, 1], days=table[:, 2])

    def _learn(
        self,
        ask: Ask,
        history: Sequence[Event],
        versions: Versions,
        facts: CatalogueFacts,
        now: datetime,
    ) -> Taste:
        numbers = self._numbers.profile
        rated = title_ratings(history)
        newest = rated.of_newest(numbers.events)
        weights = newest.weights
        liked = newest.ids[weights > 0]
        known = rated.of_newest(self._numbers.collaborative.events)
        lists = ask(self._lists(versions, known.ids))
        related = ask(self._related(facts, liked, weights[weights > 0]))
        people = ask(self._people(facts, liked))
        taste = Taste(
            praised_ids=newest.praised,
            genre_prefs=_genre_prefs(facts, liked, weights[weights > 0]),
            liked_titles=len(liked),
            genre_titles=_genre_titles(facts, liked),
        )
        common = self._common_of(facts)
        taste = _with_affinities(taste, facts, common, liked, weights[weights > 0])
        taste = self._with_vectors(taste, versions, facts, newest, now)
        taste = self._with_known(taste, known)
        if (of_model := lists()) is not None:
            taste = self._with_lists(taste, of_model, facts, known)
        shared, of_people, made = people()
        return replace(
            taste,
            related=related(),
            people=shared,
            of_people=of_people,
            made_by_people=made,
        )

    def _common_of(self, facts: CatalogueFacts) -> _Common:
        """Worked out once for each state of the catalogue: it looks at all titles."""
        common, state = self._common, (facts.version, facts.read_at)
        if common is None or common.state != state:
            languages, decades = commonness(facts.likely_language), decades_of(facts.year)
            self._common = common = _Common(state, languages, commonness(decades))
        return common

    def _with_vectors(
        self,
        taste: Taste,
        versions: Versions,
        facts: CatalogueFacts,
        rated: TitleRatings,
        now: datetime,
    ) -> Taste:
        if versions.space_id is None:
            return taste
        # Titles without a vector are left out.
        found, embeddings = self.embeddings.of(
            rated.ids, space_id=versions.space_id, facts_version=facts.version
        )
        if len(found) == 0:
            return taste
        ids, weights, times = rated.ids[found], rated.weights[found], rated.at[found]
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

    def _with_known(self, taste: Taste, rated: TitleRatings) -> Taste:
        numbers = self._numbers.collaborative
        recent = recency(len(rated.ids), half_life=numbers.half_life, floor=numbers.floor)
        return replace(
            taste,
            known_ids=rated.ids,
            known_weights=rated.ratings * recent,
            known_named=rated.ratings >= SEEN,
        )

    def _lists(self, versions: Versions, ids: Ints) -> AskingRows[ItemLists | None]:
        """What the collaborative model says of these titles; None without a model."""
        if versions.model_id is None:
            return None
        return (yield from item_lists_of(versions.model_id, ids))

    def _with_lists(
        self, taste: Taste, lists: ItemLists, facts: CatalogueFacts, rated: TitleRatings
    ) -> Taste:
        ids, liked = rated.ids, rated.ratings
        numbers = self._numbers.collaborative
        recent = recency(len(ids), half_life=numbers.half_life, floor=numbers.floor)
        newest = recency(len(ids), half_life=numbers.next_half_life, floor=numbers.next_floor)
        # A title that was not liked may say something, but no reason names it.
        named = np.where(liked >= SEEN, ids, 0)
        # What was seen last leads on though it was not liked much; what was turned down does not.
        leads_on = (liked + SEEN).clip(0, 1)
        is_fan = recent * liked.clip(0)
        # A share of fans, however many titles they are the fans of.
        is_fan /= max(float(is_fan.sum()), 1e-6)
        return replace(
            taste,
            co_liked=_proposed_by(facts, lists.co_liked, ids, liked * recent, named),
            fan_liked=_proposed_by(facts, lists.fan_liked, ids, is_fan, named),
            followed=_proposed_by(
                facts, lists.followed, ids, newest * leads_on * _support(lists, ids), named
            ),
        )

    def _related(self, facts: CatalogueFacts, liked: Ints, weights: Floats) -> AskingRows[Proposed]:
        """What TMDB lists beside the newest liked titles, the strongest as 1."""
        numbers = self._numbers
        seeds = liked[: numbers.related_seeds]
        if len(seeds) == 0 or not numbers.reads_related:
            return Proposed()
        items, listed, places, recommended = yield from storage.related_to(facts, seeds)
        if len(items) == 0:
            return Proposed()
        by_id = dict(zip(liked.tolist(), weights.tolist(), strict=True))
        own = np.array([by_id[item] for item in items.tolist()], dtype=np.float32)
        scores = related_scores(places, recommended, own, similar_share=numbers.similar_share)
        related = _summed_up(facts, listed, scores, items)
        strongest = max(float(related.scores.max(initial=0.0)), 1e-6)
        return replace(related, scores=related.scores / strongest)

    def _people(
        self, facts: CatalogueFacts, liked: Ints
    ) -> AskingRows[tuple[tuple[Affinity, ...], Proposed, Ints]]:
        """People whom liked titles share, the strongest as 1, the titles that they are in or have
        made, and which of those whoever is named for them has only made."""
        minimum = self._numbers.profile.people_min_titles
        if len(liked) == 0:
            return (), Proposed(), np.empty(0, np.int32)
        found = yield from storage.people_of(liked, minimum)
        if not found:
            return (), Proposed(), np.empty(0, np.int32)
        strongest = max(strength for *_, strength, _ in found)
        people = tuple(
            Affinity(person_id, name, titles, strength / strongest)
            for person_id, name, titles, strength, _ in found
        )
        weight_of = {person.person_id: person.weight for person in people}
        credits = yield from storage.items_of_people(list(weight_of))
        # Who is known for what they made is not looked for among the voices of another title.
        makers = [person_id for person_id, *_, only_made in found if only_made]
        credits = credits[(credits[:, 2] > 0) | ~np.isin(credits[:, 1], makers)]
        items, persons, _, made = credits.T
        weights = np.array([weight_of[person] for person in persons.tolist()], dtype=np.float32)
        of_people = _summed_up(facts, items, weights, persons)
        only_made = set(zip(items[made > 0].tolist(), persons[made > 0].tolist(), strict=True))
        named = zip(of_people.items.tolist(), of_people.because.tolist(), strict=True)
        by_makers = [item for item, person in named if (item, person) in only_made]
        return people, of_people, np.array(by_makers, dtype=np.int32)


def _support(lists: ItemLists, ids: Ints) -> Floats:
    """How far what follows each title is believed, in [0, 1): half of it at three who like it."""
    likings = np.zeros(len(ids), dtype=np.float32)
    by_id = np.argsort(ids)
    likings[by_id[np.searchsorted(ids[by_id], lists.known_ids)]] = lists.likings.clip(0)
    return np.asarray(likings / (likings + _HALF_BELIEVED), dtype=np.float32)


def _proposed_by(
    facts: CatalogueFacts, lists: NeighbourLists, ids: Ints, weights: Floats, named: Ints
) -> Proposed:
    """What neighbour lists say, each weighted by whose list it is; only what is above 0.

    `named` goes with `ids`: by what a reason calls each, 0 for nothing.
    """
    if len(lists.items) == 0:
        return Proposed()
    by_id = np.argsort(ids)
    place = by_id[np.searchsorted(ids[by_id], lists.items)]
    return _summed_up(facts, lists.neighbours, lists.weights * weights[place], named[place])


def _summed_up(facts: CatalogueFacts, proposed: Ints, scores: Floats, by: Ints) -> Proposed:
    """Per title of the catalogue the sum of the scores for it, and what adds most to that.

    What is 0 in `by` adds, and is never what is told; 0 where there is nothing else.
    """
    rows = facts.rows_of(proposed)
    known = rows >= 0
    rows, scores, by = rows[known], scores[known], by[known]
    summed = np.bincount(rows, scores, minlength=len(facts)).astype(np.float32)
    is_told = (by > 0) & (scores > 0)
    rows, scores, by = rows[is_told], scores[is_told], by[is_told]
    most = np.full(len(facts), -np.inf, dtype=np.float32)
    np.maximum.at(most, rows, scores)
    is_strongest = scores == most[rows]
    because = np.zeros(len(facts), dtype=np.int32)
    because[rows[is_strongest]] = by[is_strongest]
    kept = np.flatnonzero(summed > 0)
    return Proposed(facts.ids[kept], summed[kept], because[kept])


def _genre_titles(facts: CatalogueFacts, liked: Ints) -> dict[int, int]:
    """How many of the titles have each genre by what TMDB says, which is what clients see."""
    bits = facts.listed_genres[facts.known_rows(liked)].tolist()
    return dict(Counter(genre_id for genres in bits for genre_id in genres_of(genres)))


def _genre_prefs(facts: CatalogueFacts, liked: Ints, weights: Floats) -> dict[int, float]:
    """Shares of the likings by genre, summing to 1; a title's weight is split among its genres."""
    rows = facts.rows_of(liked)
    shares: dict[int, float] = {}
    for row, weight in zip(rows.tolist(), weights.tolist(), strict=True):
        genres = genres_of(int(facts.genres[row])) if row >= 0 else ()
        for genre_id in genres:
            shares[genre_id] = shares.get(genre_id, 0.0) + weight / len(genres)
    total = sum(shares.values())
    return {genre_id: share / total for genre_id, share in shares.items()} if total else {}


def _with_affinities(
    taste: Taste, facts: CatalogueFacts, common: _Common, liked: Ints, weights: Floats
) -> Taste:
    rows = facts.rows_of(liked)
    weights, rows = weights[rows >= 0], rows[rows >= 0]
    return replace(
        taste,
        languages=affinities(facts.likely_language[rows], weights, common.languages),
        decades=affinities(decades_of(facts.year[rows]), weights, common.decades),
        marking_languages=marking(facts.likely_language[rows], common.languages),
    )
