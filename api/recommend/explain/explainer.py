"""Why a title is in the list: evidence gathered from what ranked it, reasons made of evidence.

Evidence is stored with the slate, so that every later page explains itself as page one does, and
an explanation cannot disagree with the score it came from. What there is to say is declared by the
kinds of evidence; here is only the order of it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.language.intent import Interpreted
from api.recommend.evidence.kind import Subject
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.reason import Reason
from api.recommend.query import Query
from api.recommend.ranking import Ranking

_MOST_REASONS = 4


def gather_evidence(query: Query, ranking: Ranking, kinds: Kinds = EVIDENCE) -> NDArray[np.void]:
    """One record of `kinds.dtype` per candidate, in the ranking's order."""
    records = np.zeros(len(ranking.order), dtype=kinds.dtype)
    records["sources"] = kinds.proposed_by(ranking.pool)[ranking.order]
    for kind in kinds.kinds:
        if kind.note is not None:
            kind.note(query, ranking, records)
    return records


def titles_named(evidence: NDArray[np.void], kinds: Kinds = EVIDENCE) -> set[int]:
    """The items whose titles the reasons of these records may name."""
    return {item_id for name in kinds.title_columns for item_id in evidence[name].tolist()} - {0}


def reasons_for(
    record: np.void,
    *,
    people: Mapping[int, tuple[str, int]],
    titles: Mapping[int, str],
    facts: CatalogueFacts,
    row: int,
    interpreted: Sequence[Interpreted] = (),
    kinds: Kinds = EVIDENCE,
) -> list[Reason]:
    """The strongest reasons of one record first, at most four; none names a title twice.

    `interpreted` is what became of the request's words. `row` is the title's in the facts, -1 when
    it has left the catalogue; else there is a reason.
    """
    subject = Subject(record, facts, row, titles, people, interpreted)
    found: list[Reason] = []
    for reason in kinds.reasons:
        if (evidence := reason.evidence(subject)) is None:
            continue
        found.append(Reason(reason.code, evidence))
        if len(found) == _MOST_REASONS:
            break
        subject.codes.append(reason.code)
        if "item_id" in evidence:
            subject.named.add(evidence["item_id"])
    return found
