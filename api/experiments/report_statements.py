"""What became of the lists of each strategy, counted per viewer and day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg.rows import class_row

from api.domain.assignment import Assignment
from api.platform.database import Database

# Lists by ix_slates_created_at, feedback by ix_feedback_occurred_at, histories by
# ix_interactions_newest. Feedback comes after its list, so both begin at the same moment. A viewer
# is a number here: the report names nobody. Profiles that do not let others learn from them do not
# count.
_LISTS = """
WITH lists AS MATERIALIZED (
    SELECT slates.id, slates.strategy, assignment, slates.created_at, item_ids,
        origin ->> 'configuration' AS configuration, profiles.id AS profile_id,
        dense_rank() OVER (ORDER BY slates.user_id, slates.profile)::int AS viewer
    FROM slates LEFT JOIN profiles ON profiles.user_id = slates.user_id
        AND profiles.profile IS NOT DISTINCT FROM slates.profile
    WHERE slates.created_at >= %(since)s AND coalesce(consent_collaborative, true)
)"""

_SERVED = f"""
{_LISTS}, places AS (
    SELECT slate_id, item_id,
        bool_or(event_type = 'impression') AS seen,
        bool_or(event_type = 'click') AS clicked,
        bool_or(event_type = 'like') AS liked,
        bool_or(event_type = 'complete') AS completed
    FROM feedback
    WHERE occurred_at >= %(since)s AND slate_id IS NOT NULL AND item_id IS NOT NULL
    GROUP BY slate_id, item_id
), reactions AS (
    SELECT slate_id, count(*) AS impressions,
        count(*) FILTER (WHERE clicked) AS clicks,
        count(*) FILTER (WHERE liked) AS likes,
        count(*) FILTER (WHERE completed) AS completes,
        count(*) FILTER (WHERE clicked OR liked OR completed) AS reactions
    FROM places WHERE seen GROUP BY slate_id
), hits AS (
    SELECT DISTINCT lists.id FROM lists JOIN interactions
        ON interactions.profile_id = lists.profile_id
        AND interactions.item_id = ANY(lists.item_ids[1:%(depth)s])
        AND interactions.occurred_at > lists.created_at
        AND interactions.occurred_at <= lists.created_at + make_interval(days => %(days)s)
    WHERE event_type IN ('watched', 'liked') OR (event_type = 'rated' AND rating >= %(good)s)
)
SELECT strategy, assignment, viewer, created_at::date AS day, count(*)::int AS lists,
    array_agg(DISTINCT configuration) FILTER (WHERE configuration IS NOT NULL) AS configurations,
    coalesce(sum(impressions), 0)::int AS impressions, coalesce(sum(clicks), 0)::int AS clicks,
    coalesce(sum(likes), 0)::int AS likes, coalesce(sum(completes), 0)::int AS completes,
    coalesce(sum(reactions), 0)::int AS reactions, count(hits.id)::int AS hits
FROM lists LEFT JOIN reactions ON slate_id = lists.id LEFT JOIN hits ON hits.id = lists.id
GROUP BY strategy, assignment, viewer, day ORDER BY strategy, assignment, viewer, day
"""  # noqa: S608 - no value is part of the text

_SHADOWED = f"""
{_LISTS}, later AS (
    SELECT lists.id, array_agg(DISTINCT interactions.item_id) AS items
    FROM lists JOIN interactions ON interactions.profile_id = lists.profile_id
        AND interactions.occurred_at > lists.created_at
        AND interactions.occurred_at <= lists.created_at + make_interval(days => %(days)s)
    WHERE event_type IN ('watched', 'liked') OR (event_type = 'rated' AND rating >= %(good)s)
    GROUP BY lists.id
)
SELECT shadow_lists.strategy, lists.strategy AS served, viewer,
    count(*)::int AS lists, count(error)::int AS failed,
    coalesce(sum(overlap_10), 0)::float8 AS overlap_10,
    coalesce(sum(overlap_20), 0)::float8 AS overlap_20,
    coalesce(sum(rank_biased_overlap), 0)::float8 AS rank_biased_overlap,
    sum(milliseconds)::float8 AS milliseconds,
    count(*) FILTER (WHERE error IS NULL
        AND items && shadow_lists.item_ids[1:%(depth)s])::int AS hits,
    count(*) FILTER (WHERE error IS NULL
        AND items && lists.item_ids[1:%(depth)s])::int AS served_hits
FROM shadow_lists JOIN lists ON lists.id = slate_id LEFT JOIN later ON later.id = lists.id
GROUP BY shadow_lists.strategy, served, viewer ORDER BY shadow_lists.strategy, served, viewer
"""  # noqa: S608 - no value is part of the text


@dataclass(frozen=True, slots=True)
class ServedRow:
    """The lists that one viewer got of one strategy on one day.

    Counts of places are of those the client reported as seen; `hits` are lists of whose first
    titles one was watched or liked later.
    """

    strategy: str
    assignment: Assignment
    viewer: int
    day: date
    lists: int
    configurations: list[str] | None  # digests
    impressions: int
    clicks: int
    likes: int
    completes: int
    reactions: int  # places with any of the three
    hits: int


@dataclass(frozen=True, slots=True)
class ShadowedRow:
    """The runs of one strategy beside the lists that one viewer got of another; sums."""

    strategy: str
    served: str
    viewer: int
    lists: int
    failed: int
    overlap_10: float
    overlap_20: float
    rank_biased_overlap: float
    milliseconds: float
    hits: int
    served_hits: int


def read_served(
    database: Database, *, since: datetime, depth: int, days: int, good: float
) -> list[ServedRow]:
    """Every list since then. A hit is a title among the first `depth` places that was watched,
    liked or rated `good` or more, within so many days."""
    return _read(database, _SERVED, ServedRow, since=since, depth=depth, days=days, good=good)


def read_shadowed(
    database: Database, *, since: datetime, depth: int, days: int, good: float
) -> list[ShadowedRow]:
    """Every shadow beside those lists."""
    return _read(database, _SHADOWED, ShadowedRow, since=since, depth=depth, days=days, good=good)


def _read(database: Database, statement: str, row: type[Any], **parameters: Any) -> list[Any]:
    # On a connection of its own: those of the request path give up after fifteen seconds.
    with (
        database.connect() as connection,
        connection.cursor(binary=True, row_factory=class_row(row)) as cursor,
    ):
        return cursor.execute(statement, parameters).fetchall()
