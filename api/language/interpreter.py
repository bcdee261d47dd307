"""Reads requests in words against the names of the newest catalogue; one per process.

Where there is a key of TMDB, names that the catalogue does not know are looked up there.
"""

from collections.abc import Callable
from datetime import date

from api.catalogue.names.text_names import TextNames
from api.language.entity_search.entity_linker import EntityLinker
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.load_lexicon import shipped_lexicon
from api.language.vocabulary.names import Names, names_of

# Catalogue version -> its names or, as long as these are being read, those of one before.
CurrentNames = Callable[[int], TextNames]

ENTITY_SEARCH = "entity_search"  # as answers name it where it failed


class Interpreter:
    """Thread-safe."""

    def __init__(self, names: CurrentNames, linker: EntityLinker | None = None) -> None:
        """`linker` looks up what the names do not have; None: nobody does."""
        self._current = names
        self._linker = linker
        # Read at the start, so that a language file with a mistake stops the boot.
        self._lexicon = shipped_lexicon()
        self._names: Names | None = None

    def read(self, text: str, *, version: int, today: date) -> Intent:
        """What the text asks for; `version` is the catalogue's, whose names are fetched soon."""
        return parse(text, names=self.names(version), today=today)

    def link(self, intent: Intent, *, version: int, today: date) -> Intent:
        """The same text, read with what TMDB knows of its unknown names.

        Raises EntitySearchUnavailable; the intent as it was is good then.
        """
        if self._linker is None or not intent.unknown_names:
            return intent
        links = self._linker.links(intent.unknown_names)
        if not links:
            return intent
        return parse(intent.text, names=self.names(version), today=today, links=links)

    def names(self, version: int) -> Names:
        """What texts are read against, if need be of a catalogue before `version`."""
        known, held = self._current(version), self._names
        if held is None or held.titles is not known.titles:
            held = self._names = names_of(known, self._lexicon)
        return held

    def close(self) -> None:
        """Ends what is under way."""
        if self._linker is not None:
            self._linker.close()
