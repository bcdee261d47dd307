"""What a text is read against: the names of a catalogue and the words of the languages."""

from dataclasses import dataclass

from api.catalogue.names.group_names import Groups
from api.catalogue.names.ordinary_words import OrdinaryWords
from api.catalogue.names.person_names import People
from api.catalogue.names.service_names import Services
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import Titles
from api.catalogue.names.topics import Topics
from api.language.vocabulary.lexicon import Lexicon
from api.language.vocabulary.load_lexicon import shipped_lexicon


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one version of the catalogue, and the words that are known beside them."""

    titles: Titles
    people: People
    services: Services
    groups: Groups
    topics: Topics
    ordinary_words: OrdinaryWords
    lexicon: Lexicon
    version: int


def names_of(known: TextNames, lexicon: Lexicon | None = None) -> Names:
    """Those names beside these words; `lexicon` None stands for the languages of this project."""
    return Names(
        known.titles,
        known.people,
        known.services,
        known.groups,
        known.topics,
        known.ordinary_words,
        lexicon or shipped_lexicon(),
        known.version,
    )
