"""The constraints that a title breaks, told as reasons: each one's own sentence, and who asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.recommend.constraints.constraint import AskedBy, Constraint, PreviewedTitle
from api.recommend.preview.placement import Why
from api.recommend.query import Query

# Who asks as a client is told, the request before all others.
_BY: Mapping[AskedBy, str] = {
    "parameter": "request",
    "words": "request",
    "preferences": "preferences",
    "rules": "rules",
    "calendar": "calendar",
    "catalogue": "catalogue",
}
_ORDER = tuple(dict.fromkeys(_BY.values()))


@dataclass(frozen=True, slots=True)
class BrokenConstraints:
    """Tells of one title; `record` is api/catalogue/items/item_records.py's, with the offers of the
    request's country."""

    query: Query
    row: int
    record: Mapping[str, Any]

    def reasons(self, codes: Sequence[str]) -> list[Why]:
        """One reason per broken constraint: first the request's, last the catalogue's.

        `codes` are what the pipeline's filters have against the title.
        """
        query = self.query
        title = PreviewedTitle(query.facts, self.row, self.record, query.interpreted)
        broken = sorted(query.constraints.broken_by(query.facts, self.row), key=_place)
        reasons = [_why(one, title) for one in broken]
        known = {why.code for why in reasons}
        others = [code for code in codes if code not in known]
        return reasons + [Why(code, f"Left out by a filter: {code}.", {}) for code in others]


def _place(one: Constraint) -> int:
    return _ORDER.index(_BY[one.asked_by])


def _why(one: Constraint, title: PreviewedTitle) -> Why:
    detail, evidence = one.explain(title)
    return Why(one.code, detail, {"by": _BY[one.asked_by], **evidence})
