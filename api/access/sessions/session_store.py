"""Sessions and the codes that start them, kept as SHA-256 of random bits.

A session remembers which credential it came from and what that allowed. Whoever entered a child's
profile has it bound to that profile until the household's PIN is given; it goes with the profile.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from psycopg import Cursor

from api.access.credential_digest import credential_digest
from api.access.holder import Holder, Scope
from api.platform.database import Database
from api.platform.questions import Asking, Question

_COLUMNS = "scope, holder, user_id, is_bound, profile, entered_id, expires_at"

# By uq_sessions_token_hash; the key by a table of a few rows.
_FIND = """
    SELECT sessions.id, scope, holder, sessions.user_id, is_bound, sessions.profile, expires_at,
        entered_id, entered.user_id, entered.profile,
        EXISTS (
            SELECT FROM api_keys WHERE 'key:' || prefix = holder AND revoked_at IS NULL
        )
    FROM sessions LEFT JOIN profiles AS entered ON entered.id = entered_id
    WHERE token_hash = %(token_hash)s AND expires_at > now()
"""
_ADD = f"""
    INSERT INTO sessions (token_hash, code_hash, code_expires_at, {_COLUMNS})
    VALUES (%(token_hash)s, %(code_hash)s, %(code_expires_at)s, %(scope)s, %(holder)s, %(user_id)s,
        %(is_bound)s, %(profile)s, %(entered_id)s, %(expires_at)s)
"""  # noqa: S608 - no value is part of the text
# One of two who redeem the same code at once finds the row changed.
_REDEEM = """
    UPDATE sessions SET token_hash = %(token_hash)s, code_hash = NULL, code_expires_at = NULL
    WHERE code_hash = %(code_hash)s AND code_expires_at > now() AND expires_at > now()
"""
_END = "DELETE FROM sessions WHERE id = %s"
# By ix_sessions_user_id and ix_sessions_entered_id.
_END_OF_USER = """
    DELETE FROM sessions WHERE user_id = %(user_id)s
        OR entered_id IN (SELECT id FROM profiles WHERE user_id = %(user_id)s)
"""
# By ix_sessions_expires_at and ix_sessions_code_expires_at.
_END_EXPIRED = "DELETE FROM sessions WHERE expires_at <= now() OR code_expires_at <= now()"
_PROFILE_ID = """
    SELECT id FROM profiles
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
"""


@dataclass(frozen=True, slots=True)
class Entered:
    """A child's profile that a session is bound to."""

    id: int
    user_id: str
    profile: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """What a session allows; `by` is the credential that it came from."""

    by: Holder
    expires_at: datetime
    entered: Entered | None = None
    id: int = 0  # once it is stored
    key_is_valid: bool = False  # whether `by` is a key of the database that is not revoked

    @property
    def holder(self) -> Holder:
        """Who comes by it."""
        holder = self.by
        if self.entered is not None:
            holder = Holder(
                scope="user",
                identity="",
                user_id=self.entered.user_id,
                is_bound=True,
                profile=self.entered.profile,
                has_entered=True,
            )
        return replace(
            holder,
            identity=f"session:{self.id}",
            session=self.id,
            expires_at=self.expires_at,
        )


class SessionStore:
    """The table of sessions. Nothing is cached: one that has ended fails in every process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, token: str) -> Session | None:
        """The session of a token, while it lasts."""
        return self._database.answered(self.finding(token))

    def finding(self, token: str) -> Asking[Session | None]:
        """The same, as it is asked."""
        row = yield Question(_FIND, {"token_hash": credential_digest(token)})
        return None if row is None else _session(*row)

    def start(self, session: Session, token: str, *, in_place_of: Session | None = None) -> None:
        """Keeps a session; the one that it takes the place of ends."""
        with self._database.transaction() as cursor:
            cursor.execute(_END_EXPIRED)
            if in_place_of is not None:
                cursor.execute(_END, (in_place_of.id,))
            _add(cursor, session, token_hash=credential_digest(token))

    def offer(self, session: Session, code: str, code_expires_at: datetime) -> None:
        """Keeps a session that begins when its code is redeemed."""
        with self._database.transaction() as cursor:
            cursor.execute(_END_EXPIRED)
            _add(
                cursor, session, code_hash=credential_digest(code), code_expires_at=code_expires_at
            )

    def redeem(self, code: str, token: str) -> bool:
        """Begins the session of a code, once; whether there is one."""
        parameters = {"code_hash": credential_digest(code), "token_hash": credential_digest(token)}
        with self._database.autocommit() as cursor:
            return cursor.execute(_REDEEM, parameters).rowcount == 1

    def end(self, session: Session) -> None:
        """Ends one session."""
        with self._database.autocommit() as cursor:
            cursor.execute(_END, (session.id,))

    def end_all(self, user_id: str) -> int:
        """Ends every session that speaks for the user or a profile of theirs; how many."""
        with self._database.autocommit() as cursor:
            return cursor.execute(_END_OF_USER, {"user_id": user_id}).rowcount

    def profile_id(self, user_id: str, profile: str | None) -> int | None:
        """The id of a profile, None where there is none."""
        with self._database.autocommit() as cursor:
            key = {"user_id": user_id, "profile": profile}
            row = cursor.execute(_PROFILE_ID, key).fetchone()
        return None if row is None else row[0]


def _add(cursor: Cursor[Any], session: Session, **hashes: object) -> None:
    by = session.by
    cursor.execute(
        _ADD,
        {
            "token_hash": None,
            "code_hash": None,
            "code_expires_at": None,
            **hashes,
            "scope": by.scope,
            "holder": by.identity,
            "user_id": by.user_id,
            "is_bound": by.is_bound,
            "profile": by.profile,
            "entered_id": None if session.entered is None else session.entered.id,
            "expires_at": session.expires_at,
        },
    )


def _session(
    session_id: int,
    scope: Scope,
    identity: str,
    user_id: str | None,
    is_bound: bool,
    profile: str | None,
    expires_at: datetime,
    entered_id: int | None,
    entered_user: str | None,
    entered_profile: str | None,
    key_is_valid: bool,
) -> Session:
    entered = None
    if entered_id is not None and entered_user is not None:
        entered = Entered(entered_id, entered_user, entered_profile)
    by = Holder(
        scope,
        identity,
        user_id,
        is_bound=is_bound,
        profile=profile,
        # A token's session ends with the token, however often it is begun anew.
        expires_at=expires_at if scope == "user" else None,
    )
    return Session(by, expires_at, entered, session_id, key_is_valid)
