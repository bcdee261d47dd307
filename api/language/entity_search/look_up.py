"""Finds what a name stands for: a search, and a look at the other names of its best known hits.

TMDB finds a title by alternative titles and translations too, but does not say by which: "El odio"
brings La Haine among others. So where no known hit has the name itself, the best known others are
asked what else they are called.
"""

import asyncio
from collections.abc import Iterable

from api.domain.items import MediaType
from api.language.entities import EntityAtTmdb, PersonAtTmdb, TitleAtTmdb, UnknownName
from api.language.entity_search.choice import (
    best_person,
    best_title,
    fits_year,
    is_called,
    is_known_person,
    is_known_title,
)
from api.language.entity_search.tmdb_answers import (
    OtherNames,
    OtherTitles,
    PersonHit,
    PersonHits,
    TitleHit,
    TitleHits,
)
from api.language.entity_search.tmdb_client import TmdbSearchClient

MOST_REQUESTS = {"title": 4, "person": 2}  # for one name, by its kind
_MOST_CHECKED = 2  # of them for other names
_MEDIA_TYPES: tuple[MediaType, ...] = ("movie", "tv")


async def look_up(client: TmdbSearchClient, unknown: UnknownName) -> EntityAtTmdb | None:
    """The title or person that is meant; None where TMDB has nobody who surely is.

    At most MOST_REQUESTS of its kind, tries again apart. Raises EntitySearchUnavailable.
    """
    if unknown.kind == "person":
        return await _person(client, unknown)
    return await _title(client, unknown)


async def _title(client: TmdbSearchClient, unknown: UnknownName) -> TitleAtTmdb | None:
    media_types = (unknown.media_type,) if unknown.media_type else _MEDIA_TYPES
    pages = await asyncio.gather(*(_titles(client, media, unknown) for media in media_types))
    hits = [hit for page in pages for hit in page]
    best = best_title(unknown, hits)
    if best is None or not is_known_title(best):
        best = await _called_so(client, unknown, [hit for hit in hits if hit is not best]) or best
    return None if best is None else best.entity()


async def _titles(
    client: TmdbSearchClient, media_type: MediaType, unknown: UnknownName
) -> list[TitleHit]:
    query = {"query": unknown.name, "include_adult": "false"}
    if unknown.year is not None:
        query["year"] = str(unknown.year)
    found = await client.get(f"search/{media_type}", query, TitleHits)
    hits = [] if found is None else found.results
    return [hit.model_copy(update={"media_type": media_type}) for hit in hits]


async def _called_so(
    client: TmdbSearchClient, unknown: UnknownName, hits: Iterable[TitleHit]
) -> TitleHit | None:
    """The best known of the hits that bears the very name somewhere."""
    known = [hit for hit in hits if is_known_title(hit) and fits_year(unknown, hit)]
    known.sort(key=lambda hit: (hit.vote_count, -hit.id), reverse=True)
    checked = known[:_MOST_CHECKED]
    answers = await asyncio.gather(*(_other_titles(client, hit) for hit in checked))
    for hit, other in zip(checked, answers, strict=True):
        if other is not None and is_called(unknown.name, other.names):
            return hit
    return None


async def _other_titles(client: TmdbSearchClient, hit: TitleHit) -> OtherTitles | None:
    appended = {"append_to_response": "alternative_titles,translations"}
    return await client.get(f"{hit.media_type}/{hit.id}", appended, OtherTitles)


async def _person(client: TmdbSearchClient, unknown: UnknownName) -> PersonAtTmdb | None:
    query = {"query": unknown.name, "include_adult": "false"}
    found = await client.get("search/person", query, PersonHits)
    hits: list[PersonHit] = [] if found is None else found.results
    best = best_person(unknown, hits)
    if best is not None:
        return best.entity()
    known = sorted(filter(is_known_person, hits), key=lambda hit: -hit.popularity)
    for hit in known[:1]:
        other = await client.get(f"person/{hit.id}", {}, OtherNames)
        if other is not None and is_called(unknown.name, other.names):
            return hit.entity()
    return None
