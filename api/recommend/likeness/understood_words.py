"""What words that stand for a title ask for, read as the words of a request are."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from api.language.intent import Intent, Interpreted
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.hydrator import LookUp, divided
from api.recommend.constraints.kinds import constraints_from
from api.recommend.query import Query
from api.recommend.request import RecommendRequest
from config.business_rules import BusinessRules

# (text, version of the catalogue, today) -> what it asks for.
ReadWords = Callable[[str, int, date], Intent]


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """Of one text: what it asks for, what of that is not sure, and how both are told."""

    asked: Constraints
    unsure: Constraints  # moods and topics: no fact of a title says for sure that it lacks one
    interpreted: tuple[Interpreted, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether no part was read from it."""
        return all(chip.field == "words" for chip in self.interpreted)


@dataclass(frozen=True, slots=True)
class UnderstandsWords:
    """Reads words of a side of a blend; none of their parts filters, for they stand for a title."""

    read: ReadWords
    look_up: LookUp

    def __call__(self, query: Query, words: str) -> Understood:
        version = query.versions.catalogue_version
        today = query.now.date()
        intent = self.read(words, version, today)
        asked = Asked(RecommendRequest(""), intent, (), BusinessRules().filters, query.facts, today)
        of_words = constraints_from(asked).map(lambda one: one if one.asked_by == "words" else None)
        sure, unsure = divided(self.look_up(of_words, version), intent)
        chips = (
            replace(chip, status="preferred") if chip.status == "enforced" else chip
            for chip in intent.interpreted()
        )
        return Understood(sure, unsure, tuple(chips))
