"""A query or a form says one thing: each name once, and a query in bytes that are text.

Of two parameters a proxy and this service might believe another, and what stands for bytes that are
no text is the same for all of them: `%FE` and `%FF` would be one user.
"""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from fastapi import Request
from fastapi.exceptions import RequestValidationError

from api.platform.errors import InvalidInput


async def single_parameters(request: Request) -> None:
    """The dependency of every route.

    Raises RequestValidationError that names what is repeated, InvalidInput for what is no text.
    """
    if not request.url.query:
        return
    try:
        unquote_to_bytes(request.scope["query_string"]).decode()
    except UnicodeDecodeError as error:
        raise InvalidInput("The query is not percent-encoded UTF-8.") from error
    refuse_repeated("query", (name for name, _ in request.query_params.multi_items()))


def refuse_repeated(place: str, given: Iterable[str]) -> None:
    """Raises RequestValidationError that tells which names are given more than once."""
    times = Counter(given)
    repeated = [name for name, count in times.items() if count > 1]
    if repeated:
        raise RequestValidationError(
            [
                {"type": "repeated", "loc": (place, name), "msg": "given more than once"}
                for name in repeated
            ]
        )
