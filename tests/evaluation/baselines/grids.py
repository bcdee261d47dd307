"""The baselines by name, and the settings each of them may choose from on a validation split."""

from collections.abc import Mapping
from itertools import product

from tests.evaluation.baselines.als import Als
from tests.evaluation.baselines.bpr import Bpr
from tests.evaluation.baselines.content_profile import ContentProfile
from tests.evaluation.baselines.ease import Ease
from tests.evaluation.baselines.item_knn import ItemKnn
from tests.evaluation.baselines.popularity import Popularity
from tests.evaluation.baselines.recommends import Recommends
from tests.evaluation.baselines.user_knn import UserKnn

POPULARITY = "popularity"
_IMPLICIT = ("liked", "above mean")


def grids(seed: int) -> Mapping[str, tuple[Recommends, ...]]:
    """Every candidate of every baseline; the first of equals wins."""
    return {
        POPULARITY: tuple(Popularity(opinion) for opinion in ("rated", "liked")),
        "content profile": tuple(ContentProfile(opinion) for opinion in _IMPLICIT),
        "item-kNN": tuple(
            ItemKnn(*chosen)
            for chosen in product(_IMPLICIT, (50, 100, 300, 1000), (0.0, 10.0, 50.0))
        ),
        "user-kNN": tuple(
            UserKnn(*chosen)
            for chosen in product((*_IMPLICIT, "centred"), (20, 50, 100, 200), (0.0, 10.0, 50.0))
        ),
        "ALS": tuple(
            Als(*chosen, seed=seed)
            for chosen in product(_IMPLICIT, (32, 64, 128), (1.0, 10.0, 30.0), (1.0, 5.0, 20.0))
        ),
        "BPR": tuple(
            Bpr(*chosen, seed=seed)
            for chosen in product(("liked",), (32, 64), (0.005, 0.01, 0.02), (0.01, 0.05, 0.1))
        ),
        "EASE": tuple(
            Ease(*chosen)
            for chosen in product(
                (*_IMPLICIT, "rated"), (30.0, 60.0, 120.0, 250.0, 500.0, 1000.0, 2000.0)
            )
        ),
    }
