"""The keys of API_KEYS: for small set-ups that need no database of keys."""

import hmac
from collections.abc import Iterable

from pydantic import SecretStr

from api.access.credential_digest import credential_digest
from api.access.holder import Holder, Scope
from api.platform.errors import ConfigurationError


class EnvironmentKeys:
    """The entries of API_KEYS, each `scope:key` or a plain key of scope client."""

    def __init__(self, entries: Iterable[SecretStr]) -> None:
        """Raises ConfigurationError for a scope other than client and admin."""
        self._keys = [_parse(entry.get_secret_value()) for entry in entries]

    def holder(self, key: str) -> Holder | None:
        """The holder of the key, or None. Compares with every entry in constant time."""
        digest = credential_digest(key)
        found = None
        for known, holder in self._keys:
            if hmac.compare_digest(known, digest):
                found = holder
        return found

    def issued(self, identity: str) -> bool:
        """Whether it is the identity of one of the entries."""
        return any(holder.identity == identity for _, holder in self._keys)


def _parse(entry: str) -> tuple[bytes, Holder]:
    written, _, key = entry.rpartition(":")
    scope: Scope
    match written:
        case "" | "client":
            scope = "client"
        case "admin":
            scope = "admin"
        case _:
            raise ConfigurationError(
                "API_KEYS: each entry is a key, client:KEY or admin:KEY; one has another scope."
            )
    digest = credential_digest(key)
    return digest, Holder(scope=scope, identity=f"key:{digest.hex()[:12]}")
