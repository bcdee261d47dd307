"""A query parameter is given once: of two, a proxy and this service might believe another."""

from collections import Counter

from fastapi import Request
from fastapi.exceptions import RequestValidationError


async def single_parameters(request: Request) -> None:
    """The dependency of every route; raises RequestValidationError that names what is repeated."""
    if not request.url.query:
        return
    times = Counter(name for name, _ in request.query_params.multi_items())
    repeated = [name for name, count in times.items() if count > 1]
    if repeated:
        raise RequestValidationError(
            [
                {"type": "repeated", "loc": ("query", name), "msg": "given more than once"}
                for name in repeated
            ]
        )
