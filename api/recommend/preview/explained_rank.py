"""Where a candidate stands in the list and how it came there, detail as reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from api.platform.counted import counted
from api.recommend.preview.placement import Why
from api.recommend.preview.rehearsal import Rehearsal, rank_in
from api.recommend.ranking import Ranking
from api.recommend.rounding import as_score, as_signal

# What a component moves titles for; one that is not named here moves them by its name.
_MOVED_FOR: Mapping[str, str] = {
    "known_first": "as what surely keeps the refusals leads",
    "made_for_children_first": "as what is made for children leads",
    "mmr": "for variety",
    "exact_matches_first": "because exact matches lead",
    "rerank_small": "by nearness to the request",
}


@dataclass(frozen=True, slots=True)
class ExplainedRank:
    """Tells of one candidate, `index` in the pool."""

    rehearsal: Rehearsal
    index: int

    @property
    def rank(self) -> int | None:
        """The final place, counted over everything that was ranked."""
        return rank_in(self.rehearsal.ranking, self.index)

    @property
    def last_on_page(self) -> int | None:
        """The candidate at the end of page one, where this one is on a later page."""
        size = self.rehearsal.query.page_size
        is_later = self.rank is not None and self.rank > size
        return int(self.rehearsal.ranking.order[size - 1]) if is_later else None

    def reasons(self, titles: Mapping[int, str]) -> list[Why]:
        """The place first, then every move that led to it; `titles` names the last on the page."""
        if self.rank is None:
            return [self._dropped()]
        return [self._placed(self.rank, titles), *self._fatigue(), *self._moves()]

    def _dropped(self) -> Why:
        """Only damping drops candidates that the filters let pass."""
        facts, row = self.rehearsal.query.facts, self.rehearsal.ranking.pool.rows[self.index]
        votes, popularity = int(facts.vote_count[row]), round(float(facts.popularity[row]), 1)
        return Why(
            "too_little_known",
            f"Too little known to be ranked: {counted(votes, 'vote')}, popularity {popularity:g}.",
            {"votes": votes, "popularity": popularity},
        )

    def _placed(self, rank: int, titles: Mapping[int, str]) -> Why:
        ranked, size = len(self.rehearsal.ranking.order), self.rehearsal.query.page_size
        most = self.rehearsal.numbers.retrieval.slate_size
        evidence: dict[str, Any] = {"rank": rank, "of": ranked, **self._scored(self.index)}
        if rank > most:
            where = f"Ranked {_ordinal(rank)} of {ranked}; a list ends at {most}"
        else:
            page = -(-rank // size)
            where = f"Ranked {_ordinal(rank)} of {ranked}, on page {page}"
        last = self.last_on_page
        if last is None:
            return Why("ranked", f"{where}.", evidence)
        item_id = int(self.rehearsal.ranking.pool.ids[last])
        other = self._scored(last)
        title = titles.get(item_id, str(item_id))
        short = other["score"] - evidence["score"]
        evidence["last_on_page"] = {"item_id": item_id, "title": title, "rank": size, **other}
        evidence["needed"] = as_score(max(short, 0.0))
        code = "beyond_the_list" if rank > most else "ranked"
        return Why(code, f"{where}: {_compared(evidence, other, title)}.", evidence)

    def _fatigue(self) -> list[Why]:
        signals = self.rehearsal.scored.signals
        lost = float(signals["fatigue"][self.index]) if "fatigue" in signals else 0.0
        if lost == 0:
            return []
        detail = f"Loses {lost:.0%} of its score: shown often, or dismissed, and no reaction since."
        return [Why("shown_in_vain", detail, {"share_lost": as_signal(lost)})]

    def _scored(self, index: int) -> dict[str, Any]:
        """The mixer's score, and what each weighted signal adds to it before damping and so on."""
        scored = self.rehearsal.scored
        place = rank_in(scored, index)
        signals = {
            name: {
                "signal": as_signal(scored.signals[name][index]),
                "weight": as_signal(weight),
                "contribution": as_signal(weight * float(scored.signals[name][index])),
            }
            for name, weight in scored.weights.items()
            if weight > 0
        }
        score = as_score(scored.scores[place - 1]) if place else 0.0
        left = {name: as_signal(factor[index]) for name, factor in scored.factors.items()}
        factors = {name: share for name, share in left.items() if share != 1}
        return {"score": score, "signals": signals, "factors": factors}

    def _moves(self) -> list[Why]:
        moves = []
        for before, after in pairwise(self.rehearsal.steps):
            start = rank_in(before.ranking, self.index)
            end = rank_in(after.ranking, self.index)
            if start is not None and end is not None and start != end:
                moves.append(self._move(after.component, before.ranking, start, end))
        return moves

    def _move(self, component: str, before: Ranking, start: int, end: int) -> Why:
        evidence: dict[str, Any] = {"component": component, "from": start, "to": end}
        moved = f"moved from {_ordinal(start)} to {_ordinal(end)}"
        if component == "franchise_cap" and end > start:
            number = self._number_in_collection(before, start)
            detail = f"{_ordinal(number)} title of its collection"
            return Why("franchise_cap", f"{detail}: {moved}.", evidence | {"number": number})
        if component == "franchise_cap":
            reason = "as titles of collections make room"
        elif component == "series_order":
            # Parts only ever wait, so whatever moves up is moved by others.
            waits = end > start
            reason = (
                "as it waits for the parts of its series before it"
                if waits
                else "as parts of series wait for those before them"
            )
        elif component == "exploration":
            explored = self.index in self.rehearsal.ranking.explored
            reason = "as a less known title" if explored else "beside less known titles"
        else:
            reason = _MOVED_FOR.get(component, f"by {component}")
        return Why("moved", f"{moved.capitalize()} {reason}.", evidence)

    def _number_in_collection(self, before: Ranking, start: int) -> int:
        facts = self.rehearsal.query.facts
        collections = facts.collection[before.pool.rows[before.order[:start]]]
        return int(np.count_nonzero(collections == collections[-1]))


def _compared(own: Mapping[str, Any], other: Mapping[str, Any], title: str) -> str:
    short = other["score"] - own["score"]
    if short <= 0:
        return f"its own score would do, but {title} ends page 1 after reordering"
    lacks = {
        name: signal["contribution"] - own["signals"][name]["contribution"]
        for name, signal in other["signals"].items()
    }
    gap = f"{short:.3f} short of {title}, the last of page 1"
    # What the score would gain with the other's signal, and with the other's share left of it.
    kept = own["score"] / max(sum(one["contribution"] for one in own["signals"].values()), 1e-6)
    gains = {name: lack * kept for name, lack in lacks.items()}
    names = own["factors"].keys() | other["factors"].keys()
    shares = {
        name: (own["factors"].get(name, 1.0), other["factors"].get(name, 1.0)) for name in names
    }
    gains |= {
        name: own["score"] * (theirs / max(mine, 1e-6) - 1)
        for name, (mine, theirs) in shares.items()
    }
    widest = max(sorted(gains), key=lambda name: gains[name], default=None)
    if widest is None or gains[widest] <= 0:
        return f"{gap}, by boosts"
    if widest in shares:
        left, of_other = shares[widest]
        return (
            f"{gap}; most is {widest}, which leaves {left:.3f} of the score against {of_other:.3f}"
        )
    mine, theirs = own["signals"][widest], other["signals"][widest]
    return (
        f"{gap}; most is {widest}, {mine['contribution']:.3f} against {theirs['contribution']:.3f}"
    )


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
