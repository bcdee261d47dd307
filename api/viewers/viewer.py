"""Who asks: what a viewer has seen, and their taste."""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from api.domain.arrays import Ints
from api.viewers.preferences.preference import Preference, shifts
from api.viewers.taste.ignored_impressions import IgnoredImpressions
from api.viewers.taste.taste import Taste


@dataclass(frozen=True, slots=True, eq=False)
class Viewer:
    """Who asks: what they have seen, and their taste. Unknown viewers have profile_id None."""

    profile_id: int | None
    version: int
    excluded_ids: Ints  # ascending; seen, disliked or snoozed: never recommended
    taste: Taste
    shares_taste: bool = False  # consent `llm`: a hosted model may be told of the taste
    preferences: tuple[Preference, ...] = ()  # what they say themselves
    ignored_impressions: IgnoredImpressions = field(default_factory=IgnoredImpressions)
    learned_at: datetime | None = None  # as of when; None for a stranger

    @property
    def has_taste(self) -> bool:
        """Whether anything is known by which one title could suit them better than another."""
        return len(self.taste.known_ids) > 0 or shifts(self.preferences)

    @property
    def shares_words(self) -> bool:
        """Whether a hosted model may be told the words of the request.

        They are a viewer's free text, so a known profile's are under its consent too. A stranger
        has no profile to set one for, and nothing that the words could be tied to.
        """
        return self.profile_id is None or self.shares_taste


STRANGER = Viewer(None, 0, np.empty(0, np.int32), Taste())
