"""Tokens of accounts, sealed with the secret that asking with them takes anyway."""

import base64
from dataclasses import asdict, dataclass
from hashlib import sha256

import orjson
from cryptography.fernet import Fernet, InvalidToken

from api.platform.errors import ConfigurationError

_PURPOSE = b"seenemall connections\0"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an account gave us. `expires_at` is in seconds since 1970."""

    access: str
    refresh: str
    expires_at: int


def seal(tokens: Tokens, secret: str) -> bytes:
    """What of it is stored."""
    return _box(secret).encrypt(orjson.dumps(asdict(tokens)))


def unseal(sealed: bytes | None, secret: str) -> Tokens:
    """The tokens; raises ConfigurationError where they were sealed with another secret."""
    try:
        return Tokens(**orjson.loads(_box(secret).decrypt(sealed or b"")))
    except (InvalidToken, TypeError) as error:
        raise ConfigurationError(
            "The tokens were sealed with another TRAKT_CLIENT_SECRET; connect again."
        ) from error


def _box(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(_PURPOSE + secret.encode()).digest()))
