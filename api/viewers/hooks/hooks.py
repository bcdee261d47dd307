"""What a media server tells of a play: whose it is, and whether it joins their history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from api.access.hooks.hook_store import EVERYBODY, Hook, HookStore
from api.access.households import Households
from api.platform.errors import InvalidInput, NotAuthenticated, NotFound
from api.viewers.events import ProfileKey
from api.viewers.hooks.servers import SERVERS, HookSource
from api.viewers.imports.live import LiveIntake, Taken
from api.viewers.imports.read_export import ANOTHER_SHAPE, checked, storable
from api.viewers.imports.row import Row

_NOT_MAPPED = "of an account that this hook does not count"
_NO_PROFILE_NAMED = (
    "in a household with limits, everybody's plays count for no profile until the hook names one"
)
_NO_PROFILE = "of a profile that this household does not have"
_KNOWN = "known already"
_WAITS = "waits for its title"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a call; `because` says why nothing was recorded."""

    recorded: int
    because: str | None = None


class Hooks:
    """The use cases of /hooks and of a user's hooks."""

    def __init__(
        self,
        store: HookStore,
        intake: LiveIntake,
        households: Households,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._intake = intake
        self._households = households
        self._clock = clock

    def take(self, hook: Hook, source: HookSource, body: Mapping[str, Any]) -> Answer:
        """Records a play that came to its end, once.

        Raises NotAuthenticated for a hook of another kind of server, InvalidInput for a body of
        another shape.
        """
        if hook.source != source:
            raise NotAuthenticated(f"This token is of a hook for {hook.source}.")
        if not SERVERS[source].tells(body):
            raise InvalidInput(f"The body names no event, as each of {source}'s webhooks does.")
        account = hook.account_of(SERVERS[source].names(body))
        if account is None:
            return Answer(0, _NOT_MAPPED)
        profile = hook.accounts[account]
        if (kept_out := self._kept_out(hook.user_id, account, profile)) is not None:
            return Answer(0, kept_out)
        row = self._row(source, body)
        if row.skipped is not None:
            return Answer(0, row.skipped)
        try:
            taken = self._intake.take(ProfileKey(hook.user_id, profile), source, "hook", [row])
        except NotFound:
            return Answer(0, _NO_PROFILE)
        return _answer(taken)

    def add(
        self, user_id: str, source: HookSource, accounts: Mapping[str, str | None]
    ) -> tuple[int, str]:
        """A new hook: its id, and its token, once.

        Raises InvalidInput where it is not said whose plays count.
        """
        if not accounts and source == "kodi":  # it names no account
            accounts = {EVERYBODY: None}
        if not accounts:
            raise InvalidInput(
                "must say whose plays count: the name of an account there, or * for everybody's",
                field="accounts",
            )
        if len({name.casefold() for name in accounts}) < len(accounts):
            raise InvalidInput("an account is named twice", field="accounts")
        if EVERYBODY in accounts and self._kept_out(user_id, EVERYBODY, accounts[EVERYBODY]):
            raise InvalidInput(
                "in a household with limits, everybody's plays count for a profile that has a "
                "name: say which",
                field="accounts",
            )
        return self._store.add(user_id, source, accounts)

    def of(self, user_id: str) -> list[Hook]:
        """The user's hooks, the oldest first."""
        return self._store.all(user_id)

    def remove(self, user_id: str, hook_id: int) -> None:
        """Ends a hook; what it brought stays. Raises NotFound where the user has none."""
        if not self._store.remove(hook_id, user_id=user_id):
            raise NotFound("No such hook.")

    def _kept_out(self, user_id: str, account: str, profile: str | None) -> str | None:
        """Why an account's plays do not count where a household has limits.

        Who `*` stands for may be the child, but for an adult who limits nobody but themself; and a
        profile that there is not is none, as everywhere.
        """
        if profile is None and account != EVERYBODY:
            return None
        household = self._households.of(user_id, profile)
        if not household.has_limits:
            return None
        if profile is None:
            is_own = self._households.limits_unnamed_adult_alone(user_id)
            return None if is_own else _NO_PROFILE_NAMED
        return None if household.is_known else _NO_PROFILE

    def _row(self, source: HookSource, body: Mapping[str, Any]) -> Row:
        now = self._clock()
        try:
            row = storable(SERVERS[source].reads(body, source))
        except ANOTHER_SHAPE as error:
            raise InvalidInput(f"The body is not of the shape of {source}'s webhooks.") from error
        row = checked(row, now, row.account)
        if row.kind == "watched" and row.watched_at is None:
            return replace(row, watched_at=now)
        return row


def _answer(taken: Taken) -> Answer:
    if taken.recorded:
        return Answer(taken.recorded)
    return Answer(0, _WAITS if taken.waiting else _KNOWN if taken.known else None)
