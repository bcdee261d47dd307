"""URLs of databases, as operators write them and as libpq reads them."""

import re
from urllib.parse import quote, unquote

# As SQLAlchemy reads it, whose URLs name a driver and may have any sign but "@" in a password.
_BEGIN = re.compile(r"postgres(?:ql)?(?:\+\w+)?://(?:([^:/@]*)(?::([^@]*))?@)?")


def of_libpq(url: str) -> str:
    """The URL without the driver that it may name, its password quoted for libpq.

    Raises ValueError, which does not repeat it, where it is no URL of Postgres.
    """
    begin = _BEGIN.match(url)
    if begin is None:
        raise ValueError("this is no URL such as postgresql://user@host/name")
    user, password = begin.groups()
    return f"postgresql://{_holder(user, password)}{url[begin.end() :]}"


def without_password(url: str) -> str:
    """The same with *** in place of the password."""
    begin = _BEGIN.match(url)
    if begin is None or begin[2] is None:
        return url
    return f"postgresql://{begin[1]}:***@{url[begin.end() :]}"


def _holder(user: str | None, password: str | None) -> str:
    if user is None:
        return ""
    names = [unquote(user)] if password is None else [unquote(user), unquote(password)]
    return f"{':'.join(quote(name, safe='') for name in names)}@"
