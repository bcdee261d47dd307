"""`python -m tests.benchmarks.templates RATINGS.zip`: which embedding template tells taste best.

RATINGS.zip is in MovieLens' format, links.csv included. The films of the catalogue that it likes
most are embedded under every template. The first 80 % of each viewer's liked films (4 stars or
more, by time) become a mean vector, and the nearest unseen films are compared with those liked
later.
"""

import csv
import io
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text

from api.catalogue.embeddings.described_titles import DescribedTitle, embeddable_titles
from api.models.load_encoder import load_encoder
from api.platform.database import Database, open_database
from config.settings import Settings
from etl.embeddings.graph import prepare_graph
from etl.embeddings.templates import TEMPLATES

_LIKED_STARS = 4.0
_FEWEST_LIKED = 5
_AT = 10
_MOST_FILMS = 2000  # the most liked: 40 s a template on two cores
_NO_SPACE = 0  # nothing is read of what is stored

Likes = dict[str, list[int]]  # by viewer, items in the order of time
Vectors = NDArray[np.float32]


def main() -> int:
    """Prints a line per template."""
    if len(sys.argv) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    settings = Settings.load()
    database = open_database(settings)
    try:
        likes = _read_likes(Path(sys.argv[1]), _items_by_tmdb_id(database))
        counts = Counter(item for items in likes.values() for item in items)
        wanted = {item for item, _ in counts.most_common(_MOST_FILMS)}
        every = embeddable_titles(database.engine, _NO_SPACE)
        titles = [one.title for one in every if one.title.id in wanted]
    finally:
        database.close()
    prepare_graph(settings)
    encoder = load_encoder(
        settings.embed_model, cache_dir=settings.data_dir / "models", threads=2, batch_size=64
    )
    print(f"{len(titles):,} films, {len(likes):,} viewers")
    print(f"{'template':14}{f'NDCG@{_AT}':>10}{'error':>8}")
    for name, render in TEMPLATES.items():
        gains = _gains(titles, encoder.encode([render(one) for one in titles]), likes)
        error = gains.std() / np.sqrt(len(gains))
        print(f"{name:14}{gains.mean():>10.4f}{error:>8.4f}")
    return 0


def _gains(titles: Sequence[DescribedTitle], vectors: Vectors, likes: Likes) -> Vectors:
    """NDCG of each viewer."""
    row_of = {title.id: row for row, title in enumerate(titles)}
    gains = []
    for items in likes.values():
        rows = [row_of[item] for item in items if item in row_of]
        if len(rows) < _FEWEST_LIKED:
            continue
        cut = len(rows) * 4 // 5
        scores = vectors @ vectors[rows[:cut]].mean(axis=0)
        scores[rows[:cut]] = -np.inf
        best = np.argsort(-scores, kind="stable")[:_AT]
        hits = np.isin(best, rows[cut:])
        discounts = 1 / np.log2(np.arange(_AT) + 2)
        gains.append(hits @ discounts / discounts[: len(rows) - cut].sum())
    return np.array(gains, dtype=np.float32)


def _items_by_tmdb_id(database: Database) -> dict[int, int]:
    statement = text("SELECT tmdb_id, id FROM items WHERE media_type = 'movie'")
    with database.engine.connect() as connection:
        return {row.tmdb_id: row.id for row in connection.execute(statement)}


def _read_likes(path: Path, items: dict[int, int]) -> Likes:
    with zipfile.ZipFile(path) as archive:
        links = {
            row["movieId"]: items[int(row["tmdbId"])]
            for row in _rows(archive, "links.csv")
            if row["tmdbId"] and int(row["tmdbId"]) in items
        }
        liked: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in _rows(archive, "ratings.csv"):
            if float(row["rating"]) >= _LIKED_STARS and row["movieId"] in links:
                liked[row["userId"]].append((int(row["timestamp"]), links[row["movieId"]]))
    return {
        viewer: [item for _, item in sorted(events)]
        for viewer, events in liked.items()
        if len(events) >= _FEWEST_LIKED
    }


def _rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    member = next(one for one in archive.namelist() if one.endswith(name))
    with archive.open(member) as file:
        return list(csv.DictReader(io.TextIOWrapper(file, encoding="utf-8")))


if __name__ == "__main__":
    sys.exit(main())
