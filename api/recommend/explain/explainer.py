"""Why a title is in the list: evidence gathered from what ranked it, reasons made of evidence.

Evidence is stored with the slate, so that every later page explains itself as page one does, and
an explanation cannot disagree with the score it came from. What there is to say is declared by the
kinds of evidence; here is only the order of it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats
from api.language.intent import Interpreted
from api.recommend.evidence.kind import MOST_REASONS, GivesReason, Subject
from api.recommend.evidence.kinds import WHOLE, Kinds, share_of
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.reason import Reason
from api.recommend.query import Query
from api.recommend.ranking import Ranking


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
    shares = ((name, int(record[share_of(name)])) for name in kinds.explained_signals)
    return {name: share / WHOLE for name, share in shares if share}


def titles_named(evidence: NDArray[np.void], kinds: Kinds = EVIDENCE) -> set[int]:
    """The items whose titles the reasons of these records may name."""
    return {item_id for name in kinds.title_columns for item_id in evidence[name].tolist()} - {0}


def reasons_of(
    evidence: NDArray[np.void],
    *,
    rows: Sequence[int],
    facts: CatalogueFacts,
    people: Mapping[int, tuple[str, int]],
    titles: Mapping[int, str],
    interpreted: Sequence[Interpreted] = (),
    text: str | None = None,
    kinds: Kinds = EVIDENCE,
) -> list[list[Reason]]:
    """The reasons of each record by what they contributed, at most four; none names a title twice.

    What was asked stands before them, what contributed next to nothing is none, and that a place
    was drawn is told behind them.

    `interpreted` is what became of the request's words, `text` the words themselves, None where
    there are none or they may not be told. `rows` are the titles' in the facts, -1 for one that has
    left the catalogue; every other has a reason.
    """
    records, in_order = kinds.records_of(evidence), kinds.reasons_in_order(evidence)
    return [
        _that_hold(
            may_be_told, Subject(record, facts, row, titles, people, interpreted, text or "")
        )
        for record, row, may_be_told in zip(records, rows, in_order, strict=True)
    ]


def _that_hold(may_be_told: Sequence[GivesReason], subject: Subject) -> list[Reason]:
    found: list[Reason] = []
    for reason in may_be_told:
        if reason.stands == "alone" and found:
            break
        if len(found) >= MOST_REASONS and reason.stands != "behind":
            continue
        if (evidence := reason.evidence(subject)) is None:
            continue
        found.append(Reason(reason.code, evidence))
        subject.codes.append(reason.code)
        if "item_id" in evidence:
            subject.named.add(evidence["item_id"])
    return found
