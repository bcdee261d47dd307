"""A user's rights over what is held of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from api.platform.database import Database
from api.platform.retried import retried
from api.viewers.account import statements as users
from api.viewers.events import ProfileKey


@dataclass(frozen=True, slots=True)
class Consent:
    """What a profile allows: others learning from it, a hosted model being told of it."""

    collaborative: bool
    llm: bool


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was removed."""

    profiles: int
    recommendations: int


class Users:
    """The use cases of /users/{user_id}."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def forget(self, user_id: str) -> Forgotten:
        """Removes every trace of a user."""

        def write() -> Forgotten:
            with self._database.transaction() as cursor:
                return Forgotten(*users.forget(cursor, user_id))

        return retried(write)

    @contextmanager
    def held(self, user_id: str) -> Iterator[Iterator[tuple[str, Iterator[dict[str, Any]]]]]:
        """Everything held of a user, kind by kind, read as of one moment while the block runs."""
        with self._database.transaction() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield users.held(cursor, user_id)

    def set_consent(
        self, viewer: ProfileKey, *, collaborative: bool | None, llm: bool | None
    ) -> Consent:
        """Changes what is not None; in force for the very next request."""

        def write() -> Consent:
            with self._database.transaction() as cursor:
                consents = users.set_consent(cursor, viewer, collaborative=collaborative, llm=llm)
                return Consent(*consents)

        return retried(write)
