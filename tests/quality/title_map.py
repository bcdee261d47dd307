"""`python -m tests.quality.title_map [again]`: how far a map can be trusted.

Trustworthiness (Venna & Kaski 2001) of the newest map of the catalogue of DATABASE_URL or DATA_DIR:
how near what lies near is by what titles are made of, over 500 titles and fifteen places around
each. With `again` titles are laid out once more with openTSNE, a hundredth of them as if they were
new, and it is told how far the others moved.
"""

import sys
from time import process_time

import numpy as np
from scipy.spatial import cKDTree

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.catalogue.similarity.read_similarity import read_similarity
from api.domain.arrays import Floats, Ints
from api.platform.database import Database, open_database
from api.platform.errors import SeenEmAllError
from config.settings import Settings

_SAMPLE, _AROUND = 500, 15
_AT_ONCE = 50
_PLACES = """
SELECT item_id, x, y FROM map_titles
WHERE map_id = (SELECT max(id) FROM title_maps) AND x IS NOT NULL ORDER BY item_id
"""


def trustworthiness(similarity: ItemSimilarity, rows: Ints, places: Floats) -> float:
    """In [0, 1]; `places` (n, 2) are those of these rows of the matrix."""
    size = len(places)
    sample = np.random.default_rng(0).choice(size, min(_SAMPLE, size), replace=False)
    near = cKDTree(places).query(places[sample], _AROUND + 1)[1][:, 1:]
    beyond = 0.0
    for first in range(0, len(sample), _AT_ONCE):
        some = sample[first : first + _AT_ONCE]
        alike = similarity.to_titles(similarity.ids[rows[some]])[:, rows]
        alike[np.arange(len(some)), some] = np.inf
        order = np.argsort(-alike, axis=1, kind="stable")
        rank = np.empty_like(order)
        np.put_along_axis(rank, order, np.arange(size)[None, :], axis=1)
        own = np.take_along_axis(rank, near[first : first + _AT_ONCE], axis=1)
        beyond += float(np.maximum(own - _AROUND, 0).sum())
    most = len(sample) * _AROUND * (2 * size - 3 * _AROUND - 1) / 2
    return 1 - beyond / most


def movement(similarity: ItemSimilarity, ids: Ints, places: Floats) -> tuple[float, float]:
    """How far titles move when a hundredth are new, as shares of the width: median and p95."""
    from etl.title_map.nearest import nearest_titles
    from etl.title_map.places import start_from
    from etl.title_map.tsne import lay_out

    known = np.random.default_rng(0).random(len(ids)) > 0.01
    pairs = zip(ids[known].tolist(), places[known].tolist(), strict=True)
    before = {item_id: (x, y) for item_id, (x, y) in pairs}
    nearest = nearest_titles(similarity)
    start = start_from(before, similarity, nearest)
    if start is None:
        raise ValueError("fewer than half of the titles are on the map")
    started = process_time()
    after = lay_out(nearest, start, goes_on=True)[similarity.rows_of(ids)]
    print(f"laid out again in {process_time() - started:.0f} s of a core", flush=True)
    moved = np.linalg.norm(after - places, axis=1)[known]
    width = float(np.ptp(places, axis=0).max())
    return float(np.median(moved) / width), float(np.quantile(moved, 0.95) / width)


def _print(database: Database, *, again: bool) -> int:
    similarity = read_similarity(database)
    with database.autocommit() as cursor:
        rows = cursor.execute(_PLACES).fetchall()
    if not rows:
        sys.stderr.write("There is no map: make map makes it.\n")
        return 1
    ids = np.array([row[0] for row in rows], dtype=np.int32)
    places = np.array([row[1:] for row in rows], dtype=np.float32)
    found = trustworthiness(similarity, similarity.rows_of(ids), places)
    print(f"{len(ids)} titles, {8 * len(ids)} bytes, trustworthiness {found:.3f}", flush=True)
    if again:
        median, p95 = movement(similarity, ids, places)
        print(f"with 1 % new titles the others move {median:.4f} of the width, p95 {p95:.4f}")
    return 0


def main() -> int:
    """Prints the figures; 1 when there is nothing to measure."""
    try:
        database = open_database(Settings.load())
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        database.open_pool()
        return _print(database, again=sys.argv[1:] == ["again"])
    finally:
        database.close()


if __name__ == "__main__":
    sys.exit(main())
