"""What a request shows of who sends it."""

import ipaddress
from dataclasses import dataclass
from functools import lru_cache

from fastapi import Request

# What proxies and tunnels add. `Via` is all that some of them admit to.
_FORWARDING = (
    "forwarded",
    "via",
    "cdn-loop",
    "client-ip",
    "proxy-client-ip",
    "remote-user",
    "true-client-ip",
    "wl-proxy-client-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-proxyuser-ip",
    "x-real-ip",
)
# Whatever begins so is one maker's, and no browser's.
_FORWARDING_PREFIXES = (
    "cf-",
    "fastly-",
    "fly-",
    "tailscale-",
    "x-amzn-",
    "x-appengine-",
    "x-arr-",
    "x-azure-",
    "x-envoy-",
    "x-forwarded",
    "x-original-",
)
SESSION_COOKIE = "seenemall_session"
# Beyond it an IPv6 address is its holder's to choose.
_NETWORK_BITS = 64


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request shows of itself."""

    credential: str | None  # in a header; it counts before the session
    hosts: tuple[str, ...]  # of every Host header
    address: str | None  # of the peer, or of whom a configured proxy names
    is_forwarded: bool = False
    is_safe: bool = True  # by its method
    origin: str | None = None  # of the page that sends it
    site: str | None = None  # how that page relates to us: Sec-Fetch-Site
    is_navigation: bool = False  # somebody opens an address, in a window of its own
    session: str | None = None  # the cookie

    @property
    def network(self) -> str:
        """Whom guessing is charged to."""
        return _network_of(self.address)


def presented_by(request: Request) -> Presented:
    """As the headers say it; nothing is checked yet."""
    # Decoded once and not for each name; of a name that is given twice the first counts.
    headers = dict(reversed(request.headers.items()))
    return Presented(
        credential=_bearer(headers.get("authorization")) or headers.get("x-api-key"),
        hosts=tuple(request.headers.getlist("host")),
        address=request.client.host if request.client else None,
        is_forwarded=any(
            name in _FORWARDING or name.startswith(_FORWARDING_PREFIXES) for name in headers
        ),
        is_safe=request.method in ("GET", "HEAD"),
        origin=headers.get("origin"),
        site=headers.get("sec-fetch-site"),
        is_navigation=(headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest"))
        == ("navigate", "document"),
        session=request.cookies.get(SESSION_COOKIE),
    )


def hook_token_of(request: Request) -> str | None:
    """A hook's token: media servers can write it into an address, some into a header."""
    headers = request.headers
    return (
        request.query_params.get("token")
        or headers.get("x-hook-token")
        or _bearer(headers.get("authorization"))
    )


def _bearer(header: str | None) -> str | None:
    scheme, _, credential = (header or "").partition(" ")
    return credential.strip() if scheme.casefold() == "bearer" and credential else None


@lru_cache(maxsize=1024)  # asked of in every request
def _network_of(written: str | None) -> str:
    try:
        address = ipaddress.ip_address(written or "")
    except ValueError:
        return f"address:{written}"
    if address.version == 4:
        return f"address:{address}"
    return f"address:{ipaddress.ip_network((address, _NETWORK_BITS), strict=False)}"
