"""Why a title is in the list: evidence gathered from what ranked it, reasons made of evidence.

Evidence is stored with the slate, so that every later page explains itself as page one does, and
an explanation cannot disagree with the score it came from. What there is to say is declared by the
kinds of evidence; here is only the order of it.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats
from api.language.intent import Interpreted
from api.recommend.evidence.kind import GivesReason, Subject
from api.recommend.evidence.kinds import LEAST_TOLD, WHOLE, Kinds, share_of
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.reason import Reason
from api.recommend.query import Query
from api.recommend.ranking import Ranking

_MOST_REASONS = 4
_SHARE = itemgetter(0)


def gather_evidence(query: Query, ranking: Ranking, kinds: Kinds = EVIDENCE) -> NDArray[np.void]:
    """One record of `kinds.dtype` per candidate, in the ranking's order."""
    records = np.zeros(len(ranking.order), dtype=kinds.dtype)
    records["sources"] = kinds.proposed_by(ranking.pool)[ranking.order]
    for kind in kinds.kinds:
        if kind.note is not None:
            kind.note(query, ranking, records)
    for name, share in contributions(ranking).items():
        if name in kinds.explained_signals:
            records[share_of(name)] = np.rint(WHOLE * share)
    return records


def contributions(ranking: Ranking) -> dict[str, Floats]:
    """Per weighed signal its share of each title's score, in the ranking's order.

    The shares of a title add up to 1, or are all 0 for one that no signal speaks for. Damping and
    boosts are factors of the whole score and change no share.
    """
    weights = {name: weight for name, weight in ranking.weights.items() if weight > 0}
    if not weights:
        return {}
    parts = np.stack([ranking.signals[name] for name in weights])[:, ranking.order]
    parts *= np.fromiter(weights.values(), np.float32)[:, None]
    np.nan_to_num(parts, copy=False)
    parts /= np.maximum(parts.sum(axis=0), 1e-9)
    return dict(zip(weights, parts, strict=True))


def shares_of(record: np.void, kinds: Kinds = EVIDENCE) -> dict[str, float]:
    """What each told signal contributed to the title of one record, as far as it did."""
    values = record.item()  # reading one column after the other takes ten times as long
    return {name: values[place] / WHOLE for name, place in kinds.places_of_shares if values[place]}


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
    """The reasons of one record by what they contributed, at most four; none names a title twice.

    What was asked stands before them, what contributed next to nothing is none, and that a place
    was drawn is told behind them.

    `interpreted` is what became of the request's words. `row` is the title's in the facts, -1 when
    it has left the catalogue; else there is a reason.
    """
    subject = Subject(record, facts, row, titles, people, interpreted)
    found: list[Reason] = []
    for reason in _in_order(record, kinds):
        if reason.stands == "alone" and found:
            break
        if len(found) >= _MOST_REASONS and reason.stands != "behind":
            continue
        if (evidence := reason.evidence(subject)) is None:
            continue
        found.append(Reason(reason.code, evidence))
        subject.codes.append(reason.code)
        if "item_id" in evidence:
            subject.named.add(evidence["item_id"])
    return found


def _in_order(record: np.void, kinds: Kinds) -> list[GivesReason]:
    """The reasons that may be told, in the order in which they are."""
    values = record.item()
    shared = []
    for first, others, reason in kinds.reasons_by_share:
        share = values[first]
        for column in others:
            share += values[column]
        if share >= LEAST_TOLD:
            shared.append((share, reason))
    shared.sort(key=_SHARE, reverse=True)  # of two with the same share the first stays the first
    return [
        *kinds.reasons_that_stand("before"),
        *[reason for _, reason in shared],
        *kinds.reasons_that_stand("behind"),
        *kinds.reasons_that_stand("alone"),
    ]
