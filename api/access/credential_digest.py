"""Credentials are kept and looked up by their digest alone.

They are random, and long or soon over: one round of SHA-256 is enough. A PIN is neither, see
sessions/pin_hash.py.
"""

from hashlib import sha256


def credential_digest(credential: str) -> bytes:
    """SHA-256 of a key, a token or a code."""
    return sha256(credential.encode()).digest()
