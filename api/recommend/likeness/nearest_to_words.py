"""The titles whose stories are nearest to words that stand for a title."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from api.domain.arrays import Floats
from api.platform.errors import EncoderUnavailable
from api.recommend.evidence.nearest import Nearest, mask_of
from api.recommend.pool import Retrieved
from api.recommend.query import Query
from config.ranking import Retrieval

_TITLES = 400  # what comes later is about something else


@dataclass(frozen=True, slots=True)
class NearestTitles:
    """Searches the active space, whatever the request's filters are: words mean what they mean."""

    encode: Callable[[str, str | None], Floats]  # a text, by the named model
    nearest: Nearest
    numbers: Retrieval

    def of(self, query: Query, words: str) -> Retrieved:
        """The nearest first, with their cosines.

        Raises EncoderUnavailable where there are no vectors to compare with, or none in time.
        """
        if query.versions.space_id is None or len(query.facts) == 0:
            raise EncoderUnavailable("No title has a vector to compare words with.")
        everything = np.ones(len(query.facts), dtype=np.bool_)
        among = everything if query.shown is None else query.shown
        return self.nearest(
            space_id=query.versions.space_id,
            vectors=(self.encode(words, query.versions.space_model),),
            k=_TITLES,
            among=mask_of(query.facts, among),
            exact=int(np.count_nonzero(among)) <= self.numbers.exact_below_rows,
            ef_search=self.numbers.ef_search,
        )
