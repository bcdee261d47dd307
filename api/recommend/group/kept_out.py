"""What a group is not shown: titles seen by any or all of them, and what anybody refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints
from api.platform.database import Database
from api.recommend.constraints.kinds import limits_of
from api.recommend.request import SeenBy
from api.viewers.preferences.statements import preferences_of
from api.viewers.taste.evidence_of_taste import IS_OUT

# By ix_interactions_newest.
_KEPT_OUT = f"""
SELECT item_id FROM interactions
WHERE profile_id = ANY(%(profiles)s::int[]) AND {IS_OUT}
GROUP BY item_id
HAVING bool_or(event_type IN ('disliked', 'not_interested', 'not_now'))
    OR count(DISTINCT profile_id) >= %(enough)s
"""  # noqa: S608 - no value is part of the text


@dataclass(frozen=True, slots=True)
class KeptOut:
    """Asks for what the members have said and done; one per process."""

    database: Database

    def of(
        self,
        profile_ids: Sequence[int | None],
        facts: CatalogueFacts,
        *,
        seen_by: SeenBy,
        now: datetime,
    ) -> Ints:
        """Ids, ascending; a member without a profile (None) has seen and refused nothing."""
        known = [one for one in profile_ids if one is not None]
        enough = 1 if seen_by == "any" else len(profile_ids)
        with self.database.autocommit() as cursor:
            parameters = {"profiles": known, "now": now, "enough": enough}
            rows = cursor.execute(_KEPT_OUT, parameters).fetchall()
        done_with = np.array(sorted(row[0] for row in rows), dtype=np.int32)
        vetoed = [self._vetoed(one, facts) for one in known]
        return np.unique(np.concatenate([facts.with_same_titles(done_with), *vetoed]))

    def _vetoed(self, profile_id: int, facts: CatalogueFacts) -> Ints:
        """What the viewer never wants to see."""
        stated = self.database.read(preferences_of(profile_id))
        if not any(one.stance == "never" for one in stated):
            return np.empty(0, dtype=np.int32)
        rows = np.arange(len(facts), dtype=np.int32)
        return facts.ids[~limits_of(stated, facts).kept_by(facts, rows)]
