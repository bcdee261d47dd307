"""An operator's own catalogue: titles that TMDB does not have, known by the operator's ids."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, text

from api.catalogue.writing.catalogue_writes import (
    TMDB_GIVES_IDS_OF,
    bump_catalogue_version,
    write_titles,
)
from api.catalogue.writing.moved_titles import follow_moves
from api.catalogue.writing.title import Title
from api.domain.items import ItemRef
from api.platform.database import Database
from api.platform.errors import InvalidInput, NotFound

Outcome = Literal["created", "changed", "unchanged", "same_as"]

_RESERVED = frozenset((*TMDB_GIVES_IDS_OF, "sample"))

# Two writers of one new id would both create its title.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('own titles'))")

# By the primary key of external_ids.
_KNOWN = text(
    """
    SELECT external_ids.source, external_ids.id, items.id, items.media_type,
        items.tmdb_id IS NOT NULL, items.updated_at
    FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[])) AS given(source, id)
    JOIN external_ids USING (source, id) JOIN items ON items.id = item_id
    """
)
_RETIRE = text(
    "UPDATE items SET retired_at = :now, updated_at = :now FROM external_ids "
    "WHERE items.id = item_id AND external_ids.source = :source AND external_ids.id = :id "
    "AND tmdb_id IS NULL AND retired_at IS NULL RETURNING items.id"
)


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """A title with the source and the id that it has there, e.g. ("archive", "reel-7")."""

    key: tuple[str, str]
    title: Title


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a title; `same_as` one that TMDB has, which stays as TMDB describes it."""

    key: tuple[str, str]
    item_id: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Known:
    item_id: int
    media_type: str
    is_tmdbs: bool
    updated_at: datetime


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
            raise InvalidInput("An id is given twice.")
        if len({source for source, _ in keys}) != 1:
            raise InvalidInput("All titles of a request are to be of one source.")
        now = self._clock()
        with self._database.engine.begin() as connection:
            connection.execute(_ONE_AT_A_TIME)
            before = _known(connection, keys)
            _refuse_other_kind(titles, before)
            own = [
                one for one in titles if not (known := before.get(one.key)) or not known.is_tmdbs
            ]
            write_titles(connection, [one.title for one in own], source=keys[0][0], now=now)
            if imdb_ids := {one.title.imdb_id for one in own if one.title.imdb_id}:
                follow_moves(connection, imdb_ids)
            after = _known(connection, keys)
        self._edited()
        return [
            Stored(key, after[key].item_id, _outcome(before.get(key), after[key])) for key in keys
        ]

    def retire(self, key: tuple[str, str]) -> None:
        """Takes a title out of the catalogue; its row and the histories with it stay.

        Raises NotFound for an id that names no title of an own catalogue, or one retired before.
        """
        source, own_id = key
        with self._database.engine.begin() as connection:
            parameters = {"source": source, "id": own_id, "now": self._clock()}
            if connection.execute(_RETIRE, parameters).first() is None:
                raise NotFound(f"No catalogue of yours has an item {source}:{own_id}.")
            bump_catalogue_version(connection)
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


def _known(
    connection: Connection, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], _Known]:
    parameters = {"sources": [key[0] for key in keys], "ids": [key[1] for key in keys]}
    rows = connection.execute(_KNOWN, parameters)
    return {(source, own_id): _Known(*rest) for source, own_id, *rest in rows}


def _refuse_other_kind(titles: Sequence[OwnTitle], known: dict[tuple[str, str], _Known]) -> None:
    for one in titles:
        found = known.get(one.key)
        if found is not None and found.media_type != one.title.media_type:
            raise InvalidInput(
                f"{':'.join(one.key)} is a {found.media_type} already; a title cannot become one "
                f"of the other media type."
            )


def _outcome(before: _Known | None, after: _Known) -> Outcome:
    if after.is_tmdbs:
        return "same_as"
    if before is None:
        return "created"
    return "unchanged" if after.updated_at == before.updated_at else "changed"
