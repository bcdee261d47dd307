"""The one way in: turns a request's headers into a Caller, or refuses."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from cachetools import TTLCache

from api.access.caller import Caller
from api.access.credential_digest import credential_digest
from api.access.environment_keys import EnvironmentKeys
from api.access.holder import ANONYMOUS, Holder
from api.access.hooks.hook_store import Hook, HookStore
from api.access.households import Households
from api.access.key_store import ApiKeyStore
from api.access.keyless import refuse_go_betweens, refuse_other_machines
from api.access.presented import Presented
from api.access.rate_limit import RateLimiter
from api.access.same_origin import refuse_foreign_write
from api.access.sessions.session_store import Session, SessionStore
from api.platform.database import Database
from api.platform.errors import ConfigurationError, NotAuthenticated
from api.platform.questions import Asking
from config.settings import Settings

if TYPE_CHECKING:
    from api.access.tokens import Tokens

T = TypeVar("T", Holder, Hook)

_LONGEST_CREDENTIAL = 4096


# Credentials that were found good are not charged to the address again for so long, so that one who
# guesses from behind the same address does not lock their holders out.
_GOOD_SECONDS = 600.0
_MOST_GOOD = 10_000


class Gate:
    """Who may come in.

    With a credential configured anywhere, a valid one is needed. With none, the household on the
    operator's own machine is let in as admin; ALLOW_ANONYMOUS lets in everyone else as client.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        database: Database,
        keys: ApiKeyStore,
        limiter: RateLimiter,
        households: Households,
        sessions: SessionStore,
        hooks: HookStore,
    ) -> None:
        self._database = database
        self._hooks = hooks
        self._settings = settings
        self._households = households
        self._sessions = sessions
        self._keys = keys
        self._environment = EnvironmentKeys(settings.api_keys)
        self._tokens = _tokens(settings)
        self._limiter = limiter
        self._good: TTLCache[bytes, str | None] = TTLCache(_MOST_GOOD, _GOOD_SECONDS)
        self._lock = Lock()

    def admit(self, presented: Presented) -> Caller:
        """The caller, within its rate limit.

        Raises NotAuthenticated, RateLimited, or UpstreamUnavailable when a token cannot be checked.
        """
        return self._database.answered(self.admitting(presented))

    def waits_for(self, presented: Presented) -> bool:
        """Whether to admit it may wait for more than the questions of `admitting`: for the keys of
        tokens, or for counts that are kept elsewhere."""
        credential = presented.credential
        is_token = credential is not None and self._checks(credential) is not None
        return is_token or self._limiter.asks_elsewhere

    def acted_for(self, presented: Presented, user_id: str) -> bool:
        """Whether what it shows was good for this user a moment ago, or it shows nothing."""
        shown = presented.credential or presented.session
        if shown is None:
            return True
        digest = credential_digest(shown)
        with self._lock:
            return self._good.get(digest, "") in (None, user_id)

    def admitting(self, presented: Presented) -> Asking[Caller]:
        """As `admit`, as it is asked."""
        holder = yield from self._admitted(presented)
        return Caller(holder, self._households)

    def _admitted(self, presented: Presented) -> Asking[Holder]:
        if presented.credential is None and presented.session is None:
            self._limiter.spend(presented.network)
            return (yield from self._anonymous(presented))
        if presented.credential is None:
            of_session = partial(self._of_session, presented)
            holder = yield from self._checked(
                presented.session or "", presented.network, of_session
            )
        elif (issued := self._environment.holder(presented.credential)) is not None:
            holder = issued
        else:
            holder = yield from self._checked(presented.credential, presented.network, self._holder)
        self._limiter.spend(holder.identity)
        return holder

    def admit_hook(self, presented: Presented, token: str | None) -> Hook:
        """The hook of a token, within its rate limit: no other credential opens its route.

        Raises NotAuthenticated or RateLimited.
        """
        if not token:
            self._limiter.spend(presented.network)
            raise NotAuthenticated("A hook needs its token: /hooks/SOURCE?token=TOKEN.")
        hook = self._database.answered(self._checked(token, presented.network, self._hook))
        self._limiter.spend(hook.identity)
        return hook

    @property
    def needs_credentials(self) -> bool:
        """Whether some are configured: then nobody comes in without one."""
        return self._settings.accepts_credentials or self._keys.has_keys()

    def open(self) -> None:
        """Begins to fetch the keys that sign tokens."""
        if self._tokens is not None:
            self._tokens.open()

    def close(self) -> None:
        """Ends the fetching."""
        if self._tokens is not None:
            self._tokens.close()

    def _checked(
        self, credential: str, network: str, check: Callable[[str], Asking[T]]
    ) -> Asking[T]:
        """Charged before it is checked, unless it was good a moment ago."""
        digest = credential_digest(credential)
        with self._lock:
            was_good = digest in self._good
        if not was_good:
            self._limiter.spend(network)
        try:
            found = yield from check(credential)
        except NotAuthenticated:
            if was_good:  # it was revoked, or has expired
                with self._lock:
                    self._good.pop(digest, None)
                self._limiter.spend(network)
            raise
        with self._lock:
            self._good[digest] = found.user_id  # None: it acts for any
        return found

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

    def _checks(self, credential: str) -> "Tokens | None":
        """What checks it where it is a JWT; None for every other."""
        return self._tokens if credential.count(".") == 2 else None

    def _holder(self, credential: str) -> Asking[Holder]:
        if len(credential) > _LONGEST_CREDENTIAL:
            raise NotAuthenticated("The credential is too long to be one.")
        if (tokens := self._checks(credential)) is not None:
            return tokens.holder(credential)
        if found := (yield from self._keys.finding(credential)):
            prefix, scope = found
            return Holder(scope=scope, identity=f"key:{prefix}")
        raise NotAuthenticated("The key is not valid.")

    def _hook(self, token: str) -> Asking[Hook]:
        hook = None
        if len(token) <= _LONGEST_CREDENTIAL:
            hook = yield from self._hooks.finding(token)
        if hook is None:
            raise NotAuthenticated("The hook's token is not valid.")
        return hook

    def _of_session(self, presented: Presented, token: str) -> Asking[Holder]:
        """Whoever the session is of, as long as what it came from would be let in now."""
        session = None
        if len(token) <= _LONGEST_CREDENTIAL:
            session = yield from self._sessions.finding(token)
        if session is None:
            raise NotAuthenticated("The session has ended; begin another with POST /session.")
        if session.by.identity == ANONYMOUS:
            session = replace(session, by=(yield from self._anonymous(presented)))
        elif not self._still_counts(session):
            raise NotAuthenticated("The credential that this session came from counts no more.")
        refuse_foreign_write(presented)
        return session.holder

    def _still_counts(self, session: Session) -> bool:
        if session.by.scope == "user":
            return self._tokens is not None
        return session.key_is_valid or self._environment.issued(session.by.identity)

    def _anonymous(self, presented: Presented) -> Asking[Holder]:
        settings = self._settings
        if settings.accepts_credentials or (yield from self._keys.having_keys()):
            raise NotAuthenticated(
                "A key is needed: send it as `Authorization: Bearer KEY` or `X-API-Key: KEY`."
            )
        behind_proxies = bool(settings.trusted_proxies) and settings.allow_anonymous
        refuse_go_betweens(presented, origins=settings.cors_origins, behind_proxies=behind_proxies)
        if settings.allow_anonymous:
            return Holder(scope="client", identity=ANONYMOUS)
        refuse_other_machines(presented)
        return Holder(scope="admin", identity=ANONYMOUS)


def _tokens(settings: Settings) -> "Tokens | None":
    """None where no way to check a JWT is configured: such a process does without the 10 MB of
    what checks signatures."""
    if settings.jwt_secret is None and not settings.jwt_jwks_url:
        return None
    from api.access.tokens import Tokens

    return Tokens(settings)
