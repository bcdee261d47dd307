"""`python -m tests.quality.shelves RATINGS [VIEWERS]`: a page of rows beside one list cut in rows.

Every viewer's last fifth of ratings is held back as in `make eval`, and the job learns from the
others. Of a screen of eight rows of ten titles a place counts 1 / log2(row + place), both from 1:
attention falls off to the right and below alike. A screen's NDCG is the sum over what the viewer
liked later, as a share of the best screen there could be. What rows claim is held against the
catalogue, as it is read here.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from api.access.caller import Caller
from api.access.holder import Holder
from api.access.households import Households
from api.domain.arrays import Floats, Ints
from api.http.services import Services
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.recommend.request import RecommendRequest
from api.recommend.shelves.schemas import ShelvesParams
from config.settings import Settings
from tests.evaluation import ours
from tests.evaluation.bootstrap import paired
from tests.evaluation.catalogue import Titles, read_titles
from tests.evaluation.database import copy_of_catalogue, user_of
from tests.evaluation.ratings import Training
from tests.evaluation.run import read_known
from tests.evaluation.splits import Case, per_viewer

ROWS, COLUMNS = 8, 10  # what GET /shelves answers who does not say
_CREDITS = "SELECT item_id, person_id FROM credits WHERE item_id = ANY(%(ids)s::int[])"
# The rows of a screen, each with ids from left to right.
Screen = Sequence[Ints]


@dataclass(slots=True)
class Tally:
    """Of one way to fill a screen."""

    ndcg: list[float] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)  # different ones of a screen
    shown: set[int] = field(default_factory=set)
    of_one_genre: list[float] = field(default_factory=list)  # per row

    def add(self, screen: Screen, relevant: Ints, genres: dict[int, frozenset[int]]) -> None:
        """Counts the screen of one viewer."""
        self.ndcg.append(screen_ndcg(screen, relevant))
        ids = {item_id for row in screen for item_id in row.tolist()}
        self.titles.append(len(ids))
        self.shown |= ids
        self.of_one_genre += [_of_one_genre(row.tolist(), genres) for row in screen if len(row)]

    def line(self, name: str) -> str:
        """A row of the report."""
        return (
            f"{name:28} 2D-NDCG {np.mean(self.ndcg):.4f}  titles a screen "
            f"{np.mean(self.titles):.1f}, of all screens {len(self.shown)}  of a row's titles "
            f"with its commonest genre {np.mean(self.of_one_genre):.3f}"
        )


@dataclass(slots=True)
class Claims:
    """Of titles under a row that claims something of them, how many it holds for."""

    held: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    of: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    rows: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def line(self) -> str:
        """Per kind of row."""
        kinds = (
            f"{code} {self.held[code]} of {self.of[code]}"
            for code in sorted(self.of, key=lambda code: -self.of[code])
        )
        rows = (f"{code} {count}" for code, count in sorted(self.rows.items()))
        return f"claims that hold: {', '.join(kinds)}\nrows: {', '.join(rows)}"

    def add(self, row: dict[str, Any], titles: Titles, people: dict[int, set[int]]) -> None:
        """Counts a row as it was answered, by the catalogue's own facts."""
        code, evidence = row["code"], row["evidence"]
        self.rows[code] += 1
        for item in row["items"]:
            place = int(titles.rows_of(np.array([item["id"]], dtype=np.int32))[0])
            match code:
                case "genre":
                    holds = evidence["genre_id"] in titles.genre_ids[place]
                case "decade":
                    holds = titles.year[place] // 10 * 10 == evidence["decade"]
                case "language":
                    holds = titles.language[place] == evidence["language"]
                case "series":
                    holds = bool(titles.is_show[place])
                case "with_person":
                    holds = evidence["person_id"] in people.get(item["id"], ())
                case _:
                    continue
            self.of[code] += 1
            self.held[code] += holds


def attention() -> Floats:
    """What each place of a screen counts: (rows, columns)."""
    rows, columns = np.indices((ROWS, COLUMNS)) + 1
    return np.asarray(1 / np.log2(rows + columns), dtype=np.float32)


def screen_ndcg(screen: Screen, relevant: Ints) -> float:
    """The gain of a screen as a share of the best one that there could be."""
    places = attention()
    gain = sum(
        float(places[place, : len(row)][np.isin(row, relevant)].sum())
        for place, row in enumerate(screen)
    )
    best = np.sort(places.ravel())[::-1][: len(relevant)]
    return gain / float(best.sum())


def _of_one_genre(row: list[int], genres: dict[int, frozenset[int]]) -> float:
    """The share of the titles that have the genre which most of them have."""
    counts: defaultdict[int, int] = defaultdict(int)
    for item_id in row:
        for genre in genres.get(item_id, ()):
            counts[genre] += 1
    return max(counts.values(), default=0) / len(row)


def cut(ids: Ints) -> Screen:
    """One list as rows of a screen, read row by row."""
    return [ids[start : start + COLUMNS] for start in range(0, ROWS * COLUMNS, COLUMNS)]


def measure(
    services: Services, titles: Titles, cases: Iterable[Case]
) -> tuple[dict[str, Tally], Claims]:
    """The screens of every case, each way, at the moment that the case is asked at."""
    moment = ours.FrozenClock()
    runs = replace(services.runs, clock=moment)
    shelves = replace(services.shelves, runs=runs)
    database = services.recommender.database
    caller = Caller(Holder(scope="client", identity="measure"), Households(database))
    genres = dict(zip(titles.ids.tolist(), titles.genre_ids, strict=True))
    tallies, claims = defaultdict[str, Tally](Tally), Claims()
    for case in cases:
        moment.now = datetime.fromtimestamp(case.asked_at, UTC)
        user_id, profile = user_of(case)
        asked = ShelvesParams(user_id=user_id, profile=profile, rows=ROWS, limit=COLUMNS)
        rows = orjson.loads(shelves.page(asked, caller).body)["rows"]
        screens: dict[str, Screen] = {
            "shelves": [
                np.array([one["id"] for one in row["items"]], dtype=np.int32) for row in rows
            ]
        }
        for name, diversify in (("one list", True), ("one list, diversify=false", False)):
            request = RecommendRequest(user_id=user_id, profile=profile, diversify=diversify)
            screens[name] = cut(runs.prepare(request).run(seed=case.viewer).item_ids)
        relevant = titles.ids[case.relevant]
        for name, screen in screens.items():
            tallies[name].add(screen, relevant, genres)
        people = _people(services.database, rows)
        for row in rows:
            claims.add(row, titles, people)
    return tallies, claims


def _people(database: Database, rows: Iterable[dict[str, Any]]) -> dict[int, set[int]]:
    """Who made or plays in the titles of rows about people."""
    ids = [one["id"] for row in rows if row["code"] == "with_person" for one in row["items"]]
    found: defaultdict[int, set[int]] = defaultdict(set)
    if ids:
        with database.autocommit() as cursor:
            for item_id, person_id in cursor.execute(_CREDITS, {"ids": ids}):
                found[item_id].add(person_id)
    return found


def _print(path: Path, viewers: int | None, settings: Settings, database: Database) -> None:
    titles = read_titles(database)
    ratings, said = read_known(path, titles)
    split = per_viewer(ratings, np.random.default_rng(1))
    print(said, flush=True)
    training = Training(split.train, int(ratings.viewer.max()) + 1, titles.vectors)
    ours.learn(database, settings, titles, training)
    with ours.open_services(settings, database) as services:
        tallies, claims = measure(services, titles, split.cases[:viewers])
    print(f"{len(split.cases[:viewers])} viewers, {ROWS} rows of {COLUMNS}")
    for name, tally in tallies.items():
        print(tally.line(name))
    others = {name: np.array(one.ndcg) for name, one in tallies.items() if name != "shelves"}
    for name, one in paired(np.array(tallies["shelves"].ndcg), others, seed=1).items():
        print(f"shelves minus {name}: {one.mean:+.4f} [{one.low:+.4f}, {one.high:+.4f}]")
    print(claims.line())


def main() -> int:
    """Prints the figures; 1 when nothing can be measured."""
    if len(sys.argv) < 2:
        sys.stderr.write("Which ratings? python -m tests.quality.shelves RATINGS [VIEWERS]\n")
        return 1
    settings = Settings.load()
    viewers = int(sys.argv[2]) if len(sys.argv) > 2 else None
    try:
        with copy_of_catalogue(settings) as database:
            _print(Path(sys.argv[1]), viewers, settings, database)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
