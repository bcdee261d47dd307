"""Who may come in while no key is configured: whoever sits at this machine, and none through them.

A proxy on this machine passes on strangers, a page on the web makes the operator's browser send
what it likes, and a name of the page's own may point at 127.0.0.1 (DNS rebinding).
"""

import ipaddress
from collections.abc import Collection
from functools import lru_cache

from api.access.presented import Presented
from api.platform.errors import NotAuthenticated

_LONGEST_HOST = 253  # of DNS; a longer one is no name, and is not to be remembered


def refuse_go_betweens(
    presented: Presented, *, origins: Collection[str], behind_proxies: bool
) -> None:
    """Raises NotAuthenticated for what a proxy passed on or another site's page sent.

    `origins` are those whose pages may read answers; `behind_proxies`: some are configured, so that
    the address is whom they name.
    """
    if presented.is_forwarded and not behind_proxies:
        raise NotAuthenticated(
            "Without a key nothing is answered that a proxy passed on; make a key, or name the "
            "proxies in TRUSTED_PROXIES."
        )
    if presented.origin is not None and not _is_own(presented, origins):
        raise NotAuthenticated("Without a key no page of another origin is answered.")
    opens_a_page = presented.is_navigation and presented.is_safe
    if presented.site == "cross-site" and presented.origin is None and not opens_a_page:
        raise NotAuthenticated("Without a key no page of another site is answered.")


def refuse_other_machines(presented: Presented) -> None:
    """Raises NotAuthenticated unless both ends are this machine, under a name of its own."""
    names = [_without_port(host) for host in presented.hosts]
    if (
        any(len(name) > _LONGEST_HOST for name in names)
        or not names
        or not all(map(_is_loopback, (*names, presented.address)))
    ):
        raise NotAuthenticated(
            "Without a key this service answers its own machine only, under a loopback name."
        )


def _is_own(presented: Presented, origins: Collection[str]) -> bool:
    own = {f"{scheme}://{host}" for scheme in ("http", "https") for host in presented.hosts}
    return presented.origin in own or presented.origin in origins


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


@lru_cache(maxsize=256)  # a few names, asked of in every request
def _is_loopback(name: str | None) -> bool:
    if name is None:
        return False
    if name.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
