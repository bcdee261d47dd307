"""Opaque, signed cursors: any worker process of one database reads what another one signed."""

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from hashlib import sha256
from threading import Lock
from typing import Any

from cachetools import LRUCache
from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.serializer import Serializer

from api.platform.errors import InvalidCursor

LONGEST_CURSOR = 2000

# A page is mostly followed by the next one: what this process has signed of late is not verified.
_SIGNED_OF_LATE = 1024


class _AsItIs(URLSafeSerializer):
    """Signs without trying to compress, which takes six times as long and spares a cursor nothing.

    It reads what was signed compressed before, as a sign in front says which it is.
    """

    def dump_payload(self, obj: Any) -> bytes:
        return base64_encode(Serializer.dump_payload(self, obj))


class Cursors:
    """Signs and reads small payloads. The kind is part of the signature, so a cursor of one route
    is no cursor of another."""

    def __init__(self, secret: Callable[[], bytes]) -> None:
        """`secret` is asked once, on first use: the database may not be migrated before."""
        self._ask = secret
        self._lock = Lock()
        self._signed: LRUCache[tuple[str, str], dict[str, Any]] = LRUCache(_SIGNED_OF_LATE)

    @cached_property
    def _secret(self) -> bytes:
        return self._ask()

    def sign(self, payload: Mapping[str, Any], *, kind: str) -> str:
        """The cursor of a payload of JSON values."""
        signed: str | bytes = self._serializer(kind).dumps(dict(payload))
        text = signed if isinstance(signed, str) else signed.decode()
        with self._lock:
            self._signed[kind, text] = dict(payload)
        return text

    def read(self, text: str, *, kind: str) -> dict[str, Any]:
        """The payload; raises InvalidCursor when it is forged, damaged or of another kind."""
        if len(text) > LONGEST_CURSOR:
            raise InvalidCursor
        with self._lock:
            signed = self._signed.get((kind, text))
        if signed is not None:
            return dict(signed)
        try:
            payload = self._serializer(kind).loads(text)
        except BadData as error:
            raise InvalidCursor from error
        if not isinstance(payload, dict):
            raise InvalidCursor
        return payload

    @cache  # noqa: B019 - one instance per process, a handful of kinds
    def _serializer(self, kind: str) -> URLSafeSerializer:
        return _AsItIs(
            self._secret,
            salt=f"seenemall.cursor.{kind}",
            signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
        )
