"""The `sample` job: a catalogue, offers and viewers to try the service with, no key needed.

Titles that TMDB's own job has written stay as they are; the invented offers and lists are left out
wherever TMDB's are there.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import Connection, text

from api.catalogue.writing.catalogue_writes import write_providers, write_titles
from api.catalogue.writing.list_writes import ListName, apply_ranks, write_snapshot
from api.catalogue.writing.title import Credit, Offer, Person, Provider, Role, Title, TitleKey
from api.domain.genres import genre_id
from api.platform.counted import counted
from etl.running.job import JobRun
from etl.sample.records import (
    OfferRecord,
    ProviderRecord,
    TitleRecord,
    ViewerRecord,
    read_offers,
    read_providers,
    read_titles,
    read_viewers,
    tmdb_key,
)
from etl.sample.sample_viewers import Viewer, ViewerEvent, write_viewers

_LIST_LENGTH = 100
_TREND_HALF_LIFE = timedelta(days=90)


def load_sample(run: JobRun) -> None:
    """Writes the sample in one transaction; a second run changes nothing."""
    records = read_titles()[: run.options.limit]
    viewers = read_viewers()
    titles = to_titles(records, read_offers())
    with run.batch() as connection, run.progress.track("titles", len(titles)) as advance:
        owned = _owned_by_tmdb(connection)
        ours = [title for title in titles if (title.media_type, title.tmdb_id) not in owned]
        write_providers(connection, map(_provider, read_providers()))
        written = write_titles(connection, ours, source="sample", now=run.started_at)
        events = write_viewers(connection, map(_viewer, viewers))
        if written.changed and not owned:
            _write_lists(connection, run, ours, viewers)
        advance(len(titles))
    run.report.read = len(titles)
    run.report.written = written.changed
    run.report.unchanged = written.unchanged
    if events:
        run.report.notes.append(
            f"{counted(events, 'event')} of {counted(len(viewers), 'sample viewer')} added."
        )
    if len(ours) < len(titles):
        run.report.rejected["owned by TMDB"] = len(titles) - len(ours)


def known_services() -> dict[int, str]:
    """JustWatch's short names by TMDB's provider ids."""
    return {record.tmdb_id: record.short_name for record in read_providers()}


def to_titles(records: Iterable[TitleRecord], offers: Iterable[OfferRecord]) -> list[Title]:
    """Titles with their offers.

    Estimates become figures of TMDB's scale: popularity 3.6 fame² (4 to 90), tilted by a tenth per
    point of acclaim above 7; votes 20 x 4^fame (80 to 20,480); the average is the acclaim.
    """
    by_item: defaultdict[TitleKey, list[Offer]] = defaultdict(list)
    for offer in offers:
        by_item[tmdb_key(offer.item)].append(
            Offer(offer.country, offer.service, offer.offer_type, offer.url)
        )
    return [
        Title(
            media_type=record.media_type,
            tmdb_id=record.tmdb_id,
            imdb_id=record.imdb_id,
            title=record.title,
            original_title=record.original_title or record.title,
            overview=record.synopsis,
            runtime=record.runtime,
            original_language=record.original_language,
            countries=tuple(record.countries),
            release_year=record.year,
            status=record.status,
            genre_ids=tuple(_genre_ids(record.genres)),
            collection_id=record.collection.id if record.collection else None,
            collection_name=record.collection.name if record.collection else None,
            popularity=3.6 * record.fame**2 * (1 + (record.acclaim - 7) / 10),
            vote_average=record.acclaim,
            vote_count=20 * 4**record.fame,
            certificates=record.certificates,
            credits=tuple(_credits(record)),
            keywords=tuple(record.keywords),
            offers=tuple(by_item[record.media_type, record.tmdb_id]),
        )
        for record in records
    ]


def trending(titles: Sequence[Title], viewers: Sequence[ViewerRecord]) -> list[Title]:
    """Titles by what viewers watched lately; an event halves its weight every 90 days."""
    events = [event for viewer in viewers for event in viewer.events]
    newest = max(event.watched_at for event in events)
    heat: defaultdict[TitleKey, float] = defaultdict(float)
    for event in events:
        age = (newest - event.watched_at) / _TREND_HALF_LIFE
        heat[tmdb_key(event.item)] += math.pow(0.5, age)
    watched = [title for title in titles if title.tmdb_key in heat]
    return sorted(watched, key=lambda title: (-heat[title.tmdb_key], title.tmdb_id))


def _write_lists(
    connection: Connection, run: JobRun, titles: Sequence[Title], viewers: Sequence[ViewerRecord]
) -> None:
    ranked: dict[ListName, list[Title]] = {
        "popular": sorted(titles, key=lambda title: (-title.popularity, title.tmdb_id)),
        "top_rated": sorted(
            titles, key=lambda title: (-title.vote_average, -title.vote_count, title.tmdb_id)
        ),
        "trending_week": trending(titles, viewers),
    }
    for list_name, in_order in ranked.items():
        for media_type in ("movie", "tv"):
            ids = [title.tmdb_key[1] for title in in_order if title.media_type == media_type]
            write_snapshot(
                connection, list_name, media_type, ids[:_LIST_LENGTH], taken_at=run.started_at
            )
    apply_ranks(connection, now=run.started_at)


def _owned_by_tmdb(connection: Connection) -> set[TitleKey]:
    rows = connection.execute(text("SELECT media_type, tmdb_id FROM items WHERE source = 'tmdb'"))
    return {(row.media_type, row.tmdb_id) for row in rows}


def _genre_ids(names: Iterable[str]) -> list[int]:
    return [known for name in names if (known := genre_id(name)) is not None]


def _credits(record: TitleRecord) -> Iterable[Credit]:
    parts: tuple[tuple[Role, list[str]], ...] = (
        ("director", record.directors),
        ("creator", record.creators),
        ("cast", record.cast),
    )
    for role, names in parts:
        for position, name in enumerate(names):
            yield Credit(role, Person(name), position)


def _provider(record: ProviderRecord) -> Provider:
    return Provider(record.short_name, record.name, record.tmdb_id, tuple(record.aliases))


def _viewer(record: ViewerRecord) -> Viewer:
    events = (
        ViewerEvent(*tmdb_key(event.item), event.event_type, event.rating, event.watched_at)
        for event in record.events
    )
    return Viewer(record.user_id, record.profile, tuple(events))
