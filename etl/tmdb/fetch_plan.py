"""The plan of a pass over TMDB: which titles are still to be fetched, in which order.

Made by one statement from what was staged; a title leaves it with the transaction that stores the
title or records its failure, so that the run after a kill continues with what is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from api.catalogue.writing.title import TitleKey
from api.domain.items import MediaType
from api.platform.copying import copy_rows

# TMDB's lists of changes leave out watch providers, whose offers come and go by the week, and may
# begin where there were none. (TMDB's terms allow to keep what was fetched for six months.)
REFRESH_AFTER = timedelta(days=30)
OFFERS_REFRESH_AFTER = timedelta(days=7)

# Titles on a list or in a viewer's import come first, then failures that are due, then by
# popularity, then known titles that changed, last those that were not asked for in a long time, the
# oldest first.
_LISTED, _FAILED, _MOST_POPULAR, _CHANGED, _AGED = 3e9, 2e9, 1e9, -1.0, -1e6

# Titles that one viewer brought, of a pass.
_MOST_BROUGHT = 500

_STAGE = """
CREATE TEMPORARY TABLE offered_titles ON COMMIT DROP AS
    SELECT media_type, tmdb_id, priority FROM titles_to_fetch WITH NO DATA;
CREATE TEMPORARY TABLE changed_titles ON COMMIT DROP AS
    SELECT media_type, tmdb_id FROM titles_to_fetch WITH NO DATA
"""

_MAKE_PLAN = text(
    """
    INSERT INTO titles_to_fetch (media_type, tmdb_id, priority)
    SELECT media_type, tmdb_id, max(priority) FROM (
        SELECT media_type, tmdb_id, priority FROM offered_titles
        WHERE :everything OR NOT EXISTS (
            SELECT FROM items
            WHERE items.media_type = offered_titles.media_type
                AND items.tmdb_id = offered_titles.tmdb_id AND source = 'tmdb'
        )
        UNION ALL
        SELECT items.media_type, items.tmdb_id, :changed
        FROM changed_titles JOIN items USING (media_type, tmdb_id)
        WHERE source = 'tmdb'
            AND (CAST(:fresh_from AS timestamptz) IS NULL OR fetched_at < :fresh_from)
        UNION ALL
        SELECT media_type, tmdb_id, :aged + extract(epoch FROM :now - fetched_at) / 86400
        FROM items
        WHERE source = 'tmdb' AND (
            :everything
            OR retired_at IS NULL AND (
                fetched_at < :now - CAST(:refresh_after AS interval)
                OR fetched_at < :now - CAST(:offers_refresh_after AS interval)
                    AND EXISTS (SELECT FROM availability WHERE item_id = items.id)
            )
        )
        UNION ALL
        -- What viewers brought and the catalogue lacks, so many of each of them that nobody's ids
        -- keep all others waiting: see api/viewers/imports/waiting.py.
        SELECT media_type, tmdb_id, :brought FROM (
            SELECT media_type, tmdb_id,
                row_number() OVER (PARTITION BY user_id ORDER BY media_type, tmdb_id) AS number
            FROM (
                SELECT DISTINCT user_id, split_part(title_key, '|', 1) AS media_type,
                    CAST(split_part(title_key, '|', 3) AS integer) AS tmdb_id
                FROM import_rows JOIN imports ON imports.id = import_id
                WHERE state = 'applied' AND import_rows.status = 'unmatched'
                    AND title_key ~ '^(movie|tv)[|][0-9]*[|][0-9]{1,9}[|]'
            ) AS lacked
            WHERE NOT EXISTS (
                SELECT FROM items
                WHERE items.media_type = lacked.media_type AND items.tmdb_id = lacked.tmdb_id
            ) AND (:given_up_too OR NOT EXISTS (
                SELECT FROM job_failures
                WHERE job = :job
                    AND reference = lacked.media_type || ':' || CAST(lacked.tmdb_id AS text)
                    AND (next_try_at > :now OR next_try_at IS NULL)
            ))
        ) AS numbered
        WHERE number <= :most_brought
        UNION ALL
        SELECT split_part(reference, ':', 1), CAST(split_part(reference, ':', 2) AS integer),
            :failed
        FROM job_failures WHERE job = :job AND (:given_up_too OR next_try_at <= :now)
    ) AS wanted
    WHERE :given_up_too OR NOT EXISTS (
        SELECT FROM job_failures
        WHERE job = :job AND reference = media_type || ':' || tmdb_id
            AND (next_try_at > :now OR next_try_at IS NULL)
    )
    GROUP BY media_type, tmdb_id
    ON CONFLICT DO NOTHING
    """
)

# Walks ix_titles_to_fetch_priority from where the page before ended.
_NEXT = text(
    "SELECT media_type, tmdb_id, priority FROM titles_to_fetch "
    "WHERE priority <= CAST(:priority AS real) AND (priority < CAST(:priority AS real) "
    "OR (media_type, tmdb_id) > (:media_type, :tmdb_id)) "
    "ORDER BY priority DESC, media_type, tmdb_id LIMIT :count"
)
_LEAVE = text(
    "DELETE FROM titles_to_fetch "
    "USING unnest(CAST(:media_types AS text[]), CAST(:tmdb_ids AS integer[])) "
    "AS done(media_type, tmdb_id) "
    "WHERE titles_to_fetch.media_type = done.media_type AND titles_to_fetch.tmdb_id = done.tmdb_id"
)


@dataclass(frozen=True, slots=True)
class PlannedTitle:
    """A title in its place in the plan."""

    media_type: MediaType
    tmdb_id: int
    priority: float

    @property
    def key(self) -> TitleKey:
        """What the title is known by everywhere else."""
        return (self.media_type, self.tmdb_id)


def stage_plan(connection: Connection) -> None:
    """Makes the temporary tables that the other `stage_...` fill."""
    for statement in _STAGE.split(";"):
        connection.exec_driver_sql(statement)


def stage_listed(connection: Connection, titles: Iterable[TitleKey]) -> None:
    """Takes titles of TMDB's lists, wanted whatever their popularity."""
    copy_rows(connection, "offered_titles", ((*key, _LISTED) for key in titles))


def stage_popular(
    connection: Connection, media_type: MediaType, titles: Iterable[tuple[int, float]]
) -> None:
    """Takes ids with their popularity, one by one as they come."""
    copy_rows(
        connection,
        "offered_titles",
        ((media_type, tmdb_id, min(popularity, _MOST_POPULAR)) for tmdb_id, popularity in titles),
    )


def stage_changed(connection: Connection, media_type: MediaType, tmdb_ids: Iterable[int]) -> None:
    """Takes ids of titles that changed at TMDB, one by one as they come."""
    copy_rows(connection, "changed_titles", ((media_type, tmdb_id) for tmdb_id in tmdb_ids))


def make_plan(
    connection: Connection,
    job: str,
    *,
    now: datetime,
    everything: bool,
    given_up_too: bool,
    fresh_from: datetime | None,
) -> None:
    """Adds to the plan what was staged, what imports wait for, failures and titles that grew old.

    Of what was staged: every title, or with `everything` false only those that the catalogue does
    not have and, among the changed, those that it has. A changed title that was fetched at
    `fresh_from` or later is left out, and so is one that failed and is not due yet.
    """
    connection.exec_driver_sql("ANALYZE offered_titles, changed_titles")
    connection.execute(
        _MAKE_PLAN,
        {
            "job": job,
            "now": now,
            "everything": everything,
            "given_up_too": given_up_too,
            "fresh_from": fresh_from,
            "changed": _CHANGED,
            "aged": _AGED,
            "failed": _FAILED,
            "brought": _LISTED,
            "most_brought": _MOST_BROUGHT,
            "refresh_after": REFRESH_AFTER,
            "offers_refresh_after": OFFERS_REFRESH_AFTER,
        },
    )


def drop_plan(connection: Connection) -> None:
    """Forgets what was still to be fetched."""
    connection.exec_driver_sql("DELETE FROM titles_to_fetch")


def count_planned(connection: Connection) -> int:
    """How many titles are still to be fetched."""
    return int(connection.execute(text("SELECT count(*) FROM titles_to_fetch")).scalar_one())


def next_planned(
    connection: Connection, *, after: PlannedTitle | None, count: int
) -> list[PlannedTitle]:
    """At most `count` titles of the plan in its order, from its start or after another's place."""
    place = after or PlannedTitle("movie", 0, float("inf"))
    rows = connection.execute(
        _NEXT,
        {
            "media_type": place.media_type,
            "tmdb_id": place.tmdb_id,
            "priority": place.priority,
            "count": count,
        },
    )
    return [PlannedTitle(row.media_type, row.tmdb_id, row.priority) for row in rows]


def leave_plan(connection: Connection, titles: Sequence[TitleKey]) -> None:
    """Takes titles out of the plan: they are stored, or their failure is recorded."""
    connection.execute(
        _LEAVE,
        {
            "media_types": [media_type for media_type, _ in titles],
            "tmdb_ids": [tmdb_id for _, tmdb_id in titles],
        },
    )
