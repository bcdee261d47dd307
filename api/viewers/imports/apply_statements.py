"""What an import writes, in one transaction of the caller's.

The statements are idempotent. A viewing is the same when another source tells of it near enough: on
the same day where both know the day alone, within a day's reach where one does, within four hours
where both know the moment. Files of one source tell their moments alike, unless one knows the day
alone; what comes live does not.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from psycopg import Cursor

from api.access.households import LIMITED
from api.domain.profile_version import MOVE_VERSIONS
from api.platform.errors import UnknownProfile

# Of an import with 100,000 rows the slowest takes some seconds.
PATIENCE = "SET LOCAL statement_timeout = '120s'"

# Not in a household with limits, whose profiles a keeper makes: this one would have none.
_CREATE_PROFILE = f"""
    INSERT INTO profiles (user_id, profile)
    SELECT %(user_id)s, %(profile)s::text
    WHERE %(profile)s::text IS NULL OR NOT EXISTS (
        SELECT FROM profiles WHERE user_id = %(user_id)s AND {LIMITED}
    )
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - a constant
# By uq_profiles_user_id_profile.
_PROFILE = """
    SELECT id FROM profiles
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
    FOR NO KEY UPDATE
"""
MOVE_VERSION = f"{MOVE_VERSIONS} WHERE id = %(profile_id)s"
_APPLIED = "UPDATE imports SET state = 'applied', applied_at = %(now)s WHERE id = %(import_id)s"

# By ix_imports_user_id.
_LIVE = "SELECT id FROM imports WHERE user_id = %(user_id)s AND via <> 'file'"

# Rows by the primary key of import_rows; a title that moved is the one that it moved to. They are
# put aside and counted once: of an import that is new the planner knows nothing, takes it for one
# row and compares each with the whole history (20,000 rows: minutes in place of half a second).
_PUT_ASIDE = """
    CREATE TEMPORARY TABLE coming ON COMMIT DROP AS
    SELECT position, kind, watched_at, is_day, logged_at, import_rows.rating, scale, season,
        episode, is_part, is_owned, coalesce(items.moved_to, items.id) AS item_id,
        CASE WHEN items.media_type = 'tv' THEN episodes END AS episodes
    FROM import_rows JOIN items ON items.id = item_id
    WHERE import_id = %(import_id)s AND import_rows.status = 'matched'
        AND (%(positions)s::int[] IS NULL OR position = ANY(%(positions)s::int[]))
"""
_COUNT = "ANALYZE coming"
_SEEN = "('watched', 'rated')"
# A day is kept as noon in UTC, which is the same day nearly everywhere, and a second more for each
# further viewing on it; clients write midnight.
_CAME_LIVE = "coalesce(known.import_id = ANY(%(live)s::bigint[]), false)"  # with its moment
_IS_DAY = f"""(
    NOT {_CAME_LIVE} AND (
        (known.watched_at AT TIME ZONE 'UTC')::time = '00:00'
        OR date_trunc('minute', known.watched_at AT TIME ZONE 'UTC')::time = '12:00'
    )
)"""
_APART = "abs(extract(epoch FROM known.watched_at - coming.watched_at))"
_BY_FILES = f"""(
    known.source IS NOT DISTINCT FROM %(source)s AND NOT %(is_live)s AND NOT {_CAME_LIVE}
)"""
# Two exports of one service may know more and less of a moment, as Netflix's own do.
_SAME_VIEWING = f"""CASE
    WHEN {_BY_FILES} AND {_IS_DAY} = coming.is_day
        THEN known.watched_at = coming.watched_at
            AND (known.event_type = 'rated' OR coming.rating IS NULL)
    WHEN {_IS_DAY} AND coming.is_day
        THEN (known.watched_at AT TIME ZONE 'UTC')::date
            = (coming.watched_at AT TIME ZONE 'UTC')::date
    WHEN {_IS_DAY} OR coming.is_day THEN {_APART} <= 26 * 3600
    ELSE {_APART} <= 4 * 3600
END"""

# By uq_interactions_profile_id_item_id_event_type_watched_at, as are those that follow.
_VIEWINGS = f"""
    INSERT INTO interactions (
        profile_id, item_id, event_type, rating, watched_at, occurred_at, recorded_at, import_id,
        source, scale
    )
    SELECT DISTINCT ON (item_id, rating IS NULL, watched_at)
        %(profile_id)s, item_id, CASE WHEN rating IS NULL THEN 'watched' ELSE 'rated' END, rating,
        watched_at, watched_at, %(now)s, %(import_id)s, %(source)s, scale
    FROM coming
    WHERE kind IN ('watched', 'rated', 'liked') AND NOT is_part AND episodes IS NULL
        AND watched_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM interactions AS known
            WHERE known.profile_id = %(profile_id)s AND known.item_id = coming.item_id
                AND known.event_type IN {_SEEN} AND {_SAME_VIEWING}
        )
    ORDER BY item_id, rating IS NULL, watched_at, position
    ON CONFLICT DO NOTHING
    RETURNING item_id
"""  # noqa: S608 - no value is part of the text

# A show has one event for all its episodes, of the last of them, so that a season does not push
# everything else out of a taste. Rows are about one of them, or say how many were seen: of such a
# row the opinion is the show's.
_SHOWS = f"""
    WITH shows AS (
        SELECT item_id, max(watched_at) AS watched_at, max(logged_at) AS logged_at,
            (array_agg(is_day ORDER BY watched_at DESC NULLS LAST))[1] AS is_day,
            least(
                count(DISTINCT (season, episode)) FILTER (WHERE is_part)
                    + coalesce(sum(episodes), 0),
                32767
            ) AS episodes
        FROM coming
        WHERE kind IN ('watched', 'rated', 'liked') AND (is_part OR episodes IS NOT NULL)
        GROUP BY item_id
    )
    INSERT INTO interactions (
        profile_id, item_id, event_type, watched_at, occurred_at, recorded_at, import_id, source,
        episodes
    )
    SELECT %(profile_id)s, item_id, 'watched', watched_at,
        coalesce(watched_at, logged_at, %(now)s), %(now)s, %(import_id)s, %(source)s, episodes
    FROM shows
    WHERE NOT EXISTS (
        SELECT FROM interactions AS known
        WHERE known.profile_id = %(profile_id)s AND known.item_id = shows.item_id
            AND known.event_type IN {_SEEN}
            AND (shows.watched_at IS NULL OR known.watched_at >= CASE
                WHEN {_BY_FILES} AND {_IS_DAY} = shows.is_day THEN shows.watched_at
                ELSE shows.watched_at - interval '26 hours'
            END)
    )
    ON CONFLICT DO NOTHING
    RETURNING item_id
"""  # noqa: S608 - no value is part of the text

# Of what comes live, episode by episode, the show's event goes along. By the primary key of
# import_rows: all rows of the import, so that what it counts is what it brought.
_FOLLOW_SHOWS = """
    WITH shows AS (
        SELECT coalesce(items.moved_to, items.id) AS item_id, max(watched_at) AS watched_at,
            least(count(DISTINCT (season, episode)), 32767) AS episodes
        FROM import_rows JOIN items ON items.id = import_rows.item_id
        WHERE import_id = %(import_id)s AND import_rows.status = 'matched' AND is_part
            AND kind IN ('watched', 'rated', 'liked')
            AND coalesce(items.moved_to, items.id) IN (SELECT item_id FROM coming WHERE is_part)
        GROUP BY 1
    )
    UPDATE interactions AS known SET episodes = shows.episodes,
        watched_at = greatest(known.watched_at, shows.watched_at),
        occurred_at = greatest(known.occurred_at, shows.watched_at)
    FROM shows
    WHERE %(is_live)s AND known.profile_id = %(profile_id)s AND known.item_id = shows.item_id
        AND known.import_id = %(import_id)s AND known.episodes IS NOT NULL
        AND (known.episodes <> shows.episodes OR shows.watched_at > known.watched_at)
        AND NOT EXISTS (
            SELECT FROM interactions AS other
            WHERE other.profile_id = known.profile_id AND other.item_id = known.item_id
                AND other.event_type = known.event_type AND other.id <> known.id
                AND other.watched_at = greatest(known.watched_at, shows.watched_at)
        )
    RETURNING known.item_id
"""

# Of several opinions on a title the undated one is the current one, else the newest. One that the
# history has already is not told again. A current one is compared with the current one, if there is
# one: an opinion may go back to what it was on some day.
_OPINIONS = """
    opinions AS (
        SELECT DISTINCT ON (item_id) item_id, rating, scale, coming.watched_at,
            coalesce(logged_at, watched_at, %(now)s) AS occurred_at
        FROM coming
        WHERE kind = 'rated' AND rating IS NOT NULL AND NOT is_part
        ORDER BY item_id, watched_at IS NOT NULL, coalesce(logged_at, watched_at) DESC NULLS LAST,
            position DESC
    ), new_ratings AS (
        SELECT * FROM opinions WHERE NOT EXISTS (
            SELECT FROM interactions AS known
            WHERE known.profile_id = %(profile_id)s AND known.item_id = opinions.item_id
                AND known.event_type = 'rated'
                AND (
                    known.watched_at = opinions.watched_at
                    OR known.rating = opinions.rating AND (
                        opinions.watched_at IS NOT NULL OR known.watched_at IS NULL
                        OR NOT EXISTS (
                            SELECT FROM interactions AS current
                            WHERE current.profile_id = known.profile_id
                                AND current.item_id = known.item_id
                                AND current.event_type = 'rated' AND current.watched_at IS NULL
                        )
                    )
                )
        )
    )
"""
_KEEP_REPLACED = f"""
    WITH {_OPINIONS}
    INSERT INTO import_replaced (
        import_id, interaction_id, rating, scale, source, occurred_at, recorded_at,
        replaced_import_id
    )
    SELECT %(import_id)s, known.id, known.rating, known.scale, known.source, known.occurred_at,
        known.recorded_at, known.import_id
    FROM new_ratings JOIN interactions AS known
        ON known.profile_id = %(profile_id)s AND known.item_id = new_ratings.item_id
        AND known.event_type = 'rated' AND known.watched_at IS NULL
    WHERE known.import_id <> %(import_id)s
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - no value is part of the text
# What a viewer said here themselves stays.
_RATE = f"""
    WITH {_OPINIONS}
    INSERT INTO interactions AS known (
        profile_id, item_id, event_type, rating, occurred_at, recorded_at, import_id, source, scale
    )
    SELECT %(profile_id)s, item_id, 'rated', rating, occurred_at, %(now)s, %(import_id)s,
        %(source)s, scale
    FROM new_ratings
    ON CONFLICT (profile_id, item_id, event_type, watched_at) DO UPDATE
    SET rating = excluded.rating, scale = excluded.scale, occurred_at = excluded.occurred_at,
        recorded_at = excluded.recorded_at, import_id = excluded.import_id, source = excluded.source
    WHERE known.import_id IS NOT NULL
    RETURNING item_id
"""  # noqa: S608 - no value is part of the text

# That a title was seen at some time adds nothing where it is known to have been.
_SEEN_SOME_TIME = f"""
    INSERT INTO interactions (
        profile_id, item_id, event_type, occurred_at, recorded_at, import_id, source
    )
    SELECT DISTINCT ON (item_id) %(profile_id)s, item_id, 'watched', coalesce(logged_at, %(now)s),
        %(now)s, %(import_id)s, %(source)s
    FROM coming
    WHERE kind = 'watched' AND NOT is_part AND episodes IS NULL AND watched_at IS NULL
        AND NOT EXISTS (
        SELECT FROM interactions AS known
        WHERE known.profile_id = %(profile_id)s AND known.item_id = coming.item_id
            AND known.event_type IN {_SEEN}
    )
    ORDER BY item_id, logged_at
    ON CONFLICT DO NOTHING
    RETURNING item_id
"""  # noqa: S608 - no value is part of the text
_LIKINGS = """
    INSERT INTO interactions (
        profile_id, item_id, event_type, occurred_at, recorded_at, import_id, source
    )
    SELECT DISTINCT ON (item_id, kind) %(profile_id)s, item_id, kind,
        coalesce(logged_at, watched_at, %(now)s), %(now)s, %(import_id)s, %(source)s
    FROM coming
    WHERE kind IN ('liked', 'disliked') AND NOT is_part AND NOT EXISTS (
        SELECT FROM interactions AS known
        WHERE known.profile_id = %(profile_id)s AND known.item_id = coming.item_id
            AND known.event_type = coming.kind
    )
    ORDER BY item_id, kind, logged_at DESC NULLS LAST
    ON CONFLICT DO NOTHING
    RETURNING item_id
"""
_WISHES = """
    INSERT INTO watchlist (profile_id, item_id, added_at, import_id)
    SELECT DISTINCT ON (item_id) %(profile_id)s, item_id, coalesce(logged_at, %(now)s),
        %(import_id)s
    FROM coming WHERE kind = 'watchlist'
    ORDER BY item_id, logged_at
    ON CONFLICT DO NOTHING
    RETURNING item_id
"""
_OWNED = """
    INSERT INTO library (user_id, item_id, added_at, import_id)
    SELECT DISTINCT ON (item_id) %(user_id)s, item_id, %(now)s, %(import_id)s
    FROM coming WHERE kind = 'owned' OR is_owned
    ORDER BY item_id
    ON CONFLICT DO NOTHING
    RETURNING item_id
"""
# The name of a connection is seen by the others before its transaction ends, and ends with it: how
# far the writing is can be told while nothing of it is to be seen.
_APPLYING = "seenemall applies "
_TELL = "SELECT set_config('application_name', %s, true)"
_PROGRESS = """
    SELECT split_part(application_name, ' ', 4) FROM pg_stat_activity
    WHERE starts_with(application_name, %s) AND datname = current_database() LIMIT 1
"""
# Dated viewings first: of what is told twice, the dated telling counts.
_APPLY = (
    *(
        _PUT_ASIDE,
        _COUNT,
        _VIEWINGS,
        _FOLLOW_SHOWS,
        _SHOWS,
        _KEEP_REPLACED,
        _RATE,
        _SEEN_SOME_TIME,
        _LIKINGS,
    ),
    *(_WISHES, _OWNED, MOVE_VERSION, "DROP TABLE coming"),
)


def hold_profile(cursor: Cursor[Any], user_id: str, profile: str | None) -> int | None:
    """The id of the profile, which other writes wait for; None where there is none."""
    row = cursor.execute(_PROFILE, {"user_id": user_id, "profile": profile}).fetchone()
    return None if row is None else int(row[0])


def make_profile(cursor: Cursor[Any], user_id: str, profile: str | None) -> int:
    """The same of a profile that is made where there is none.

    Raises NotFound in a household with limits, which gets no profile without its keeper.
    """
    cursor.execute(_CREATE_PROFILE, {"user_id": user_id, "profile": profile})
    made = hold_profile(cursor, user_id, profile)
    if made is None:
        raise UnknownProfile(profile)
    return made


def apply(
    cursor: Cursor[Any],
    import_id: int,
    *,
    profile_id: int,
    user_id: str,
    source: str,
    now: datetime,
    positions: Sequence[int] | None = None,
    tell: Callable[[int], None] | None = None,
    is_told: bool = True,
    is_renewed: bool = True,
) -> set[int]:
    """Writes what the matched rows, or those at these positions, say and the history lacks.

    Returns the titles of which anything was written. `tell` hears how far it is, in percent; other
    connections read it by `progress`, unless it is not to be told. With `is_renewed` it is noted
    that the import was applied now.
    """
    cursor.execute(PATIENCE)
    live = [one for (one,) in cursor.execute(_LIVE, {"user_id": user_id})]
    parameters = {
        "live": live,
        "is_live": import_id in live,
        "import_id": import_id,
        "profile_id": profile_id,
        "user_id": user_id,
        "source": source,
        "now": now,
        "positions": None if positions is None else list(positions),
    }
    written: set[int] = set()
    for done, statement in enumerate(_APPLY):
        percent = 100 * done // len(_APPLY)
        if is_told:
            cursor.execute(_TELL, (f"{_APPLYING}{import_id} {percent}",))
        if tell is not None:
            tell(percent)
        cursor.execute(statement, parameters)
        if cursor.description is not None:
            written.update(item for (item,) in cursor)
    if is_renewed:
        cursor.execute(_APPLIED, parameters)
    return written


def progress(cursor: Cursor[Any], import_id: int) -> int | None:
    """How far an import is that is being applied, in percent; None for others."""
    row = cursor.execute(_PROGRESS, (f"{_APPLYING}{import_id} ",)).fetchone()
    return int(row[0]) if row else None
