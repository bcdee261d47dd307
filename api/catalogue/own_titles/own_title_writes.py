"""What editing an operator's own catalogue writes; of the request path SQLAlchemy's only use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from api.catalogue.own_titles.own_title import Outcome, OwnTitle, Stored
from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.catalogue.writing.catalogue_writes import write_titles
from api.catalogue.writing.moved_titles import follow_moves
from api.platform.errors import InvalidInput

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
class _Known:
    item_id: int
    media_type: str
    is_tmdbs: bool
    updated_at: datetime


def write_own_titles(
    connection: Connection, titles: Sequence[OwnTitle], now: datetime
) -> list[Stored]:
    """Writes titles of one source; what became of each, in the order given.

    Raises InvalidInput for an id that names a title of the other media type.
    """
    keys = [one.key for one in titles]
    connection.execute(_ONE_AT_A_TIME)
    before = _known(connection, keys)
    _refuse_other_kind(titles, before)
    own = [one for one in titles if not (known := before.get(one.key)) or not known.is_tmdbs]
    write_titles(connection, [one.title for one in own], source=keys[0][0], now=now)
    if imdb_ids := {one.title.imdb_id for one in own if one.title.imdb_id}:
        follow_moves(connection, imdb_ids)
    after = _known(connection, keys)
    return [Stored(key, after[key].item_id, _outcome(before.get(key), after[key])) for key in keys]


def retire_own_title(connection: Connection, key: tuple[str, str], now: datetime) -> bool:
    """Takes a title out of the catalogue; False where there is none to take out."""
    source, own_id = key
    parameters = {"source": source, "id": own_id, "now": now}
    retired = connection.execute(_RETIRE, parameters).scalars().all()
    if not retired:
        return False
    bump_catalogue_version(connection, retired)
    return True


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
