"""Credentials of tests: keys, and tokens signed with a secret of theirs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

SECRET = "a secret of thirty-two characters!"
CLIENT = "client-key-of-the-test"
ADMIN = "admin-key-of-the-test"
# Settings under which all of these are taken.
ACCESS = {
    "JWT_SECRET": SECRET,
    "JWT_ISSUER": "https://id.example",
    "JWT_AUDIENCE": "seen",
    "API_KEYS": f"{CLIENT},admin:{ADMIN}",
}


def bearer(credential: str) -> dict[str, str]:
    """The header of a key or token."""
    return {"Authorization": f"Bearer {credential}"}


def token(user_id: str = "dana", **claims: Any) -> str:
    """A token of one user for five minutes; `profile` binds it to that one."""
    defaults = {
        "sub": user_id,
        "iss": "https://id.example",
        "aud": "seen",
        "exp": datetime.now(UTC) + timedelta(minutes=5),
    }
    return jwt.encode(defaults | claims, SECRET, "HS256")
