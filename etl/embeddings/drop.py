"""Drops embedding spaces that are no longer searched, without stopping the service.

The index goes first, without a lock that readers or writers would wait for; then the vectors, a
batch per transaction; the row last, so that a drop that was stopped is finished by the next one.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from api.catalogue.embeddings.embedding_spaces import delete_space, delete_vectors
from api.catalogue.embeddings.space_index import drop_index
from api.catalogue.index.index_state import SpaceState, read_spaces
from api.platform.database import Database
from api.platform.errors import InvalidInput, NotFound
from etl.running.job import Busy, locked

_BATCH = 5000


def drop_space(database: Database, space_id: int) -> SpaceState:
    """Drops one space; returns what it was.

    Raises NotFound for an unknown one, InvalidInput for the active one or while `embed` is at work.
    """
    with _embed_at_rest(database):
        space = _inactive(read_spaces(database), space_id)
        _drop(database, space)
    return space


def drop_old_spaces(database: Database) -> list[SpaceState]:
    """Drops every space that was active once, so none that is still being filled; returns them.

    Raises InvalidInput while `embed` is at work.
    """
    with _embed_at_rest(database):
        old = [
            space
            for space in read_spaces(database)
            if space.built_at is not None and not space.active
        ]
        for space in old:
            _drop(database, space)
    return old


def _inactive(spaces: Sequence[SpaceState], space_id: int) -> SpaceState:
    space = next((space for space in spaces if space.id == space_id), None)
    if space is None:
        raise NotFound(f"There is no embedding space {space_id}.")
    if space.active:
        raise InvalidInput(
            f"Embedding space {space_id} is the one that is searched; it can be dropped once "
            "`make embed` has switched to another."
        )
    return space


def _drop(database: Database, space: SpaceState) -> None:
    drop_index(database.engine, space.id)
    last: int | None = 0
    while last is not None:
        with database.engine.begin() as connection:
            last = delete_vectors(connection, space.id, after=last, rows=_BATCH)
    with database.engine.begin() as connection:
        delete_space(connection, space.id)


@contextmanager
def _embed_at_rest(database: Database) -> Iterator[None]:
    """Keeps the job from filling or switching to the very space."""
    with ExitStack() as at_rest:
        try:
            at_rest.enter_context(locked(database, "embed"))
        except Busy:
            raise InvalidInput(
                "The job `embed` is at work; drop spaces when it has ended."
            ) from None
        yield
