"""What the catalogue says of every title, before anybody's trend and as of one version of it.

It is published: a process that maps it has the facts of 30,000 titles in 18 ms of a processor,
where the rows take 1.2 s.
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

    Unknown numbers are 0, an unknown age is -1. Ranks count from 1; 0 is "not on the list".
    """

    version: int
    ids: Ints
    tmdb_id: Ints  # 0 for a title that TMDB does not have
    is_show: Mask
    genres: NDArray[np.uint32]  # bit masks, see genre_bits
    listed_genres: NDArray[np.uint32]  # the same with all that TMDB says, see joint_genres.py
    year: NDArray[np.int16]
    released: Days  # the day it comes or came out; NaT where unknown
    not_out: Mask  # by its status or, of an unknown day, without any sign that it was ever seen
    aside: Mask  # a short, a special, a concert, a recording of the stage or a making-of
    runtime: NDArray[np.int16]  # minutes
    age: NDArray[np.int8]  # of the certificate shown, years
    # The same, and of a show without one that of others of its network, see likely_ages.py. Limits
    # keep to what boards say; for a taste the likely one will do.
    likely_age: NDArray[np.int8]
    language: NDArray[np.int16]  # see language_code
    # The same, and where TMDB has none that of the original title's script. Filters keep to what is
    # stated; for a taste the likely one will do.
    likely_language: NDArray[np.int16]
    countries: NDArray[np.uint64]  # bit masks, see country_bits
    # Whether anything of the sort is told: a refusal is sure of no title without, see told.py.
    has_keywords: Mask
    has_credits: Mask
    has_companies: Mask
    collection: Ints
    series: Series
    popularity: Floats
    vote_average: Floats  # 0 to 10
    vote_count: Ints
    popular_rank: Ints
    trending_rank: Ints
    top_rated_rank: Ints
    likings: Floats  # summed over the viewers of the collaborative model, 0 without one
    # (m, 2) ids of two rows that are one title by its IMDb id, each pair both ways round.
    same_titles: Ints
    lists_tell: Mask  # (2) whether TMDB's lists of films and of shows do, see telling_lists.py

    def arrays(self) -> Arrays:
        """All but the version, for of_arrays."""
        columns = {one.name: getattr(self, one.name) for one in fields(CatalogueColumns)}
        del columns["version"], columns[_SERIES]
        series = {one.name: getattr(self.series, one.name) for one in fields(Series)}
        return {**columns, **put_under(_SERIES, series)}

    @classmethod
    def of_arrays(cls, version: int, arrays: Arrays) -> Self:
        """Over these arrays, which are not copied."""
        own = {one.name: arrays[one.name] for one in fields(cls) if one.name in arrays}
        return cls(version=version, series=Series(**part_of(arrays, _SERIES)), **own)
