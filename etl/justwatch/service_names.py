"""Bringing JustWatch's services into the table of providers.

TMDB gives services numbers and plain names, and its job makes short names of those. JustWatch has
the short names that clients use; where it brings one, the made-up one becomes an alias.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, text

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.catalogue.writing.title import Provider
from api.domain.folding import fold

_READ = text("SELECT short_name, name, tmdb_id, aliases FROM providers")

# Readers do not wait; writers of offers do, or a row could keep a name that no longer exists.
_STOP_WRITERS = text("LOCK TABLE availability IN SHARE ROW EXCLUSIVE MODE")

# All at once, so that two services may also swap their names. The insert sees no row that the first
# half has deleted; where the new name already has the same offer, that one stays.
_RENAME_OFFERS = text(
    """
    WITH renamed AS (
        SELECT * FROM unnest(CAST(:old AS text[]), CAST(:new AS text[])) AS renamed(old, new)
    ),
    moved AS (
        DELETE FROM availability USING renamed WHERE service = old
        RETURNING item_id, country, new, offer_type, url, deep_link, source, updated_at
    )
    INSERT INTO availability
        (item_id, country, service, offer_type, url, deep_link, source, updated_at)
    SELECT DISTINCT ON (item_id, country, new, offer_type) * FROM moved
    ORDER BY item_id, country, new, offer_type, updated_at DESC
    ON CONFLICT DO NOTHING
    """
)

_DELETE = text("DELETE FROM providers WHERE short_name = ANY(:short_names)")
_WRITE = text(
    """
    INSERT INTO providers (short_name, name, tmdb_id, aliases)
    VALUES (:short_name, :name, :tmdb_id, :aliases)
    ON CONFLICT (short_name) DO UPDATE
    SET name = EXCLUDED.name, tmdb_id = EXCLUDED.tmdb_id, aliases = EXCLUDED.aliases
    """
)


@dataclass(frozen=True, slots=True)
class Adopted:
    """What became of the services."""

    added: int
    renamed: int


def adopt_services(connection: Connection, services: Iterable[Provider]) -> Adopted:
    """Adds services by short name, and to known ones the aliases and TMDB ids that they lack.

    A known name stays. A service with the same TMDB id under another short name is renamed, its
    offers with it. A short name that belongs to another TMDB id is left alone.
    """
    known = {row.short_name: _provider(row) for row in connection.execute(_READ)}
    given = {service.short_name: service for service in services}
    renames = _renames(known, given)
    if renames:
        connection.execute(_STOP_WRITERS)
        connection.execute(_RENAME_OFFERS, {"old": list(renames), "new": list(renames.values())})
    staying = {name: provider for name, provider in known.items() if name not in renames}
    merged = _merged(staying, given, known, renames)
    changed = [merged[name] for name in sorted(merged) if merged[name] != staying.get(name)]
    if renames:
        connection.execute(_DELETE, {"short_names": list(renames)})
    if changed:
        connection.execute(_WRITE, [_row(provider) for provider in changed])
    if changed or renames:
        bump_catalogue_version(connection, None if renames else ())
    added = set(merged) - set(known) - set(renames.values())
    return Adopted(added=len(added), renamed=len(renames))


def _renames(known: Mapping[str, Provider], given: Mapping[str, Provider]) -> dict[str, str]:
    true_names: defaultdict[int | None, set[str]] = defaultdict(set)
    for service in given.values():
        if service.tmdb_id is not None:
            true_names[service.tmdb_id].add(service.short_name)
    renames = {
        name: min(true_names[provider.tmdb_id])
        for name, provider in known.items()
        if provider.tmdb_id in true_names and name not in true_names[provider.tmdb_id]
    }
    # A name that stays with another number is not free; to give one up may keep another from it.
    while taken := [
        old
        for old, new in renames.items()
        if new in known
        and new not in renames
        and known[new].tmdb_id not in (None, known[old].tmdb_id)
    ]:
        for old in taken:
            del renames[old]
    return renames


def _merged(
    staying: Mapping[str, Provider],
    given: Mapping[str, Provider],
    known: Mapping[str, Provider],
    renames: Mapping[str, str],
) -> dict[str, Provider]:
    merged: dict[str, Provider] = {}
    for name, service in given.items():
        former = [known[old] for old, new in renames.items() if new == name]
        base = staying.get(name)
        if base is not None and base.tmdb_id not in (None, service.tmdb_id):
            continue
        if base is None:
            base = replace(former[0] if former else service, short_name=name, aliases=())
        aliases = [*base.aliases]
        aliases += [one.short_name for one in former if one.short_name not in aliases]
        spellings = [
            spelling for one in (*former, service) for spelling in (one.name, *one.aliases)
        ]
        merged[name] = replace(
            base, tmdb_id=service.tmdb_id, aliases=_with_missing(base, aliases, spellings)
        )
    return merged


def _with_missing(base: Provider, aliases: list[str], spellings: Iterable[str]) -> tuple[str, ...]:
    names = {fold(name) for name in (base.short_name, base.name, *aliases)}
    for spelling in spellings:
        if fold(spelling) and fold(spelling) not in names:
            aliases.append(spelling)
            names.add(fold(spelling))
    return tuple(aliases)


def _provider(row: Any) -> Provider:
    return Provider(row.short_name, row.name, row.tmdb_id, tuple(row.aliases))


def _row(provider: Provider) -> dict[str, object]:
    return {
        "short_name": provider.short_name,
        "name": provider.name,
        "tmdb_id": provider.tmdb_id,
        "aliases": list(provider.aliases),
    }
