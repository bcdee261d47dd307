"""Rows as they are kept: with what was found for them, or was chosen for their title before."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from psycopg import Cursor

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.folding import fold
from api.domain.limits import Limits
from api.viewers.events import ProfileKey
from api.viewers.imports import statements
from api.viewers.imports.matching.match import Match, Status, left_early
from api.viewers.imports.row import Row, When
from api.viewers.imports.sought import Sought
from api.viewers.imports.statements import CHOSEN, LEFT_OUT, LONGEST, NamedTitle, NewRow

_NOON = time(12, tzinfo=UTC)
_MOST_SECONDS = 59  # of noon: more viewings of one title on one day are one too many


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the viewer chose for titles of this source before."""

    items: Mapping[str, int | None]
    titles: Mapping[int, NamedTitle]

    @classmethod
    def read(cls, cursor: Cursor[Any], viewer: ProfileKey, source: str) -> "Chosen":
        """All of them."""
        items = statements.remembered(cursor, viewer, source)
        named = [item for item in items.values() if item is not None]
        return cls(items, statements.titles(cursor, named) if named else {})

    def within(self, limits: Limits, shown: ShownTitles) -> "Chosen":
        """Without the choices of titles above the limits, whoever made them."""
        chosen = {item for item in self.items.values() if item is not None}
        kept = shown.among(chosen, limits)
        items = {key: item for key, item in self.items.items() if item is None or item in kept}
        return Chosen(items, self.titles)

    def instead_of(self, row: Row, found: Match) -> "Found":
        """What was found, or was chosen for the title."""
        key = title_key(row)
        if key not in self.items or row.skipped is not None:
            return Found.of(found, key)
        item = self.items[key]
        if item is None:
            return Found("skipped", None, 1.0, [], LEFT_OUT, is_part=False, key=key)
        title = self.titles.get(item)
        left = left_early(row.reached, title.media_type, title.runtime) if title else None
        if left is not None:
            return Found("skipped", item, 1.0, [], left, is_part=False, key=key)
        is_part = row.is_of_a_part and title is not None and title.media_type == "tv"
        return Found("matched", item, 1.0, [], CHOSEN, is_part=is_part, key=key)


@dataclass(frozen=True, slots=True)
class Found:
    """What a row was taken for."""

    status: Status
    item_id: int | None
    certainty: float
    candidates: list[int]
    reason: str | None
    is_part: bool
    key: str

    @classmethod
    def of(cls, found: Match, key: str) -> "Found":
        """Of the matcher's word."""
        return cls(
            found.status,
            found.item.id if found.item else None,
            found.certainty,
            [title.id for title in found.candidates],
            found.reason,
            found.is_part,
            key,
        )


def title_key(row: Row) -> str:
    """What rows of one title have in common, within a source: medium, year, id and name.

    Enough for TMDB to be asked for the title (etl/tmdb/fetch_plan.py). What else it is looked for
    by, a row that waits keeps (api/viewers/imports/sought.py).
    """
    name = fold(row.names[0].title) if row.names else ""
    ids = row.ids.written()
    return f"{row.media_type or ''}|{row.year or ''}|{ids}|{name}"[:LONGEST]


def new_rows(found: Iterator[tuple[Row, Found]]) -> Iterator[NewRow]:
    """The rows as they are kept. Viewings of one title on one day are told apart by a second."""
    on_a_day: Counter[tuple[object, date]] = Counter()
    for position, (row, matched) in enumerate(found, 1):
        is_day = row.watched_at is not None and not isinstance(row.watched_at, datetime)
        watched = moment(row.watched_at)
        if is_day and watched is not None and matched.status != "skipped":
            same = (matched.item_id or matched.key, watched.date())
            watched += timedelta(seconds=min(on_a_day[same], _MOST_SECONDS))
            on_a_day[same] += 1
        yield NewRow(
            position=position,
            number=row.number,
            file=row.file[:LONGEST],
            says=row.says[:LONGEST],
            title_key=matched.key,
            kind=row.kind,
            watched_at=watched,
            is_day=is_day,
            logged_at=moment(row.logged_at),
            rating=row.rating,
            scale=row.scale,
            season=row.season,
            episode=None if row.episode is None else row.episode[:LONGEST],
            episodes=row.episodes,
            is_part=matched.is_part,
            is_owned=row.is_owned,
            reached=row.reached,
            sought=Sought.of(row).written() if matched.status == "unmatched" else None,
            status=matched.status,
            item_id=matched.item_id,
            certainty=matched.certainty,
            candidates=matched.candidates,
            reason=matched.reason,
        )


def moment(when: When | None) -> datetime | None:
    """A day is kept as its noon in UTC, which is that day nearly everywhere."""
    if when is None or isinstance(when, datetime):
        return when
    return datetime.combine(when, _NOON)
