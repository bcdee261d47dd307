"""The second step behind the catalogue's names: asks TMDB, finds its answers here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from api.domain.items import MediaType
from api.language.entities import EntityAtTmdb, TitleAtTmdb, UnknownName
from api.language.entity_search.entity_search import EntitySearch

Reference = tuple[MediaType | Literal["person"], int]  # a kind and an id at TMDB
# References -> ids of those that the catalogue has, see api/catalogue/search/tmdb_ids.py.
FindIds = Callable[[Sequence[Reference]], Mapping[tuple[str, int], int]]


class EntityLinker:
    """One per process, where there is a key of TMDB. Thread-safe."""

    def __init__(self, search: EntitySearch, find_ids: FindIds) -> None:
        self._search = search
        self._find_ids = find_ids

    def links(self, names: Sequence[UnknownName]) -> Mapping[UnknownName, EntityAtTmdb]:
        """Those of the names that TMDB knows, with the catalogue's ids where it has them.

        Raises EntitySearchUnavailable. What TMDB said is remembered; the ids are looked up each
        time, so a title counts as soon as a job has brought it.
        """
        found = self._search.ask(names)
        if not found:
            return found
        ids = self._find_ids([_reference(entity) for entity in found.values()])
        return {
            name: replace(entity, id=ids.get(_reference(entity))) for name, entity in found.items()
        }

    def close(self) -> None:
        """Ends what is under way."""
        self._search.close()


def _reference(entity: EntityAtTmdb) -> Reference:
    kind = entity.media_type if isinstance(entity, TitleAtTmdb) else "person"
    return kind, entity.tmdb_id
