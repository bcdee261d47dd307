"""Ids of served lists: UUIDs of version 7 (RFC 9562), which sort by time.

So lists lie by week in the database, and an id alone tells in which one.
"""

import os
from datetime import datetime
from uuid import UUID

_VERSION, _VARIANT = 7, 0b10
_BITS_BEHIND_THE_TIME = 80


def new_list_id(now: datetime) -> UUID:
    """An id of this millisecond, with 74 random bits: nobody guesses another one's."""
    drawn = int.from_bytes(os.urandom(10), "big")
    high, low = drawn >> 68, drawn & ((1 << 62) - 1)
    own = _VERSION << 76 | high << 64 | _VARIANT << 62 | low
    return UUID(int=first_id_at(now).int | own)


def first_id_at(moment: datetime) -> UUID:
    """Sorts before the id of any list of this millisecond or later, and behind those of before."""
    return UUID(int=int(moment.timestamp() * 1000) << _BITS_BEHIND_THE_TIME)
