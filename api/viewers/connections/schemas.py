"""Connections on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.platform.wire.inputs import ProfileName, Strict, Text
from api.viewers.connections.connecting import Begun
from api.viewers.connections.connections import Connection
from api.viewers.connections.sources import SyncSource


class ConnectionIn(Strict):
    """A connection that is to be made. Where a source is, its operator has set."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"source": "jellyfin", "account": "dana"}}
    )

    source: Annotated[SyncSource, Field(description="What is to be asked.")]
    profile: ProfileName | None = None
    account: Annotated[
        Text | None,
        Field(min_length=1, max_length=200, description="Of Plex and Jellyfin: whose history."),
    ] = None


class ConnectionOut(BaseModel):
    """A connection as it is kept, without what opens the account."""

    id: int
    source: str
    profile: str | None
    account: str | None
    synced_at: Annotated[datetime | None, Field(description="When it was asked last.")]
    synced_to: Annotated[datetime | None, Field(description="The newest viewing that it told of.")]
    problem: Annotated[str | None, Field(description="What went wrong the last time.")]

    @classmethod
    def of(cls, one: Connection) -> "ConnectionOut":
        """The same as the client sees it."""
        return cls(
            id=one.id,
            source=one.source,
            profile=one.profile,
            account=one.account,
            synced_at=one.synced_at,
            synced_to=one.synced_to,
            problem=one.problem,
        )


class ConnectionsOut(BaseModel):
    """A user's connections, the oldest first."""

    items: list[ConnectionOut]


class ConnectionMade(BaseModel):
    """A new connection, which the worker asks at its next turn."""

    id: int


class CodeIn(Strict):
    """For which profile an account at Trakt is to be connected."""

    model_config = ConfigDict(json_schema_extra={"example": {"profile": None}})

    profile: ProfileName | None = None


class CodeOut(BaseModel):
    """What the account's holder types in, and where."""

    user_code: str
    address: str
    expires_in: Annotated[int, Field(description="Seconds.")]
    interval: Annotated[int, Field(description="Seconds between two questions, at least.")]
    pending: Annotated[str, Field(description="What to ask with whether they have.")]

    @classmethod
    def of(cls, begun: Begun) -> "CodeOut":
        """The same as the client sees it."""
        return cls(
            user_code=begun.code.user,
            address=begun.code.address,
            expires_in=begun.code.seconds,
            interval=begun.code.interval,
            pending=begun.pending,
        )


class PendingIn(Strict):
    """A connection that was begun."""

    model_config = ConfigDict(json_schema_extra={"example": {"pending": "pending of the code"}})

    pending: Annotated[
        Text, Field(min_length=1, max_length=4000, description="`pending` of the code.")
    ]


class TraktConnected(BaseModel):
    """Whether the holder has typed the code in yet; `id` from then on."""

    connected: bool
    id: int | None = None


class ConnectionRemoved(BaseModel):
    """The connection has ended."""

    ok: bool = True
