"""What TMDB wants to see of its caller: for the jobs that fetch and the service that looks up."""

from dataclasses import dataclass, field

from config.settings import Settings

TMDB_REFUSES_THE_KEY = (
    "TMDB refuses the key; check TMDB_BEARER_TOKEN (or TMDB_API_KEY) against "
    "https://www.themoviedb.org/settings/api."
)


@dataclass(frozen=True, slots=True)
class TmdbCredentials:
    """Headers and query parameters of every request; not shown, whoever prints it."""

    headers: dict[str, str] = field(default_factory=dict, repr=False)
    query: dict[str, str] = field(default_factory=dict, repr=False)


def tmdb_credentials(settings: Settings) -> TmdbCredentials | None:
    """The bearer token in a header or, without one, the v3 key in the query; None for neither."""
    if settings.tmdb_bearer_token is not None:
        token = settings.tmdb_bearer_token.get_secret_value()
        return TmdbCredentials(headers={"Authorization": f"Bearer {token}"})
    if settings.tmdb_api_key is not None:
        return TmdbCredentials(query={"api_key": settings.tmdb_api_key.get_secret_value()})
    return None
