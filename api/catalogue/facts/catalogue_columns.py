"""What the catalogue says of every title, before anybody's trend and as of one version of it.

It is published: a process that maps it has the facts in a hundredth of the time that the rows take.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.series import Series
from api.domain.arrays import Arrays, Days, Floats, Ints, Mask, part_of, put_under

_SERIES = "series"


@dataclass(frozen=True, slots=True, eq=False)
class CatalogueColumns:
    """Columns of equal length n, one row per title that may be recommended, ids ascending.

    What they mean, and what stands for an unknown value, is said at CatalogueFacts.
    """

    version: int
    ids: Ints
    tmdb_id: Ints
    is_show: Mask
    genres: NDArray[np.uint32]
    listed_genres: NDArray[np.uint32]
    year: NDArray[np.int16]
    released: Days
    not_out: Mask
    aside: Mask
    runtime: NDArray[np.int16]
    age: NDArray[np.int8]
    language: NDArray[np.int16]
    likely_language: NDArray[np.int16]
    countries: NDArray[np.uint32]
    collection: Ints
    series: Series
    popularity: Floats
    vote_average: Floats
    vote_count: Ints
    popular_rank: Ints
    trending_rank: Ints
    top_rated_rank: Ints
    likings: Floats  # summed over the viewers of the collaborative model, 0 without one
    same_titles: Ints  # (m, 2) ids

    def arrays(self) -> Arrays:
        """All but the version, for of_arrays."""
        columns = {one.name: getattr(self, one.name) for one in fields(self)}
        del columns["version"], columns[_SERIES]
        series = {one.name: getattr(self.series, one.name) for one in fields(Series)}
        return {**columns, **put_under(_SERIES, series)}

    @classmethod
    def of_arrays(cls, version: int, arrays: Arrays) -> Self:
        """Over these arrays, which are not copied."""
        own = {one.name: arrays[one.name] for one in fields(cls) if one.name in arrays}
        return cls(version=version, series=Series(**part_of(arrays, _SERIES)), **own)
