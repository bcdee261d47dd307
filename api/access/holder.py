"""What a credential says of who holds it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Scope = Literal["client", "user", "admin"]
ANONYMOUS = "anonymous"  # who holds no credential where none is configured


@dataclass(frozen=True, slots=True)
class Holder:
    """What a credential says of who holds it.

    `client` acts for any user, `user` for `user_id` alone, `admin` as a client and beyond.
    """

    scope: Scope
    identity: str  # stable and safe to log: never the credential itself
    user_id: str | None = None  # set for scope `user`
    is_bound: bool = False  # to one profile of the user, which is all that it speaks for
    profile: str | None = None  # that one
    expires_at: datetime | None = None  # of a token or session
    session: int | None = None  # the id of the session that it came by
    has_entered: bool = False  # a child's profile, which takes the household's PIN to leave
