"""Tokens of accounts and codes for them, sealed with the secret that asking with them takes."""

import base64
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson

from api.platform.errors import ConfigurationError, InvalidInput

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_TOKENS = b"seenemall connections\0"
_CODES = b"seenemall codes\0"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an account gave us. `expires_at` is in seconds since 1970."""

    access: str
    refresh: str
    expires_at: int


def seal(tokens: Tokens, secret: str) -> bytes:
    """What of it is stored."""
    return _box(secret, _TOKENS).encrypt(orjson.dumps(asdict(tokens)))


def unseal(sealed: bytes | None, secret: str) -> Tokens:
    """The tokens; raises ConfigurationError where they were sealed with another secret."""
    from cryptography.fernet import InvalidToken

    try:
        return Tokens(**orjson.loads(_box(secret, _TOKENS).decrypt(sealed or b"")))
    except (InvalidToken, TypeError) as error:
        raise ConfigurationError(
            "The tokens were sealed with another TRAKT_CLIENT_SECRET; connect again."
        ) from error


def seal_begun(begun: Sequence[str | None], secret: str) -> str:
    """What a client keeps of a connection that waits for its account's holder."""
    return _box(secret, _CODES).encrypt(orjson.dumps(list(begun))).decode()


def unseal_begun(sealed: str, secret: str, *, seconds: int) -> list[str | None]:
    """The same again; raises InvalidInput for what was not begun here, or longer ago."""
    from cryptography.fernet import InvalidToken

    try:
        found: list[str | None] = orjson.loads(_box(secret, _CODES).decrypt(sealed, ttl=seconds))
    except (InvalidToken, ValueError):  # of letters that no such text has
        raise InvalidInput(
            "was not begun here, or has expired; begin again", field="pending"
        ) from None
    return found


def _box(secret: str, purpose: bytes) -> "Fernet":
    # 10 MB, which a process that no account is connected to does without.
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(sha256(purpose + secret.encode()).digest()))
