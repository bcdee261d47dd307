"""GET /users/{user_id}/track-record: what became of what was recommended to a profile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.items import MediaType
from api.domain.limits import NO_LIMITS, Limits
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.track_record import statements as storage
from api.recommend.track_record.track_record import Recommendation, Tally, recommendations, tally
from api.viewers.events import ProfileKey

# A list is 25 KB; this many are read and judged in well under a second.
_MOST_LISTS = 500
_MOST_HITS = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A title that was recommended and then taken up."""

    recommendation: Recommendation
    hit_at: datetime
    media_type: MediaType
    tmdb_id: int | None
    title: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """Titles recommended since a time, counted in all and by what brought them."""

    since: datetime
    until: datetime
    kept_days: int
    lists: int
    total: Tally
    by_strategy: dict[str, Tally]
    by_source: dict[str, Tally]  # a title counts for every source that proposed it
    explored: Tally
    ranked: Tally
    hits: tuple[Hit, ...]  # the newest first


class TrackRecords:
    """The use case."""

    def __init__(
        self,
        database: Database,
        *,
        keep_slates: timedelta,
        clock: Callable[[], datetime],
        most_lists: int = _MOST_LISTS,
    ) -> None:
        """Of more than `most_lists` lists only the newest are read."""
        self._database = database
        self._shown = ShownTitles(database)
        self._most_lists = most_lists
        self._keep_slates = keep_slates
        self._clock = clock

    def of(
        self,
        viewer: ProfileKey,
        *,
        days: int | None = None,
        since: datetime | None = None,
        limits: Limits = NO_LIMITS,
    ) -> TrackRecord:
        """The record of the last `days`, or `since` a time, as far back as lists are held.

        Titles above the limits count nowhere: a number that moves would tell of them.

        Raises InvalidInput for a `since` that is to come.
        """
        now = self._clock()
        if since is not None and since > now:
            raise InvalidInput("is in the future", field="since")
        oldest = now - self._keep_slates
        asked = since or (oldest if days is None else now - timedelta(days=days))
        return self._read(viewer, max(asked, oldest), now, limits)

    def _read(
        self, viewer: ProfileKey, since: datetime, now: datetime, limits: Limits
    ) -> TrackRecord:
        with self._database.autocommit() as cursor:
            lists = storage.read_lists(cursor, viewer, since, limit=self._most_lists)
            if len(lists) == self._most_lists:
                since = lists[0].created_at
            found = recommendations(
                lists,
                storage.read_reactions(cursor, viewer, since),
                storage.read_history(cursor, viewer, since),
            )
        shown = self._shown.among([one.item_id for one in found], limits)
        found = [one for one in found if one.item_id in shown]
        hits = [(one.hit_at, one) for one in found if one.hit_at is not None]
        hits.sort(key=lambda hit: (hit[0], hit[1].item_id), reverse=True)
        named = [one.item_id for _, one in hits[:_MOST_HITS]]
        with self._database.autocommit() as cursor:
            titles = storage.read_titles(cursor, named)
        strategies = sorted({one.strategy for one in found})
        return TrackRecord(
            since=since,
            until=now,
            kept_days=self._keep_slates.days,
            lists=len(lists),
            total=tally(found),
            by_strategy={
                name: tally([one for one in found if one.strategy == name]) for name in strategies
            },
            by_source=_by_source(found),
            explored=tally([one for one in found if one.explored]),
            ranked=tally([one for one in found if not one.explored]),
            hits=tuple(
                Hit(one, hit_at, *titles[one.item_id], sources=one.sources)
                for hit_at, one in hits
                if one.item_id in titles
            ),
        )


def _by_source(found: list[Recommendation]) -> dict[str, Tally]:
    groups = {name: [one for one in found if name in one.sources] for name in EVIDENCE.source_names}
    return {name: tally(group) for name, group in groups.items() if group}
