"""What a media server tells of a play: whose it is, and whether it joins their history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from api.access.hooks.hook_store import EVERYBODY, Hook, HookStore
from api.platform.errors import InvalidInput, NotAuthenticated, NotFound
from api.viewers.events import ProfileKey
from api.viewers.hooks.servers import SERVERS, HookSource
from api.viewers.imports.live import LiveIntake, Taken
from api.viewers.imports.read_export import ANOTHER_SHAPE, checked, storable
from api.viewers.imports.row import Row

_NOT_MAPPED = "of an account that this hook does not count"
_NO_PROFILE = "of an account whose profile the household does not have"
_KNOWN = "known already"
_WAITS = "waits for its title"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a call; `because` says why nothing was recorded."""

    recorded: int
    because: str | None = None


class Hooks:
    """The use cases of /hooks and of a user's hooks."""

    def __init__(self, store: HookStore, intake: LiveIntake, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._intake = intake
        self._clock = clock

    def take(self, hook: Hook, source: HookSource, body: Mapping[str, Any]) -> Answer:
        """Records a play that came to its end, once.

        Raises NotAuthenticated for a hook of another kind of server, InvalidInput for a body of
        another shape.
        """
        if hook.source != source:
            raise NotAuthenticated(f"This token is of a hook for {hook.source}.")
        counts, profile = hook.counts_for(SERVERS[source].names(body))
        if not counts:
            return Answer(0, _NOT_MAPPED)
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
                "Say whose plays count: the name of an account there, or * for everybody's."
            )
        if len({name.casefold() for name in accounts}) < len(accounts):
            raise InvalidInput("An account is named twice.")
        return self._store.add(user_id, source, accounts)

    def of(self, user_id: str) -> list[Hook]:
        """The user's hooks, the oldest first."""
        return self._store.all(user_id)

    def remove(self, user_id: str, hook_id: int) -> None:
        """Ends a hook; what it brought stays. Raises NotFound where the user has none."""
        if not self._store.remove(hook_id, user_id=user_id):
            raise NotFound("No such hook.")

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
