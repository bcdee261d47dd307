"""The header Idempotency-Key of writes that may be sent twice."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated

from fastapi import Header
from pydantic import BaseModel

from api.platform.idempotency import Repeatable
from api.platform.wire.wrong_field import Shaped

IdempotencyKey = Annotated[
    Annotated[str, Shaped(r"^[!-~]{1,200}$", "1 to 200 visible characters of ASCII, no spaces")]
    | None,
    Header(
        description="The same key and body again gets the first answer, and changes nothing.",
    ),
]


def repeatable(caller: str, key: str | None, body: Sequence[BaseModel]) -> Repeatable | None:
    """A request that comes with a key; None for one that comes without."""
    if key is None:
        return None
    digest = sha256()
    for part in body:
        digest.update(part.model_dump_json().encode() + b"\n")
    return Repeatable(caller, key, digest.digest())
