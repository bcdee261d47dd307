"""Everything that asks for constraints, in one place for the constraints to be made from."""

from dataclasses import dataclass
from datetime import date

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.language.intent import Intent
from api.recommend.request import RecommendRequest
from api.viewers.preferences.preference import Preference, PreferenceKind
from config.business_rules import Filters


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """The parameters and the words of a request, the viewer, the operator and the calendar."""

    request: RecommendRequest
    intent: Intent  # of a request without words: one that asks for nothing
    preferences: tuple[Preference, ...]
    rules: Filters
    facts: CatalogueFacts
    today: date
    is_limited: bool = True  # whether any who watches is a child, or may not be shown everything

    def never(self, kind: PreferenceKind) -> list[str]:
        """What of this kind the viewer never wants."""
        return [one.value for one in self.preferences if one.kind == kind and one.stance == "never"]
