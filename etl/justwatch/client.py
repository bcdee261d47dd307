"""JustWatch's GraphQL API: services of a country, titles by name, offers of titles."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from urllib.parse import urlsplit

from api.catalogue.writing.title import Provider
from api.domain.items import MediaType
from api.platform.errors import InvalidInput, UpstreamUnavailable
from config.settings import Settings
from etl.http_source import HttpSource
from etl.justwatch import offers, packages, search
from etl.justwatch.answer import Misunderstood
from etl.justwatch.offers import TitleOffers
from etl.justwatch.search import Candidate

_SERVED_FOR_SURE = "US"


class JustWatchClient:
    """Asks JustWatch; `connect` says where it is and for whom."""

    def __init__(self, source: HttpSource, path: str, *, language: str, platform: str) -> None:
        self._source = source
        self._path = path
        self._language = language
        self._platform = platform

    def services(self, country: str) -> list[Provider]:
        """The services of a country; raises InvalidInput for one that JustWatch does not serve."""
        try:
            found = self._services(country)
        except Misunderstood as error:
            # Its errors' wording is not documented, so another country shows whose fault it is.
            if country == _SERVED_FOR_SURE or not self._services(_SERVED_FOR_SURE):
                raise
            raise InvalidInput(_unknown(country)) from error
        if not found:
            raise InvalidInput(_unknown(country))
        return found

    def search(self, name: str, media_type: MediaType, *, country: str) -> list[Candidate]:
        """Titles that go by the name, the most popular in `country` first."""
        return search.read_candidates(
            self._ask(
                search.QUERY,
                {
                    "country": country,
                    "language": self._language,
                    "first": search.CANDIDATES,
                    "filter": {
                        "searchQuery": name[: search.LONGEST_NAME],
                        "objectTypes": [search.OBJECT_TYPES[media_type]],
                    },
                },
            )
        )

    def offers(
        self, nodes: Sequence[str], countries: Sequence[str], *, today: date
    ) -> list[TitleOffers | None]:
        """JustWatch's answer about each node, None for one that no longer exists."""
        document = self._ask(
            offers.offers_query(len(nodes), countries),
            offers.offers_variables(nodes, countries) | {"platform": self._platform},
        )
        return offers.read_offers(document, titles=len(nodes), countries=countries, today=today)

    def _services(self, country: str) -> list[Provider]:
        variables = {"country": country, "platform": self._platform}
        return packages.read_services(self._ask(packages.QUERY, variables))

    def _ask(self, query: str, variables: Mapping[str, object]) -> object:
        document = self._source.post_json(self._path, {"query": query, "variables": variables})
        if document is None:
            raise UpstreamUnavailable("There is no JustWatch at JUSTWATCH_URL.")
        return document


@contextmanager
def connect(
    settings: Settings, *, source: Callable[..., HttpSource] = HttpSource
) -> Iterator[JustWatchClient]:
    """A client of JUSTWATCH_URL; no key is needed."""
    url = urlsplit(settings.justwatch_url)
    justwatch = source(
        "JustWatch",
        f"{url.scheme}://{url.netloc}",
        rate_per_second=settings.justwatch_rate_per_second,
        unauthorised="JustWatch refuses to answer; TMDB's offers stay in service.",
        connections=1,
    )
    with closing(justwatch):
        yield JustWatchClient(
            justwatch,
            url.path.removeprefix("/"),
            language=settings.justwatch_language,
            platform=settings.justwatch_platform,
        )


def _unknown(country: str) -> str:
    return f"JustWatch knows no country {country!r}; no offer was touched."
