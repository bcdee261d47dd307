"""Embedding spaces without an encoder."""

import numpy as np

from api.catalogue.embeddings.embedding_spaces import Space, open_space, switch_to, write_vectors
from api.catalogue.embeddings.space_index import build_index
from api.platform.database import Database

DIMENSION = 8


def fill_space(
    database: Database, item_ids: list[int], *, version: str = "1", model: str = "hash"
) -> Space:
    """A space that holds a vector of each item."""
    vectors = np.random.default_rng(0).normal(size=(len(item_ids), DIMENSION))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with database.engine.begin() as connection:
        space = open_space(
            connection, model=model, version=version, template="basic", dimension=DIMENSION
        )
        hashes = [item.to_bytes(16, "big") for item in item_ids]
        write_vectors(connection, space, item_ids, vectors.astype(np.float32), hashes)
    return space


def activate(database: Database, space: Space) -> None:
    """Indexes the space and switches to it, as the job does."""
    build_index(database.engine, space_id=space.id, dimension=space.dimension)
    with database.engine.begin() as connection:
        switch_to(connection, space)
