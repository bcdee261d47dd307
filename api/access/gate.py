"""The one way in: turns a request's headers into a Caller, or refuses."""

import ipaddress
from dataclasses import dataclass

from api.access.caller import Caller
from api.access.environment_keys import EnvironmentKeys
from api.access.key_store import ApiKeyStore
from api.access.rate_limit import RateLimiter
from api.access.tokens import Tokens
from api.platform.errors import ConfigurationError, NotAuthenticated
from config.settings import Settings

_LONGEST_CREDENTIAL = 4096


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request shows of itself."""

    credential: str | None
    host: str  # the Host header
    address: str | None  # of the peer


class Gate:
    """Who may come in.

    With a credential configured anywhere, a valid one is needed. With none, the household on the
    operator's own machine is let in as admin; ALLOW_ANONYMOUS lets in everyone else as client.
    """

    def __init__(self, settings: Settings, *, keys: ApiKeyStore, limiter: RateLimiter) -> None:
        self._settings = settings
        self._keys = keys
        self._environment = EnvironmentKeys(settings.api_keys)
        self._tokens = Tokens(settings)
        self._limiter = limiter

    def admit(self, presented: Presented) -> Caller:
        """The caller, within its rate limit.

        Raises NotAuthenticated, RateLimited, or UpstreamUnavailable when a token cannot be checked.
        """
        address = f"address:{presented.address}"
        if presented.credential is None:
            caller = self._anonymous(presented)
            self._limiter.spend(address)
            return caller
        try:
            caller = self._holder(presented.credential)
        except NotAuthenticated:
            self._limiter.spend(address)  # guessing is slowed down too
            raise
        self._limiter.spend(caller.identity)
        return caller

    def refuse_open_address(self) -> None:
        """Raises ConfigurationError when anyone on the network could come in without a key."""
        settings = self._settings
        if settings.binds_loopback or settings.allow_anonymous or settings.accepts_credentials:
            return
        if not self._keys.has_keys():
            raise ConfigurationError(
                f"HOST={settings.host} is open to the network and no key is configured; make one "
                "with `seenemall keys create --label NAME`, set API_KEYS, or set "
                "ALLOW_ANONYMOUS=1 to let everyone in."
            )

    def _holder(self, credential: str) -> Caller:
        if len(credential) > _LONGEST_CREDENTIAL:
            raise NotAuthenticated("The credential is too long to be one.")
        if caller := self._environment.caller(credential):
            return caller
        if credential.count(".") == 2 and self._tokens.are_accepted:
            return self._tokens.caller(credential)
        if found := self._keys.find(credential):
            prefix, scope = found
            return Caller(scope=scope, identity=f"key:{prefix}")
        raise NotAuthenticated("The key is not valid.")

    def _anonymous(self, presented: Presented) -> Caller:
        settings = self._settings
        if settings.accepts_credentials or self._keys.has_keys():
            raise NotAuthenticated(
                "A key is needed: send it as `Authorization: Bearer KEY` or `X-API-Key: KEY`."
            )
        if settings.allow_anonymous:
            return Caller(scope="client", identity="anonymous")
        # A page on the web may point its own name at 127.0.0.1 (DNS rebinding), and a proxy on
        # this machine may pass on strangers: both show here.
        if not _is_loopback(_without_port(presented.host)) or not _is_loopback(presented.address):
            raise NotAuthenticated(
                "Without a key this service answers its own machine only, under a loopback name."
            )
        return Caller(scope="admin", identity="anonymous")


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_loopback(name: str | None) -> bool:
    if name is None:
        return False
    if name.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
