"""TMDB as a request asks it: once, without patience. The jobs' client (etl/tmdb) has all the time.

What is asked for goes into the query, where it is data whatever it is; paths hold numbers alone.
Neither the name nor the key is part of any message.
"""

import logging
from collections.abc import Mapping
from typing import TypeVar

import httpx2
from pydantic import BaseModel, ValidationError

from api.platform.errors import EntitySearchUnavailable
from config.tmdb_credentials import TMDB_REFUSES_THE_KEY, TmdbCredentials

Document = TypeVar("Document", bound=BaseModel)

_LARGEST_ANSWER_BYTES = 2**20  # a page of twenty hits takes about 20 KB
_CONNECTIONS = 8
_ATTEMPTS = 2  # a connection that was kept open may have been closed at the other end


class TooManyRequests(EntitySearchUnavailable):
    """TMDB wants to be left alone for a while."""

    def __init__(self, *, retry_after_seconds: float) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__("TMDB is asked too often (429).")


class TmdbSearchClient:
    """One connection pool, used on one event loop. Who awaits bounds the time."""

    def __init__(self, base_url: str, credentials: TmdbCredentials) -> None:
        logging.getLogger("httpx2").setLevel(logging.WARNING)  # it logs URLs with their query
        self._client = httpx2.AsyncClient(
            base_url=f"{base_url.rstrip('/')}/",
            headers={
                "User-Agent": "seenemall",
                # What a compressed body grows to shows only when it is too late.
                "Accept-Encoding": "identity",
                **credentials.headers,
            },
            params=credentials.query,
            timeout=None,
            # A redirect would carry the key to an address nobody set.
            follow_redirects=False,
            limits=httpx2.Limits(max_connections=_CONNECTIONS),
        )

    async def get(
        self, path: str, query: Mapping[str, str], answer: type[Document]
    ) -> Document | None:
        """The document at `path`, None where there is none (404).

        Raises EntitySearchUnavailable for everything that is no such document.
        """
        for _ in range(_ATTEMPTS - 1):
            try:
                return await self._get(path, query, answer)
            except httpx2.TransportError:
                continue
        try:
            return await self._get(path, query, answer)
        except httpx2.TransportError as error:
            raise EntitySearchUnavailable(
                f"TMDB cannot be reached ({type(error).__name__})."
            ) from None

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def _get(
        self, path: str, query: Mapping[str, str], answer: type[Document]
    ) -> Document | None:
        async with self._client.stream("GET", path, params=query) as response:
            if response.status_code == httpx2.codes.NOT_FOUND:
                return None
            _refuse_failure(response)
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > _LARGEST_ANSWER_BYTES:
                    raise EntitySearchUnavailable("TMDB sent too much.")
        try:
            return answer.model_validate_json(bytes(body))
        except ValidationError:
            # Not chained: the error quotes the answer.
            raise EntitySearchUnavailable("TMDB gave an unreadable answer.") from None


def _refuse_failure(response: httpx2.Response) -> None:
    status = response.status_code
    if status == httpx2.codes.UNAUTHORIZED:
        raise EntitySearchUnavailable(TMDB_REFUSES_THE_KEY)
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        seconds = response.headers.get("Retry-After", "")
        raise TooManyRequests(retry_after_seconds=float(seconds) if seconds.isdecimal() else 1.0)
    if status != httpx2.codes.OK:
        raise EntitySearchUnavailable(f"TMDB answered {status}.")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise EntitySearchUnavailable("TMDB compressed its answer though asked not to.")
