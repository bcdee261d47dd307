"""The HTTP client under both SDKs: answers of a bounded size, no redirects, no ambient keys.

Time is bounded by who awaits: a cancelled request closes its connection.
"""

import logging
import re
from collections.abc import AsyncIterator, Mapping

import httpx2

from api.platform.errors import LanguageModelBusy, LanguageModelUnavailable

_LARGEST_ANSWER_BYTES = 2**20  # an answer to the rerank prompt takes a few thousand
_CONNECTIONS = 16
_TOO_MANY_REQUESTS = 429
_SECONDS = re.compile(r"[0-9]{1,9}")
# The SDKs fill these from variables of the process that Settings does not read.
_CREDENTIALS = ("authorization", "x-goog-api-key", "openai-organization", "openai-project")


def bounded_client(provider: str, credentials: Mapping[str, str]) -> httpx2.AsyncClient:
    """A client whose requests carry these credential headers and no others."""
    for chatty in ("httpx2", "openai", "google_genai"):
        logging.getLogger(chatty).setLevel(logging.WARNING)

    async def set_credentials(request: httpx2.Request) -> None:
        for name in _CREDENTIALS:
            request.headers.pop(name, None)
        request.headers.update(credentials)

    async def obey_retry_after(response: httpx2.Response) -> None:
        # Here, because each SDK's errors state it differently; a date is rare and not read.
        asked = response.headers.get("retry-after", "")
        if response.status_code == _TOO_MANY_REQUESTS and _SECONDS.fullmatch(asked):
            raise LanguageModelBusy(
                f"{provider} answered {_TOO_MANY_REQUESTS}.", retry_after_seconds=float(asked)
            )

    async def bound_answer(response: httpx2.Response) -> None:
        # What a compressed body grows to shows only when it is too late.
        if response.headers.get("content-encoding", "identity") != "identity":
            raise LanguageModelUnavailable(f"{provider} compressed its answer though asked not to.")
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _BoundedStream(response.stream, provider)

    return httpx2.AsyncClient(
        headers={"Accept-Encoding": "identity"},
        timeout=None,
        # A redirect would carry prompt and key to an address nobody set.
        follow_redirects=False,
        limits=httpx2.Limits(max_connections=_CONNECTIONS),
        event_hooks={"request": [set_credentials], "response": [obey_retry_after, bound_answer]},
    )


class _BoundedStream(httpx2.AsyncByteStream):
    """A body that breaks off when it grows too large."""

    def __init__(self, body: httpx2.AsyncByteStream, provider: str) -> None:
        self._body = body
        self._provider = provider

    async def __aiter__(self) -> AsyncIterator[bytes]:
        received = 0
        async for chunk in self._body:
            received += len(chunk)
            if received > _LARGEST_ANSWER_BYTES:
                raise LanguageModelUnavailable(f"{self._provider} sent too much.")
            yield chunk

    async def aclose(self) -> None:
        await self._body.aclose()
