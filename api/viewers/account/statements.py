"""Everything that is held of one user: handed over, or removed."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from psycopg import Cursor
from psycopg.rows import dict_row

from api.domain.profile_version import MOVED_VERSION
from api.viewers.events import ProfileKey

# Preferences, interactions, watchlist, feedback and kept answers of a profile go with it (ON DELETE
# CASCADE). Feedback that named no user but a list of theirs carries the profile too. Shadow lists
# go with the lists, and sessions within a profile with it.
_FORGET = """
WITH ended AS (DELETE FROM sessions WHERE user_id = %(user_id)s),
    unlocked AS (DELETE FROM household_pins WHERE user_id = %(user_id)s),
    brought AS (DELETE FROM imports WHERE user_id = %(user_id)s),
    chosen AS (DELETE FROM import_choices WHERE user_id = %(user_id)s),
    owned AS (DELETE FROM library WHERE user_id = %(user_id)s),
    unhooked AS (DELETE FROM hooks WHERE user_id = %(user_id)s),
    disconnected AS (DELETE FROM connections WHERE user_id = %(user_id)s),
    listed AS (
        DELETE FROM slates
        WHERE user_id = %(user_id)s
            OR id IN (SELECT slate_id FROM list_members WHERE user_id = %(user_id)s)
        RETURNING 1
    ),
    batched AS (DELETE FROM batch_lists WHERE user_id = %(user_id)s),
    gone AS (DELETE FROM profiles WHERE user_id = %(user_id)s RETURNING 1)
SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM listed)
"""

# A consent that did not change must not make cached answers stale.
_CONSENT = f"""
    INSERT INTO profiles AS known (user_id, profile, consent_collaborative, consent_llm)
    VALUES (%(user_id)s, %(profile)s, coalesce(%(collaborative)s, true), coalesce(%(llm)s, false))
    ON CONFLICT (user_id, profile) DO UPDATE
    SET consent_collaborative = coalesce(%(collaborative)s, known.consent_collaborative),
        consent_llm = coalesce(%(llm)s, known.consent_llm),
        {MOVED_VERSION}
    RETURNING consent_collaborative, consent_llm
"""  # noqa: S608 - no value is part of the text

_PROFILES = """
    SELECT profile, consent_collaborative AS collaborative, consent_llm AS llm, created_at,
        name, viewer_kind AS kind, max_age, unrated, country, services, languages
    FROM profiles WHERE user_id = %(user_id)s ORDER BY id
"""
_PREFERENCES = """
    SELECT profile, kind, value, stance, preferences.source, preferences.created_at
    FROM preferences JOIN profiles ON profiles.id = profile_id
    WHERE user_id = %(user_id)s ORDER BY preferences.created_at, profile_id, kind, value
"""
_HISTORY = """
    SELECT profile, item_id, media_type, tmdb_id, title, event_type, rating, weight, watched_at,
        occurred_at, recorded_at, snoozed_until, import_id, interactions.source, scale, episodes
    FROM interactions
    JOIN profiles ON profiles.id = profile_id
    JOIN items ON items.id = item_id
    WHERE user_id = %(user_id)s ORDER BY occurred_at, interactions.id
"""
_WATCHLIST = """
    SELECT profile, item_id, media_type, tmdb_id, title, added_at, import_id
    FROM watchlist
    JOIN profiles ON profiles.id = profile_id
    JOIN items ON items.id = item_id
    WHERE user_id = %(user_id)s ORDER BY added_at, profile_id, item_id
"""
_LIBRARY = """
    SELECT item_id, media_type, tmdb_id, title, added_at, import_id
    FROM library JOIN items ON items.id = item_id
    WHERE user_id = %(user_id)s ORDER BY added_at, item_id
"""
# By ix_imports_user_id, and from it by primary keys.
_IMPORTS = """
    SELECT id, profile, source, file_name, columns, columns_left, rating_scale, accounts, state,
        created_at, applied_at, via
    FROM imports WHERE user_id = %(user_id)s ORDER BY id
"""
_IMPORT_ROWS = """
    SELECT import_id, position, number, file, says, title_key, kind, watched_at, is_day, logged_at,
        rating::real, scale, season, episode, episodes, is_part, is_owned, reached, sought, status,
        item_id, left_item_id, certainty, candidates, reason, asked_at
    FROM imports JOIN import_rows ON import_id = id
    WHERE user_id = %(user_id)s ORDER BY import_id, position
"""
_IMPORT_REPLACED = """
    SELECT import_id, interaction_id, rating::real, scale, import_replaced.source, occurred_at,
        recorded_at, replaced_import_id
    FROM imports JOIN import_replaced ON import_id = id
    WHERE user_id = %(user_id)s ORDER BY import_id, interaction_id
"""
_IMPORT_CHOICES = """
    SELECT profile, source, title_key, item_id FROM import_choices
    WHERE user_id = %(user_id)s ORDER BY id
"""
_HOOKS = "SELECT id, source, prefix, created_at FROM hooks WHERE user_id = %(user_id)s ORDER BY id"
_HOOK_ACCOUNTS = """
    SELECT hook_id, account, profile FROM hooks JOIN hook_accounts ON hook_id = id
    WHERE user_id = %(user_id)s ORDER BY hook_id, account
"""
_CONNECTIONS = """
    SELECT profile, source, account, created_at, synced_at, synced_to, problem
    FROM connections WHERE user_id = %(user_id)s ORDER BY id
"""
_FEEDBACK = """
    SELECT profile, item_id, event_type, slate_id AS recommendation_id, place, meta, occurred_at
    FROM feedback JOIN profiles ON profiles.id = profile_id
    WHERE user_id = %(user_id)s ORDER BY feedback.id
"""
# By ix_slates_user_id. Of the evidence its head, which has the request with its words; the rest is
# figures of these items. See api/recommend/lists/stored_evidence.py.
_LISTS = """
    SELECT id AS recommendation_id, profile, strategy, assignment, created_at, item_ids, scores,
        origin AS made_with, evening, evidence
    FROM slates WHERE user_id = %(user_id)s ORDER BY created_at, id
"""
# By ix_list_members_user_id. Lists of others too, as far as they are about this user.
_SHARED_LISTS = """
    SELECT slate_id AS recommendation_id, list_members.profile, created_at, item_ids,
        ARRAY(
            SELECT nullif(fit, 'NaN') FROM unnest(fits) WITH ORDINALITY AS each (fit, at)
            ORDER BY at
        ) AS fits
    FROM list_members JOIN slates ON slates.id = slate_id
    WHERE list_members.user_id = %(user_id)s ORDER BY created_at, slate_id, place
"""
# By ix_batch_lists_user_id. A line is a page of one of the lists above.
_BATCHES = """
    SELECT batch_id, profile, created_at, expires_at
    FROM batch_lists JOIN batches ON batches.id = batch_id
    WHERE user_id = %(user_id)s ORDER BY created_at, batch_id, place
"""
_SHADOWS = """
    SELECT slate_id AS recommendation_id, shadow_lists.strategy, shadow_lists.item_ids
    FROM slates JOIN shadow_lists ON slate_id = id
    WHERE user_id = %(user_id)s ORDER BY created_at, id, shadow_lists.strategy
"""

# By ix_sessions_user_id and ix_sessions_entered_id.
_SESSIONS = """
    SELECT coalesce(entered.profile, sessions.profile) AS profile, sessions.created_at, expires_at
    FROM sessions LEFT JOIN profiles AS entered ON entered.id = entered_id
    WHERE sessions.user_id = %(user_id)s OR entered.user_id = %(user_id)s
    ORDER BY sessions.id
"""
# By ix_idempotency_keys_profile_id.
_KEYS = """
    SELECT profile, key, response, idempotency_keys.created_at
    FROM idempotency_keys JOIN profiles ON profiles.id = profile_id
    WHERE user_id = %(user_id)s ORDER BY idempotency_keys.created_at, key
"""
_PINS = (
    "SELECT set_at, tries, lockouts, locked_until FROM household_pins WHERE user_id = %(user_id)s"
)
_LENGTH_BYTES = 4  # of the head of evidence
_AT_A_TIME = 1_000  # rows of an export: 4 MB as they are written


def forget(cursor: Cursor[Any], user_id: str) -> tuple[int, int]:
    """Removes every row of the user; how many profiles and served lists there were."""
    row = cursor.execute(_FORGET, {"user_id": user_id}).fetchone()
    profiles, slates = row or (0, 0)
    return profiles, slates


def set_consent(
    cursor: Cursor[Any], viewer: ProfileKey, *, collaborative: bool | None, llm: bool | None
) -> tuple[bool, bool]:
    """Changes what is not None, creating the profile; the consents (collaborative, llm) now."""
    row = cursor.execute(
        _CONSENT,
        {
            "user_id": viewer.user_id,
            "profile": viewer.profile,
            "collaborative": collaborative,
            "llm": llm,
        },
    ).fetchone()
    assert row is not None  # noqa: S101 - an upsert that updates returns its row
    return row[0], row[1]


_HELD: Mapping[str, str] = {
    "profiles": _PROFILES,
    "preferences": _PREFERENCES,
    "history": _HISTORY,
    "watchlist": _WATCHLIST,
    "library": _LIBRARY,
    "imports": _IMPORTS,
    "import_rows": _IMPORT_ROWS,
    "import_replaced": _IMPORT_REPLACED,
    "import_choices": _IMPORT_CHOICES,
    "hooks": _HOOKS,
    "hook_accounts": _HOOK_ACCOUNTS,
    "connections": _CONNECTIONS,
    "feedback": _FEEDBACK,
    "recommendations": _LISTS,
    "shared_lists": _SHARED_LISTS,
    "batch_lists": _BATCHES,
    "sessions": _SESSIONS,
    "shadow_lists": _SHADOWS,
    "idempotency_keys": _KEYS,
    "household_pins": _PINS,
}


def held(cursor: Cursor[Any], user_id: str) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """Every row of the user, kind by kind, the oldest first.

    They are read as they come, some at a time: ten imports have two million. The rows of a kind
    are gone when the next kind is asked for.
    """
    for kind, statement in _HELD.items():
        with cursor.connection.cursor(kind, binary=True, row_factory=dict_row) as rows:
            rows.itersize = _AT_A_TIME
            rows.execute(statement, {"user_id": user_id})
            yield kind, map(_with_request, rows) if kind == "recommendations" else iter(rows)


def _with_request(row: dict[str, Any]) -> dict[str, Any]:
    """The row of a list with its request in place of its evidence."""
    evidence: bytes = row.pop("evidence")
    end = _LENGTH_BYTES + int.from_bytes(evidence[:_LENGTH_BYTES], "little")
    head = orjson.loads(evidence[_LENGTH_BYTES:end] or b"{}")
    # Lists of the first release call it a wish.
    return row | {"request": head.get("request", head.get("wish"))}
