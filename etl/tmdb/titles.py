"""From TMDB's documents to titles in our own words: one genre vocabulary, our roles, our offers."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from api.catalogue.writing.title import (
    Company,
    Credit,
    Offer,
    Person,
    Provider,
    Role,
    Title,
    TitleKey,
)
from api.domain import genres
from api.domain.folding import fold
from api.domain.items import CompanyKind, MediaType, OfferType
from etl.tmdb.parse import (
    CountryOffers,
    Credits,
    Details,
    ExternalIds,
    FilmDetails,
    Member,
    Named,
    RelatedTitles,
    SeasonDetails,
    ServiceOffer,
    ShowDetails,
    first_certificate,
)
from etl.tmdb.pruned import Model, Pruned, Unreadable, read_pruned

_MOST_CAST = 15
_MOST_ALTERNATIVE_TITLES = 30
_MOST_RELATED = 20  # a page of TMDB's
_MINISERIES = "miniseries"
# Of a book that was adapted TMDB credits the author beside whoever wrote the film.
_WRITING = (
    *("Writer", "Co-Writer", "Screenplay", "Screenstory", "Scenario Writer", "Teleplay"),
    *("Story", "Original Story", "Short Story", "Novel", "Book", "Author"),
    *("Comic Book", "Graphic Novel", "Theatre Play"),
)
_JOBS: dict[str, Role] = {
    "Director": "director",
    "Producer": "producer",
    "Original Music Composer": "composer",
    "Creator": "creator",
    **dict.fromkeys(_WRITING, "writer"),
}


class Unfit(Exception):
    """A document that cannot become a title; the message is the reason it is counted under."""


class Misshapen(Unfit):
    """It lacks what no title can be without; TMDB may repair that any day."""


class ServiceNames:
    """Short names of services: JustWatch's where TMDB's id is known, else made from the name."""

    def __init__(self, known: Mapping[int, str]) -> None:
        """`known` maps TMDB's provider ids to short names."""
        self._known = dict(known)

    def short_name(self, offer: ServiceOffer) -> str:
        """The short name of the service that makes the offer."""
        # Discovery and Discovery + are two services.
        slug = fold((offer.provider_name or "").replace("+", " plus")).replace(" ", "-")
        # The first name of a run stays the short one, whatever later titles call the service.
        return self._known.setdefault(offer.provider_id, slug or f"tmdb-{offer.provider_id}")


@dataclass(frozen=True, slots=True)
class Described:
    """The content of one detail document."""

    title: Title
    providers: tuple[Provider, ...]  # every service its offers name
    runtime_in_season: int | None = None  # the season to ask for a runtime that is not in it
    dropped: Counter[str] = field(default_factory=Counter)  # parts that could not be read


def read_details(document: object, key: TitleKey, names: ServiceNames) -> Described:
    """The content of the detail document of `key`, without the parts that cannot be read.

    Raises Unfit when it describes no title of use.
    """
    media_type, tmdb_id = key
    identified = _identified(document, tmdb_id)
    if media_type == "movie":
        film = _pruned(FilmDetails, identified)
        title = _film(film.content, names)
        return Described(title, _providers(film.content, names), dropped=film.dropped)
    show = _pruned(ShowDetails, identified)
    title = _show(show.content, names)
    season = _newest_season(show.content) if title.runtime is None else None
    return Described(title, _providers(show.content, names), season, show.dropped)


def season_runtime(document: object) -> int | None:
    """The median length of a season's episodes in minutes; None when it has none."""
    return _typical(
        episode.runtime for episode in _pruned(SeasonDetails, document).content.episodes
    )


def _identified(document: object, tmdb_id: int) -> object:
    """With the id that was asked for in place of none; another title's document is refused."""
    if not isinstance(document, dict):
        return document
    given = document.get("id")
    if isinstance(given, int) and not isinstance(given, bool) and given != tmdb_id:
        raise Misshapen("another title's document")
    return document | {"id": tmdb_id}


def _pruned(model: type[Model], document: object) -> Pruned[Model]:
    try:
        return read_pruned(model, document)
    except Unreadable as error:
        raise Misshapen("malformed") from error


def _film(details: FilmDetails, names: ServiceNames) -> Title:
    collection = details.belongs_to_collection
    day = details.release_date
    releases = details.release_dates.results if details.release_dates else []
    common = _common(details, "movie", (details.title, details.original_title), names)
    return replace(
        common,
        imdb_id=details.imdb_id or common.imdb_id,
        release_date=day,
        release_year=day.year if day else None,
        runtime=details.runtime,
        collection_id=collection.id if collection else None,
        collection_name=collection.name if collection else None,
        certificates={
            country.iso_3166_1: certificate
            for country in releases
            if (certificate := first_certificate(country.release_dates))
        },
    )


def _show(details: ShowDetails, names: ServiceNames) -> Title:
    day = details.first_air_date
    ratings = details.content_ratings.results if details.content_ratings else []
    common = _common(details, "tv", (details.name, details.original_name), names)
    creators = [
        Member(id=person.id, name=person.name, job="Creator") for person in details.created_by
    ]
    return replace(
        common,
        release_date=day,
        release_year=day.year if day else None,
        runtime=_episode_minutes(details),
        certificates={rating.iso_3166_1: rating.rating for rating in ratings if rating.rating},
        credits=common.credits + tuple(_crew(creators)),
        keywords=tuple(dict.fromkeys((*common.keywords, *_keywords_of_type(details)))),
        companies=common.companies + tuple(_companies("network", details.networks)),
    )


def _keywords_of_type(details: ShowDetails) -> tuple[str, ...]:
    """A miniseries is one by its type or by a keyword; here, always by the keyword."""
    is_miniseries = (details.type or "").casefold() == _MINISERIES
    return (_MINISERIES,) if is_miniseries else ()


def _episode_minutes(details: ShowDetails) -> int | None:
    # TMDB's figure for all episodes, where it still has one; the last one is often a longer finale.
    last = details.last_episode_to_air
    return _typical(details.episode_run_time) or (last.runtime if last else None)


def _typical(minutes: Iterable[int | None]) -> int | None:
    known = [one for one in minutes if one is not None]
    return statistics.median_low(known) if known else None


def _newest_season(details: ShowDetails) -> int | None:
    """The number of the newest regular season that was on air."""
    return max(
        (
            season.season_number
            for season in details.seasons
            if season.season_number > 0 and season.episode_count > 0 and season.air_date
        ),
        default=None,
    )


def _common(
    details: Details,
    media_type: MediaType,
    own_names: tuple[str | None, str | None],
    names: ServiceNames,
) -> Title:
    """What films and shows share; `own_names` are the title and the original title."""
    title, original_title = own_names
    alternatives = _alternative_titles(details, own_names)
    name = title or original_title or next(iter(alternatives), None)
    if details.adult:
        raise Unfit("adult")
    if name is None:
        raise Misshapen("no title")
    people = details.credits or Credits()
    keywords = details.keywords
    named = [*keywords.keywords, *keywords.results] if keywords else []
    countries = details.origin_country or [
        country.iso_3166_1 for country in details.production_countries
    ]
    return Title(
        media_type=media_type,
        tmdb_id=details.id,
        title=name,
        original_title=original_title,
        imdb_id=details.external_ids.imdb_id if details.external_ids else None,
        external_ids=_external_ids(details.external_ids),
        alternative_titles=tuple(one for one in alternatives if one != name),
        overview=details.overview or "",
        tagline=details.tagline,
        poster_path=details.poster_path,
        original_language=details.original_language,
        countries=tuple(countries),
        status=details.status,
        genre_ids=tuple(genres.from_tmdb(genre.id for genre in details.genres)),
        popularity=details.popularity,
        vote_average=min(details.vote_average, 10.0),
        vote_count=details.vote_count,
        credits=(*_cast(people.cast), *_crew(people.crew)),
        keywords=tuple(keyword.name for keyword in named if keyword.name),
        companies=tuple(_companies("production", details.production_companies)),
        offers=tuple(_offers(details, names)),
        similar_ids=_related(details.similar, media_type, details.id),
        recommended_ids=_related(details.recommendations, media_type, details.id),
    )


def _external_ids(given: ExternalIds | None) -> dict[str, str]:
    if given is None:
        return {}
    ids = {"tvdb": given.tvdb_id, "wikidata": given.wikidata_id}
    return {source: str(own_id) for source, own_id in ids.items() if own_id is not None}


def _alternative_titles(details: Details, own_names: Iterable[str | None]) -> tuple[str, ...]:
    """Names that fold to something else than the title, the original one and each other."""
    known = details.alternative_titles
    others = [*known.titles, *known.results] if known else []
    own = {_folded(one) for one in own_names if one}
    by_folded: dict[str, str] = {}
    for other in others:
        if other.title and (folded := _folded(other.title)) not in own:
            by_folded.setdefault(folded, other.title)
    return tuple(by_folded.values())[:_MOST_ALTERNATIVE_TITLES]


def _folded(name: str) -> str:
    return fold(name) or name.casefold()


def _related(page: RelatedTitles | None, media_type: MediaType, tmdb_id: int) -> tuple[int, ...]:
    others = [
        other.id
        for other in (page.results if page else [])
        if other.media_type in {None, media_type} and other.id != tmdb_id
    ]
    return tuple(dict.fromkeys(others))[:_MOST_RELATED]


def _cast(members: Iterable[Member]) -> Iterator[Credit]:
    billed = sorted((member for member in members if member.name), key=lambda one: one.order)
    for position, member in enumerate(billed[:_MOST_CAST]):
        yield Credit("cast", _person(member), position, member.character)


def _crew(members: Iterable[Member]) -> Iterator[Credit]:
    positions: dict[Role, int] = {}
    for member in members:
        role = _JOBS.get(member.job or "")
        if role is not None and member.name:
            position = positions.get(role, 0)
            positions[role] = position + 1
            yield Credit(role, _person(member), position)


def _person(member: Member) -> Person:
    return Person(name=member.name or "", tmdb_id=member.id, popularity=member.popularity)


def _companies(kind: CompanyKind, named: Iterable[Named]) -> Iterator[Company]:
    for one in named:
        if one.name:
            yield Company(kind, one.id, one.name)


def _offers(details: Details, names: ServiceNames) -> Iterator[Offer]:
    for country, offer_type, service, link in _services(details):
        yield Offer(country, names.short_name(service), offer_type, link)


def _providers(details: Details, names: ServiceNames) -> tuple[Provider, ...]:
    found = {
        service.provider_id: Provider(
            names.short_name(service), service.provider_name or "", service.provider_id
        )
        for _, _, service, _ in _services(details)
    }
    return tuple(found.values())


def _services(
    details: Details,
) -> Iterator[tuple[str, OfferType, ServiceOffer, str | None]]:
    countries: Mapping[str, CountryOffers] = (
        details.watch_providers.results if details.watch_providers else {}
    )
    for country, offers in countries.items():
        kinds: tuple[tuple[OfferType, list[ServiceOffer]], ...] = (
            ("subscription", offers.flatrate),
            ("free", offers.free),
            ("ads", offers.ads),
            ("rent", offers.rent),
            ("buy", offers.buy),
        )
        for offer_type, services in kinds:
            for service in services:
                yield country, offer_type, service, offers.link
