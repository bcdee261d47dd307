"""The names of a catalogue, for finding titles, people and services in a text.

Names have the one spelling of canonical.py, so that what search finds is found in a text too. An
index never changes, so threads share it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from api.catalogue.names.group_names import GroupName, Groups
from api.catalogue.names.ordinary_words import OrdinaryWords
from api.catalogue.names.person_names import People, PersonName
from api.catalogue.names.service_names import Services
from api.catalogue.names.service_spellings import ServiceName
from api.catalogue.names.title_names import TitleName, Titles
from api.catalogue.names.topics import Keyword, Topics
from api.domain.arrays import Arrays, part_of, put_under


@dataclass(frozen=True, slots=True)
class TextNames:
    """All names of one version of the catalogue that a text may have."""

    version: int
    titles: Titles
    people: People
    services: Services
    groups: Groups
    topics: Topics
    ordinary_words: OrdinaryWords

    @classmethod
    def of(
        cls,
        titles: Iterable[TitleName] = (),
        people: Iterable[PersonName] = (),
        services: Iterable[ServiceName] = (),
        groups: Iterable[GroupName] = (),
        keywords: Iterable[Keyword] = (),
        stories: Iterable[str] = (),
        *,
        version: int = 0,
    ) -> Self:
        """An index of these names: 5 s of 30,000 titles with 98,000 people."""
        own, known = list(titles), People.of(people)
        return cls(
            version,
            Titles.of(own, is_a_person=lambda name: bool(known.named(name))),
            known,
            Services.of(services),
            Groups.of(groups),
            Topics.of(keywords, titles=len(own)),
            OrdinaryWords.of(stories),
        )

    def arrays(self) -> Arrays:
        """All but the version, for of_arrays."""
        return {
            **put_under("titles", self.titles.arrays),
            **put_under("people", self.people.arrays),
            **put_under("services", self.services.arrays),
            **put_under("groups", self.groups.arrays),
            **put_under("topics", self.topics.arrays),
            **put_under("ordinary_words", self.ordinary_words.arrays),
        }

    @classmethod
    def of_arrays(cls, version: int, arrays: Arrays) -> Self:
        """Over these arrays, which are not copied."""
        return cls(
            version,
            Titles(part_of(arrays, "titles")),
            People(part_of(arrays, "people")),
            Services(part_of(arrays, "services")),
            Groups(part_of(arrays, "groups")),
            Topics(part_of(arrays, "topics")),
            OrdinaryWords(part_of(arrays, "ordinary_words")),
        )
