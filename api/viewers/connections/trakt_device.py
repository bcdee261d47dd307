"""How an account is connected with Trakt: a code that its holder types in on another device."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import orjson

from api.platform.errors import ConfigurationError, InvalidInput, UpstreamUnavailable
from api.viewers.connections.sealing import Tokens
from api.viewers.imports.sources.json_values import text
from api.viewers.imports.sources.records import number
from config.settings import Settings

_TIMEOUT = httpx2.Timeout(20.0, connect=10.0)
LONGEST = 900  # seconds that are waited for the holder
_SHORTEST = 3600  # seconds that tokens last where Trakt does not say
_OK, _NOT_YET, _TOO_FAST = 200, 400, 429
_REFUSALS = {
    404: "Trakt does not know the code any more.",
    409: "The code was used already.",
    410: "The code has expired; begin again.",
    418: "The account's holder said no.",
}


@dataclass(frozen=True, slots=True)
class Code:
    """What the holder types in, and where."""

    device: str
    user: str
    address: str
    seconds: int
    interval: int


def client_of(settings: Settings) -> dict[str, str]:
    """The operator's key; raises ConfigurationError where there is none."""
    key, secret = settings.trakt_client_id, settings.trakt_client_secret
    if key is None or secret is None:
        raise ConfigurationError(
            "Trakt needs a key: set TRAKT_CLIENT_ID and TRAKT_CLIENT_SECRET from "
            "https://trakt.tv/oauth/applications."
        )
    return {"client_id": key.get_secret_value(), "client_secret": secret.get_secret_value()}


def tokens_of(answer: Any) -> Tokens:
    """Raises UpstreamUnavailable for an answer without them."""
    access, refresh = text(answer, "access_token"), text(answer, "refresh_token")
    if not access or not refresh:
        raise UpstreamUnavailable("Trakt gave no tokens.")
    lasts = number(text(answer, "expires_in")) or _SHORTEST
    return Tokens(access, refresh, int(time.time()) + lasts)


def begin(settings: Settings) -> Code:
    """A new code; raises UpstreamUnavailable where Trakt gives none."""
    client = client_of(settings)
    status, answer = _post(settings, "oauth/device/code", {"client_id": client["client_id"]})
    device, user = text(answer, "device_code"), text(answer, "user_code")
    if status != _OK or not device or not user:
        raise UpstreamUnavailable(f"Trakt gave no code: status {status}.")
    return Code(
        device,
        user,
        text(answer, "verification_url"),
        min(number(text(answer, "expires_in")) or LONGEST, LONGEST),
        number(text(answer, "interval")) or 5,
    )


def wait(
    settings: Settings,
    code: Code,
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Tokens:
    """The account's tokens, once its holder has typed the code in.

    Raises InvalidInput when they refuse or do not come in time.
    """
    interval, ends = code.interval, clock() + code.seconds
    while clock() < ends:
        sleep(interval)
        tokens, is_too_fast = ask(settings, code.device)
        if tokens is not None:
            return tokens
        interval += is_too_fast
    raise InvalidInput(_REFUSALS[410])


def ask(settings: Settings, device_code: str) -> tuple[Tokens | None, bool]:
    """The tokens, or None while the holder has not come, and whether that was asked too soon.

    Raises InvalidInput when they refuse, or the code has ended.
    """
    asked = {"code": device_code, **client_of(settings)}
    status, answer = _post(settings, "oauth/device/token", asked)
    if status == _OK:
        return tokens_of(answer), False
    if status not in (_NOT_YET, _TOO_FAST) and status < 500:
        raise InvalidInput(_REFUSALS.get(status, f"Trakt answered {status}."))
    return None, status == _TOO_FAST


def _post(settings: Settings, path: str, document: dict[str, str]) -> tuple[int, Any]:
    try:
        answer = httpx2.post(
            f"{str(settings.trakt_url).rstrip('/')}/{path}", json=document, timeout=_TIMEOUT
        )
    except httpx2.TransportError as error:
        raise UpstreamUnavailable(f"Trakt does not answer: {type(error).__name__}.") from error
    try:
        return answer.status_code, orjson.loads(answer.content or b"{}")
    except orjson.JSONDecodeError:
        return answer.status_code, {}
