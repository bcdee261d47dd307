"""JWTs of scope user: signature, issuer, audience and expiry checked; `sub` is the user.

With a claim `profile` a token speaks for that profile alone; "~" is the one without a name.
"""

from datetime import UTC, datetime
from typing import Any

import jwt
from jwt.exceptions import PyJWTError

from api.access.holder import Holder
from api.access.published_keys import PublishedKeys
from api.platform.errors import NotAuthenticated
from api.platform.wire.storable import UNNAMED, is_user_id
from config.settings import Settings

_CLOCK_SKEW_SECONDS = 10
_LAST_SECOND = 2**32  # in 2106: what is later would not fit a date
_PUBLIC_KEY_ALGORITHMS = ["RS256", "ES256"]


class Tokens:
    """Checks JWTs against JWT_SECRET (HS256) or the keys of JWT_JWKS_URL (RS256, ES256).

    Each kind of key verifies its own algorithms only, so a token cannot be signed with a public
    key that is taken for a shared secret.
    """

    def __init__(self, settings: Settings) -> None:
        self._secret = settings.jwt_secret
        self._issuer = settings.jwt_issuer
        self._audience = settings.jwt_audience
        self._keys = PublishedKeys(settings.jwt_jwks_url) if settings.jwt_jwks_url else None

    def open(self) -> None:
        """Begins to fetch the published keys."""
        if self._keys is not None:
            self._keys.open()

    def close(self) -> None:
        """Ends the fetching."""
        if self._keys is not None:
            self._keys.close()

    def holder(self, token: str) -> Holder:
        """The user a token speaks for.

        Raises NotAuthenticated, or UpstreamUnavailable when the signing keys cannot be fetched.
        """
        try:
            claims = self._claims(token)
        except PyJWTError as error:
            raise NotAuthenticated("The token is not valid or has expired.") from error
        subject = claims["sub"]
        if not is_user_id(subject):
            raise NotAuthenticated("The token's subject cannot be a user id.")
        profile = claims.get("profile")
        if profile is not None and not is_user_id(profile):
            raise NotAuthenticated("The token's profile cannot be the name of one.")
        return Holder(
            scope="user",
            identity=f"user:{subject}",
            user_id=subject,
            is_bound=profile is not None,
            profile=None if profile == UNNAMED else profile,
            expires_at=datetime.fromtimestamp(min(claims["exp"], _LAST_SECOND), UTC),
        )

    def _claims(self, token: str) -> dict[str, Any]:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm == "HS256" and self._secret is not None:
            return self._decode(token, self._secret.get_secret_value(), ["HS256"])
        if algorithm in _PUBLIC_KEY_ALGORITHMS and self._keys is not None:
            # The key object, not its bytes: it refuses every algorithm but its own.
            key = self._keys.key(str(header.get("kid", "")))
            return self._decode(token, key, _PUBLIC_KEY_ALGORITHMS)
        raise NotAuthenticated("The token is signed in a way that is not accepted here.")

    def _decode(self, token: str, key: Any, algorithms: list[str]) -> dict[str, Any]:
        return jwt.decode(
            token,
            key,
            algorithms=algorithms,
            issuer=self._issuer,
            audience=self._audience,
            leeway=_CLOCK_SKEW_SECONDS,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
