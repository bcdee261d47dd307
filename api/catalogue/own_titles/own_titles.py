"""An operator's own catalogue: titles that TMDB does not have, known by the operator's ids."""

from collections.abc import Callable, Sequence
from datetime import datetime

from api.catalogue.own_titles.own_title import OwnTitle, Stored
from api.catalogue.writing.title import TMDB_GIVES_IDS_OF
from api.domain.items import ItemRef
from api.platform.database import Database
from api.platform.errors import InvalidInput, NotFound

_RESERVED = frozenset((*TMDB_GIVES_IDS_OF, "sample"))


class OwnTitles:
    """The use cases of PUT and DELETE below /items."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], edited: Callable[[], None]
    ) -> None:
        """`edited` is called after every edit, to make it found by its names."""
        self._database = database
        self._clock = clock
        self._edited = edited

    def put(self, titles: Sequence[OwnTitle]) -> list[Stored]:
        """Writes the titles, all of them or none; what became of each, in the order given.

        Raises InvalidInput for titles of several sources, for an id that comes twice and for one
        that names a title of the other media type.
        """
        keys = [one.key for one in titles]
        if len(set(keys)) < len(keys):
            raise InvalidInput("an id is given twice", field="items")
        if len({source for source, _ in keys}) != 1:
            raise InvalidInput("all titles of a request are to be of one source", field="items")
        # Takes 20 MB, which a service that no own catalogue is brought to does without.
        from api.catalogue.own_titles.own_title_writes import write_own_titles

        with self._database.composing() as connection:
            stored = write_own_titles(connection, titles, self._clock())
        self._edited()
        return stored

    def retire(self, key: tuple[str, str]) -> None:
        """Takes a title out of the catalogue; its row and the histories with it stay.

        Raises NotFound for an id that names no title of an own catalogue, or one retired before.
        """
        from api.catalogue.own_titles.own_title_writes import retire_own_title

        with self._database.composing() as connection:
            if not retire_own_title(connection, key, self._clock()):
                raise NotFound(f"No catalogue of yours has an item {':'.join(key)}.")
        self._edited()


def own_key(reference: str) -> tuple[str, str]:
    """Source and id of "archive:reel-7"; raises InvalidInput for no id of an own catalogue."""
    parsed = ItemRef.parse(reference)
    if parsed is None or parsed.external is None or parsed.external[0] in _RESERVED:
        raise InvalidInput(
            f"{reference} is no id of a catalogue of your own: SOURCE:ID is needed, such as "
            "archive:reel-7. SOURCE is two to 32 of a-z, 0-9, _ and -, and none of movie, tv, "
            "tmdb, imdb, sample, tvdb and wikidata; ID is up to 64 of A-Z, a-z, 0-9, ., _ and -."
        )
    return parsed.external
