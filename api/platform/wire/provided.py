"""How a handler gets the use case it calls: by its class, from those that the process was made of.

A feature's routes name their own feature only, so that they can live beside it.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

from fastapi import FastAPI, Request

Provided = TypeVar("Provided")


def provide(app: FastAPI, *services: object) -> None:
    """Makes each of these what handlers of this app get for its class."""
    app.state.provided = {type(service): service for service in services}


def provided(kind: type[Provided]) -> Callable[[Request], Awaitable[Provided]]:
    """The dependency that is this app's instance of `kind`: `Annotated[X, Depends(provided(X))]`.

    Raises KeyError in a request for a class that nobody provided.
    """

    async def find(request: Request) -> Provided:
        return cast(Provided, request.app.state.provided[kind])

    return find
