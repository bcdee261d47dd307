"""Which links a client may be sent to, and so which are worth keeping."""

from urllib.parse import urlsplit

# Apps that open their own links. Anything else could run a script or start a program.
APP_SCHEMES = frozenset(
    {
        "aiv",  # Prime Video
        "crunchyroll",
        "disneyplus",
        "hbomax",
        "hulu",
        "max",
        "mubi",
        "nflx",
        "paramountplus",
        "peacock",
        "primevideo",
        "vnd.youtube",
        "youtube",
    }
)


def is_safe(url: str) -> bool:
    """Whether a client may be sent there: https to a host, or a known app."""
    if any(character.isspace() or not character.isprintable() for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(parts.hostname) and "\\" not in url
    return parts.scheme in APP_SCHEMES
