"""The map as it is sent: packed places of titles, and regions by name with titles known there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.arrays import Floats, Ints, Mask
from api.domain.limits import Limits
from api.platform.database import Database
from api.platform.errors import NotFound

# Of each title, little-endian.
PLACE = np.dtype([("id", "<u4"), ("x", "<u2"), ("y", "<u2")])
_WIDEST, _BITS = 65535, 16
_KNOWN = 12  # titles of a region by which it is known

_NEWEST = """
SELECT id, built_at, regions FROM title_maps WHERE regions IS NOT NULL ORDER BY id DESC LIMIT 1
"""
# By the primary key.
_PLACES = """
SELECT item_id, x, y, region FROM map_titles WHERE map_id = %(map_id)s AND x IS NOT NULL
ORDER BY item_id
"""
_TITLES = "SELECT id, media_type, tmdb_id, title FROM items WHERE id = ANY(%(ids)s::int[])"


@dataclass(frozen=True, slots=True, eq=False)
class TitleMap:
    """n titles with their places; x and y fill 0 to 65535 in the longer direction."""

    map_id: int
    built_at: datetime
    ids: Ints
    places: Floats  # (n, 2)
    region: Ints  # of each title
    regions: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Tile:
    """One of 2^zoom x 2^zoom squares of the map, counted from where x and y are 0."""

    zoom: int  # 0 to 8
    column: int
    row: int

    def has(self, places: Floats) -> Mask:
        """Which places lie in it."""
        own = places.astype(np.int32) >> (_BITS - self.zoom)
        return np.asarray((own == (self.column, self.row)).all(axis=1))


WHOLE_MAP = Tile(0, 0, 0)


@dataclass(frozen=True, slots=True)
class RegionTitle:
    """A title that a region is known by."""

    id: int
    media_type: str
    tmdb_id: int | None
    title: str


@dataclass(frozen=True, slots=True)
class ShownRegion:
    """A region as it is shown."""

    region: int
    name: str
    genres: list[str]
    keywords: list[str]
    titles: int
    x: int
    y: int
    known: list[RegionTitle]


class TitleMaps:
    """The use cases of GET /map and GET /map/regions; one per process. Thread-safe.

    30,000 titles take 600 KB in memory.
    """

    def __init__(
        self,
        database: Database,
        catalogue: ResidentCatalogue,
        shown: ShownTitles,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._shown = shown
        self._clock = clock
        self._lock = Lock()
        self._map: TitleMap | None = None

    def packed(self, limits: Limits, *, tile: Tile = WHOLE_MAP, most: int | None = None) -> bytes:
        """A record of PLACE for each title of a tile that may be shown, by id; with `most` those
        with the most votes alone. Raises NotFound.
        """
        found, facts = self._current(), self._facts()
        here = self._may_be_shown(found, facts, limits) & tile.has(found.places)
        if most is not None and here.sum() > most:
            rows = np.flatnonzero(here)
            votes = facts.vote_count[facts.rows_of(found.ids[rows])]
            here[rows[np.argsort(-votes, kind="stable")[most:]]] = False
        records = np.zeros(int(here.sum()), dtype=PLACE)
        records["id"] = found.ids[here]
        records["x"], records["y"] = found.places[here].T
        return records.tobytes()

    def regions(self, limits: Limits) -> tuple[TitleMap, list[ShownRegion]]:
        """Regions with something to show, the largest first. Raises NotFound.

        Keywords may tell of what a profile is not shown; where titles are hidden, genres name it.
        """
        found, facts = self._current(), self._facts()
        here = self._may_be_shown(found, facts, limits)
        rows = np.where(here, facts.rows_of(found.ids), 0)
        votes = np.where(here, facts.vote_count[rows] if len(facts) else 0, -1)
        order = np.argsort(-votes, kind="stable")
        known = {
            number: [int(found.ids[one]) for one in order[here[order] & own][:_KNOWN]]
            for number in range(len(found.regions))
            if (own := found.region[order] == number).any()
        }
        titles = self._titles([item_id for ids in known.values() for item_id in ids])
        sizes = np.bincount(found.region[here], minlength=len(found.regions)).tolist()
        described = [
            _region(found, number, sizes[number], [titles[one] for one in ids if one in titles])
            for number, ids in known.items()
            if ids
        ]
        if limits.hide_titles:
            described = [_by_genres_alone(one) for one in described]
        return found, sorted(described, key=lambda one: (-one.titles, one.region))

    def members(self, facts: CatalogueFacts, limits: Limits) -> list[tuple[str, Mask]]:
        """The regions by name, each with the rows of the facts in it; none without a map.

        Regions of one name are one.
        """
        if (found := self._newest()) is None:
            return []
        region = np.full(len(facts), -1, dtype=np.int32)
        rows = facts.rows_of(found.ids)
        region[rows[rows >= 0]] = found.region[rows >= 0]
        named: dict[str, Mask] = {}
        for number, one in enumerate(found.regions):
            own = np.asarray(region == number)
            if own.any():
                keywords = [] if limits.hide_titles else one["keywords"]
                name = region_name(one["genres"], keywords)
                named[name] = named[name] | own if name in named else own
        return list(named.items())

    def _current(self) -> TitleMap:
        if (found := self._newest()) is None:
            raise NotFound("There is no map: the job `map` makes it (`make map`).")
        return found

    def _newest(self) -> TitleMap | None:
        with self._database.autocommit() as cursor:
            row = cursor.execute(_NEWEST).fetchone()
        if row is None:
            return None
        with self._lock:
            if self._map is None or self._map.map_id != row[0]:
                self._map = self._read(*row)
            return self._map

    def _read(self, map_id: int, built_at: datetime, regions: list[dict[str, Any]]) -> TitleMap:
        with self._database.autocommit() as cursor:
            rows = cursor.execute(_PLACES, {"map_id": map_id}).fetchall()
        columns = np.array(rows, dtype=np.float64).reshape(-1, 4)
        raw = columns[:, 1:3]
        low, width = raw.min(axis=0, initial=np.inf), float(np.ptp(raw, axis=0).max(initial=1e-9))
        scaled = ((raw - low) / width * _WIDEST).round()
        centres = [
            one
            | {
                axis: int(np.clip((one[axis] - low[place]) / width * _WIDEST, 0, _WIDEST))
                for place, axis in enumerate("xy")
            }
            for one in regions
        ]
        ids, region = columns[:, 0].astype(np.int32), columns[:, 3].astype(np.int32)
        return TitleMap(map_id, built_at, ids, scaled.astype(np.float32), region, centres)

    def _facts(self) -> CatalogueFacts:
        return self._catalogue.current(0, self._clock())

    def _may_be_shown(
        self, found: TitleMap, facts: CatalogueFacts, limits: Limits
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        rows = facts.rows_of(found.ids)
        here = np.asarray(rows >= 0)
        if (mask := self._shown.mask(facts, limits)) is not None and len(mask):
            here &= mask[rows]
        return here

    def _titles(self, ids: list[int]) -> dict[int, RegionTitle]:
        with self._database.autocommit() as cursor:
            rows = cursor.execute(_TITLES, {"ids": ids}).fetchall()
        return {row[0]: RegionTitle(*row) for row in rows}


def _region(found: TitleMap, number: int, titles: int, known: list[RegionTitle]) -> ShownRegion:
    one = found.regions[number]
    name = region_name(one["genres"], one["keywords"])
    return ShownRegion(
        number, name, one["genres"], one["keywords"], titles, one["x"], one["y"], known
    )


def _by_genres_alone(one: ShownRegion) -> ShownRegion:
    return ShownRegion(
        one.region, region_name(one.genres, []), one.genres, [], one.titles, one.x, one.y, one.known
    )


def region_name(genres: list[str], keywords: list[str]) -> str:
    """ "Crime and Thriller: heist, undercover"; "Various" where nothing is common."""
    of_genres = " and ".join(genres) or "Various"
    return f"{of_genres}: {', '.join(keywords)}" if keywords else of_genres
