"""Hooks on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.access.hooks.hook_store import Hook
from api.platform.wire.inputs import ProfileName, Strict, Text
from api.viewers.hooks.hooks import Answer
from api.viewers.hooks.servers import HookSource

AccountName = Annotated[
    Text,
    Field(
        min_length=1,
        max_length=200,
        description="The name or id of an account there, in any case; * for everybody.",
    ),
]


class HookAccount(Strict):
    """Whose plays count, and for which profile."""

    account: AccountName
    profile: ProfileName | None = None


class HookIn(Strict):
    """A hook that is to be made."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"source": "jellyfin", "accounts": [{"account": "dana", "profile": None}]}
        }
    )

    source: Annotated[HookSource, Field(description="Which media server is to call.")]
    accounts: Annotated[
        list[HookAccount],
        Field(
            max_length=100,
            default_factory=list,
            description="Up to 100; plays of other accounts are not recorded.",
        ),
    ]

    def named(self) -> dict[str, str | None]:
        """The profile of each account."""
        return {one.account: one.profile for one in self.accounts}


class HookOut(BaseModel):
    """A hook as it is kept."""

    id: int
    source: str
    prefix: Annotated[str, Field(description="How its token begins.")]
    accounts: list[HookAccount]
    created_at: datetime

    @classmethod
    def of(cls, hook: Hook) -> "HookOut":
        """The same as the client sees it."""
        return cls(
            id=hook.id,
            source=hook.source,
            prefix=hook.prefix,
            accounts=_accounts(hook.accounts),
            created_at=hook.created_at,
        )


class HooksOut(BaseModel):
    """A user's hooks, the oldest first."""

    items: list[HookOut]


class HookMade(BaseModel):
    """A new hook. The token is shown once."""

    id: int
    token: str
    path: Annotated[str, Field(description="What the server is to call, by POST.")]


class HookRemoved(BaseModel):
    """The hook has ended."""

    ok: bool = True


class HookAnswer(BaseModel):
    """What became of a call."""

    ok: bool = True
    recorded: int
    because: Annotated[str | None, Field(description="Why nothing was recorded.")] = None

    @classmethod
    def of(cls, answer: Answer) -> "HookAnswer":
        """The same as the caller sees it."""
        return cls(recorded=answer.recorded, because=answer.because)


def _accounts(accounts: Mapping[str, str | None]) -> list[HookAccount]:
    return [
        HookAccount(account=account, profile=profile)
        for account, profile in sorted(accounts.items())
    ]
