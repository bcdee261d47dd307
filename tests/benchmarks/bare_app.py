"""The smallest FastAPI service that sends the same bytes: what a page would cost without us."""

import os
from pathlib import Path

from fastapi import FastAPI, Response

app = FastAPI()
_BODY = Path(os.environ["BENCH_BODY"]).read_bytes()


@app.get("/bytes")
async def ready_made() -> Response:
    """The bytes of a page, with nothing done for them."""
    return Response(_BODY, media_type="application/json")
