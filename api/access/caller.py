"""Who is asking, and what that allows."""

from dataclasses import dataclass
from typing import Literal

from api.platform.errors import NotAuthorised, NotFound

Scope = Literal["client", "user", "admin"]


@dataclass(frozen=True, slots=True)
class Caller:
    """The holder of one credential, or an anonymous one.

    `client` acts for any user, `user` for `user_id` alone, `admin` as a client and beyond.
    """

    scope: Scope
    identity: str  # stable and safe to log: never the credential itself
    user_id: str | None = None  # set for scope `user`

    @property
    def is_admin(self) -> bool:
        """Whether traces, keys and metrics are open to this caller."""
        return self.scope == "admin"

    def require_user(self, user_id: str) -> None:
        """Raises NotFound when the user is not the caller's: it must not learn who exists."""
        if self.scope == "user" and user_id != self.user_id:
            raise NotFound("No such user.")

    def require_admin(self) -> None:
        """Raises NotAuthorised unless the caller is an admin."""
        if not self.is_admin:
            raise NotAuthorised("This needs a credential of scope admin.")
