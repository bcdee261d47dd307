"""Beginning, changing and ending sessions."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from api.access.caller import Caller
from api.access.holder import Holder
from api.access.households import Households
from api.access.sessions.pins import Pins
from api.access.sessions.session_store import Entered, Session, SessionStore
from api.platform.errors import InvalidInput, NotAuthenticated, UnknownProfile
from api.platform.retried import retried

LASTS = timedelta(days=30)
_CODE_LASTS = timedelta(minutes=5)
# Without letters that look like figures; 8 of them are 40 bits for five minutes.
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """The profile that a session is to be for; user_id None: the one that it speaks for."""

    user_id: str | None
    profile: str | None


@dataclass(frozen=True, slots=True)
class Code:
    """What lets another device in, once."""

    code: str
    expires_at: datetime


class Sessions:
    """The use cases of /session."""

    def __init__(
        self,
        store: SessionStore,
        pins: Pins,
        households: Households,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._pins = pins
        self._households = households
        self._clock = clock

    def start(
        self, caller: Caller, token: str | None, entry: Entry | None, *, pin: str | None
    ) -> str:
        """The token of a session of the caller's, in place of that of `token` if they came by it.

        Entering a child's profile binds it. Raises NotAuthorised or RateLimited where leaving one
        takes a PIN that is not given, NotFound for a profile that there is not.
        """
        before = self._of(caller, token)
        by = caller.holder if before is None else before.by
        entered = before.entered if before is not None else None
        if entered is not None and self._leaves(entered, entry, pin):
            self._pins.check(entered.user_id, pin)
            entered = None
        if entry is not None:
            entered = self._entered(by, entry, entered)
        until = self._end_of(by)
        if before is not None and before.entered is not None and entered is not None:
            until = min(until, before.expires_at)  # a child's own ends when it was to end
        session = Session(by, until, entered)
        started = new_token()
        retried(lambda: self._store.start(session, started, in_place_of=before))
        return started

    def offer(self, caller: Caller, token: str | None, entry: Entry | None) -> Code:
        """A code that begins a session as the caller's own is, or within a child's profile.

        Whoever leaves that with the household's PIN, on whatever device, speaks for the household
        and not for all that the caller does.
        """
        own = self._of(caller, token)
        by = caller.holder if own is None else own.by
        entered = None if own is None else own.entered
        if entry is not None:
            if entered is not None:
                caller.require_profile(entry.user_id or entered.user_id, entry.profile)
            else:
                entered = self._entered(by, entry, None)
        if entered is not None and by.scope != "user":
            by = replace(by, scope="user", user_id=entered.user_id)
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
        until = self._clock() + _CODE_LASTS
        self._store.offer(Session(by, self._end_of(by), entered), code, until)
        return Code(code, until)

    def redeem(self, code: str) -> str:
        """The token of the session that a code begins; raises NotAuthenticated."""
        token = new_token()
        if not self._store.redeem(code.upper().replace("-", ""), token):
            raise NotAuthenticated("The code is not valid, or not any more.")
        return token

    def end(self, caller: Caller, token: str | None) -> bool:
        """Ends the caller's session, if they came by one; raises NotAuthorised in a child's."""
        session = self._of(caller, token)
        if session is None:
            return False
        if session.entered is not None:
            self._pins.check(session.entered.user_id, None)
        self._store.end(session)
        return True

    def end_all(self, user_id: str) -> int:
        """Ends every session of a user, on every device; how many there were."""
        return self._store.end_all(user_id)

    def _of(self, caller: Caller, token: str | None) -> Session | None:
        if caller.holder.session is None or token is None:
            return None
        session = self._store.find(token)
        if session is None:
            raise NotAuthenticated("The session has ended; begin another with POST /session.")
        return session

    @staticmethod
    def _leaves(entered: Entered, entry: Entry | None, pin: str | None) -> bool:
        if entry is None:
            return pin is not None
        user_id = entry.user_id or entered.user_id
        return (user_id, entry.profile) != (entered.user_id, entered.profile)

    def _entered(self, by: Holder, entry: Entry, entered: Entered | None) -> Entered | None:
        """The child's profile that this enters; None for another, which binds nothing."""
        user_id = entry.user_id or (entered.user_id if entered is not None else by.user_id)
        if user_id is None:
            raise InvalidInput("needs a user_id", field="profile")
        limits = Caller(by, self._households).require_viewer(user_id, entry.profile)
        profile_id = self._store.profile_id(user_id, entry.profile)
        if profile_id is None and entry.profile is not None:
            raise UnknownProfile(entry.profile)
        if profile_id is None or not (limits.is_child or limits.hide_titles):
            return None
        return Entered(profile_id, user_id, entry.profile)

    def _end_of(self, by: Holder) -> datetime:
        """A token's session ends with the token."""
        longest = self._clock() + LASTS
        return longest if by.expires_at is None else min(longest, by.expires_at)


def new_token() -> str:
    """What a cookie holds: 256 random bits."""
    return secrets.token_urlsafe(32)
