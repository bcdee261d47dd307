"""What the request path asks of a viewer: the exclusions, and the evidence of taste.

Most is asked together, while a taste is learned; `Database.read` asks for one of these alone.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.limits.shown_titles import shown_clause
from api.domain.arrays import Ints, Mask
from api.domain.limits import Limits
from api.platform import literals
from api.platform.database import Database
from api.platform.literals import FOR_EVER
from api.platform.questions import AskingRows, Question
from api.viewers.events import EventType
from api.viewers.taste.implicit_rating import EPISODES, Event

# Everything with an event is out, but for snoozes that have ended.
IS_OUT = "(event_type <> 'not_now' OR coalesce(snoozed_until > %(now)s, true))"
# By ix_interactions_newest.
_KEPT_OUT = f"FROM interactions WHERE profile_id = %(profile_id)s AND {IS_OUT}"
_EXCLUDED = f"""
SELECT array_send(array_agg(DISTINCT item_id) FILTER (WHERE recorded_at <= %(until)s AND {IS_OUT})),
       min(snoozed_until) FILTER (WHERE event_type = 'not_now' AND snoozed_until > %(now)s)
FROM interactions WHERE profile_id = %(profile_id)s
"""  # noqa: S608 - no value is part of the text
_EXCLUDING = f"""
SELECT event_type, rating::real, watched_at, occurred_at, snoozed_until {_KEPT_OUT}
  AND item_id = ANY(%(item_ids)s::int[]) ORDER BY occurred_at DESC, id DESC
"""
# Of each title the newest opinion and the newest viewing, with how many there were: 200 episodes
# are one title. By ix_interactions_newest.
_EVENTS = f"""
WITH events AS (
  SELECT DISTINCT ON (item_id, event_type = 'watched')
    item_id, event_type, rating::real, weight, occurred_at, id, {EPISODES} AS episodes
  FROM interactions
  WHERE profile_id = %(profile_id)s AND event_type <> 'not_now' AND recorded_at <= %(until)s
    {{within_limits}}
  WINDOW alike AS (PARTITION BY item_id, event_type = 'watched')
  ORDER BY item_id, event_type = 'watched', occurred_at DESC, id DESC
), newest AS (
  SELECT item_id FROM events GROUP BY item_id
  ORDER BY max(occurred_at) DESC, max(id) DESC LIMIT %(titles)s
)
SELECT item_id, event_type, rating, weight, occurred_at, episodes
FROM events JOIN newest USING (item_id) ORDER BY occurred_at DESC, id DESC
"""  # noqa: S608 - no value is part of the text
_WITHIN_LIMITS = "AND EXISTS (SELECT FROM items WHERE items.id = interactions.item_id AND {shown})"

# Directors and creators count in full, the first five of the cast by half; ix_credits_person_id.
_PEOPLE = """
SELECT p.id, p.name, count(DISTINCT c.item_id)::int,
       sum(CASE WHEN c.role IN ('director', 'creator') THEN 1.0 ELSE 0.5 END)::real AS strength,
       bool_and(c.role <> 'cast')
FROM credits c JOIN people p ON p.id = c.person_id
WHERE c.item_id = ANY(%(ids)s::int[])
  AND (c.role IN ('director', 'creator') OR (c.role = 'cast' AND c.position < 5))
GROUP BY p.id
HAVING count(DISTINCT c.item_id) >= %(minimum)s OR bool_or(c.role IN ('director', 'creator'))
ORDER BY strength DESC, p.id LIMIT 20
"""

_ITEMS_OF_PEOPLE = """
SELECT item_id, person_id, bool_or(role <> 'cast')::int, bool_and(role <> 'cast')::int FROM credits
WHERE person_id = ANY(%(people)s)
  AND (role IN ('director', 'creator') OR (role = 'cast' AND position < 8))
GROUP BY item_id, person_id
"""


# By related_titles' key. The titles that are listed are looked up in the facts: here each of them
# would be a look into an index, 1.5 ms of twenty titles' lists.
_RELATED = """
SELECT item_id, media_type = 'tv', array_send(recommended_ids), array_send(similar_ids)
FROM related_titles JOIN items ON items.id = item_id WHERE item_id = ANY(%(ids)s::int[])
"""


@dataclass(frozen=True, slots=True)
class ExcludingEvent:
    """An event for which a title is not recommended."""

    event_type: EventType
    rating: float | None
    watched_at: datetime | None  # as the client stated it
    occurred_at: datetime
    snoozed_until: datetime | None


def exclusions_of(
    profile_id: int, now: datetime, *, until: datetime = FOR_EVER
) -> AskingRows[tuple[Ints, datetime | None]]:
    """Ids never to recommend to this profile, and when the next snooze ends.

    Of the events recorded `until` then, as far as they were neither changed nor taken back since.
    """
    parameters = {"profile_id": profile_id, "now": now, "until": until}
    ((sent, next_end),) = yield Question(_EXCLUDED, parameters)
    excluded, _ = literals.read_arrays([] if sent is None else [sent], ">i4")
    return np.sort(excluded.astype(np.int32)), next_end


def read_excluding(
    database: Database, profile_id: int, item_ids: Ints, now: datetime
) -> list[ExcludingEvent]:
    """The events that keep one title out, the newest first; of all rows that are that title."""
    ids = literals.int_array(item_ids)
    parameters = {"profile_id": profile_id, "item_ids": ids, "now": now}
    with database.autocommit() as cursor:
        rows = cursor.execute(_EXCLUDING, parameters).fetchall()
    return [ExcludingEvent(*row) for row in rows]


def events_of(
    profile_id: int, titles: int, *, limits: Limits, until: datetime = FOR_EVER
) -> AskingRows[list[Event]]:
    """What is known of the newest titles, the newest first, snoozes left out.

    At most two events of each title: the newest opinion, and the newest viewing. Of those recorded
    `until` then. Of a title above the limits nothing is known: no reason, person or row may come
    from what the profile may not be shown, whoever recorded it.
    """
    shown, own = shown_clause(limits)
    within = _WITHIN_LIMITS.format(shown=shown) if own else ""
    parameters = {"profile_id": profile_id, "titles": titles, "until": until} | own
    rows = yield Question(_EVENTS.format(within_limits=within), parameters)
    return [Event(*row) for row in rows]


def people_of(liked_ids: Ints, minimum: int) -> AskingRows[list[tuple[int, str, int, float, bool]]]:
    """(person, name, liked titles, strength, whether they made those and play in none of them) of
    people that liked titles share, strongest first."""
    rows = yield Question(_PEOPLE, {"ids": literals.int_array(liked_ids), "minimum": minimum})
    return [(person, name, titles, strength, made) for person, name, titles, strength, made in rows]


def items_of_people(people: list[int]) -> AskingRows[NDArray[np.int32]]:
    """(item, person, whether they made it, and that they do not play in it), int32 (m, 4)."""
    rows = yield Question(_ITEMS_OF_PEOPLE, {"people": people})
    return np.array(rows, dtype=np.int32).reshape(-1, 4)


def related_to(facts: CatalogueFacts, item_ids: Ints) -> AskingRows[tuple[Ints, Ints, Ints, Mask]]:
    """(item, title listed beside it, place from 1, whether recommended) columns, in no order.

    The others are what TMDB calls similar. Titles that may not be recommended are left out, and so
    is what stands beside films or shows where their lists tell nothing.
    """
    rows = yield Question(_RELATED, {"ids": literals.int_array(item_ids)})
    lists = [one for row in rows for one in row[2:]]  # two of each item
    listed, lengths = literals.read_arrays(lists, ">i4")
    places = np.concatenate([np.empty(0, np.int32), *(np.arange(1, n + 1) for n in lengths)])
    of_list = np.repeat(np.arange(len(lists)), lengths)
    items = np.array([row[0] for row in rows], dtype=np.int32)[of_list // 2]
    is_show = np.array([row[1] for row in rows], dtype=np.bool_)[of_list // 2]
    found = facts.rows_at_tmdb(is_show, listed.astype(np.int32))
    known = (found >= 0) & facts.lists_tell[is_show.astype(np.intp)]
    ids = facts.ids[found[known]]
    return items[known], ids, places[known].astype(np.int32), (of_list % 2 == 0)[known]
