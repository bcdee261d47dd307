"""What changing a watchlist answers."""

from typing import Annotated

from pydantic import BaseModel, Field


class WatchlistAdded(BaseModel):
    """The title is on the list now."""

    ok: bool = True
    added: Annotated[bool, Field(description="Whether it was not on it before.")]


class WatchlistRemoved(BaseModel):
    """The title is not on the list now."""

    ok: bool = True
    removed: Annotated[bool, Field(description="Whether it was on it before.")]
