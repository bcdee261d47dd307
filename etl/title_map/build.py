"""The `map` job: titles beside each other, made anew as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

import numpy as np
import orjson
from psycopg import Cursor
from scipy import sparse
from sqlalchemy import Connection, text

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.catalogue.similarity.read_similarity import similarity_through
from api.domain.arrays import Floats, Ints
from api.platform.copying import copy_rows
from api.platform.counted import counted
from api.platform.errors import ConfigurationError
from etl.running.job import JobRun
from etl.title_map.links import Links, link_titles
from etl.title_map.name_words import as_written, plain
from etl.title_map.nearest import Nearest, nearest_titles
from etl.title_map.places import start_anew, start_from
from etl.title_map.regions import Region, divide, name_regions
from etl.title_map.words import Words, read_votes, read_words

FEWEST_TITLES = 50  # of a map; fewer are a list

_COLUMNS = ("map_id", "item_id", "linked_ids", "strengths", "x", "y", "region")
_NEW = text(
    "INSERT INTO title_maps (titles, regions) VALUES (:titles, CAST(:regions AS jsonb)) "
    "RETURNING id"
)
_OTHERS = text("DELETE FROM title_maps WHERE id <> :id")
_BEFORE = """
SELECT item_id, x, y FROM map_titles
WHERE map_id = (SELECT max(id) FROM title_maps) AND x IS NOT NULL
"""
_REGIONS_BEFORE = "SELECT regions FROM title_maps ORDER BY id DESC LIMIT 1"
_NO_LIBRARY = "Titles are linked and not laid out: that takes openTSNE, which is not installed."


class LaysOut(Protocol):
    """Gives titles their places: etl/title_map/tsne.py, or a test's own way."""

    def __call__(self, nearest: Nearest, start: Floats, *, goes_on: bool) -> Floats:
        """(n, 2); with `goes_on` they are near their places already."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Before:
    """The map that there is."""

    places: Mapping[int, tuple[float, float]]
    centres: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """Places of n titles, and the regions they are in."""

    places: Floats
    region: Ints
    regions: list[Region]


@dataclass(frozen=True, slots=True)
class BuildMap:
    """The work of the job; without `lay_out` titles are linked alone.

    Raises ConfigurationError where there are more than `most` titles.
    """

    lay_out: LaysOut | None
    most: int | None = None

    def __call__(self, run: JobRun) -> None:
        """Replaces the map in one transaction; the one of an emptied catalogue stays."""
        with run.database.connect() as own, own.cursor() as cursor:
            similarity = similarity_through(cursor)
            words, before = read_words(cursor, similarity.ids), _read_before(cursor)
            votes = read_votes(cursor, similarity.ids)
        run.report.read = len(similarity)
        if not len(similarity):
            run.report.notes.append("The catalogue is empty: there is nothing to link.")
            return
        if self.most is not None and len(similarity) > self.most:
            raise ConfigurationError(
                f"{len(similarity):,} titles take long; `make map` maps more than {self.most:,}."
            )
        nearest = nearest_titles(similarity, stop_if_cancelled=run.record.stop_if_cancelled)
        links = link_titles(similarity, nearest)
        layout = self._layout(run, similarity, nearest, words, votes, before)
        if layout is not None:
            with run.database.connect() as own, own.cursor() as cursor:
                layout = _as_people_write(cursor, layout)
        with run.batch() as connection:
            _write(connection, similarity, links, layout)
        run.report.written = len(similarity)
        run.report.notes.append(
            f"{counted(len(links.one), 'link')} between {counted(len(similarity), 'title')}."
        )

    def _layout(
        self,
        run: JobRun,
        similarity: ItemSimilarity,
        nearest: Nearest,
        words: tuple[Words, Words],
        votes: Ints,
        before: _Before,
    ) -> _Layout | None:
        if len(similarity) < FEWEST_TITLES:
            run.report.notes.append(f"Fewer than {FEWEST_TITLES} titles make no map.")
            return None
        if self.lay_out is None:
            run.report.notes.append(_NO_LIBRARY)
            return None
        start = start_from(before.places, similarity, nearest)
        goes_on = start is not None
        if start is None:
            start = start_anew(similarity)
        places = self.lay_out(nearest, start, goes_on=goes_on)
        region = divide(places, before.centres if goes_on else ())
        genres, keywords = words
        regions = name_regions(
            places,
            region,
            votes=votes,
            genres=genres.having,
            genre_names=genres.names,
            keywords=keywords.having,
            keyword_names=keywords.names,
        )
        return _Layout(places, region, regions)


def _as_people_write(cursor: Cursor[Any], layout: _Layout) -> _Layout:
    """The keywords of the regions' names with the capitals that stories give them."""
    named = [[plain(keyword) for keyword in one.keywords] for one in layout.regions]
    written = as_written(cursor, sorted({one for keywords in named for one in keywords}))
    regions = [
        replace(one, keywords=list(dict.fromkeys(written[keyword] for keyword in keywords)))
        for one, keywords in zip(layout.regions, named, strict=True)
    ]
    return replace(layout, regions=regions)


def _read_before(cursor: Cursor[Any]) -> _Before:
    places = {row[0]: (row[1], row[2]) for row in cursor.execute(_BEFORE)}
    row = cursor.execute(_REGIONS_BEFORE).fetchone()
    regions = [] if row is None or row[0] is None else row[0]
    return _Before(places, [(one["x"], one["y"]) for one in regions])


def _write(
    connection: Connection, similarity: ItemSimilarity, links: Links, layout: _Layout | None
) -> None:
    """Titles that left the catalogue meanwhile are left out."""
    regions = None if layout is None else [asdict(one) for one in layout.regions]
    values = {
        "titles": len(similarity),
        "regions": None if regions is None else orjson.dumps(regions).decode(),
    }
    map_id = connection.execute(_NEW, values).scalar_one()
    held = text("SELECT id FROM items WHERE id = ANY(:ids) FOR KEY SHARE")
    there = {row[0] for row in connection.execute(held, {"ids": similarity.ids.tolist()})}
    rows = ((map_id, *row) for row in _rows(similarity, links, layout) if row[0] in there)
    copy_rows(connection, "map_titles", rows, columns=_COLUMNS)
    connection.execute(_OTHERS, {"id": map_id})


def _rows(
    similarity: ItemSimilarity, links: Links, layout: _Layout | None
) -> Iterator[tuple[Any, ...]]:
    """Of each title its id, the ids it is linked with, how strong each link is, and its place."""
    size = len(similarity)
    rows, columns = np.append(links.one, links.other), np.append(links.other, links.one)
    values = np.append(links.strength, links.strength)
    linked = sparse.csr_array((values, (rows, columns)), shape=(size, size))
    for row, item_id in enumerate(similarity.ids.tolist()):
        own = slice(linked.indptr[row], linked.indptr[row + 1])
        where = (None,) * 3
        if layout is not None:
            where = (*layout.places[row].tolist(), int(layout.region[row]))
        yield (
            item_id,
            similarity.ids[linked.indices[own]].tolist(),
            linked.data[own].tolist(),
            *where,
        )
