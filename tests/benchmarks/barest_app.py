"""The smallest FastAPI service that asks the database for what a list could be made from: B."""

import os
import pickle
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
from fastapi import FastAPI
from psycopg_pool import ConnectionPool

from tests.benchmarks.barest_ann import BarestAnn

_STATEMENTS: list[BarestAnn] = pickle.loads(Path(os.environ["BENCH_STATEMENTS"]).read_bytes())
_MOST_CONNECTIONS = 8  # as many as the service has for its requests


def _prepare(connection: psycopg.Connection[Any]) -> None:
    connection.execute("SELECT set_config('hnsw.ef_search', %s, false)", (os.environ["BENCH_EF"],))


_POOL: ConnectionPool[psycopg.Connection[Any]] = ConnectionPool(
    os.environ["BENCH_DATABASE"],
    min_size=_MOST_CONNECTIONS,
    max_size=_MOST_CONNECTIONS,
    open=False,
    configure=_prepare,
    kwargs={"autocommit": True, "prepare_threshold": 1},
)


@asynccontextmanager
async def _opened(_app: FastAPI) -> AsyncIterator[None]:
    with _POOL:
        yield


app = FastAPI(lifespan=_opened)


@app.get("/ready")
async def ready() -> str:
    """Answers once the pool is open."""
    return "ready"


@app.get("/b/{viewer}", response_model=list[int])
def barest(viewer: int) -> list[int]:
    """The ids that B finds for this viewer."""
    asked = _STATEMENTS[viewer]
    with _POOL.connection() as connection, connection.cursor(binary=True) as cursor:
        rows = cursor.execute(asked.statement, asked.parameters).fetchall()
    return [item_id for (item_id,) in rows]
