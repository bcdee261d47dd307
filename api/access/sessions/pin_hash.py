"""PINs as they are stored: scrypt with a salt of their own.

Our own on hashlib, which has scrypt: another dependency would bring a second hash of the same kind.
"""

import hmac
import secrets
from hashlib import scrypt

# 32 MB and a tenth of a second for each try (OWASP's second choice is N 2^16, r 8, p 2).
_COST, _BLOCK, _PARALLEL = 2**15, 8, 3
_MOST_MEMORY = 64 * 1024 * 1024


def hashed(pin: str) -> str:
    """The hash with all that a check needs."""
    salt = secrets.token_bytes(16)
    digest = _scrypt(pin, salt, _COST, _BLOCK, _PARALLEL)
    return f"scrypt${_COST}${_BLOCK}${_PARALLEL}${salt.hex()}${digest.hex()}"


def matches(pin: str, stored: str) -> bool:
    """Whether it is the PIN that was hashed."""
    _, cost, block, parallel, salt, digest = stored.split("$")
    tried = _scrypt(pin, bytes.fromhex(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(tried, bytes.fromhex(digest))


def _scrypt(pin: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return scrypt(pin.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=_MOST_MEMORY)
