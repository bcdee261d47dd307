"""Where titles begin before they are laid out: where they were, or along what divides them most."""

from collections.abc import Mapping

import numpy as np
from scipy.sparse.linalg import svds

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.domain.arrays import Floats
from etl.title_map.nearest import Nearest

_KNOWN_SHARE = 0.5  # of the titles that were on the map before, for the new one to go on from it
_NUDGE = 1e-3  # of the map's width: no two titles begin at one point


def start_anew(similarity: ItemSimilarity) -> Floats:
    """(n, 2) along the second and third direction of the matrix; the first is the titles' mean."""
    left, values, _ = svds(similarity.vectors, k=3, random_state=0)
    order = np.argsort(-values)
    places = (left[similarity.places] * values)[:, order[1:3]]
    # A direction has no sign of its own.
    signs = np.sign(places[np.abs(places).argmax(axis=0), [0, 1]])
    return np.asarray(places * np.where(signs == 0, 1, signs), dtype=np.float32)


def start_from(
    before: Mapping[int, tuple[float, float]], similarity: ItemSimilarity, nearest: Nearest
) -> Floats | None:
    """(n, 2) where each title was; a new one begins amid its nearest that were there.

    None where too few were there to go on from.
    """
    places = np.array(
        [before.get(item_id, (np.nan, np.nan)) for item_id in similarity.ids.tolist()],
        dtype=np.float32,
    ).reshape(-1, 2)
    known = ~np.isnan(places[:, 0])
    if known.mean() < _KNOWN_SHARE:
        return None
    middle = places[known].mean(axis=0)
    for row in np.flatnonzero(~known).tolist():
        near = nearest.rows[row][known[nearest.rows[row]]][:5]
        places[row] = places[near].mean(axis=0) if len(near) else middle
    width = float(np.ptp(places[known], axis=0).max())
    nudges = np.random.default_rng(0).normal(0, _NUDGE * width, places.shape)
    places[~known] += nudges[~known].astype(np.float32)
    return places
