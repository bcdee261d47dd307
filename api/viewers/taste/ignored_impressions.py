"""Titles that a viewer was shown and ignored: they step back, and come forward again with time."""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from api.domain.arrays import Floats, Ints
from config.ranking import Fatigue

_SECONDS_PER_DAY = 86_400


def _none() -> Ints:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class IgnoredImpressions:
    """Titles by ascending id, and the day (UTC, counted from 1970) each was last shown.

    Whole days, so that further impressions of the same day change nothing and no cached answer.
    """

    ids: Ints = field(default_factory=_none)
    days: Ints = field(default_factory=_none)

    def share_lost(self, item_ids: Ints, *, now: datetime, numbers: Fatigue) -> Floats:
        """In [0, 1], the share of its score that each item loses; 0 where none was ignored."""
        lost = np.zeros(len(item_ids), dtype=np.float32)
        if len(self.ids) == 0:
            return lost
        places = np.minimum(np.searchsorted(self.ids, item_ids), len(self.ids) - 1)
        found = self.ids[places] == item_ids
        age = np.maximum(day_of(now) - self.days[places[found]], 0)
        lost[found] = numbers.share * 0.5 ** (age / numbers.half_life_days)
        return lost


def day_of(moment: datetime) -> int:
    """The day in UTC, counted from 1970."""
    return int(moment.timestamp() // _SECONDS_PER_DAY)
