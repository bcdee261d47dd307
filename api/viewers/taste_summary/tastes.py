"""Telling a viewer what their history says of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from api.catalogue.title_map.title_map import TitleMaps
from api.platform.database import Database
from api.viewers.events import ProfileKey
from api.viewers.taste.evidence_of_taste import events_of, people_of
from api.viewers.taste.implicit_rating import title_ratings
from api.viewers.taste_summary.summary import Part, decades, genres, kinds, languages, parts
from api.viewers.versions import read_versions

_MOST_TITLES = 1000  # those of the newest events
_MOST_PEOPLE = 50
_FEWEST_TITLES = 2  # that a person is part of


@dataclass(frozen=True, slots=True)
class PersonOfTaste:
    """Somebody whom several liked titles have in common."""

    id: int
    name: str
    titles: int


@dataclass(frozen=True, slots=True)
class TasteSummary:
    """What the liked titles of a profile are; all lists are empty where nothing is liked."""

    liked_titles: int  # that the catalogue has
    genres: list[Part]
    decades: list[Part]
    languages: list[Part]
    kinds: list[Part]
    regions: list[Part]
    people: list[PersonOfTaste]


_NOTHING = TasteSummary(0, [], [], [], [], [], [])


@dataclass(frozen=True, slots=True)
class Tastes:
    """The use case of GET /users/{user_id}/taste; one per process."""

    database: Database
    catalogue: ResidentCatalogue
    maps: TitleMaps
    clock: Callable[[], datetime]

    def of(self, viewer: ProfileKey) -> TasteSummary:
        """What the newest thousand titles say now; nothing for a viewer without any."""
        versions = read_versions(self.database, viewer.user_id, viewer.profile)
        if versions.profile_id is None:
            return _NOTHING
        history = self.database.read(
            events_of(versions.profile_id, _MOST_TITLES, limits=versions.limits)
        )
        if not history:
            return _NOTHING
        rated = title_ratings(history)
        liked = rated.ids[rated.weights > 0]
        facts = self.catalogue.current(versions.catalogue_version, self.clock())
        regions = self.maps.members(facts, versions.limits)
        people = self.database.read(people_of(liked, _FEWEST_TITLES))[:_MOST_PEOPLE]
        return TasteSummary(
            liked_titles=len(facts.known_rows(liked)),
            genres=parts(facts, liked, genres),
            decades=parts(facts, liked, decades),
            languages=parts(facts, liked, languages),
            kinds=parts(facts, liked, kinds),
            regions=parts(facts, liked, lambda *_: iter(regions)),
            people=[PersonOfTaste(person, name, titles) for person, name, titles, *_ in people],
        )
