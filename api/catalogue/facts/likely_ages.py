"""How old one likely has to be for a show of which no board says it: as for others of its network.

TMDB has a certificate for one show in four. HBO's certified ones are from 17 in 17 of 18 cases, all
of FX's are, and those of CBS, NBC, ABC and FOX from 14 in 49 of 59: who watches The Wire and The
Sopranos is told from who watches Bones and Castle by that where genres are the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Cursor

from api.domain.arrays import Ints, Mask

# A pass over the networks' titles, a tenth of all companies'.
_NETWORKS = """
SELECT item_id, array_agg(company_id) FROM item_companies
JOIN companies ON companies.id = company_id WHERE kind = 'network' GROUP BY item_id
"""
_FEWEST = 2  # certified shows of its networks
_WITHIN = 1  # years: boards disagree by one (TV-14 in one country, 15 in another)

Ages = NDArray[np.int8]
Networks = Iterable[tuple[int, list[int]]]  # the id of each title, and of what has shown it


def read_networks(cursor: Cursor[Any]) -> Networks:
    """Of the titles that have any."""
    return cursor.execute(_NETWORKS).fetchall()


def likely_ages(ids: Ints, is_show: Mask, ages: Ages, networks: Networks) -> Ages:
    """The ages, -1 where unknown, with those of shows that are likely.

    That is the median of the certified shows of its networks, where more than half of them are
    within a year of it: BBC One has as many for children as for adults, and tells nothing.
    """
    rows = {item_id: row for row, item_id in enumerate(ids.tolist()) if is_show[row]}
    shown_by = {rows[item_id]: ours for item_id, ours in networks if item_id in rows}
    certified: dict[int, list[int]] = defaultdict(list)
    for row, ours in shown_by.items():
        if ages[row] >= 0:
            for network in ours:
                certified[network].append(int(ages[row]))
    likely = ages.copy()
    for row, ours in shown_by.items():
        if ages[row] < 0:
            likely[row] = _usual_of([age for network in ours for age in certified[network]])
    return likely


def _usual_of(ages: list[int]) -> int:
    """-1 where there is no usual one."""
    if len(ages) < _FEWEST:
        return -1
    median = sorted(ages)[len(ages) // 2]
    near = sum(abs(age - median) <= _WITHIN for age in ages)
    return median if 2 * near > len(ages) else -1
